#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/cds/json_pieces.hpp"

/// What a clinical system sends when one of its hooks fires.
namespace proviso::service {

enum class Hook : unsigned char { order_select, order_sign, appointment_book };
/// `order-select`.
std::string_view spelling(Hook hook);

/// A service of the discovery. Hooks that follow each other over one order share an id, so that the later card takes
/// the place of the earlier one.
struct HookService {
  std::string_view id;
  Hook hook;
  std::string_view title;
  std::string_view description;
};
inline constexpr std::array<HookService, 3> hook_services = {{
    {"proviso-policy-check", Hook::order_select, "Funding policy check while an order is chosen",
     "Says which published funding policies an order is under, and what they need to know. No decision is recorded."},
    {"proviso-policy-check", Hook::order_sign, "Funding policy check when an order is signed",
     "Decides orders by the published funding policies, keeps the decision, and issues the authorisation where they "
     "approve and one of them asks for prior approval."},
    {"proviso-appointment-check", Hook::appointment_book, "Funding policy check when an appointment is booked",
     "Decides the request behind an appointment by the published funding policies, and keeps the decision."},
}};
bool is_service(std::string_view id);

/// What a client may switch off, by the codes of the configuration. See `configuration_options`.
struct Wishes {
  bool coverage = true;  ///< off: a question only; nothing is kept, issued or written to the order
  bool not_funded = true;
  bool information_needed = true;
  bool approved = true;
  std::size_t most_cards = 10;
};

/// An order or appointment that is to be decided.
struct FocusOrder {
  JsonPiece resource;
  std::string full_url;
  std::string type;  ///< `ServiceRequest`
  std::string id;    ///< empty where it has none

  /// `ServiceRequest/sr1`; empty without an id.
  std::string reference() const { return id.empty() ? std::string() : type + "/" + id; }
};

/// The pieces are of the body that it was read from.
struct HookCall {
  Hook hook = Hook::order_sign;
  std::string patient;  ///< the id that the client's FHIR server knows the patient by
  std::vector<FocusOrder> focus;
  std::vector<JsonPiece> entries;    ///< of Bundles of the context, that are not to be decided
  std::vector<JsonPiece> resources;  ///< what else there is, the values of the prefetch among it
  bool prefetched = false;  ///< whether any value of the prefetch is there, and no OperationOutcome in its place
  Wishes wishes;
};

/// The error says in one sentence what the specification asks for, without quoting anything.
tl::expected<HookCall, std::string> read_hook_call(std::string_view body, std::string_view service);

}  // namespace proviso::service
