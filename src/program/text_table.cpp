#include "program/text_table.hpp"

#include <algorithm>
#include <functional>

namespace proviso::program {
namespace {

constexpr std::int32_t free_slot = -1;

}  // namespace

std::size_t TextTable::slot_of(std::string_view text, std::size_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != free_slot) {
    const auto number = static_cast<std::size_t>(slots_[slot]);
    if (entries_[number].hash == hash && (*this)[number] == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::int32_t TextTable::find(std::string_view text) const {
  if (slots_.empty()) return free_slot;
  return slots_[slot_of(text, std::hash<std::string_view>{}(text))];
}

std::int32_t TextTable::add(std::string_view text) {
  if (slots_.size() <= entries_.size() * 2) grow();
  const std::size_t hash = std::hash<std::string_view>{}(text);
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot] == free_slot) {
    slots_[slot] = static_cast<std::int32_t>(entries_.size());
    entries_.push_back({characters_.size(), text.size(), hash});
    characters_.insert(characters_.end(), text.begin(), text.end());
  }
  return slots_[slot];
}

void TextTable::clear() {
  characters_.clear();
  entries_.clear();
  std::fill(slots_.begin(), slots_.end(), free_slot);
}

void TextTable::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), free_slot);
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    slots_[slot_of((*this)[number], entries_[number].hash)] = static_cast<std::int32_t>(number);
  }
}

}  // namespace proviso::program
