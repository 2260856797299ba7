#include "settle/ledger_key.hpp"

#include <algorithm>
#include <cstring>

#include "program/code.hpp"

namespace proviso::settle {
namespace {

constexpr std::size_t last = Key::size - 1;

}  // namespace

std::uint64_t Key::hash() const {
  std::array<std::int64_t, 2> halves{};
  std::memcpy(halves.data(), bytes.data(), size);
  return program::next_hash(program::next_hash(program::first_hash, halves[0]), halves[1]);
}

void Key::put(Tape& tape) const {
  tape.put_bytes(&bytes[last], 1);
  tape.put_bytes(bytes.data(), std::min<std::size_t>(bytes[last], last));
}

Key Key::read(Tape::Reader& reader) {
  Key key;
  reader.bytes(&key.bytes[last], 1);
  reader.bytes(key.bytes.data(), std::min<std::size_t>(key.bytes[last], last));
  return key;
}

Key KeyMaker::of_text(std::string_view text) {
  Key key;
  if (text.size() <= last) {
    std::copy(text.begin(), text.end(), key.bytes.begin());
    key.bytes[last] = static_cast<unsigned char>(text.size());
    return key;
  }
  digester_.add(text);
  const value::Digester::Bytes digest = digester_.finish();
  std::copy_n(digest.begin(), last, key.bytes.begin());
  key.bytes[last] = Key::of_digest;
  return key;
}

Key KeyMaker::of_bits(std::int64_t bits) {
  Key key;
  std::memcpy(key.bytes.data(), &bits, sizeof bits);
  key.bytes[last] = Key::of_value;
  return key;
}

}  // namespace proviso::settle
