#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/edition.hpp"
#include "decide/index.hpp"
#include "decide/version.hpp"
#include "model/library.hpp"

namespace proviso::decide {

enum class Explain : std::uint8_t {
  none,     ///< the outcome, its clause, and what is needed
  reasons,  ///< also the criteria that decided, and what was assumed
  full,     ///< all criteria of all clauses, and the policies that do not apply
};

struct Options {
  std::vector<std::string> policies;  ///< only these, by name or by full name; empty: all
  bool with_drafts = false;
  std::optional<std::int32_t> on;  ///< the deciding date, whatever the records say
  Explain explain = Explain::reasons;
};

/// Everything about a library that deciding needs, for one kind of record. It never changes, so any number of threads
/// decide with it, each through a Decider of its own. The library must outlive it.
class Engine {
 public:
  /// `record` must be a record of the library.
  Engine(const model::Library& library, std::string_view record, Options options = {});
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  const model::Library& library() const { return *library_; }
  const model::Record& record() const { return library_->records[record_]; }
  std::uint32_t record_index() const { return record_; }
  const Options& options() const { return options_; }
  /// The policies that decide, in the order of the library.
  const std::vector<Family>& families() const { return families_; }
  /// Those that may apply to a record, by its facts.
  const Index& index() const { return index_; }
  const std::vector<Edition>& editions() const { return editions_; }
  /// What deciding by a family begins with: all of it in one place, for of thousands of families the few that a record
  /// needs are far away in memory.
  struct Entry {
    const Edition* first;    ///< its first edition
    const Segment* segment;  ///< null where there are several editions or segments
    const Version* version;  ///< of the segment
    const ClauseHead* heads;
    std::size_t editions;
  };
  const Entry& entry(FamilyId family) const { return entries_[family]; }
  /// Every form of every edition.
  const std::vector<Version>& versions() const { return versions_; }
  /// Whether any of them is a payment.
  bool has_payments() const;
  /// Names of Options::policies that no policy on this record bears.
  std::vector<std::string> unknown_policies() const;
  /// Compiles every program now, so that the first record does not wait for it.
  void compile_all() const;

 private:
  const model::Library* library_;
  std::uint32_t record_;
  Options options_;
  std::vector<Version> versions_;
  std::vector<Edition> editions_;
  std::vector<Family> families_;
  std::vector<Entry> entries_;  ///< by family
  Index index_;
  std::uint32_t item_count_ = 0;

  bool wanted(const model::Policy& policy) const;
  const model::Policy* successor(const model::Policy& policy) const;
  std::vector<const Version*> lay_out_forms(const model::Policy& policy, SeenNodes& seen);
  void find_families();
};

}  // namespace proviso::decide
