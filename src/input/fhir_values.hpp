#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "input/fhir_documents.hpp"
#include "input/fhir_mapping.hpp"
#include "input/fhir_paths.hpp"
#include "input/values.hpp"
#include "program/chunk.hpp"

/// FHIR values as the values of facts.
namespace proviso::input::fhir {

/// Turns elements into JSON as the record has it.
class FactValues {
 public:
  explicit FactValues(const FhirMapping& mapping);

  struct Asked {
    model::FactId fact = model::none;    ///< whose value it is; none: the id
    const FhirSource* source = nullptr;  ///< null: an answer, whose question says the fact and not the code system
    std::string_view on;                 ///< the day of its measurement; empty: none
    const Documents* documents = nullptr;
    std::size_t resource = Resource::none;
  };
  /// `"never"`, `{"value": 31.2, "unit": "kg/m2", "on": "2023-03-02"}`. Nothing, with why(), where it is none.
  std::optional<std::string> json(dom::element element, const Asked& asked);
  /// As "has no unit", without any value; empty where there was nothing, or what means unknown.
  const std::string& why() const { return why_; }

 private:
  struct Plain {
    Given value;
    std::string text;
    std::string unit;
    std::string on;
  };
  bool read(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain);
  bool read_meaning(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain, bool& done);
  bool read_truth(dom::element element, Plain& plain);
  bool read_number(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain);
  bool read_money(dom::element element, const Asked& asked, Plain& plain);
  bool read_date(dom::element element, Plain& plain);
  bool read_duration(dom::element element, Plain& plain);
  bool read_code(dom::element element, const Asked& asked, const model::Fact& fact, Plain& plain);
  bool read_organisation(dom::element element, const Asked& asked, Plain& plain);
  bool read_word(dom::element element, const Asked& asked, Plain& plain);
  bool read_text(dom::element element, Plain& plain);
  std::optional<std::string> checked(const Asked& asked, const model::Fact& fact, const Plain& plain);
  bool because(std::string why);

  const FhirMapping& mapping_;
  Values values_;
  program::Chunk chunk_;
  std::string why_;
};

}  // namespace proviso::input::fhir
