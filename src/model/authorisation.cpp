#include "model/authorisation.hpp"

namespace proviso::model {

std::vector<FactId> bound_facts(const Library& library, const Record& decided) {
  std::vector<FactId> facts;
  const std::uint32_t kept = library.record(authorisation_record);
  if (kept == none) return facts;
  for (const Fact& fact : library.records[kept].facts) {
    const FactId own = decided.find(0, fact.path);
    if (own != none && own != decided.identifier && decided.facts[own].type == fact.type) facts.push_back(own);
  }
  return facts;
}

}  // namespace proviso::model
