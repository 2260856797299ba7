#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/fhir_documents.hpp"
#include "input/fhir_mapping.hpp"

/// Which resources count, and the elements that a path leads to.
namespace proviso::input::fhir {

/// Why a resource does not count.
struct NotUsed {
  std::string why;    ///< as "is `preliminary`"
  bool open = false;  ///< what it says may hold all the same: it is not verified, or its meaning may be turned
};
/// Nothing where the resource counts. `statuses`: those with which it does, in the place of those that hold for its
/// type.
std::optional<NotUsed> why_not_used(const Resource& resource, const std::vector<std::string>& statuses);

/// Whether a CodeableConcept, a Coding, or a list of either has one of the codes.
bool has_code(dom::element concept_or_coding, const std::vector<FhirCode>& codes);
/// Whether the object's `code` has.
bool is_coded(dom::object object, const std::vector<FhirCode>& codes);

/// Calls `visit(system, code)` with each coding of a CodeableConcept, a Coding, or a code that is a plain text.
void for_each_coding(dom::element element, const std::function<void(std::string_view, std::string_view)>& visit);

/// An element, and the resource that it is of.
struct Found {
  dom::element element;
  std::size_t resource;
};

/// Follows paths through the resources about one person.
class Paths {
 public:
  Paths(const Documents& documents, const Person& patient) : documents_(documents), patient_(patient) {}

  /// All elements that the steps lead to from the resource. What could not be followed is told to `note`.
  std::vector<Found> follow(std::size_t resource, const std::vector<FhirStep>& steps,
                            const std::function<void(std::string)>& note) const;

 private:
  void step(const Found& from, const FhirStep& step, std::vector<Found>& to,
            const std::function<void(std::string)>& note) const;
  std::optional<Found> refer(const Found& reference, const std::function<void(std::string)>& note) const;

  const Documents& documents_;
  const Person& patient_;
};

}  // namespace proviso::input::fhir
