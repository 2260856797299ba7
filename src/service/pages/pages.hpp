#pragma once

#include <string_view>
#include <vector>

#include "service/api/service.hpp"

/// Pages for people, rendered here and usable without a script: check a referral, browse policies, look an
/// authorisation up.
namespace proviso::service {

/// `base_url`: as browsers reach the service. Where that has a path (`https://host/funding`), a proxy takes it off each
/// request, and the pages put it before each address of their own. Where it is `https://`, the cookie goes over TLS
/// alone.
std::vector<Route> page_routes(Service& service, std::string_view base_url = {});

}  // namespace proviso::service
