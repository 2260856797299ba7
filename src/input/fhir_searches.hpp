#pragma once

#include <optional>
#include <string>

#include "input/fhir_json.hpp"

/// Bundles that are all that a server found.
namespace proviso::input::fhir {

/// All resources of one type about one patient.
struct Search {
  std::string type;     ///< `Condition`
  std::string patient;  ///< `Patient/1`, with the address of the server before it where the search has one
};

/// What the Bundle holds all of. Nothing unless it says so itself: its type is `searchset`, its `self` link is that of
/// a search by the patient alone (`Condition?patient=1`, with how it is sorted and cut into pages), it has no `next`
/// link, as many entries as its `total` says where it has one, and every entry is a resource that was searched for, or
/// one included with it. An address with escaped characters is not understood, and so says nothing.
std::optional<Search> whole_search(dom::object bundle);

}  // namespace proviso::input::fhir
