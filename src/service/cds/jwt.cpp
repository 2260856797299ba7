#include "service/cds/jwt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "service/cds/base64url.hpp"
#include "service/cds/json_pieces.hpp"
#include "value/characters.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t largest_token = 8192;
constexpr std::size_t longest_identifier = 256;

constexpr std::string_view malformed = "the token is not three parts of base64url with a dot between each";
constexpr std::string_view wrong_kind = "the token is not a JWT signed with ES384 or RS384 by a key that it names";
constexpr std::string_view not_trusted = "the token is not signed by a client that is trusted here";
constexpr std::string_view wrong_audience = "the token is not for this address";
constexpr std::string_view expired = "the token has expired, or does not say when it does";
constexpr std::string_view too_early = "the token is not good yet, or does not say when it was made";
constexpr std::string_view too_long = "the token is good for longer than an hour";
constexpr std::string_view no_identifier = "the token has no jti";

/// The object in a part of the token; discarded where there is none.
Json object_in(std::string_view part) {
  const auto bytes = from_base64url(part);
  if (!bytes) return Json(Json::value_t::discarded);
  Json object = Json::parse(*bytes, nullptr, false);
  return object.is_object() ? object : Json(Json::value_t::discarded);
}

/// Whole seconds since 1970; nothing where it is no number, or none that a clock shows.
std::optional<std::int64_t> time_of(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = std::floor(found->get<double>());
  if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

std::optional<Signing> signing_of(const Json& header) {
  const std::string algorithm = text_of(header, "alg");
  if (algorithm == "ES384") return Signing::es384;
  if (algorithm == "RS384") return Signing::rs384;
  return std::nullopt;
}

/// One address, or a list of them.
bool is_for(const Json& claims, std::string_view audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  const auto matches = [&](const Json& each) {
    return each.is_string() && each.get_ref<const std::string&>() == audience;
  };
  return found->is_array() ? std::any_of(found->begin(), found->end(), matches) : matches(*found);
}

/// What is wrong with the claims of a token whose signature is good.
std::optional<std::string_view> fault_of(const Json& claims, std::string_view audience, std::int64_t now) {
  if (!is_for(claims, audience)) return wrong_audience;
  const auto expires = time_of(claims, "exp");
  if (!expires || *expires + clock_leeway <= now) return expired;
  const auto made = time_of(claims, "iat");
  if (!made || *made - clock_leeway > now) return too_early;
  if (claims.contains("nbf")) {
    const auto from = time_of(claims, "nbf");
    if (!from || *from - clock_leeway > now) return too_early;
  }
  if (*expires - *made > longest_validity) return too_long;
  const std::string identifier = text_of(claims, "jti");
  if (identifier.empty() || identifier.size() > longest_identifier) return no_identifier;
  return std::nullopt;
}

}  // namespace

tl::expected<Claims, std::string_view> verify_token(const Issuers& issuers, std::string_view token,
                                                    std::string_view audience, std::int64_t now) {
  if (token.size() > largest_token || std::count(token.begin(), token.end(), '.') != 2) {
    return tl::unexpected(malformed);
  }
  const std::string_view signed_part = token.substr(0, token.rfind('.'));
  const Json header = object_in(signed_part.substr(0, signed_part.find('.')));
  const Json claims = object_in(signed_part.substr(signed_part.find('.') + 1));
  const auto signature = from_base64url(token.substr(signed_part.size() + 1));
  if (header.is_discarded() || claims.is_discarded() || !signature) return tl::unexpected(malformed);
  const auto signing = signing_of(header);
  const std::string identifier = text_of(header, "kid");
  // What `crit` names must be understood, and nothing of that kind is.
  if (!signing || identifier.empty() || value::small_letters(text_of(header, "typ")) != "jwt" ||
      header.contains("crit")) {
    return tl::unexpected(wrong_kind);
  }
  const SigningKey* key = issuers.key(text_of(claims, "iss"), identifier, *signing);
  if (key == nullptr || !key->verifies(signed_part, *signature)) return tl::unexpected(not_trusted);
  if (const auto fault = fault_of(claims, audience, now)) return tl::unexpected(*fault);
  return Claims{text_of(claims, "iss"), text_of(claims, "jti"), *time_of(claims, "exp")};
}

}  // namespace proviso::service
