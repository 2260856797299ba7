#pragma once

#include "service/api/service.hpp"

/// Looking an authorisation up. The code is posted, so that it stands in no address and no log of addresses.
namespace proviso::service::pages {

/// `GET /authorisations`.
void ask_for_code(Service& service, Call&& call);
/// `POST /authorisations`.
void look_up(Service& service, Call&& call);

}  // namespace proviso::service::pages
