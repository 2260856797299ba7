#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "trial/comparison/comparison.hpp"

/// Counting what became of the cases, a part of them a thread.
namespace proviso::trial {

/// A changed cell while it fills. Blocks are taken in the order of the input, so the first cases that one thread sees
/// are the first of all that it sees.
class CellTally {
 public:
  void add(std::size_t first_cases, std::string id, std::uint64_t line, std::vector<CausePart> parts);
  void add(const CellTally& other);
  ChangedCell finish(std::size_t first_cases) const;

 private:
  struct SeenCase {
    std::string id;
    std::uint64_t line;
    std::string cause;
  };
  std::vector<SeenCase> cases_;
  std::map<std::string, Cause> causes_;  ///< by all that they say
};

struct TableTally {
  Table table;  ///< without its changed cells
  std::map<std::pair<CaseOutcome, CaseOutcome>, CellTally> cells;

  void count(CaseOutcome was, CaseOutcome is) { ++table.counts[was][is]; }
  void add(const TableTally& other);
  Table finish(std::size_t first_cases) const;
};

/// All tables of one thread: of the records, and by policy and the places of the two decisions, which are numbered for
/// both libraries together.
class Tallies {
 public:
  struct Key {
    std::uint32_t policy;
    std::uint32_t place_before;
    std::uint32_t place_after;
    friend bool operator<(const Key& a, const Key& b) {
      return std::tie(a.policy, a.place_before, a.place_after) < std::tie(b.policy, b.place_before, b.place_after);
    }
  };

  TableTally overall;

  /// The table stays where it is.
  TableTally& of(const Key& key);
  void add(const Tallies& other);
  const std::map<Key, TableTally>& all() const { return tables_; }

 private:
  std::map<Key, TableTally> tables_;
  std::unordered_map<std::uint64_t, TableTally*> found_;  ///< for keys of small numbers
};

}  // namespace proviso::trial
