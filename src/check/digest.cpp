#include "check/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

namespace proviso::check {
namespace {

EVP_MD_CTX* digest(void* context) { return static_cast<EVP_MD_CTX*>(context); }

}  // namespace

void Digest::Free::operator()(void* context) const { EVP_MD_CTX_free(digest(context)); }

Digest::Digest() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(digest(context_.get()), EVP_sha256(), nullptr); }

void Digest::update(const std::string& bytes) { EVP_DigestUpdate(digest(context_.get()), bytes.data(), bytes.size()); }

void Digest::add(const std::string& part) {
  update(fmt::format("{}:", part.size()));
  update(part);
}

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(digest(context_.get()), bytes.data(), &size);
  std::string out = "sha256:";
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", bytes[i]);
  return out;
}

std::string Digest::of_text(const std::string& text) {
  Digest digest;
  digest.update(text);
  return digest.finish();
}

}  // namespace proviso::check
