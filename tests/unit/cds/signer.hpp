#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

/// A clinical system with a key of its own, made when the test runs.
namespace cds_test {

using Json = nlohmann::json;

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline std::string to_base64url(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (count += 8; count >= 6;) {
      count -= 6;
      text += digits[bits >> count & 63];
    }
    bits &= 63;
  }
  if (count > 0) text += digits[bits << (6 - count) & 63];
  return text;
}

class Signer {
 public:
  static Signer elliptic(std::string identifier, const char* curve = "P-384") {
    return Signer(EVP_EC_gen(curve), std::move(identifier));
  }
  static Signer rsa(std::string identifier, unsigned bits = 2048) {
    return Signer(EVP_RSA_gen(bits), std::move(identifier));
  }

  bool is_rsa() const { return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_RSA; }
  std::string algorithm() const { return is_rsa() ? "RS384" : "ES384"; }
  const std::string& identifier() const { return identifier_; }

  Json public_key() const {
    if (is_rsa()) {
      return {{"kty", "RSA"},
              {"kid", identifier_},
              {"n", number(OSSL_PKEY_PARAM_RSA_N)},
              {"e", number(OSSL_PKEY_PARAM_RSA_E)}};
    }
    return {{"kty", "EC"},
            {"crv", "P-384"},
            {"kid", identifier_},
            {"x", number(OSSL_PKEY_PARAM_EC_PUB_X, 48)},
            {"y", number(OSSL_PKEY_PARAM_EC_PUB_Y, 48)}};
  }

  Json header() const { return {{"alg", algorithm()}, {"kid", identifier_}, {"typ", "JWT"}}; }

  std::string signature(std::string_view message, const EVP_MD* digest = EVP_sha384()) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = 0;
    EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
    EVP_DigestSign(context.get(), nullptr, &size, bytes_of(message), message.size());
    std::string made(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes_of(message),
                   message.size());
    made.resize(size);
    return is_rsa() ? made : raw(made);
  }

  std::string token(const Json& claims) const { return token(header(), claims); }
  std::string token(const Json& header, const Json& claims, const EVP_MD* digest = EVP_sha384()) const {
    const std::string message = to_base64url(header.dump()) + "." + to_base64url(claims.dump());
    return message + "." + to_base64url(signature(message, digest));
  }

 private:
  Signer(EVP_PKEY* key, std::string identifier) : key_(key, EVP_PKEY_free), identifier_(std::move(identifier)) {
    if (key == nullptr) throw std::runtime_error("no key could be made");
  }

  /// Both numbers of a signature, 48 bytes each.
  static std::string raw(const std::string& der) {
    const unsigned char* at = bytes_of(der);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> both(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
    std::string text(96, '\0');
    auto* out = reinterpret_cast<unsigned char*>(text.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out, 48);
    BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out + 48, 48);
    return text;
  }

  std::string number(const char* name, int size = 0) const {
    BIGNUM* found = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &found);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> held(found, BN_free);
    std::string text(static_cast<std::size_t>(size == 0 ? BN_num_bytes(found) : size), '\0');
    BN_bn2binpad(found, reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(text.size()));
    return to_base64url(text);
  }

  std::shared_ptr<EVP_PKEY> key_;
  std::string identifier_;
};

/// The text of a file of trusted clients with one issuer.
inline std::string issuers_file(const std::string& issuer, std::initializer_list<const Signer*> signers) {
  Json keys = Json::array();
  for (const Signer* signer : signers) keys.push_back(signer->public_key());
  return Json{{"issuers", {{{"issuer", issuer}, {"jwks", {{"keys", keys}}}}}}}.dump();
}

}  // namespace cds_test
