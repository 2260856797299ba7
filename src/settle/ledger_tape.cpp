#include "settle/ledger_tape.hpp"

#include <algorithm>

namespace proviso::settle {

void Tape::begin_block() {
  if (!blocks_.empty()) blocks_.back().size = static_cast<std::size_t>(next_ - blocks_.back().bytes.get());
  const std::size_t size = std::min(block_bytes, first_bytes << std::min<std::size_t>(blocks_.size(), 16));
  Block& block = blocks_.emplace_back();
  block.bytes = std::make_unique_for_overwrite<unsigned char[]>(size);
  next_ = block.bytes.get();
  end_ = next_ + size;
}

void Tape::put_bytes(const unsigned char* bytes, std::size_t count) { next_ = std::copy_n(bytes, count, room()); }

bool Tape::Reader::done() {
  if (next_ != end_) return false;
  if (block_ == tape_.blocks_.size()) return true;
  const Block& block = tape_.blocks_[block_++];
  next_ = block.bytes.get();
  end_ = block_ == tape_.blocks_.size() ? tape_.next_ : next_ + block.size;
  return false;
}

void Tape::Reader::bytes(unsigned char* bytes, std::size_t count) {
  if (next_ == end_) done();
  std::copy_n(next_, count, bytes);
  next_ += count;
}

}  // namespace proviso::settle
