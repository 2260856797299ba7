#pragma once

#include <string_view>

#include "service/api/service.hpp"

/// Who is at the browser. Where the service has tokens, a page asks for one once, and the browser keeps it in a cookie
/// until it is closed. No script can read the cookie, and no other site's page can have it sent.
namespace proviso::service::pages {

/// Whether the caller may do what the page is for, by the request's token or by the cookie; the caller's name is then
/// the call's. Where not, the answer was given: a page that asks for a token and leads back to `next`.
bool signed_in(Service& service, Call& call, Role role, std::string_view next);

/// Whether the browser keeps a token here.
bool has_token(const Request& request);
/// `POST /sign-in`: takes the token, and goes on to the page that asked for it. `over_tls`: browsers reach the service
/// over TLS whatever the request came by, so the cookie goes over nothing else.
void sign_in(Service& service, Call&& call, bool over_tls);
/// `POST /sign-out`.
void sign_out(Call&& call, bool over_tls);

}  // namespace proviso::service::pages
