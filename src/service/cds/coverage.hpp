#pragma once

#include <string>
#include <string_view>

#include "service/cds/json_pieces.hpp"
#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

/// What came of an order, written to the order itself: the coverage information of Da Vinci CRD.
namespace proviso::service {

/// The extension for a decision that was kept: one, for of one payer all have to say the same. `result` is what
/// `decide` printed of it. Null where no policy applies: that none of this library does is no statement that an order
/// is funded.
///
/// | outcome | covered | pa-needed | besides |
/// |---|---|---|---|
/// | approve, with an authorisation | covered | satisfied | its code as satisfied-pa-id; several with commas between |
/// | approve, but an authorisation was used, withdrawn, or has expired | covered | auth-needed | that as reason |
/// | approve, by criteria alone; exempt | covered | no-auth | the clause as reason |
/// | review | conditional | auth-needed | |
/// | information needed | conditional | conditional | doc-needed clinical |
/// | refuse | not-covered | | the clause as reason |
OrderedJson coverage_information(const model::Library& library, const Decided& decided, const Json& result,
                                 const Receipt& receipt, std::string_view today);

/// The whole resource with this extension in the place of those on the same commissioner, and without whatever is
/// empty in it, which an answer must not hold.
std::string annotated(JsonPiece resource, const OrderedJson& extension);

}  // namespace proviso::service
