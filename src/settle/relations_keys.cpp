#include "settle/relations_keys.hpp"

#include <algorithm>

namespace proviso::settle {
namespace {

std::uint32_t part_of(std::size_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

bool LinesByKey::key_of(Line line, Key& key) const {
  key.clear();
  for (const std::size_t at : facts_) {
    if (!lines_.known(at, line)) return false;
    key.push_back(lines_.bits(at, line));
  }
  return true;
}

bool LinesByKey::has_key(Line line, const Key& key) const {
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    if (lines_.bits(facts_[i], line) != key[i]) return false;
  }
  return true;
}

/// Where the key's number stands, or where it would.
std::size_t LinesByKey::slot_of(const Key& key, std::size_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].key != no_key &&
         (slots_[slot].hash != part_of(hash) || !has_key(first_with_[slots_[slot].key], key))) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

/// The number of each line's key, new keys counted as they come.
std::vector<std::uint32_t> LinesByKey::number_keys() {
  std::size_t slots = 2;
  while (slots < std::size_t{lines_.end()} * 2) slots *= 2;
  slots_.assign(slots, Slot());
  std::vector<std::uint32_t> numbers(lines_.end(), no_key);
  Key key;
  for (Line line = 0; line < lines_.end(); ++line) {
    if (!lines_.contains(line)) continue;
    if (!key_of(line, key)) {
      ++without_key_;
      continue;
    }
    const std::size_t hash = model::KeyHash()(key);
    Slot& slot = slots_[slot_of(key, hash)];
    if (slot.key == no_key) {
      slot = {static_cast<std::uint32_t>(first_with_.size()), part_of(hash)};
      first_with_.push_back(line);
    }
    numbers[line] = slot.key;
  }
  return numbers;
}

void LinesByKey::build(const std::function<bool(Line, Line)>& before) {
  const std::vector<std::uint32_t> numbers = number_keys();
  starts_.assign(first_with_.size() + 1, 0);
  for (const std::uint32_t number : numbers) {
    if (number != no_key) ++starts_[number + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  sorted_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (Line line = 0; line < numbers.size(); ++line) {
    if (numbers[line] != no_key) sorted_[next[numbers[line]]++] = line;
  }
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    std::sort(sorted_.begin() + starts_[i], sorted_.begin() + starts_[i + 1], before);
  }
}

LinesByKey::Range LinesByKey::of(std::size_t number) const {
  return {sorted_.data() + starts_[number], sorted_.data() + starts_[number + 1]};
}

LinesByKey::Range LinesByKey::find(const Key& key) const {
  if (slots_.empty()) return {};
  const std::uint32_t number = slots_[slot_of(key, model::KeyHash()(key))].key;
  return number == no_key ? Range() : of(number);
}

void PartialKeys::add(Line line, std::int32_t day) {
  std::vector<std::size_t> read;
  LinesByKey::Key key;
  for (std::size_t place = 0; place < facts_.size(); ++place) {
    if (!lines_.known(facts_[place], line)) continue;
    read.push_back(place);
    key.push_back(lines_.bits(facts_[place], line));
  }
  keys_[std::move(read)][std::move(key)].emplace(day, line);
}

bool PartialKeys::may_be(const LinesByKey::Key& key, model::Period days, Line own) const {
  const auto has_other = [&](const LinesByDay& lines, std::int32_t first, std::int32_t last) {
    auto next = lines.lower_bound({first, 0});
    if (next != lines.end() && next->second == own) ++next;
    return next != lines.end() && next->first <= last;
  };
  return std::any_of(keys_.begin(), keys_.end(), [&](const auto& each) {
    LinesByKey::Key part;
    for (const std::size_t place : each.first) part.push_back(key[place]);
    const auto found = each.second.find(part);
    if (found == each.second.end()) return false;
    return has_other(found->second, days.first, days.last) || has_other(found->second, no_day, no_day);
  });
}

}  // namespace proviso::settle
