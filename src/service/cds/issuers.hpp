#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/types.h>
#include <tl/expected.hpp>

namespace proviso::service {

/// How tokens are signed. Each goes with one kind of key, so that no key is used in another way than it was made for.
enum class Signing : unsigned char { es384, rs384 };

/// A key that signatures are checked with.
class SigningKey {
 public:
  /// A P-384 key by its coordinates, 48 bytes each. Null where they are no point of the curve.
  static std::unique_ptr<SigningKey> elliptic(std::string_view x, std::string_view y);
  /// An RSA key of at least 2048 bits by its numbers, the highest byte first. Null where it is none.
  static std::unique_ptr<SigningKey> rsa(std::string_view modulus, std::string_view exponent);

  Signing signing() const { return signing_; }
  /// ES384: the signature is both numbers, 48 bytes each; RS384: as long as the modulus.
  bool verifies(std::string_view message, std::string_view signature) const;

 private:
  SigningKey(std::shared_ptr<EVP_PKEY> key, Signing signing) : key_(std::move(key)), signing_(signing) {}

  std::shared_ptr<EVP_PKEY> key_;
  Signing signing_;
};

/// The clinical systems whose signed tokens the service takes, by what their tokens say of themselves. The file is
/// JSON; each client's public keys stand in it as a JWK set, and none are ever fetched from an address that a token
/// names:
/// ```
/// {"issuers": [{"issuer": "https://ehr.example.org",
///               "jwks": {"keys": [{"kty": "EC", "crv": "P-384", "kid": "2026-1", "x": "...", "y": "..."},
///                                 {"kty": "RSA", "kid": "2026-2", "n": "...", "e": "AQAB"}]}}]}
/// ```
/// Keys of other kinds and for other uses are left out, as the standard asks; an issuer without any other is an error.
class Issuers {
 public:
  /// The error names the issuer and the key, and never quotes a key.
  static tl::expected<Issuers, std::string> read(std::string_view text);

  /// Null where that issuer has no such key for that algorithm.
  const SigningKey* key(std::string_view issuer, std::string_view identifier, Signing signing) const;

 private:
  using Keys = std::map<std::string, std::shared_ptr<const SigningKey>, std::less<>>;
  std::map<std::string, Keys, std::less<>> keys_;  ///< by issuer, and by the key's `kid`

  friend class IssuersReader;
};

}  // namespace proviso::service
