#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "input/mapping.hpp"
#include "model/library.hpp"

/// Which element of which FHIR R4 resource gives which fact of a record. A file is lines, `#` begins a comment outside
/// quotes, and a line that ends in a comma goes on in the next:
/// ```
/// record Referral
/// id                     = ServiceRequest.identifier(ubrn).value
/// referred               = ServiceRequest.authoredOn
/// commissioner           = ServiceRequest.extension("https://...").valueReference
/// priority               = ServiceRequest.priority, asap = urgent
/// other_diagnoses        = Condition.code
/// patient.born           = Patient.birthDate
/// patient.downs_syndrome = Condition(snomed:41040004)
/// patient.bmi            = Observation(snomed:60621009 loinc:39156-5).valueQuantity, unit kg/m2
/// patient.smoking        = Observation(loinc:72166-2).valueCodeableConcept,
///                          snomed:266919005 = never, snomed:8517006 = ex
/// ```
/// A path is the names of the elements as JSON has them. It goes on through a reference into the resource referred to,
/// as in `ServiceRequest.reasonReference.code`. Brackets after a resource hold the codes one of which it must have;
/// after an element they hold codes too, or the address of an extension, or the system of an identifier, by its name or
/// as a text. A code is `snomed:60621009`, with a name of code_systems.def, or a text of address and code,
/// `"https://example.org/codes|bmi"`. A path of a resource alone is the presence of a Condition or a Procedure: yes.
namespace proviso::input {

struct FhirCode {
  std::string system;  ///< a name of code_systems.def, or an address
  std::string code;
  friend bool operator==(const FhirCode&, const FhirCode&) = default;
};

/// An element of a path, and what tells apart which of several it is.
struct FhirStep {
  std::string name;                  ///< `valueQuantity`
  std::vector<FhirCode> codes;       ///< its `code` is one of these
  std::vector<std::string> systems;  ///< its `system` or its `url` is one of these
};

/// What a coded value, or a word, means: a value, or nothing for unknown.
struct FhirMeaning {
  FhirCode code;  ///< system empty: a word, that is a code of FHIR's own such as `female`
  std::optional<std::string> value;
};

/// A line: where a fact may come from.
struct FhirSource {
  model::FactId fact = model::none;  ///< of level 0; none: the id of a record that has no field `id`
  std::string resource;              ///< `Observation`
  std::vector<FhirCode> codes;       ///< that select the resource; empty: whatever its code
  std::vector<FhirStep> path;        ///< empty: that there is such a resource
  std::vector<FhirMeaning> meanings;
  std::string unit;                   ///< UCUM: quantities must be in it; empty: in any that converts
  std::vector<std::string> statuses;  ///< with which it counts, instead of those that count for its type
  std::uint32_t line = 0;
};

/// Resources that a path begins with: the request in focus, the patient, and what is known of the patient.
bool is_request(std::string_view resource);

class FhirMapping {
 public:
  /// All errors, in the order of the lines. The library must outlive the mapping.
  static tl::expected<FhirMapping, std::vector<MappingError>> read(std::string_view text,
                                                                   const model::Library& library);

  const model::Library& library() const { return *library_; }
  std::uint32_t record_index() const { return record_; }
  const model::Record& record() const { return library_->records[record_]; }
  /// In the order of the lines.
  const std::vector<FhirSource>& sources() const { return sources_; }

 private:
  friend class FhirMappingReader;
  explicit FhirMapping(const model::Library& library) : library_(&library) {}

  const model::Library* library_;
  std::uint32_t record_ = model::none;
  std::vector<FhirSource> sources_;
};

}  // namespace proviso::input
