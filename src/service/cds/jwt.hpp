#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "service/cds/issuers.hpp"

/// Tokens that clinical systems sign for each of their calls (RFC 7515, RFC 7519, as CDS Hooks asks for them).
namespace proviso::service {

/// What a good token says.
struct Claims {
  std::string issuer;
  std::string identifier;    ///< good for one call: whoever takes the token remembers it
  std::int64_t expires = 0;  ///< seconds since 1970; from then on, and the leeway, it is not good any more
};

/// By how many seconds two clocks may differ.
inline constexpr std::int64_t clock_leeway = 60;
/// Longer than a token may be good for; the standard recommends five minutes.
inline constexpr std::int64_t longest_validity = 3600;

/// Checks a token `header.claims.signature` that was sent to the address `audience` at `now`, seconds since 1970. Its
/// signature comes first: what else is wrong is only told to who holds a trusted key. The error is one plain sentence.
tl::expected<Claims, std::string_view> verify_token(const Issuers& issuers, std::string_view token,
                                                    std::string_view audience, std::int64_t now);

}  // namespace proviso::service
