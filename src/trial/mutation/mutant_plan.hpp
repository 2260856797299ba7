#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/library.hpp"
#include "program/program.hpp"
#include "trial/mutation/mutant_edit.hpp"
#include "trial/mutation/mutant_suites.hpp"
#include "trial/mutation/mutation.hpp"

namespace proviso::trial {

/// A mutant with the change that makes it, and the suites whose policies read what it changes, by number.
struct PlannedMutant {
  Mutant mutant;
  Edit edit;
  std::vector<std::uint32_t> suites;
  std::vector<model::Constant> telling;  ///< values of facts for which the change may show
};

/// The next code of the system beside that one, above (1) or below it (-1); nothing where there is none near.
std::optional<std::int64_t> neighbour(value::CodeSystem system, std::int64_t code, int way);

/// Thinks up the mutants of policies that have scenarios. A class for this folder's own files, one for each kind of
/// thing that is changed.
class MutantPlan {
 public:
  /// `library` is spaced, and as it was again once the mutants are made. Of those policies, by full name; empty: of all
  /// that have a suite. What they share with others is tried on the suites of those too.
  MutantPlan(model::Library& library, const std::vector<Suite>& suites, const std::vector<std::string>& policies = {});

  std::vector<PlannedMutant> make();

 private:
  using Node = model::Node;
  using NodeId = model::NodeId;
  using NodeKind = model::NodeKind;

  /// The versions of one policy that decide, and its suites.
  struct Family {
    std::string name;
    bool chosen = true;  ///< its mutants are made
    std::uint32_t record = model::none;
    std::vector<std::uint32_t> policies;  ///< of Library::policies, by first day
    std::vector<std::uint32_t> suites;
  };
  /// Where a change is: the criterion or clause that is named.
  struct Site {
    std::string name;
    text::Span span;
  };
  /// Who reads a threshold, code list or definition, and which of its values or blocks.
  struct Readers {
    std::size_t first_family = SIZE_MAX;  ///< of those that are chosen
    Site site;                            ///< in the first family
    std::set<std::uint32_t> suites;
    std::set<std::uint32_t> values;
    std::vector<std::uint32_t> policies;
  };
  /// A condition where it stands in the library.
  struct Standing {
    std::uint32_t policy;
    std::uint32_t form;
    std::uint32_t clause;
    std::vector<std::uint32_t> path;  ///< of criteria, from the clause's condition down; empty: that condition
  };

  model::Library& library_;
  const std::vector<Suite>& suites_;
  std::vector<Family> families_;
  std::map<std::uint32_t, Readers> thresholds_;
  std::map<std::uint32_t, Readers> code_lists_;
  std::map<NodeId, Readers> definitions_;       ///< by their node
  const Readers* inside_definition_ = nullptr;  ///< whose expression is being changed
  std::vector<PlannedMutant> mutants_;
  const std::vector<std::string> chosen_;
  const Family* family_ = nullptr;
  std::set<NodeId> visited_;       ///< of the family
  std::set<std::string> changes_;  ///< of the family: no two mutants are the same change

  // mutant_plan.cpp
  Readers& note_reader(Readers& readers, std::size_t family, std::uint32_t policy, const Site& site) const;
  void find_families();
  void find_readers();
  void read(std::size_t family, std::uint32_t policy, NodeId root, const Site& site,
            const std::vector<program::Setting>& settings, std::set<NodeId>& seen);
  std::vector<program::Setting> settings(const model::Policy& policy, std::uint32_t form) const;
  bool may_hold(const model::Policy& policy, std::size_t placement) const;
  const model::Record& record() const { return library_.records[family_->record]; }
  Site applies_site(const model::Policy& policy) const;
  PlannedMutant& add(MutantKind kind, const Site& site, Edit edit, std::string before, std::string after);
  PlannedMutant& add(MutantKind kind, const Site& site, Edit edit, std::string before, std::string after,
                     const std::set<std::uint32_t>& suites);
  /// With the node's texts before and after.
  PlannedMutant& add(MutantKind kind, const Site& site, Edit edit, NodeId shown);
  /// Whether the change is new in this family.
  bool is_new(const std::string& change) { return changes_.insert(change).second; }

  // mutant_clauses.cpp
  void mutate_policy(std::uint32_t policy);
  void mutate_clause(std::uint32_t policy, std::uint32_t form, std::uint32_t clause);
  void mutate_bare(std::uint32_t policy, const model::Clause& clause);
  void drop_clause(std::uint32_t policy, const model::Clause& clause);
  void swap_payments(std::uint32_t policy, const model::Clause& clause);
  void swap_outcomes(std::uint32_t policy, const model::Clause& clause);
  void edit_clauses(Edit& edit, std::uint32_t policy, text::Span span,
                    const std::function<void(model::Clause&)>& change) const;
  void mutate_condition(const Standing& standing, const model::Condition& condition, const Site& site);
  void mutate_group(const Standing& standing, const model::Condition& group, const Site& site);
  void change_group(const Standing& standing, const Site& site, model::GroupKind kind, std::uint32_t count);
  void drop_criterion(const Standing& standing, const model::Condition& group, std::uint32_t index);
  std::vector<Standing> same_groups(const Standing& standing, const Site& site) const;
  const model::Condition& condition_at(const Standing& standing) const;
  model::Condition& condition_at(Edit& edit, const Standing& standing) const;

  // mutant_expressions.cpp
  void mutate_expression(NodeId root, const Site& site);
  void mutate_operands(NodeId root, const Site& site);
  void mutate_node(NodeId id, const Site& site);
  void mutate_comparison(NodeId id, const Site& site);
  void mutate_between(NodeId id, const Site& site);
  void mutate_set(NodeId id, const Site& site);
  void change_kind(NodeId id, NodeKind kind, const Site& site);
  void negate(NodeId id, const Site& site);
  void mutate_literals(NodeId id, const Site& site);

  // mutant_values.cpp
  void mutate_thresholds(std::size_t family);
  void mutate_code_lists(std::size_t family);
  void mutate_limit(std::uint32_t threshold, std::uint32_t value, const Readers& readers);
  void mutate_codes(std::uint32_t list, std::uint32_t block, const Readers& readers, std::size_t& left);

  // mutant_periods.cpp
  void mutate_periods(std::uint32_t policy);
  void move_effective(std::uint32_t policy, std::int32_t first, std::int32_t last);
  void mutate_value_periods(std::uint32_t threshold, std::uint32_t value, const Readers& readers);
  void mutate_variations();
  void change_variation(std::uint32_t variation, model::Period period, MutantKind kind, const Site& site);
  bool place_again(Edit& edit, const std::vector<std::uint32_t>& policies);
  bool place_again(Edit& edit, std::uint32_t policy);
  bool has_values(const model::Policy& policy) const;
};

/// Whether the values of the type have an order in which a step can be taken.
bool is_steppable(const value::Type& type);
/// The value a step up (1) or down (-1); nothing where there is none.
std::optional<std::int64_t> stepped(const model::Library& library, const value::Type& type, std::int64_t bits, int way);

}  // namespace proviso::trial
