#include "value/digest.hpp"

#include <openssl/evp.h>

#include <charconv>
#include <exception>

namespace proviso::value {
namespace {

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void must_succeed(int result) {
  if (result != 1) std::terminate();
}

/// `17:`, as long as it must be.
class Length {
 public:
  explicit Length(std::size_t length) : end_(std::to_chars(text_.begin(), text_.end(), length).ptr) { *end_++ = ':'; }
  std::string_view text() const { return {text_.data(), static_cast<std::size_t>(end_ - text_.data())}; }

 private:
  std::array<char, 24> text_{};
  char* end_;
};

}  // namespace

void Digester::Free::operator()(void* context) const { EVP_MD_CTX_free(context_of(context)); }

Digester::Digester() : context_(EVP_MD_CTX_new()) { begin(); }

void Digester::begin() {
  // Fetched once: it takes as long as a short text. It is used until the program ends.
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  must_succeed(EVP_DigestInit_ex(context_of(context_.get()), method, nullptr));
}

void Digester::add(std::string_view bytes) {
  must_succeed(EVP_DigestUpdate(context_of(context_.get()), bytes.data(), bytes.size()));
}

void Digester::add_field(std::string_view field) {
  add(Length(field.size()).text());
  add(field);
}

Digester::Bytes Digester::finish() {
  Bytes bytes{};
  must_succeed(EVP_DigestFinal_ex(context_of(context_.get()), bytes.data(), nullptr));
  begin();
  return bytes;
}

void append_field(std::string& out, std::string_view field) {
  out += Length(field.size()).text();
  out += field;
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string spelling(const Digester::Bytes& digest) {
  return "sha256:" + hexadecimal({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string sha256(std::string_view text) {
  thread_local Digester digester;
  digester.add(text);
  return spelling(digester.finish());
}

}  // namespace proviso::value
