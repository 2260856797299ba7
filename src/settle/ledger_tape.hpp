#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace proviso::settle {

/// A line of the ledger: the number of its chunk as they came, times the capacity of a chunk, and its row.
using LineOrder = std::uint32_t;

/// Numbers one after another, small ones in few bytes, read back in the order in which they were written. They are kept
/// in blocks: growing moves nothing, and wastes less than a block, which is small while there is little. A ledger has
/// millions of lines, of each of which a few numbers have to be kept until the last is read.
class Tape {
 public:
  void put(std::uint64_t number) {
    unsigned char* out = room();
    while (number >= more) {
      *out++ = static_cast<unsigned char>(number | more);
      number >>= bits;
    }
    *out++ = static_cast<unsigned char>(number);
    next_ = out;
  }
  void put_signed(std::int64_t number) { put(folded(number)); }
  /// Whole pence take less room.
  void put_money(std::int64_t amount) {
    if (amount % pence == 0) return put(folded(amount / pence) << 1);
    put(1);
    put_signed(amount);
  }
  /// Takes little room for lines that follow one another.
  void put_order(LineOrder order) {
    put_signed(std::int64_t{order} - last_order_);
    last_order_ = order;
  }
  /// No more than most_bytes.
  void put_bytes(const unsigned char* bytes, std::size_t count);
  static constexpr std::size_t most_bytes = 16;

  class Reader {
   public:
    explicit Reader(const Tape& tape) : tape_(tape) {}
    /// Whether all was read.
    bool done();
    std::uint64_t number() {
      if (next_ == end_) done();
      std::uint64_t result = 0;
      for (unsigned shift = 0;; shift += bits) {
        const std::uint64_t byte = *next_++;
        result |= (byte & (more - 1)) << shift;
        if (byte < more) return result;
      }
    }
    std::int64_t signed_number() { return unfolded(number()); }
    std::int64_t money() {
      const std::uint64_t tagged = number();
      return tagged == 1 ? signed_number() : unfolded(tagged >> 1) * pence;
    }
    LineOrder order() {
      last_order_ = static_cast<LineOrder>(last_order_ + signed_number());
      return last_order_;
    }
    void bytes(unsigned char* bytes, std::size_t count);

   private:
    const Tape& tape_;
    std::size_t block_ = 0;
    const unsigned char* next_ = nullptr;
    const unsigned char* end_ = nullptr;
    LineOrder last_order_ = 0;
  };

 private:
  static constexpr std::uint64_t more = 0x80;  ///< marks a byte that another follows
  static constexpr unsigned bits = 7;          ///< of the number in each byte
  static constexpr std::int64_t pence = 10'000;
  static constexpr std::size_t first_bytes = 128;  ///< of the first block; the next ones have twice as many
  static constexpr std::size_t block_bytes = 8192;

  struct Block {
    std::unique_ptr<unsigned char[]> bytes;
    std::size_t size = 0;  ///< of a block that is full
  };
  std::vector<Block> blocks_;
  unsigned char* next_ = nullptr;
  unsigned char* end_ = nullptr;
  LineOrder last_order_ = 0;

  /// Where most_bytes can be written; what is written is never cut between two blocks.
  unsigned char* room() {
    if (static_cast<std::size_t>(end_ - next_) < most_bytes) begin_block();
    return next_;
  }
  void begin_block();
  /// Small sizes, of either sign, as small numbers.
  static std::uint64_t folded(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ (number < 0 ? ~std::uint64_t{0} : 0);
  }
  static std::int64_t unfolded(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1) ^ ((number & 1) != 0 ? ~std::uint64_t{0} : 0));
  }
};

}  // namespace proviso::settle
