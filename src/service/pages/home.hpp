#pragma once

#include "service/api/service.hpp"

namespace proviso::service::pages {

/// `GET /`: what can be done here, by which policies, and what this is not.
void show_home(Call&& call);

}  // namespace proviso::service::pages
