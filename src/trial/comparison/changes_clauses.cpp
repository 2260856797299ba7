#include <algorithm>
#include <iterator>
#include <utility>

#include "output/policy_view.hpp"
#include "output/show_compare_parts.hpp"
#include "trial/comparison/changes_parts.hpp"
#include "trial/comparison/clause_pairing.hpp"

// Clauses and criteria of a policy as it is written.
namespace proviso::trial {
namespace {

using model::Clause;
using model::Criterion;
using model::GroupKind;

/// A criterion, and the group or clause that it stands in.
struct Standing {
  const Criterion* criterion;
  std::string group;        ///< as it is told
  const Criterion* inside;  ///< null: in the clause itself
  std::uint32_t clause;     ///< by number
};

void gather(std::vector<Standing>& all, const std::vector<Criterion>& criteria, const std::string& group,
            const Criterion* inside, std::uint32_t clause) {
  for (const Criterion& each : criteria) {
    all.push_back({&each, group, inside, clause});
    gather(all, each.condition.criteria, each.name, &each, clause);
  }
}

std::vector<Standing> standing_criteria(const std::vector<Clause>& clauses) {
  std::vector<Standing> all;
  for (std::uint32_t i = 0; i < clauses.size(); ++i) {
    gather(all, clauses[i].condition.criteria, telling_name(clauses, i), nullptr, i);
  }
  return all;
}

const Standing* standing_named(const std::vector<Standing>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.criterion->name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool is_group(const model::Condition& condition) { return condition.kind != GroupKind::expression; }

class ClauseComparer {
 public:
  ClauseComparer(const std::vector<Clause>& olds, const std::vector<Clause>& news, std::vector<TextChange>& changes)
      : olds_(olds),
        news_(news),
        old_criteria_(standing_criteria(olds)),
        new_criteria_(standing_criteria(news)),
        found_(pair_clauses(olds, news)),
        changes_(changes) {}

  void compare() {
    for (std::uint32_t i = 0; i < news_.size(); ++i) {
      if (found_[i] == model::none) {
        add_whole(news_, i, true);
      } else {
        compare_clause(found_[i], i);
      }
    }
    for (std::uint32_t i = 0; i < olds_.size(); ++i) {
      if (!old_stays(i)) add_whole(olds_, i, false);
    }
    compare_order();
    for (const Standing& each : new_criteria_) {
      const Standing* old = standing_named(old_criteria_, each.criterion->name);
      if (old == nullptr) {
        if (!told_with_whole(each, true)) add_lone(each, true);
      } else {
        compare_criterion(*old, each);
      }
    }
    for (const Standing& each : old_criteria_) {
      const bool gone = standing_named(new_criteria_, each.criterion->name) == nullptr;
      if (gone && !told_with_whole(each, false)) add_lone(each, false);
    }
  }

 private:
  const std::vector<Clause>& olds_;
  const std::vector<Clause>& news_;
  std::vector<Standing> old_criteria_;
  std::vector<Standing> new_criteria_;
  std::vector<std::uint32_t> found_;  ///< by new clause its old one
  std::vector<TextChange>& changes_;

  bool old_stays(std::uint32_t number) const { return std::find(found_.begin(), found_.end(), number) != found_.end(); }

  TextChange& add(ChangeKind kind, const char* what, const std::string& name, const std::string& group) {
    TextChange& change = changes_.emplace_back();
    change.kind = kind;
    change.what = what;
    change.name = name;
    change.group = group;
    return change;
  }

  void add_whole(const std::vector<Clause>& clauses, std::uint32_t number, bool is_new) {
    const Clause& clause = clauses[number];
    TextChange& change = add(is_new ? ChangeKind::added : ChangeKind::removed, "clause", clause_name(clause), {});
    std::vector<std::string> text;
    if (!clause.sentence.empty()) text.push_back(clause.sentence + ":");
    text.push_back(output::head(clause));
    const auto& others = is_new ? old_criteria_ : new_criteria_;
    for (const Criterion& each : clause.condition.criteria) {
      // What came from elsewhere is told as moved.
      if (standing_named(others, each.name) == nullptr) output::add_lines(text, each, 2);
    }
    (is_new ? change.after : change.before) = lines(text);
  }

  /// Whether the group or clause around it is there in one version alone, and so told with all in it.
  bool told_with_whole(const Standing& standing, bool is_new) const {
    if (standing.inside != nullptr)
      return standing_named(is_new ? old_criteria_ : new_criteria_, standing.inside->name) == nullptr;
    return is_new ? found_[standing.clause] == model::none : !old_stays(standing.clause);
  }

  void add_lone(const Standing& standing, bool is_new) {
    const Criterion& criterion = *standing.criterion;
    TextChange& change =
        add(is_new ? ChangeKind::added : ChangeKind::removed, "criterion", criterion.name, standing.group);
    std::vector<std::string> text;
    output::add_lines(text, criterion, 0);
    (is_new ? change.after : change.before) = lines(text);
  }

  void compare_clause(std::uint32_t old_number, std::uint32_t new_number) {
    const Clause& was = olds_[old_number];
    const Clause& is = news_[new_number];
    const std::string name = clause_name(is);
    if (was.sentence != is.sentence) {
      TextChange& change = add(ChangeKind::reworded, "clause", name, {});
      change.before = was.sentence;
      change.after = is.sentence;
    }
    if (output::head(was) == output::head(is)) return;
    TextChange& change = add(ChangeKind::changed, "clause", name, {});
    change.before = output::head(was);
    change.after = output::head(is);
  }

  void compare_order() {
    std::vector<std::uint32_t> there;
    std::copy_if(found_.begin(), found_.end(), std::back_inserter(there),
                 [](std::uint32_t each) { return each != model::none; });
    if (std::is_sorted(there.begin(), there.end())) return;
    const auto names = [](const std::vector<Clause>& clauses) {
      std::vector<std::string> all;
      for (std::size_t i = 0; i < clauses.size(); ++i) all.push_back(telling_name(clauses, i));
      return lines(all);
    };
    TextChange& change = add(ChangeKind::moved, "order", {}, {});
    change.before = names(olds_);
    change.after = names(news_);
  }

  bool same_group(const Standing& old, const Standing& now) const {
    if (old.inside == nullptr || now.inside == nullptr) {
      return old.inside == now.inside && found_[now.clause] == old.clause;
    }
    return old.inside->name == now.inside->name;
  }

  void compare_criterion(const Standing& old, const Standing& now) {
    const Criterion& was = *old.criterion;
    const Criterion& is = *now.criterion;
    if (!same_group(old, now)) {
      TextChange& change = add(ChangeKind::moved, "criterion", is.name, {});
      change.before = "in " + old.group;
      change.after = "in " + now.group;
    }
    if (was.label != is.label) {
      TextChange& change = add(ChangeKind::reworded, "criterion", is.name, now.group);
      change.before = was.label;
      change.after = is.label;
    }
    if (output::head(was) == output::head(is)) return;
    const bool groups = is_group(was.condition) && is_group(is.condition);
    TextChange& change = add(ChangeKind::changed, groups ? "group" : "criterion", is.name, now.group);
    change.before = output::head(was);
    change.after = output::head(is);
  }
};

}  // namespace

void compare_clauses(const model::Policy& old_policy, const model::Policy& new_policy,
                     std::vector<TextChange>& changes) {
  ClauseComparer(old_policy.written().clauses, new_policy.written().clauses, changes).compare();
}

}  // namespace proviso::trial
