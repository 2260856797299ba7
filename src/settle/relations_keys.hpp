#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "settle/relations_lines.hpp"

namespace proviso::settle {

/// Gathered lines by the values of some of their facts: those with equal values stand together, in an order of their
/// own. Found by hash, in time that does not grow with the lines.
class LinesByKey {
 public:
  /// As GatheredLines has them in columns.
  using Key = std::vector<std::int64_t>;
  struct Range {
    const Line* first = nullptr;
    const Line* last = nullptr;
    const Line* begin() const { return first; }
    const Line* end() const { return last; }
    std::size_t size() const { return static_cast<std::size_t>(last - first); }
  };

  /// `lines` must outlive it; `facts` are places that its `keep` gave.
  LinesByKey(const GatheredLines& lines, std::vector<std::size_t> facts) : lines_(lines), facts_(std::move(facts)) {}

  /// Once all lines are there. `before` is the order of lines of one key.
  void build(const std::function<bool(Line, Line)>& before);
  Range find(const Key& key) const;
  std::size_t keys() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  /// By number, below keys().
  Range of(std::size_t number) const;
  /// All lines that have a key; ranges point into them.
  const std::vector<Line>& lines() const { return sorted_; }
  /// Lines that do not have all facts, and are found by no key.
  std::uint64_t without_key() const { return without_key_; }

 private:
  static constexpr std::uint32_t no_key = UINT32_MAX;
  struct Slot {
    std::uint32_t key = no_key;
    std::uint32_t hash = 0;  ///< part of it, so that few other keys are looked at
  };

  bool key_of(Line line, Key& key) const;
  bool has_key(Line line, const Key& key) const;
  std::size_t slot_of(const Key& key, std::size_t hash) const;
  std::vector<std::uint32_t> number_keys();

  const GatheredLines& lines_;
  std::vector<std::size_t> facts_;
  std::vector<Slot> slots_;            ///< open addressing, a power of two, at most half full
  std::vector<Line> first_with_;       ///< by number of the key: a line that has it
  std::vector<std::uint32_t> starts_;  ///< by number of the key, and one more: where its lines begin in sorted_
  std::vector<Line> sorted_;
  std::uint64_t without_key_ = 0;
};

/// In the place of a date that a line does not say; none is as late.
inline constexpr std::int32_t no_day = INT32_MAX;

/// Lines of whose key a part could not be read, by the rest of it.
class PartialKeys {
 public:
  /// As LinesByKey has them.
  PartialKeys(const GatheredLines& lines, std::vector<std::size_t> facts) : lines_(lines), facts_(std::move(facts)) {}

  /// `day`: by which the line is in a window of days or not; no_day where it has none.
  void add(Line line, std::int32_t day);
  /// Whether one of the lines, other than `own`, may have the key and is of one of the days, or of none.
  bool may_be(const LinesByKey::Key& key, model::Period days, Line own) const;

 private:
  using LinesByDay = std::set<std::pair<std::int32_t, Line>>;
  /// Places in facts_ of what could be read, and all that was read there: few kinds, however many lines.
  std::map<std::vector<std::size_t>, std::map<LinesByKey::Key, LinesByDay>> keys_;
  const GatheredLines& lines_;
  std::vector<std::size_t> facts_;
};

}  // namespace proviso::settle
