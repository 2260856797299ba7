#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "decide/decider.hpp"
#include "decide/engine.hpp"
#include "output/show_values.hpp"
#include "program/chunk.hpp"
#include "trial/comparison/changes_meaning.hpp"
#include "trial/comparison/comparison.hpp"
#include "trial/comparison/comparison_sides.hpp"

/// What made a policy decide a case otherwise than before.
namespace proviso::trial {

/// Engines of single policies that explain in full, made when first asked for, by any thread.
class FullEngines {
 public:
  explicit FullEngines(const Sides& sides) : sides_(sides), engines_(sides.policies().size()) {}
  const decide::Engine& of(Side side, std::uint32_t policy);

 private:
  const Sides& sides_;
  std::mutex making_;
  std::vector<std::array<std::unique_ptr<decide::Engine>, 2>> engines_;
};

/// A decision of a case by one of the libraries.
struct SideDecision {
  const decide::Engine* engine = nullptr;
  const program::Chunk* chunk = nullptr;
  const decide::Decisions* decisions = nullptr;  ///< in full
  std::size_t record = 0;                        ///< of the chunk
  const decide::Decision* decision = nullptr;    ///< null: none
};

/// What an item asks: its expression, or a group's word.
std::string group_text(const decide::Version& version, const decide::Item& item);

/// Finds causes; one for each thread.
class Causes {
 public:
  explicit Causes(const Sides& sides);

  /// Of a policy that both libraries have.
  std::vector<CausePart> of(const std::array<SideDecision, 2>& cases);

 private:
  struct FoundItem {
    std::uint32_t number = model::none;
    const decide::Item* item = nullptr;
    const decide::Reason* reason = nullptr;  ///< null: there is no value
    bool there() const { return item != nullptr; }
  };
  /// One criterion, clause or `applies when` in both versions.
  using Pair = std::array<FoundItem, 2>;

  const Sides& sides_;
  Meanings meanings_;
  const std::array<SideDecision, 2>* cases_ = nullptr;
  std::array<const decide::Version*, 2> versions_{};
  std::array<std::vector<const decide::Reason*>, 2> reasons_;  ///< by item
  std::vector<CausePart> parts_;
  std::array<std::unordered_map<model::NodeId, output::Reads>, 2> reads_;
  std::unordered_map<std::uint64_t, std::vector<std::string>> definitions_;

  /// Which items of two versions are one, by number; none where there is no other.
  struct ItemPairs {
    std::vector<std::uint32_t> old_of;                    ///< by new item
    std::vector<std::uint32_t> new_of;                    ///< by old item
    std::array<std::vector<std::uint32_t>, 2> parents{};  ///< the item around it; none for a clause
  };
  std::map<std::array<const decide::Version*, 2>, ItemPairs> pairs_of_versions_;
  const ItemPairs* pairs_ = nullptr;

  /// Something in a group, before and after. Where it is not in the group, its truth is what changes nothing there.
  struct Member {
    Pair pair;
    value::Truth was;
    value::Truth is;
    bool moved;  ///< to this group or out of it
  };

  const SideDecision& decided(Side side) const { return (*cases_)[side]; }
  bool whether_it_holds();
  bool whether_it_applies();
  void compare_deciding();
  bool compare_outcomes();
  std::uint32_t last_that_counts(Side side) const;
  void account_for(const Pair& pair);
  void account_for_group(const Pair& pair, bool raised, value::Truth result);
  bool account_for_members(const Pair& pair, bool raised, value::Truth result);
  bool word_alone(const Pair& pair, value::Truth result, bool& word_counts) const;
  void compare_clauses();
  void compare_needs();

  const ItemPairs& pair_items();
  std::vector<Member> members(const Pair& pair) const;
  Pair pair_of(Side side, std::uint32_t item) const;
  FoundItem item(Side side, std::uint32_t number) const;
  std::string group_of(Side side, const FoundItem& found) const;
  bool told(const Pair& pair) const;
  void add(std::string_view what, const Pair& pair);
  void add_details(CausePart& part, const Pair& pair);
  void add_values(CausePart& part, const Pair& pair) const;
  void add_codes(CausePart& part, const Pair& pair);
  void add_hidden(CausePart& part, const Pair& pair);
  const output::Reads& reads(Side side, model::NodeId node);
  const model::CodeBlock* block(Side side, const model::CodeList& list) const;
};

}  // namespace proviso::trial
