#pragma once

#include <string_view>

namespace proviso::service {

/// The JSON interface as OpenAPI 3.0 describes it: every route under `/v1`, `/healthz`, `/metrics` and `/openapi.json`,
/// and every answer. Tests hold the service to it.
std::string_view openapi_description();

}  // namespace proviso::service
