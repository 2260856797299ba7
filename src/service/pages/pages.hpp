#pragma once

#include <vector>

#include "service/api/service.hpp"

/// Pages for people, rendered here and usable without a script: check a referral, browse policies, look an
/// authorisation up.
namespace proviso::service {

std::vector<Route> page_routes(Service& service);

}  // namespace proviso::service
