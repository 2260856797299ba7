#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "service/register/private_file.hpp"
#include "service/register/register.hpp"
#include "service/register/system.hpp"
#include "value/digest.hpp"

// The file holds the key as 64 hexadecimal digits on a line, so that it can be copied as text.
namespace proviso::service {
namespace {

constexpr std::size_t key_size = 32;

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<Key> parse_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.size() != 2 * key_size) return {};
  Key key;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit_value(text[i]);
    const int low = digit_value(text[i + 1]);
    if (high < 0 || low < 0) return {};
    key.bytes += static_cast<char>(16 * high + low);
  }
  return key;
}

/// What stands in a file, up to more than a key takes. errno says why there is nothing.
std::optional<std::string> read_start(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  std::array<char, 4 * key_size> bytes{};
  std::string text;
  ssize_t got = 0;
  while (text.size() < bytes.size() && (got = read(descriptor, bytes.data(), bytes.size())) > 0) {
    text.append(bytes.data(), static_cast<std::size_t>(got));
  }
  const int problem = errno;
  close(descriptor);
  errno = problem;
  if (got < 0) return {};
  return text;
}

/// HMAC-SHA256 with a key that seldom changes: making it ready takes longer than most texts do. One for each thread.
class KeyedDigester {
 public:
  KeyedDigester() {
    EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    if (method != nullptr) context_ = EVP_MAC_CTX_new(method);
    EVP_MAC_free(method);
    if (context_ == nullptr) std::terminate();
  }
  ~KeyedDigester() { EVP_MAC_CTX_free(context_); }
  KeyedDigester(const KeyedDigester&) = delete;
  KeyedDigester& operator=(const KeyedDigester&) = delete;

  /// Valid until the next one.
  std::string_view digest(const Key& key, std::string_view text) {
    std::size_t size = 0;
    if (!begin(key) || EVP_MAC_update(context_, bytes_of(text), text.size()) != 1 ||
        EVP_MAC_final(context_, bytes_.data(), &size, bytes_.size()) != 1) {
      std::terminate();
    }
    return {reinterpret_cast<const char*>(bytes_.data()), size};
  }

 private:
  EVP_MAC_CTX* context_ = nullptr;
  std::string key_;
  bool ready_ = false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes_{};

  static const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  }
  bool begin(const Key& key) {
    if (ready_ && key_ == key.bytes) return EVP_MAC_init(context_, nullptr, 0, nullptr) == 1;
    key_ = key.bytes;
    std::array<char, 7> name{"SHA256"};
    const std::array<OSSL_PARAM, 2> parameters = {OSSL_PARAM_construct_utf8_string("digest", name.data(), 0),
                                                  OSSL_PARAM_construct_end()};
    ready_ = EVP_MAC_init(context_, bytes_of(key_), key_.size(), parameters.data()) == 1;
    return ready_;
  }
};

}  // namespace

tl::expected<Key, std::string> read_or_make_key(const std::string& file) {
  auto text = read_start(file);
  if (!text && errno == ENOENT) {
    std::array<unsigned char, key_size> bytes{};
    fill_random(bytes.data(), bytes.size());
    const auto made =
        make_private_file(file, value::hexadecimal({reinterpret_cast<const char*>(bytes.data()), bytes.size()}) + "\n");
    if (!made) return tl::unexpected(fmt::format("the key `{}` cannot be made: {}", file, made.error()));
    // Somebody else may have been first: what is there then is the key.
    text = read_start(file);
  }
  if (!text) return tl::unexpected(fmt::format("the key `{}` cannot be read: {}", file, std::strerror(errno)));
  auto key = parse_key(*text);
  if (!key) return tl::unexpected(fmt::format("`{}` holds no key: a key is 64 hexadecimal digits", file));
  return std::move(*key);
}

std::string keyed_digest(const Key& key, std::string_view text) {
  thread_local KeyedDigester digester;
  return std::string(keyed_digest_mark) + value::hexadecimal(digester.digest(key, text));
}

}  // namespace proviso::service
