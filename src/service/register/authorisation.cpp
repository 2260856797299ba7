#include "service/register/authorisation.hpp"

namespace proviso::service {

std::string_view spelling(AuthorisationEvent::Kind kind) {
  switch (kind) {
    case AuthorisationEvent::Kind::issued:
      return "issued";
    case AuthorisationEvent::Kind::used:
      return "used";
    case AuthorisationEvent::Kind::withdrawn:
      return "withdrawn";
  }
  return {};
}

std::string_view spelling(Authorisation::State state) {
  switch (state) {
    case Authorisation::State::valid:
      return "valid";
    case Authorisation::State::used:
      return "used";
    case Authorisation::State::expired:
      return "expired";
    case Authorisation::State::withdrawn:
      return "withdrawn";
  }
  return {};
}

Authorisation::State Authorisation::state(std::string_view today) const {
  if (withdrawn) return State::withdrawn;
  if (used >= uses) return State::used;
  // Days in this form are in their order as texts.
  if (!valid_to.empty() && valid_to < today) return State::expired;
  return State::valid;
}

}  // namespace proviso::service
