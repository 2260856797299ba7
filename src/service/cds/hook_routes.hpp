#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "service/api/fhir.hpp"
#include "service/api/service.hpp"
#include "service/cds/explanation.hpp"
#include "service/cds/issuers.hpp"

namespace proviso::service {

/// What all routes for clinical systems share.
struct Hooks {
  Service& service;
  Pages pages;
  std::optional<Issuers> issuers;  ///< nothing: calls need no signed token

  /// Whether the call may go on: where tokens are asked for, it has a good one for the address `path` that was not used
  /// before, and the caller is its issuer. Otherwise it was answered.
  bool admit(Call& call, std::string_view path) const;
};

/// `GET /cds-services`.
void answer_discovery(const Hooks& hooks, Call&& call);
/// `POST /cds-services/{id}`.
void answer_hook(const std::shared_ptr<const Hooks>& hooks, Call&& call);
/// `POST /cds-services/{id}/feedback`.
void answer_feedback(const Hooks& hooks, Call&& call);

}  // namespace proviso::service
