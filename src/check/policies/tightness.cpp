#include "check/policies/tightness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace proviso::check {

namespace {

using model::Comparison;
using model::NodeKind;
using model::none;
using model::Outcome;

/// Whether x `p` a says that x `q` b, for any x.
bool bound_implies(Comparison p, std::int64_t a, Comparison q, std::int64_t b) {
  const auto below = [](Comparison word) { return word == Comparison::less || word == Comparison::less_or_equal; };
  const auto above = [](Comparison word) {
    return word == Comparison::greater || word == Comparison::greater_or_equal;
  };
  if (p == Comparison::equal) return model::holds(a, q, b);
  if (p == q && a == b) return true;
  const bool strict = p == Comparison::less || p == Comparison::greater;
  if (q == Comparison::not_equal && p != Comparison::not_equal) return !model::holds(b, p, a);
  if (below(p) && below(q)) return a < b || (a == b && (strict || q == Comparison::less_or_equal));
  if (above(p) && above(q)) return a > b || (a == b && (strict || q == Comparison::greater_or_equal));
  return false;
}

/// How much a clause lets through, at least and at most. A payment that gives an amount, or asks, may come to anything.
struct Leniency {
  int least;
  int most;
};

constexpr Leniency any_leniency{0, 3};

/// Pairs of nodes that are compared for two forms of a policy.
constexpr std::size_t comparison_limit = 1'000'000;

/// What `work` says of the pair, worked out once; no where there are too many.
template <class Pair, class Work>
bool once(std::map<Pair, bool>& known, const Pair& pair, const Work& work) {
  const auto found = known.find(pair);
  if (found != known.end()) return found->second;
  if (known.size() >= comparison_limit) return false;
  const bool result = work();
  known.emplace(pair, result);
  return result;
}

Leniency leniency(const model::Clause& clause) {
  switch (clause.outcome) {
    case Outcome::exempt:
      return {3, 3};
    case Outcome::approve:
      return {2, 2};
    case Outcome::review:
      return {1, 1};
    case Outcome::pay:
      return clause.payment->kind == model::Payment::Kind::in_full ? Leniency{3, 3} : any_leniency;
    case Outcome::adjust:
    case Outcome::query:
      return any_leniency;
    default:
      return {0, 0};
  }
}

}  // namespace

/// `definition` nodes stand for their body.
Tightness::NodeId Tightness::seen_through(NodeId id) const {
  while (library_.nodes[id].kind == NodeKind::definition) id = library_.nodes[id].operands[0];
  return id;
}

std::optional<std::int64_t> Tightness::value(NodeId id, PlaceId place) const {
  const Node& node = library_.nodes[seen_through(id)];
  if (node.kind == NodeKind::constant) return node.value;
  if (node.kind != NodeKind::threshold) return {};
  const auto* found = library_.in_force(library_.thresholds[node.index], place, day_);
  return found != nullptr && found->constant.known ? std::optional(found->constant.bits) : std::nullopt;
}

/// Whether both have the same value for any record.
bool Tightness::same_value(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const {
  a = seen_through(a);
  b = seen_through(b);
  if (const auto x = value(a, a_place)) return x == value(b, b_place);
  const Node& p = library_.nodes[a];
  const Node& q = library_.nodes[b];
  if (p.operands.empty()) return same_operation(p, a_place, q, b_place);
  return once(same_, Pair{a, a_place, b, b_place}, [&] { return same_operation(p, a_place, q, b_place); });
}

bool Tightness::same_operation(const Node& p, PlaceId a_place, const Node& q, PlaceId b_place) const {
  if (p.kind != q.kind || p.value != q.value || p.second != q.second || p.index != q.index || p.loop != q.loop ||
      p.word != q.word || p.operands.size() != q.operands.size() || !(p.type == q.type)) {
    return false;
  }
  if (p.kind == NodeKind::threshold) return false;  // without a value in force
  if (p.kind == NodeKind::in_codes && library_.in_force(library_.code_lists[p.index], a_place, day_) !=
                                          library_.in_force(library_.code_lists[p.index], b_place, day_)) {
    return false;
  }
  for (std::size_t i = 0; i < p.operands.size(); ++i) {
    if (!same_value(p.operands[i], a_place, q.operands[i], b_place)) return false;
  }
  return true;
}

/// A date less or plus a duration of known length, as days or months after that date.
std::optional<Tightness::Moved> Tightness::moved(NodeId id, PlaceId place) const {
  const Node& node = library_.nodes[seen_through(id)];
  if (node.kind != NodeKind::add_duration && node.kind != NodeKind::subtract_duration) return {};
  const auto kind = library_.nodes[node.operands[1]].type.duration;
  const auto count = value(node.operands[1], place);
  if (!count || kind == value::DurationKind::either) return {};
  return Moved{node.operands[0], kind, node.kind == NodeKind::add_duration ? *count : -*count};
}

/// Less than, equal to or above nought as a is less than, equal to or more than b for any record; nothing where that is
/// not known. A date moved by more is the later one, at the ends of months too.
std::optional<std::int64_t> Tightness::difference(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const {
  const auto x = value(a, a_place);
  const auto y = value(b, b_place);
  if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
  if (same_value(a, a_place, b, b_place)) return 0;
  const auto p = moved(a, a_place);
  const auto q = moved(b, b_place);
  if (!p || !q || p->kind != q->kind || !same_value(p->from, a_place, q->from, b_place)) return {};
  return p->count - q->count;
}

bool Tightness::comparison_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  for (const bool a_turned : {false, true}) {
    for (const bool b_turned : {false, true}) {
      const auto apart = difference(a.operands[a_turned ? 0 : 1], a_place, b.operands[b_turned ? 0 : 1], b_place);
      if (!apart) continue;
      if (!same_value(a.operands[a_turned ? 1 : 0], a_place, b.operands[b_turned ? 1 : 0], b_place)) continue;
      const auto p = static_cast<Comparison>(a.word);
      const auto q = static_cast<Comparison>(b.word);
      if (bound_implies(a_turned ? mirrored(p) : p, *apart, b_turned ? mirrored(q) : q, 0)) return true;
    }
  }
  return false;
}

bool Tightness::between_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  if (!same_value(a.operands[0], a_place, b.operands[0], b_place)) return false;
  const auto low = difference(a.operands[1], a_place, b.operands[1], b_place);
  const auto high = difference(a.operands[2], a_place, b.operands[2], b_place);
  return low && high && *low >= 0 && *high <= 0;
}

bool Tightness::codes_imply(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  if (!same_value(a.operands[0], a_place, b.operands[0], b_place)) return false;
  const auto* small = library_.in_force(library_.code_lists[a.index], a_place, day_);
  const auto* large = library_.in_force(library_.code_lists[b.index], b_place, day_);
  if (small == nullptr || large == nullptr) return false;
  for (std::size_t i = 0; i < small->firsts.size(); ++i) {
    bool inside = false;
    for (std::size_t j = 0; j < large->firsts.size(); ++j) {
      inside = inside || (large->firsts[j] <= small->firsts[i] && small->lasts[i] <= large->lasts[j]);
    }
    if (!inside) return false;
  }
  return true;
}

bool Tightness::set_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  if (!same_value(a.operands[0], a_place, b.operands[0], b_place)) return false;
  return std::all_of(a.operands.begin() + 1, a.operands.end(), [&](NodeId x) {
    return std::any_of(b.operands.begin() + 1, b.operands.end(),
                       [&](NodeId y) { return same_value(x, a_place, y, b_place); });
  });
}

/// At least n of some say at least m of others, if of the n at most n - m can be ones that say none of the others. Each
/// of the others is said by one of the first at most.
bool Tightness::at_least_implies(const Node& a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  std::vector<bool> said(b.operands.size(), false);
  std::int64_t alone = 0;
  for (const NodeId x : a.operands) {
    bool found = false;
    for (std::size_t j = 0; j < b.operands.size() && !found; ++j) {
      found = !said[j] && implies(x, a_place, b.operands[j], b_place);
      if (found) said[j] = true;
    }
    alone += found ? 0 : 1;
  }
  return a.value - alone >= b.value;
}

bool Tightness::any_operand_implies(const Node& a, PlaceId a_place, NodeId b, PlaceId b_place) const {
  return std::any_of(a.operands.begin(), a.operands.end(),
                     [&](NodeId operand) { return implies(operand, a_place, b, b_place); });
}

bool Tightness::implies_any_operand(NodeId a, PlaceId a_place, const Node& b, PlaceId b_place) const {
  return std::any_of(b.operands.begin(), b.operands.end(),
                     [&](NodeId operand) { return implies(a, a_place, operand, b_place); });
}

bool Tightness::implies(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const {
  a = seen_through(a);
  b = seen_through(b);
  if (library_.nodes[a].operands.empty() && library_.nodes[b].operands.empty()) {
    return parts_imply(a, a_place, b, b_place);
  }
  return once(implied_, Pair{a, a_place, b, b_place}, [&] { return parts_imply(a, a_place, b, b_place); });
}

bool Tightness::parts_imply(NodeId a, PlaceId a_place, NodeId b, PlaceId b_place) const {
  if (same_value(a, a_place, b, b_place)) return true;
  const Node& p = library_.nodes[a];
  const Node& q = library_.nodes[b];
  if (p.kind == NodeKind::constant) return p.value == 0;
  if (q.kind == NodeKind::constant) return q.value != 0;
  const auto all = [&](const Node& node, auto test) {
    return std::all_of(node.operands.begin(), node.operands.end(), test);
  };
  if (q.kind == NodeKind::conjunction) return all(q, [&](NodeId each) { return implies(a, a_place, each, b_place); });
  if (p.kind == NodeKind::disjunction) return all(p, [&](NodeId each) { return implies(each, a_place, b, b_place); });
  if (p.kind == NodeKind::conjunction && any_operand_implies(p, a_place, b, b_place)) return true;
  if (q.kind == NodeKind::disjunction) return implies_any_operand(a, a_place, q, b_place);
  if (p.kind != q.kind) return false;
  switch (p.kind) {
    case NodeKind::at_least:
      return at_least_implies(p, a_place, q, b_place);
    case NodeKind::negation:
      return implies(q.operands[0], b_place, p.operands[0], a_place);
    case NodeKind::none_of:
      return all(q, [&](NodeId each) { return implies_any_operand(each, b_place, p, a_place); });
    case NodeKind::compare:
      return comparison_implies(p, a_place, q, b_place);
    case NodeKind::between:
      return between_implies(p, a_place, q, b_place);
    case NodeKind::in_codes:
      return codes_imply(p, a_place, q, b_place);
    case NodeKind::in_set:
      return set_implies(p, a_place, q, b_place);
    case NodeKind::any:
    case NodeKind::every:
      return p.loop == q.loop && p.operands.size() == 1 && q.operands.size() == 1 &&
             implies(p.operands[0], a_place, q.operands[0], b_place);
    default:
      return false;
  }
}

/// A record that a tighter clause no longer takes comes to one of those after it, which must not be more lenient; one
/// that a wider clause takes as well would have come to one of them, which must not be stricter.
std::optional<std::string> Tightness::not_shown(const model::Clause& strict, PlaceId strict_place,
                                                const model::Clause& loose, PlaceId loose_place, After after) const {
  if (strict.otherwise) return {};
  const NodeId a = strict.condition.node;
  const NodeId b = loose.condition.node;
  const bool tighter = implies(a, strict_place, b, loose_place);
  const bool wider = implies(b, loose_place, a, strict_place);
  const Leniency own = leniency(loose);
  if ((tighter || after.least >= own.most) && (wider || after.most <= own.least)) return {};
  if (after.most <= own.least && loose.condition.kind == model::GroupKind::all) {
    for (const auto& criterion : loose.condition.criteria) {
      if (!implies(a, strict_place, criterion.condition.node, loose_place)) {
        return fmt::format("criterion `{}`", criterion.name);
      }
    }
  }
  return fmt::format("clause `{}`", loose.name);
}

/// Of payments, what is paid: the strength with which a sum is withheld is part of it.
bool Tightness::gives_the_same(const model::Clause& a, PlaceId a_place, const model::Clause& b, PlaceId b_place) const {
  if (!a.payment || !b.payment) return a.payment.has_value() == b.payment.has_value();
  const auto same = [&](NodeId x, NodeId y) {
    return x == model::none || y == model::none ? x == y : same_value(x, a_place, y, b_place);
  };
  return a.payment->kind == b.payment->kind && a.payment->strength == b.payment->strength &&
         same(a.payment->amount, b.payment->amount) && same(a.payment->code, b.payment->code);
}

/// Clauses are compared in their order. Something that lets through may be missing on the strict side, nothing else.
std::optional<std::string> Tightness::not_shown(NodeId applies, const Side& strict, const Side& loose) const {
  if (strict.form->omitted || loose.form->omitted) return "the policy, which is omitted,";
  // A record to which the policy does not apply is not held back by it.
  if (applies != model::none && !implies(applies, loose.place, applies, strict.place)) return "`applies when`";
  auto ours = strict.form->clauses.begin();
  const auto& all = loose.form->clauses;
  for (auto theirs = all.begin(); theirs != all.end(); ++theirs) {
    After after{3, 0};
    for (auto later = theirs + 1; later != all.end(); ++later) {
      after.least = std::min(after.least, leniency(*later).least);
      after.most = std::max(after.most, leniency(*later).most);
    }
    const bool pair = ours != strict.form->clauses.end() && ours->outcome == theirs->outcome &&
                      ours->name == theirs->name && ours->otherwise == theirs->otherwise &&
                      gives_the_same(*ours, strict.place, *theirs, loose.place);
    if (pair) {
      if (auto found = not_shown(*ours, strict.place, *theirs, loose.place, after)) return found;
      ++ours;
    } else if (theirs->otherwise || after.most > leniency(*theirs).least) {
      return fmt::format("clause `{}`", ours == strict.form->clauses.end() ? theirs->name : ours->name);
    }
  }
  if (ours != strict.form->clauses.end()) return fmt::format("clause `{}`", ours->name);
  return {};
}

}  // namespace proviso::check
