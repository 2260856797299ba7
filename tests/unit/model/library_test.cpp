#include "model/library.hpp"

#include <catch2/catch.hpp>

#include "value/code.hpp"

namespace {

using namespace proviso;
using model::Constant;
using model::Type;
using value::Kind;

model::ThresholdValue threshold_value(std::int64_t bits, std::int32_t first, std::int32_t last,
                                      model::PlaceId place = model::none) {
  return {{{.kind = Kind::number}, true, bits}, {first, last}, place, {}, {}};
}

/// England { BLMK { Bedfordshire, Luton }, Leicester }, Wales.
enum : model::PlaceId { england, blmk, bedfordshire, luton, leicester, wales };

model::Place place(std::string name, std::vector<std::string> ods, model::PlaceId parent, model::PlaceId last) {
  model::Place made;
  made.name = std::move(name);
  made.ods = std::move(ods);
  made.parent = parent;
  made.last = last;
  return made;
}

model::Library library_of_places() {
  model::Library library;
  library.places = {place("England", {}, model::none, leicester),       place("BLMK", {}, england, luton),
                    place("Bedfordshire", {"06F"}, blmk, bedfordshire), place("Luton", {"06P", "06P1"}, blmk, luton),
                    place("Leicester", {"04C"}, england, leicester),    place("Wales", {}, model::none, wales)};
  return library;
}

model::Library library_of_values() {
  model::Library library;
  library.texts = {"ward \"1\""};
  library.enumerations.push_back({"smoking", {"never", "ex", "current"}, false});
  library.enumerations.push_back({"acuity", {"6/6", "6/12"}, true});
  library.list_types.push_back({.kind = Kind::code, .system = value::CodeSystem::icd10});
  library.record_names.emplace_back("Patient");
  return library;
}

}  // namespace

TEST_CASE("the value in force is the latest to begin, unless its last day has passed") {
  const model::Library library = library_of_places();
  model::Threshold threshold;
  threshold.values = {threshold_value(40, 100, INT32_MAX), threshold_value(30, 150, 199, luton),
                      threshold_value(35, 200, 299)};
  const auto on = [&](std::int32_t date) { return library.in_force(threshold, model::none, date); };
  CHECK(on(99) == nullptr);
  CHECK(on(100)->constant.bits == 40);
  CHECK(on(160)->constant.bits == 40);  // not that of a place
  CHECK(on(200)->constant.bits == 35);
  CHECK(on(299)->constant.bits == 35);
  CHECK(on(300) == nullptr);  // an earlier value does not come back
  model::CodeList list;
  list.blocks = {{{0, INT32_MAX}, model::none, {1}, {1}, {}, {}}, {{10, 19}, model::none, {2}, {2}, {}, {}}};
  CHECK(library.in_force(list, model::none, -1) == nullptr);
  CHECK(library.in_force(list, model::none, 9)->firsts.front() == 1);
  CHECK(library.in_force(list, luton, 10)->firsts.front() == 2);
  CHECK(library.in_force(list, model::none, 20) == nullptr);
}

TEST_CASE("the value for a place is that of the smallest place around it that has one in force") {
  const model::Library library = library_of_places();
  model::Threshold threshold;
  threshold.values = {threshold_value(40, 100, INT32_MAX), threshold_value(38, 100, INT32_MAX, england),
                      threshold_value(35, 150, INT32_MAX, blmk), threshold_value(30, 200, 299, luton)};
  const auto bits = [&](model::PlaceId in, std::int32_t date) {
    return library.in_force(threshold, in, date)->constant.bits;
  };
  CHECK(bits(luton, 250) == 30);
  CHECK(bits(luton, 199) == 35);
  CHECK(bits(luton, 300) == 35);  // after its last day the larger place's holds again
  CHECK(bits(luton, 120) == 38);
  CHECK(bits(bedfordshire, 250) == 35);
  CHECK(bits(leicester, 250) == 38);
  CHECK(bits(wales, 250) == 40);
  CHECK(bits(model::none, 250) == 40);
  CHECK(library.in_force(threshold, luton, 99) == nullptr);
}

TEST_CASE("places are found by name and by ODS code, and are inside one another") {
  const model::Library library = library_of_places();
  CHECK(library.place("Luton") == luton);
  CHECK(library.place("06P1") == luton);
  CHECK(library.place("Lutton") == model::none);
  CHECK(library.inside(luton, england));
  CHECK(library.inside(luton, luton));
  CHECK_FALSE(library.inside(luton, bedfordshire));
  CHECK_FALSE(library.inside(wales, england));
  CHECK_FALSE(library.inside(england, luton));
  CHECK(library.inside(wales, model::none));
  CHECK_FALSE(library.inside(model::none, england));
  CHECK(format(library, Constant{{.kind = Kind::place}, true, luton}) == "Luton");
  CHECK(format(library, Constant{{.kind = Kind::place}, true, 99}) == "unknown");
}

TEST_CASE("a policy holds in its places, with the placement of the smallest around the record's") {
  const model::Library library = library_of_places();
  model::Policy policy;
  CHECK(library.holds_in(policy, luton));
  CHECK(library.holds_in(policy, model::none));
  policy.places = {blmk, wales};
  CHECK(library.holds_in(policy, luton));
  CHECK_FALSE(library.holds_in(policy, england));
  CHECK_FALSE(library.holds_in(policy, model::none));
  policy.placements.push_back({england, {{}}});
  policy.placements.push_back({luton, {{}}});
  CHECK(library.placement(policy, luton) == 2);
  CHECK(library.placement(policy, bedfordshire) == 1);
  CHECK(library.placement(policy, wales) == 0);
  CHECK(library.placement(policy, model::none) == 0);
}

TEST_CASE("types are written as the language writes them") {
  const model::Library library = library_of_values();
  CHECK(format(library, Type{.kind = Kind::quantity, .unit = *value::unit_by_spelling("kg/m2")}) == "number kg/m2");
  CHECK(format(library, Type{.kind = Kind::truth}) == "yes/no");
  CHECK(format(library, Type{.kind = Kind::code, .system = value::CodeSystem::opcs4}) == "code opcs4");
  CHECK(format(library, Type{.kind = Kind::enumeration, .id = 0}) == "one of never, ex, current");
  CHECK(format(library, Type{.kind = Kind::scale, .id = 1}) == "scale \"6/6\" < \"6/12\"");
  CHECK(format(library, Type{.kind = Kind::list, .id = 0}) == "list of code icd10");
  CHECK(format(library, Type{.kind = Kind::record, .id = 0}) == "Patient");
}

TEST_CASE("values are written as the language writes them") {
  const model::Library library = library_of_values();
  const auto written = [&](Type type, std::int64_t bits) { return format(library, Constant{type, true, bits}); };
  CHECK(written({.kind = Kind::truth}, 1) == "yes");
  CHECK(written({.kind = Kind::number}, 2'500'000) == "2.5");
  CHECK(written({.kind = Kind::money}, 352'140'000) == "£352.14");
  CHECK(written({.kind = Kind::percent}, 500'000) == "50%");
  CHECK(written({.kind = Kind::quantity, .unit = *value::unit_by_spelling("kg/m2")}, 36'000'000) == "36 kg/m2");
  CHECK(written({.kind = Kind::date}, 0) == "1970-01-01");
  CHECK(written({.kind = Kind::duration, .duration = value::DurationKind::months}, 18) == "18 months");
  CHECK(written({.kind = Kind::text}, 0) == "\"ward \\\"1\\\"\"");
  const std::int64_t hip = *value::parse_code(value::CodeSystem::opcs4, "W37.1");
  CHECK(written({.kind = Kind::code, .system = value::CodeSystem::opcs4}, hip) == "opcs4:W37.1");
  CHECK(written({.kind = Kind::enumeration, .id = 0}, 1) == "ex");
  CHECK(written({.kind = Kind::scale, .id = 1}, 1) == "\"6/12\"");
  CHECK(format(library, Constant{{.kind = Kind::number}, false, 0}) == "unknown");
}

TEST_CASE("words of outcomes, categories, citations") {
  CHECK(model::spelling(model::Outcome::information_needed) == "information needed");
  CHECK(model::spelling(model::Category::ifr_only) == "ifr_only");
  CHECK(model::spelling(model::Status::superseded) == "superseded");
  CHECK(format(model::Citation{"Commissioning intentions", "3.3"}) == "Commissioning intentions, 3.3");
  CHECK(format(model::Citation{"Commissioning intentions", ""}) == "Commissioning intentions");
}

TEST_CASE("facts are found by level and path") {
  model::Record record;
  record.levels.resize(2);
  record.facts.resize(2);
  record.facts[0].path = record.facts[1].path = "on";
  record.levels[0].facts = {0};
  record.levels[1].facts = {1};
  CHECK(record.find(0, "on") == 0);
  CHECK(record.find(1, "on") == 1);
  CHECK(record.find(1, "off") == model::none);
  model::Library library;
  library.records.push_back(record);
  library.records[0].name = "Referral";
  CHECK(library.record("Referral") == 0);
  CHECK(library.record("Activity") == model::none);
}

TEST_CASE("equal keys have equal hashes") {
  const model::KeyHash hash;
  CHECK(hash({1, 2}) == hash({1, 2}));
  CHECK(hash({1, 2}) != hash({2, 1}));
}
