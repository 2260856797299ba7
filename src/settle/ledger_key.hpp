#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "settle/ledger_tape.hpp"
#include "value/digest.hpp"

namespace proviso::settle {

/// A text, or a value of another type, in sixteen bytes: a text of no more than fifteen is kept as it is, and a longer
/// one as 120 bits of its SHA-256, so that no two of a ledger are ever taken for one. The last byte says which it is,
/// so that one kind is never another.
struct Key {
  static constexpr std::size_t size = 16;
  static constexpr unsigned char of_digest = 0xff;
  static constexpr unsigned char of_value = 0xfe;
  std::array<unsigned char, size> bytes{};

  friend bool operator==(const Key&, const Key&) = default;
  /// Short texts in the order of their bytes.
  friend bool operator<(const Key& a, const Key& b) { return a.bytes < b.bytes; }
  std::uint64_t hash() const;

  void put(Tape& tape) const;
  static Key read(Tape::Reader& reader);
};

struct KeyHash {
  std::size_t operator()(const Key& key) const { return key.hash(); }
};

/// One for each thread.
class KeyMaker {
 public:
  Key of_text(std::string_view text);
  static Key of_bits(std::int64_t bits);

 private:
  value::Digester digester_;
};

}  // namespace proviso::settle
