#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace proviso::program {

/// Texts by number, from 0, each once. Clearing keeps the memory, so that a table which is filled again and again
/// with texts of about the same size stops allocating.
class TextTable {
 public:
  std::size_t size() const { return entries_.size(); }
  /// Valid until the next `add`.
  std::string_view operator[](std::size_t number) const {
    const Entry& entry = entries_[number];
    return {characters_.data() + entry.first, entry.length};
  }
  /// -1 where the text is not there.
  std::int32_t find(std::string_view text) const;
  /// The number of the text, which is put in where it is not there yet.
  std::int32_t add(std::string_view text);
  void clear();

 private:
  struct Entry {
    std::size_t first;
    std::size_t length;
    std::size_t hash;
  };
  std::size_t slot_of(std::string_view text, std::size_t hash) const;
  void grow();

  std::vector<char> characters_;
  std::vector<Entry> entries_;
  std::vector<std::int32_t> slots_;  ///< open addressing, a power of two, at most half full; -1 is free
};

}  // namespace proviso::program
