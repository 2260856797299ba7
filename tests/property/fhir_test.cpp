#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "check/load.hpp"
#include "decide/decider.hpp"
#include "input/fhir.hpp"
#include "input/fhir_files.hpp"
#include "input/fhir_records.hpp"
#include "output/fhir.hpp"

// The example bundles, whole and with one part after the other left out, decided by the library as it is.
namespace proviso {
namespace {

using nlohmann::json;

const std::string root = PROVISO_SOURCE_DIR;

/// The library with its mapping of FHIR.
struct Policies {
  text::Sources sources;
  text::Diagnostics diagnostics;
  model::Library library = check::load_library({root + "/policies"}, sources, diagnostics);
  std::uint32_t record = library.record("Referral");
  input::FhirMapping mapping = input::find_fhir_mapping({root + "/policies"}, library, record).value();
  decide::Engine engine{library, "Referral"};
};
Policies& policies() {
  static Policies made;
  return made;
}

model::Outcome outcome_of(const std::string& text) {
  Policies& all = policies();
  static const auto reader = input::make_fhir_reader(all.mapping);
  static program::Chunk chunk(all.library, all.record);
  static decide::Decider decider(all.engine);
  static decide::Decisions decisions;
  input::Block block;
  block.bytes = text + std::string(input::block_padding, '\n');
  block.records = {{0, text.size(), 1, input::Flaw::none}};
  input::Results results;
  chunk.clear();
  reader->read(block, chunk, results);
  chunk.finish();
  REQUIRE(results.records.size() == 1);
  if (results.records.front().row == model::none) return model::Outcome::not_applicable;
  decider.decide(chunk, decisions);
  return decisions.records.front().outcome;
}

json example(const std::string& name) {
  std::ifstream file(root + "/examples/fhir/" + name + ".json");
  REQUIRE(file);
  return json::parse(file);
}

json record_of(const json& bundle) {
  const auto record = input::record_of(policies().mapping, {bundle.dump()});
  return record ? json::parse(record->json) : json::object();
}

using Visit = std::function<void(const json& bundle, const std::string& where)>;

/// Visits the bundle less one member or element, for each that there is at any depth.
void without_each_part(json& whole, json& part, const std::string& where, const Visit& visit) {
  if (part.is_object()) {
    std::vector<std::string> names;
    for (const auto& each : part.items()) names.push_back(each.key());
    for (const std::string& name : names) {
      std::string there = where;
      there.append("/").append(name);
      json removed = std::move(part[name]);
      part.erase(name);
      visit(whole, there);
      part[name] = std::move(removed);
      without_each_part(whole, part[name], there, visit);
    }
  } else if (part.is_array()) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      std::string there = where;
      there.append("/").append(std::to_string(i));
      json removed = part[i];
      part.erase(i);
      visit(whole, there);
      part.insert(part.begin() + static_cast<std::ptrdiff_t>(i), std::move(removed));
      without_each_part(whole, part[i], there, visit);
    }
  }
}

/// Whether the value says nothing that `whole` does not: objects and lists may lack parts.
bool is_part_of(const json& value, const json& whole) {
  if (value.is_object() && whole.is_object()) {
    return std::all_of(value.items().begin(), value.items().end(), [&](const auto& each) {
      return whole.contains(each.key()) && is_part_of(each.value(), whole[each.key()]);
    });
  }
  if (value.is_array() && whole.is_array()) {
    return std::all_of(value.begin(), value.end(), [&](const json& each) {
      return std::any_of(whole.begin(), whole.end(), [&](const json& other) { return is_part_of(each, other); });
    });
  }
  return value == whole;
}

}  // namespace

// What is left of a bundle gives a fact the value that the whole gives it, or none: with
// - a list that may have lost elements, or elements that have lost facts,
// - a fact of Observations, whose newest may be gone and an older one be the newest,
// - a fact whose answer is gone, which resources may give,
// - the id, which is that of the request where its identifier is gone.
// A bundle may also hold what takes something back (a Condition `refuted`, a request not to be performed, a
// modifierExtension): without that part the rest counts. The examples have none, and of Observations only the body mass
// index has an older one.
TEST_CASE("what is left of a bundle says nothing else than the whole") {
  for (const char* const name : {"hip_replacement", "hip_replacement_without_bmi", "tonsillectomy"}) {
    json bundle = example(name);
    const json whole = record_of(bundle);
    json older = whole;
    older["patient"]["bmi"] = {{"value", 33.4}, {"unit", "kg/m2"}, {"on", "2018-02-12"}};
    REQUIRE(whole.size() > 5);
    std::size_t parts = 0;
    without_each_part(bundle, bundle, "", [&](const json& left, const std::string& where) {
      ++parts;
      json record = record_of(left);
      record.erase("id");
      INFO(name << " without " << where << ": " << record.dump());
      CHECK((is_part_of(record, whole) || (std::string(name) == "hip_replacement" && is_part_of(record, older))));
    });
    CHECK(parts > 200);
  }
}

TEST_CASE("no part of a bundle that is left out turns an open outcome into an approval") {
  json bundle = example("hip_replacement_without_bmi");
  REQUIRE(outcome_of(bundle.dump()) == model::Outcome::information_needed);
  without_each_part(bundle, bundle, "", [&](const json& left, const std::string& where) {
    INFO("without " << where);
    const model::Outcome outcome = outcome_of(left.dump());
    CHECK((outcome == model::Outcome::information_needed || outcome == model::Outcome::not_applicable));
  });
}

TEST_CASE("a part of an approved bundle that is left out leaves the approval, asks, or says that nothing applies") {
  for (const char* const name : {"hip_replacement", "tonsillectomy"}) {
    json bundle = example(name);
    REQUIRE(outcome_of(bundle.dump()) == model::Outcome::approve);
    without_each_part(bundle, bundle, "", [&](const json& left, const std::string& where) {
      INFO(name << " without " << where);
      const model::Outcome outcome = outcome_of(left.dump());
      const bool fewer_sore_throats = where.find("/item/") != std::string::npos && std::string(name) == "tonsillectomy";
      CHECK((outcome == model::Outcome::approve || outcome == model::Outcome::information_needed ||
             outcome == model::Outcome::not_applicable || (fewer_sore_throats && outcome == model::Outcome::refuse)));
    });
  }
}

TEST_CASE("a questionnaire of every fact has an item for each, of a type that is read") {
  const model::Record& record = policies().engine.record();
  std::vector<output::Question> questions;
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    if (record.facts[fact].level == 0 && record.facts[fact].relation == model::none)
      questions.push_back({fact, false, {}});
  }
  std::string text;
  output::append_questionnaire(text, policies().library, record, questions);
  CHECK(json::parse(text)["item"].size() == questions.size());
}

}  // namespace proviso
