#include "model/library.hpp"

#include <algorithm>

namespace proviso::model {

FactId Record::find(LevelId level, std::string_view path) const {
  for (const FactId id : levels[level].facts) {
    if (facts[id].path == path) return id;
  }
  return none;
}

const ThresholdValue* Threshold::on(std::int32_t date) const {
  const ThresholdValue* latest = nullptr;
  for (const ThresholdValue& value : values) {
    if (!value.place.empty() || value.period.first > date) continue;
    if (latest == nullptr || latest->period.first <= value.period.first) latest = &value;
  }
  return latest != nullptr && latest->period.last >= date ? latest : nullptr;
}

const CodeBlock* CodeList::on(std::int32_t date) const {
  const CodeBlock* latest = nullptr;
  for (const CodeBlock& block : blocks) {
    if (block.period.first > date) continue;
    if (latest == nullptr || latest->period.first <= block.period.first) latest = &block;
  }
  return latest != nullptr && latest->period.last >= date ? latest : nullptr;
}

std::size_t KeyHash::operator()(const std::vector<std::int64_t>& key) const {
  std::uint64_t hash = 0x9e3779b97f4a7c15;
  for (const std::int64_t part : key) {
    hash ^= static_cast<std::uint64_t>(part);
    hash *= 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  return hash;
}

std::uint32_t Library::record(std::string_view name) const {
  const auto found =
      std::find_if(records.begin(), records.end(), [name](const Record& each) { return each.name == name; });
  return found == records.end() ? none : static_cast<std::uint32_t>(found - records.begin());
}

}  // namespace proviso::model
