#pragma once

#include <catch2/catch.hpp>

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "input/source.hpp"

/// Where a source cuts its records.
namespace proviso::input {

struct Cut {
  std::string text;
  std::uint64_t line = 1;
  Flaw flaw = Flaw::none;
  friend bool operator==(const Cut& a, const Cut& b) {
    return a.text == b.text && a.line == b.line && a.flaw == b.flaw;
  }
};
inline std::ostream& operator<<(std::ostream& out, const Cut& cut) {
  return out << '[' << cut.text << "] line " << cut.line << " flaw " << static_cast<int>(cut.flaw);
}

/// Gives out its text in pieces of the same size.
class Pieces : public Bytes {
 public:
  Pieces(std::string text, std::size_t size) : text_(std::move(text)), size_(size) {}
  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    const std::size_t count = text_.copy(to, std::min(size, size_), at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t size_;
  std::size_t at_ = 0;
};

using Cuts = std::vector<Cut>;

inline Cuts cut(RecordSource source) {
  Cuts cuts;
  Block block;
  while (source.next(block)) {
    REQUIRE(!block.records.empty());
    for (const RawRecord& raw : block.records) {
      REQUIRE(block.bytes.size() >= raw.end + block_padding);
      REQUIRE(block.bytes[raw.end] == '\n');
      cuts.push_back({std::string(block.text(raw)), raw.line, raw.flaw});
    }
  }
  return cuts;
}

}  // namespace proviso::input
