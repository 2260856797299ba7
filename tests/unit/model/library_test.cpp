#include "model/library.hpp"

#include <catch2/catch.hpp>

#include "value/code.hpp"

namespace {

using namespace proviso;
using model::Constant;
using model::Type;
using value::Kind;

model::ThresholdValue threshold_value(std::int64_t bits, std::int32_t first, std::int32_t last,
                                      std::string place = "") {
  return {{{.kind = Kind::number}, true, bits}, {first, last}, std::move(place), {}, {}};
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
  model::Threshold threshold;
  threshold.values = {threshold_value(40, 100, INT32_MAX), threshold_value(30, 150, 199, "Luton"),
                      threshold_value(35, 200, 299)};
  CHECK(threshold.on(99) == nullptr);
  CHECK(threshold.on(100)->constant.bits == 40);
  CHECK(threshold.on(160)->constant.bits == 40);  // not that of a place
  CHECK(threshold.on(200)->constant.bits == 35);
  CHECK(threshold.on(299)->constant.bits == 35);
  CHECK(threshold.on(300) == nullptr);  // an earlier value does not come back
  model::CodeList list;
  list.blocks = {{{0, INT32_MAX}, {1}, {1}}, {{10, 19}, {2}, {2}}};
  CHECK(list.on(-1) == nullptr);
  CHECK(list.on(9)->firsts.front() == 1);
  CHECK(list.on(10)->firsts.front() == 2);
  CHECK(list.on(20) == nullptr);
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
