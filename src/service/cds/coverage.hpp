#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "service/cds/json_pieces.hpp"
#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

/// What came of an order, written to the order itself: the coverage information of Da Vinci CRD.
namespace proviso::service {

/// The extensions for a decision that was kept: one, or one for each authorisation. `result` is what `decide` printed
/// of it. None where no policy applies: that no policy of this library does is no statement that an order is funded.
///
/// | outcome | covered | pa-needed | besides |
/// |---|---|---|---|
/// | approve, with an authorisation | covered | satisfied | its code as satisfied-pa-id |
/// | approve, by criteria alone; exempt | covered | no-auth | the clause as reason |
/// | review | conditional | auth-needed | |
/// | information needed | conditional | conditional | doc-needed clinical |
/// | refuse | not-covered | | the clause as reason |
std::vector<nlohmann::ordered_json> coverage_information(const model::Library& library, const Decided& decided,
                                                         const nlohmann::json& result, const Receipt& receipt,
                                                         std::string_view today);

/// The whole resource with these extensions in the place of those on the same commissioner, and without whatever is
/// empty in it, which an answer must not hold.
std::string annotated(JsonPiece resource, const std::vector<nlohmann::ordered_json>& extensions);

}  // namespace proviso::service
