#include "service/register/packing.hpp"

#include <lz4.h>
#include <openssl/evp.h>

#include <charconv>
#include <utility>
#include <vector>

#include "value/digest.hpp"

namespace proviso::service {
namespace {

/// As long as no explanation is; what claims to be longer was tampered with.
constexpr std::size_t longest = std::size_t{1} << 28;

std::string base64(const unsigned char* bytes, std::size_t count) {
  std::string out(4 * ((count + 2) / 3) + 1, '\0');  // and the zero byte that is written after it
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes, static_cast<int>(count));
  out.pop_back();
  return out;
}

std::optional<std::vector<char>> bytes_of_base64(std::string_view letters) {
  if (letters.size() % 4 != 0 || letters.size() > longest) return {};
  std::vector<char> bytes(letters.size() / 4 * 3 + 1);
  const int count =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(letters.data()), static_cast<int>(letters.size()));
  if (count < 0) return {};
  std::size_t padding = 0;
  while (padding < 2 && padding < letters.size() && letters[letters.size() - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<std::size_t>(count) - padding);
  return bytes;
}

}  // namespace

/// The stream of LZ4 that has read the text: it is copied for each difference, which is far cheaper than reading again.
struct Exemplar::Prepared {
  LZ4_stream_t stream;
};

Exemplar::Exemplar(std::string text) : id_(value::sha256(text)), text_(std::move(text)) {
  auto prepared = std::make_unique<Prepared>();
  LZ4_initStream(&prepared->stream, sizeof prepared->stream);
  LZ4_loadDict(&prepared->stream, text_.data(), static_cast<int>(text_.size()));
  prepared_ = std::move(prepared);
}

Exemplar::~Exemplar() = default;

std::string Exemplar::difference(std::string_view text) const {
  thread_local LZ4_stream_t stream;
  thread_local std::vector<unsigned char> bytes;
  stream = prepared_->stream;
  const int size = static_cast<int>(text.size());
  bytes.resize(static_cast<std::size_t>(LZ4_compressBound(size)));
  const int count = LZ4_compress_fast_continue(&stream, text.data(), reinterpret_cast<char*>(bytes.data()), size,
                                               static_cast<int>(bytes.size()), 1);
  return std::to_string(text.size()) + ":" + base64(bytes.data(), static_cast<std::size_t>(count));
}

Packed Packer::pack(std::uint64_t likeness, std::string_view text) {
  // PostgreSQL takes no zero bytes: one text that has some is not to keep out all that are like it.
  if (likeness == 0 || text.size() > longest || text.find('\0') != std::string::npos)
    return {std::string(text), nullptr};
  std::shared_ptr<const Exemplar> exemplar;
  {
    const std::lock_guard lock(mutex_);
    const auto found = exemplars_.find(likeness);
    if (found != exemplars_.end()) exemplar = found->second;
  }
  if (!exemplar) {
    exemplar = std::make_shared<const Exemplar>(std::string(text));
    const std::lock_guard lock(mutex_);
    if (exemplars_.size() >= most_exemplars) exemplars_.clear();
    exemplar = exemplars_.try_emplace(likeness, std::move(exemplar)).first->second;
  }
  std::string difference = exemplar->difference(text);
  return {std::move(difference), std::move(exemplar)};
}

std::optional<std::string> unpack(std::string_view difference, std::string_view exemplar) {
  std::size_t size = 0;
  const auto [end, problem] = std::from_chars(difference.data(), difference.data() + difference.size(), size);
  const auto digits = static_cast<std::size_t>(end - difference.data());
  if (problem != std::errc() || digits == difference.size() || *end != ':' || size > longest) return {};
  const auto bytes = bytes_of_base64(difference.substr(digits + 1));
  // LZ4 makes at most 255 bytes of one.
  if (!bytes || exemplar.size() > longest || size > 255 * bytes->size() + 255) return {};
  std::string text(size, '\0');
  const int count =
      LZ4_decompress_safe_usingDict(bytes->data(), text.data(), static_cast<int>(bytes->size()), static_cast<int>(size),
                                    exemplar.data(), static_cast<int>(exemplar.size()));
  if (count < 0 || static_cast<std::size_t>(count) != size) return {};
  return text;
}

}  // namespace proviso::service
