#include <algorithm>

#include "output/show_compare.hpp"
#include "output/show_compare_parts.hpp"
#include "output/show_origins.hpp"

// What variations make of the clauses and criteria of one policy.

namespace proviso::output {
namespace {

using model::Clause;
using model::Criterion;
using model::GroupKind;

constexpr std::size_t first_side = 0;
constexpr std::size_t second_side = 1;

/// One policy seen from two places; says what differs.
class Comparer {
 public:
  Comparer(const PolicyView& first, const PolicyView& second, std::vector<Difference>& differences)
      : views_{&first, &second},
        library_(*first.library),
        origins_{Origins(*first.library, *first.form), Origins(*second.library, *second.form)},
        differences_(differences),
        same_(*first.library) {}

  void compare_all() {
    if (views_[0]->form->category != views_[1]->form->category) {
      Difference& difference = add("category", {}, {});
      for (const std::size_t side : {first_side, second_side}) {
        difference.cells[side] = cell(side, origins_[side].of_category());
        difference.cells[side].lines = {std::string(model::spelling(views_[side]->form->category))};
      }
    }
    compare_clauses();
  }

 private:
  std::array<const PolicyView*, 2> views_;
  const model::Library& library_;
  std::array<Origins, 2> origins_;
  std::vector<Difference>& differences_;
  Sameness same_;

  Difference& add(std::string what, std::string name, std::string group) {
    differences_.push_back({std::move(what), std::move(name), std::move(group), {}});
    return differences_.back();
  }

  ComparedCell cell(std::size_t side, const Origins::Origin& origin) const {
    if (origin.variation == nullptr) return {{}, std::string(as_written), views_[side]->policy->effective, {}};
    ComparedCell made{{}, library_.places[origin.variation->place].name, origin.variation->period, {}};
    for (const AppliedVariation& each : views_[side]->variations) {
      if (each.variation == origin.variation) made.source = each.source;
    }
    return made;
  }

  /// What stands for something that the place does not have: who removed it, if anybody did.
  ComparedCell absent(std::size_t side, const std::string& name) const {
    ComparedCell made{{"not there"}, {}, {}, {}};
    for (const AppliedVariation& each : views_[side]->variations) {
      for (const AppliedChange& applied : each.changes) {
        if (applied.change->kind != model::Change::Kind::remove || applied.change->name != name) continue;
        made = {{"removed"}, each.place, each.variation->period, each.source};
      }
    }
    return made;
  }

  // Clauses of one name are told apart by their order.
  static const Clause* counterpart(const std::vector<Clause>& all, const Clause& clause, std::size_t number) {
    for (const Clause& each : all) {
      if (each.name == clause.name && each.otherwise == clause.otherwise && number-- == 0) return &each;
    }
    return nullptr;
  }
  static std::size_t number_of(const std::vector<Clause>& all, const Clause& clause) {
    return static_cast<std::size_t>(std::count_if(all.data(), &clause, [&](const Clause& each) {
      return each.name == clause.name && each.otherwise == clause.otherwise;
    }));
  }

  void compare_clauses() {
    const auto& firsts = views_[0]->form->clauses;
    const auto& seconds = views_[1]->form->clauses;
    for (const Clause& clause : firsts) {
      const Clause* other = counterpart(seconds, clause, number_of(firsts, clause));
      if (other == nullptr) {
        add_lone(first_side, clause);
      } else {
        compare_clause(clause, *other);
      }
    }
    for (const Clause& clause : seconds) {
      if (counterpart(firsts, clause, number_of(seconds, clause)) == nullptr) add_lone(second_side, clause);
    }
  }

  void add_lone(std::size_t side, const Clause& clause) {
    Difference& difference = add("clause", clause.name, {});
    fill(difference.cells[side], side, clause, true);
    difference.cells[1 - side] = absent(1 - side, clause.name);
  }

  void fill(ComparedCell& to, std::size_t side, const Clause& clause, bool whole) const {
    to = cell(side, origins_[side].of(clause));
    if (!clause.sentence.empty()) to.lines.push_back(clause.sentence + ":");
    to.lines.push_back(head(clause));
    if (!whole) return;
    for (const Criterion& each : clause.condition.criteria) add_lines(to.lines, each, 2);
  }

  using Pair = std::array<Origins::Origin, 2>;

  void compare_clause(const Clause& a, const Clause& b) {
    const bool groups = a.condition.kind != GroupKind::expression && b.condition.kind != GroupKind::expression;
    const Pair origins = {origins_[0].of(a), origins_[1].of(b)};
    const bool same = a.sentence == b.sentence && head(a) == head(b) && pay_same(a, b, same_) &&
                      (groups || same_(a.condition.node, b.condition.node));
    if (!same) {
      Difference& difference = add("clause", a.name, {});
      fill(difference.cells[0], first_side, a, !groups);
      fill(difference.cells[1], second_side, b, !groups);
      if (difference.cells[0].lines == difference.cells[1].lines) add_libraries(difference, origins);
    }
    if (groups) compare_criteria(a.condition.criteria, b.condition.criteria, {}, origins);
  }

  /// The same words may mean something else in another library.
  void add_libraries(Difference& difference, const Pair& origins) const {
    for (const std::size_t side : {first_side, second_side}) {
      const bool own = origins[side].variation == nullptr;
      const std::string& library = own ? views_[side]->policy->library : origins[side].variation->library;
      difference.cells[side].lines.push_back("as " + library + " means it");
    }
  }

  void compare_criteria(const std::vector<Criterion>& firsts, const std::vector<Criterion>& seconds,
                        const std::string& group, const Pair& around) {
    const auto find = [](const std::vector<Criterion>& all, const std::string& name) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const Criterion& each) { return each.name == name; });
      return found == all.end() ? nullptr : &*found;
    };
    for (const Criterion& criterion : firsts) {
      const Criterion* other = find(seconds, criterion.name);
      if (other == nullptr) {
        add_lone(first_side, criterion, group, around[0]);
      } else {
        compare_criterion(criterion, *other, group, around);
      }
    }
    for (const Criterion& criterion : seconds) {
      if (find(firsts, criterion.name) == nullptr) add_lone(second_side, criterion, group, around[1]);
    }
  }

  void add_lone(std::size_t side, const Criterion& criterion, const std::string& group, const Origins::Origin& around) {
    Difference& difference = add("criterion", criterion.name, group);
    difference.cells[side] = cell(side, origins_[side].of(criterion, around));
    add_lines(difference.cells[side].lines, criterion, 0);
    difference.cells[1 - side] = absent(1 - side, criterion.name);
  }

  void compare_criterion(const Criterion& a, const Criterion& b, const std::string& group, const Pair& around) {
    const bool groups = a.condition.kind != GroupKind::expression && b.condition.kind != GroupKind::expression;
    const Pair origins = {origins_[0].of(a, around[0]), origins_[1].of(b, around[1])};
    const bool same = a.label == b.label && head(a) == head(b) && (groups || same_(a.condition.node, b.condition.node));
    if (!same) {
      Difference& difference = add("criterion", a.name, group);
      const std::array<const Criterion*, 2> both = {&a, &b};
      for (const std::size_t side : {first_side, second_side}) {
        ComparedCell& to = difference.cells[side];
        to = cell(side, origins[side]);
        // The same sentence twice says nothing.
        add_head(to.lines, *both[side], 0, a.label != b.label);
        if (groups) continue;
        for (const Criterion& inner : both[side]->condition.criteria) add_lines(to.lines, inner, 2);
      }
      if (difference.cells[0].lines == difference.cells[1].lines) add_libraries(difference, origins);
    }
    if (groups) compare_criteria(a.condition.criteria, b.condition.criteria, a.name, origins);
  }
};

}  // namespace

void compare_forms(const PolicyView& first, const PolicyView& second, std::vector<Difference>& differences) {
  Comparer(first, second, differences).compare_all();
}

}  // namespace proviso::output
