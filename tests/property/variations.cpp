#include <algorithm>
#include <map>
#include <set>

#include "property/making.hpp"

namespace proviso::property {
namespace {

bool overlap(const Held& a, const Held& b) {
  return (a.last == 0 || b.first <= a.last) && (b.last == 0 || a.first <= b.last);
}
/// What a criterion without a group is added to.
bool lets_through(const Clause& clause) { return clause.word == "approve" || clause.word.find("pay") == 0; }
bool contains(const Held& outer, const Held& inner) {
  return outer.first <= inner.first && (outer.last == 0 || (inner.last != 0 && inner.last <= outer.last));
}

/// Makes variations that mostly compile: none changes twice what another has changed on the same days, unless it is in
/// a larger place, and no group loses its last criterion.
class VariationMaker {
 public:
  VariationMaker(Making& making, const Policy& policy) : making_(making), random_(making.random), policy_(policy) {
    for (const Clause& clause : policy_.clauses) {
      if (clause.word.find("otherwise") == 0) continue;
      if (!clause.name.empty()) clauses_.push_back(&clause);
      if (!clause.name.empty() && !clause.condition.head.empty()) groups_.push_back(clause.name);
      if (lets_through(clause) && !clause.condition.head.empty()) {
        ++grouped_approvals_;
        only_grouped_approval_ = clause.name;
      }
      collect(clause.condition, "", clause.name);
    }
  }

  void add() {
    const std::string place = some_place_inside();
    if (place.empty()) return;
    variation_ = Variation{policy_.name, some_period(random_, place), {}, {}};
    Held& held = variation_.held;
    held.first = std::max(held.first, policy_.held.first);
    if (policy_.held.last != 0) {
      if (held.first > policy_.held.last) held.first = policy_.held.last;
      held.last = held.last == 0 ? policy_.held.last : std::min(held.last, policy_.held.last);
    }
    if (held.last != 0) held.last = std::max(held.first, held.last);
    if (making_.options.not_looser) {
      const std::string outer = some_place_around(place);
      if (outer.empty()) return;
      for (long left = random_.between(1, 2); left > 0; --left) tighten();
      variation_.not_looser_than.push_back(outer);
    } else {
      for (long left = random_.between(1, 3); left > 0; --left) change();
    }
    if (!variation_.changes.empty()) making_.library.variations.push_back(variation_);
  }

 private:
  struct Target {
    const Criterion* criterion;
    std::string parent;  ///< the group that it is in: a criterion's name; a clause's, which may be empty
    std::string head;    ///< of that group
    std::size_t siblings;
  };

  Making& making_;
  Random& random_;
  const Policy& policy_;
  std::vector<const Clause*> clauses_;
  std::vector<std::string> groups_;
  std::vector<Target> targets_;
  int grouped_approvals_ = 0;
  std::string only_grouped_approval_;  ///< its name, which may be empty
  Variation variation_;
  std::map<std::string, std::vector<Held>> touched_;      ///< by name
  std::map<std::string, std::vector<Held>> added_to_;     ///< by group
  std::map<std::string, std::vector<Held>> added_;        ///< criteria that variations added, or replaced
  std::map<const Criterion*, std::size_t> removed_from_;  ///< by the group's first criterion: how many it lost

  void collect(const Criterion& group, const std::string& parent_of_group, const std::string& clause) {
    for (const Criterion& child : group.children) {
      targets_.push_back(
          {&child, parent_of_group.empty() ? clause : parent_of_group, group.head, group.children.size()});
      if (!child.head.empty()) groups_.push_back(child.name);
      collect(child, child.name, clause);
    }
  }

  std::string some_place_inside() {
    std::vector<std::string> inside;
    for (const Place& place : making_.library.vocabulary.places) {
      bool holds = policy_.places.empty();
      for (const std::string& outer : policy_.places) {
        holds = holds || making_.library.vocabulary.inside(place.name, outer);
      }
      if (holds) inside.push_back(place.name);
    }
    return inside.empty() ? "" : random_.pick(inside);
  }

  /// Comparisons are with a larger place alone; empty where there is none.
  std::string some_place_around(const std::string& inner) {
    std::vector<std::string> around;
    for (const Place& place : making_.library.vocabulary.places) {
      if (place.name != inner && making_.library.vocabulary.inside(inner, place.name)) around.push_back(place.name);
    }
    return around.empty() ? "" : random_.pick(around);
  }

  const Names& names() const { return making_.dated; }

  bool is_free(const std::string& name) const { return is_free(touched_, name) && is_free(added_to_, name); }
  bool is_free(const std::map<std::string, std::vector<Held>>& taken, const std::string& name) const {
    const auto found = taken.find(name);
    if (found == taken.end()) return true;
    return std::none_of(found->second.begin(), found->second.end(),
                        [&](const Held& other) { return overlap(other, variation_.held); });
  }
  /// Neither it, nor what it is in, nor what is in it.
  bool is_free_around(const Target& target) const {
    if (!is_free(target.criterion->name)) return false;
    for (const Target& other : targets_) {
      if (is_inside(*other.criterion, *target.criterion) && !is_free(other.criterion->name)) return false;
      if (is_inside(*target.criterion, *other.criterion) && !is_free(other.criterion->name)) return false;
    }
    // What is added beside it leaves it as it is.
    return target.parent.empty() || is_free(touched_, target.parent);
  }
  static bool is_inside(const Criterion& inner, const Criterion& outer) {
    for (const Criterion& child : outer.children) {
      if (child.name == inner.name || is_inside(inner, child)) return true;
    }
    return false;
  }
  void touch(const std::string& name) { touched_[name].push_back(variation_.held); }

  /// A criterion that nobody has changed; null where none was found.
  const Target* some_target() {
    for (int tries = 0; tries < 4 && !targets_.empty(); ++tries) {
      const Target& target = random_.pick(targets_);
      if (is_free_around(target)) return &target;
    }
    return nullptr;
  }

  Criterion condition(int depth) { return making_.criterion(names(), depth); }

  /// A call of a hook that may only tighten or loosen; null text where there is none.
  Expression hook_call(bool tightening) {
    std::vector<Callable> fitting;
    for (const Callable& callable : making_.tendencies.callables) {
      if ((callable.name.find("strict") != std::string::npos) == tightening) fitting.push_back(callable);
    }
    if (fitting.empty()) return {};
    const Callable& callable = random_.pick(fitting);
    Expression call{{Sort::truth}, callable.name + "(", {}};
    for (const Type& argument : callable.arguments) {
      call.text += std::string(call.children.empty() ? "" : ", ") + Expression::hole;
      call.children.push_back(making_.maker.make(argument, names(), 1));
    }
    call.text += ")";
    return call;
  }

  void change() {
    const long which = random_.between(0, 99);
    if (which < 38) return replace();
    if (which < 60) return add_criterion();
    if (which < 75) return remove();
    if (which < 83) return replace_clause();
    if (which < 90) return add_clause();
    if (which < 94) return remove_clause();
    if (which < 97) return once("category");
    return once("omit");
  }

  void once(const std::string& word) {
    if (!is_free(word) || (word == "omit" && !variation_.changes.empty())) return;
    static const std::vector<std::string> categories = {"prior_approval", "ifr_only", "not_commissioned", "notice"};
    touch(word);
    variation_.changes.push_back({word, "", word == "omit" ? "" : random_.pick(categories), {}, ""});
  }

  void replace() {
    std::string name;
    if (const std::string again = added_name(); random_.chance(35) && !again.empty()) {
      name = again;
    } else if (const Target* target = some_target()) {
      name = target->criterion->name;
    } else {
      return;
    }
    Change change{"replace", "", name, condition(random_.chance(15) ? 1 : 0), ""};
    if (random_.chance(25)) {
      Expression call = hook_call(random_.chance(60));
      if (!call.text.empty()) {
        change.condition = {name, "", call, {}};
      }
    }
    touch(name);
    if (change.condition.head.empty()) added_[name].push_back(variation_.held);
    variation_.changes.push_back(change);
  }

  /// One that a variation of a larger place has added or replaced, on all the days of this one.
  std::string added_name() {
    std::vector<std::string> fitting;
    for (const auto& [name, all] : added_) {
      const bool within = std::any_of(all.begin(), all.end(), [&](const Held& outer) {
        return contains(outer, variation_.held) && outer.place != variation_.held.place &&
               making_.library.vocabulary.inside(variation_.held.place, outer.place);
      });
      // Whether one of a place beside this one has changed it too does not matter; but no second one of the same place.
      const std::vector<Held>& others = touched_[name];
      const bool twice = std::any_of(others.begin(), others.end(), [&](const Held& other) {
        return other.place == variation_.held.place && overlap(other, variation_.held);
      });
      if (within && !twice) fitting.push_back(name);
    }
    return fitting.empty() ? "" : random_.pick(fitting);
  }

  void add_criterion() {
    Change change{"add", "", making_.next("c"), condition(random_.chance(20) ? 1 : 0), ""};
    change.condition.name = change.name;
    std::string group = only_grouped_approval_;
    if (grouped_approvals_ != 1 || random_.chance(40)) {
      if (groups_.empty()) return;
      change.to = random_.pick(groups_);
      group = change.to;
    }
    if (!is_free(touched_, group) && random_.chance(95)) return;
    added_to_[group].push_back(variation_.held);
    for (const Target& target : targets_) {
      if (group == target.criterion->name) added_to_[target.parent].push_back(variation_.held);
    }
    if (change.condition.head.empty()) added_[change.name].push_back(variation_.held);
    touch(change.name);
    variation_.changes.push_back(change);
  }

  void remove() {
    const Target* target = some_target();
    if (target == nullptr) return;
    // As if all removals came together.
    std::size_t least = 1;
    if (target->head.find("at least") == 0) least = static_cast<std::size_t>(target->head[9] - '0');
    const Criterion* const group = first_sibling(*target);
    if (target->siblings < least + removed_from_[group] + 1 && random_.chance(95)) return;
    ++removed_from_[group];
    touch(target->criterion->name);
    variation_.changes.push_back({"remove", "", target->criterion->name, {}, ""});
  }

  const Criterion* first_sibling(const Target& target) const {
    for (const Target& other : targets_) {
      if (other.parent == target.parent && other.siblings == target.siblings && other.head == target.head) {
        return other.criterion;
      }
    }
    return target.criterion;
  }

  const Clause* some_clause() {
    if (clauses_.empty()) return nullptr;
    const Clause* const clause = random_.pick(clauses_);
    bool free = is_free(clause->name);
    for (const Target& target : targets_) {
      if (is_inside(*target.criterion, clause->condition)) free = free && is_free(target.criterion->name);
    }
    return free ? clause : nullptr;
  }

  void replace_clause() {
    const Clause* const clause = some_clause();
    if (clause == nullptr) return;
    touch(clause->name);
    for (const Target& target : targets_) {
      if (is_inside(*target.criterion, clause->condition)) touch(target.criterion->name);
    }
    // What a payment's clause gives is not said again.
    const std::string word = policy_.payment && clause->word != "exempt" ? "" : clause->word;
    variation_.changes.push_back({"replace", word, clause->name, condition(random_.chance(40) ? 1 : 0), ""});
  }

  void add_clause() {
    // Of clauses, exemptions alone can be added.
    Change change{"add", "exempt", making_.next("clause_"), condition(random_.chance(30) ? 1 : 0), ""};
    touch(change.name);
    variation_.changes.push_back(change);
  }

  void remove_clause() {
    const Clause* const clause = some_clause();
    // Were the only grouped approval to go, nothing could be added to it.
    if (clause == nullptr || (lets_through(*clause) && random_.chance(80))) return;
    touch(clause->name);
    for (const Target& target : targets_) {
      if (is_inside(*target.criterion, clause->condition)) touch(target.criterion->name);
    }
    variation_.changes.push_back({"remove", "", clause->name, {}, ""});
  }

  /// A change that may be shown to make the policy no looser.
  void tighten() {
    const long which = random_.between(0, 9);
    if (which < 3) return add_criterion();
    if (which < 5) return remove();
    const Target* target = some_target();
    if (target == nullptr) return;
    Change change{"replace", "", target->criterion->name, {target->criterion->name, "", {}, {}}, ""};
    if (which < 7) {
      change.condition.expression = hook_call(true);
    } else {
      // The same comparison with another limit.
      change.condition.expression = target->criterion->expression;
      std::vector<Expression>& children = change.condition.expression.children;
      if (children.size() != 2 || !children[1].children.empty()) return;
      const Type& type = children[1].type;
      children[1] = Expression{type, making_.literal(type), {}};
    }
    if (change.condition.expression.text.empty()) return;
    touch(change.name);
    variation_.changes.push_back(change);
  }
};

}  // namespace

void add_variations(Making& making) {
  for (const Policy& policy : making.library.policies) {
    if (!policy.dated) continue;
    VariationMaker maker(making, policy);
    const long most = making.options.not_looser ? 1 : making.random.between(0, 3);
    for (long left = most; left > 0; --left) maker.add();
  }
}

}  // namespace proviso::property
