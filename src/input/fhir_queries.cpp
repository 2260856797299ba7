#include <algorithm>

#include "input/fhir.hpp"
#include "input/fhir_systems.hpp"

namespace proviso::input {
namespace {

constexpr std::string_view patient_token = "{{context.patientId}}";

std::string small(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    out += c == '.' ? '_' : capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

/// What is asked of one type of resource.
struct Asked {
  std::string key;
  std::string resource;
  bool every = false;  ///< whatever its code
  std::vector<std::string> codes;
  std::vector<model::FactId> facts;

  FhirQuery query() const {
    FhirQuery made{key, resource, facts};
    if (resource == "Patient") {
      made.query += '/' + std::string(patient_token);
      return made;
    }
    made.query += "?patient=" + std::string(patient_token);
    for (std::size_t i = 0; i < codes.size() && !every; ++i) made.query += (i == 0 ? "&code=" : ",") + codes[i];
    if (resource == "Observation") made.query += "&_sort=-date&_count=1";
    return made;
  }
};

}  // namespace

// Observations are asked for fact by fact, for the newest of each; of other types all that are wanted at once.
std::vector<FhirQuery> queries(const FhirMapping& mapping, const std::vector<model::FactId>& facts) {
  const model::Record& record = mapping.record();
  std::vector<Asked> all;
  for (const FhirSource& source : mapping.sources()) {
    if (source.fact == model::none || is_request(source.resource)) continue;
    const model::Fact& fact = record.facts[source.fact];
    const bool wanted = std::any_of(facts.begin(), facts.end(), [&](model::FactId each) {
      return each == source.fact || (fact.type.kind == value::Kind::list && record.facts[each].level == fact.elements);
    });
    if (!wanted) continue;
    std::string key = small(source.resource);
    if (source.resource == "Observation") key += '_' + small(fact.path);
    auto found = std::find_if(all.begin(), all.end(), [&](const Asked& each) { return each.key == key; });
    if (found == all.end()) found = all.insert(all.end(), Asked{key, source.resource, false, {}, {}});
    found->every = found->every || source.codes.empty();
    for (const FhirCode& code : source.codes) {
      add_once(found->codes, std::string(address_of_system(code.system)) + '|' + code.code);
    }
    if (std::find(found->facts.begin(), found->facts.end(), source.fact) == found->facts.end()) {
      found->facts.push_back(source.fact);
    }
  }
  std::vector<FhirQuery> made;
  made.reserve(all.size());
  for (const Asked& each : all) made.push_back(each.query());
  return made;
}

}  // namespace proviso::input
