#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>

namespace ledgers {

/// What was written, counted by name (`drugs.unreadable.month_first`): what the results of the ledgers are held to.
class Manifest {
 public:
  void count(std::string_view name, std::int64_t more = 1) {
    const auto found = counts_.find(name);
    if (found != counts_.end())
      found->second += more;
    else
      counts_.emplace(name, more);
  }
  std::int64_t of(std::string_view name) const {
    const auto found = counts_.find(name);
    return found == counts_.end() ? 0 : found->second;
  }
  /// One JSON object, a line for each name, in the order of the names.
  void write(std::ostream& output) const;

 private:
  std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace ledgers
