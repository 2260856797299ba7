#pragma once

#include "check/declarations/value_names.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"
#include "check/policies/criteria.hpp"
#include "check/policies/policy_words.hpp"

namespace proviso::check {

/// A variation once checked; stands beside the model's variation of the same number.
struct VariedBy {
  std::uint32_t tree = 0;
  std::uint32_t record = none;
  /// By change: the new condition of `replace` and `add`, its sentence in `label`; the outcome of a clause.
  struct Changed {
    model::Condition condition;
    model::Outcome outcome = model::Outcome::exempt;
    std::vector<std::string> names;  ///< of the criterion and those inside it
    bool had_effect = false;
  };
  std::vector<Changed> parts;
  bool held = false;  ///< on some day on which the policy holds
};

/// What each variation says, by itself.
class Variations : Part {
 public:
  Variations(Workspace& workspace, ValueNames& value_names, Literals& literals, Expressions& expressions,
             PolicyWords& words, Criteria& criteria)
      : Part(workspace),
        value_names_(value_names),
        literals_(literals),
        expressions_(expressions),
        words_(words),
        criteria_(criteria) {}

  /// The nodes that one form of a policy reads.
  std::vector<NodeId> roots_of(const model::Policy& policy, const model::Form& form) const;
  /// Of the policy in every form that it has or may have.
  std::vector<NodeId> all_roots(const model::Policy& policy) const;
  void check_variations();
  /// The policy of that name in sight; complains where there is none.
  const Symbol* varied_policy(std::uint32_t tree, const syntax::Name& name);
  const std::vector<std::uint32_t>& variations_of(const std::string& policy) const;

  /// Beside the model's variation of that number.
  VariedBy& varied(std::uint32_t variation) { return varied_[variation]; }

 private:
  void check_variation(const WrittenVariation& written, model::PlaceId place);
  void check_change(const syntax::Change& written, VariedBy& varied, model::Variation& result);
  void check_tendency(const model::Change& change, const model::Condition& condition);

  ValueNames& value_names_;
  Literals& literals_;
  Expressions& expressions_;
  PolicyWords& words_;
  Criteria& criteria_;
  std::vector<VariedBy> varied_;                                            ///< by variation of the model
  std::map<std::string, std::vector<std::uint32_t>> variations_by_policy_;  ///< by full name
};

}  // namespace proviso::check
