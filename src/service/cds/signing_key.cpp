#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <utility>

#include "service/cds/issuers.hpp"

namespace proviso::service {
namespace {

template <auto free>
struct Freed {
  template <typename Value>
  void operator()(Value* value) const {
    free(value);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr std::size_t coordinate_bytes = 48;
constexpr int least_rsa_bits = 2048;
/// A larger key would only keep the service busy.
constexpr int greatest_rsa_bits = 8192;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

/// Null where the parameters make no sound public key.
std::shared_ptr<EVP_PKEY> make_key(const char* type, OSSL_PARAM* parameters) {
  const Context maker(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  if (!maker || EVP_PKEY_fromdata_init(maker.get()) != 1 ||
      EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  std::shared_ptr<EVP_PKEY> key(made, EVP_PKEY_free);
  const Context checker(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
  const bool sound = checker && EVP_PKEY_public_check(checker.get()) == 1;
  ERR_clear_error();
  return sound ? key : nullptr;
}

/// In the form that the library reads; empty where it cannot be one.
std::string as_der(std::string_view raw) {
  const Signature signature(ECDSA_SIG_new());
  Number r = number_of(raw.substr(0, coordinate_bytes));
  Number s = number_of(raw.substr(coordinate_bytes));
  if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
  // They are the signature's from here on.
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  if (size <= 0) return {};
  std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return text;
}

}  // namespace

std::unique_ptr<SigningKey> SigningKey::elliptic(std::string_view x, std::string_view y) {
  if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return nullptr;
  constexpr char uncompressed = 4;
  std::string point(1, uncompressed);
  point.append(x).append(y);
  std::string group = "P-384";
  std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  auto key = make_key("EC", parameters.data());
  if (!key) return nullptr;
  return std::unique_ptr<SigningKey>(new SigningKey(std::move(key), Signing::es384));
}

std::unique_ptr<SigningKey> SigningKey::rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.size() > greatest_rsa_bits / 8 || exponent.size() > 8) return nullptr;
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  if (!n || !e || BN_num_bits(n.get()) < least_rsa_bits || BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) != 0) {
    return nullptr;
  }
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  auto key = parameters ? make_key("RSA", parameters.get()) : nullptr;
  if (!key) return nullptr;
  return std::unique_ptr<SigningKey>(new SigningKey(std::move(key), Signing::rs384));
}

bool SigningKey::verifies(std::string_view message, std::string_view signature) const {
  std::string der;
  if (signing_ == Signing::es384) {
    if (signature.size() != 2 * coordinate_bytes) return false;
    der = as_der(signature);
    signature = der;
  } else if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()))) {
    return false;
  }
  const DigestContext context(EVP_MD_CTX_new());
  const bool good =
      context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha384(), nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace proviso::service
