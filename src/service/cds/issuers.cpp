#include "service/cds/issuers.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "service/cds/base64url.hpp"
#include "service/cds/json_pieces.hpp"

namespace proviso::service {
namespace {

/// Whether the set's writer says that it is a key for checking signatures in one of the two ways.
bool is_for_us(const Json& key) {
  const std::string type = text_of(key, "kty");
  const std::string algorithm = text_of(key, "alg");
  const std::string use = text_of(key, "use");
  if (!use.empty() && use != "sig") return false;
  if (type == "EC") return text_of(key, "crv") == "P-384" && (algorithm.empty() || algorithm == "ES384");
  return type == "RSA" && (algorithm.empty() || algorithm == "RS384");
}

bool is_secret(const Json& key) {
  constexpr std::array<const char*, 7> secrets = {"d", "p", "q", "dp", "dq", "qi", "k"};
  for (const char* name : secrets) {
    if (key.contains(name)) return true;
  }
  return false;
}

std::unique_ptr<SigningKey> key_of(const Json& key) {
  const auto bytes = [&](const char* name) { return from_base64url(text_of(key, name)).value_or(""); };
  return text_of(key, "kty") == "EC" ? SigningKey::elliptic(bytes("x"), bytes("y"))
                                     : SigningKey::rsa(bytes("n"), bytes("e"));
}

}  // namespace

class IssuersReader {
 public:
  tl::expected<Issuers, std::string> read(std::string_view text) {
    const Json file = Json::parse(text, nullptr, false);
    const auto list = file.is_object() ? file.find("issuers") : file.end();
    if (!file.is_object() || list == file.end() || !list->is_array() || list->empty()) {
      return tl::unexpected(
          std::string("expected JSON: {\"issuers\": [{\"issuer\": ..., \"jwks\": {\"keys\": [...]}}]}"));
    }
    for (const Json& each : *list) {
      if (std::string problem = add(each); !problem.empty()) return tl::unexpected(std::move(problem));
    }
    return std::move(issuers_);
  }

 private:
  Issuers issuers_;

  /// What is wrong; empty where nothing is.
  std::string add(const Json& each) {
    const std::string name = each.is_object() ? text_of(each, "issuer") : std::string();
    if (name.empty()) return "an issuer has no name: expected \"issuer\"";
    const auto set = each.find("jwks");
    if (set == each.end() || !set->is_object() || !set->contains("keys") || !set->at("keys").is_array()) {
      return fmt::format("the issuer `{}` has no keys: expected \"jwks\": {{\"keys\": [...]}}", name);
    }
    const auto [place, added] = issuers_.keys_.try_emplace(name);
    if (!added) return fmt::format("the issuer `{}` stands there twice", name);
    for (const Json& key : set->at("keys")) {
      if (std::string problem = add(name, key, place->second); !problem.empty()) return problem;
    }
    if (place->second.empty()) {
      return fmt::format("the issuer `{}` has no key for ES384 (P-384) or RS384 (RSA)", name);
    }
    return {};
  }

  static std::string add(const std::string& issuer, const Json& key, Issuers::Keys& keys) {
    if (!key.is_object()) return fmt::format("a key of the issuer `{}` is no JSON object", issuer);
    if (is_secret(key)) {
      return fmt::format("a key of the issuer `{}` has its secret part: only public keys belong here", issuer);
    }
    if (!is_for_us(key)) return {};
    const std::string identifier = text_of(key, "kid");
    if (identifier.empty()) return fmt::format("a key of the issuer `{}` has no `kid`", issuer);
    std::shared_ptr<const SigningKey> made = key_of(key);
    if (!made) {
      return fmt::format(
          "the key `{}` of the issuer `{}` is not sound: a P-384 key has `x` and `y`, an RSA key `n` of 2048"
          " to 8192 bits and `e`",
          identifier, issuer);
    }
    if (!keys.emplace(identifier, std::move(made)).second) {
      return fmt::format("the issuer `{}` has two keys `{}`", issuer, identifier);
    }
    return {};
  }
};

tl::expected<Issuers, std::string> Issuers::read(std::string_view text) { return IssuersReader().read(text); }

const SigningKey* Issuers::key(std::string_view issuer, std::string_view identifier, Signing signing) const {
  const auto keys = keys_.find(issuer);
  if (keys == keys_.end()) return nullptr;
  const auto key = keys->second.find(identifier);
  return key == keys->second.end() || key->second->signing() != signing ? nullptr : key->second.get();
}

}  // namespace proviso::service
