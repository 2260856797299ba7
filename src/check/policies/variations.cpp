#include "check/policies/variations.hpp"

#include <fmt/format.h>

#include <algorithm>

// What each variation says, by itself: the policy, the place and the days that it names, and its new criteria. What it
// makes of the policy is in forms.cpp.
namespace proviso::check {

/// All versions of the policy bear its name, so any symbol of that name serves.
const Symbol* Variations::varied_policy(std::uint32_t tree, const syntax::Name& name) {
  const std::string& own = trees_[tree].tree.library.text;
  const auto entry = workspace_.uses.find(own);
  const auto visible = [&](const std::string& library) {
    return library == own || (entry != workspace_.uses.end() && entry->second.count(library));
  };
  const Symbol* found = nullptr;
  std::vector<std::string> names;
  for (const auto& symbol : workspace_.policies) {
    if (!visible(symbol.library)) continue;
    names.push_back(symbol.name);
    if (name.text == symbol.library + "." + symbol.name) return &symbol;
    if (name.text != symbol.name || (found && found->library == own)) continue;
    if (found && found->library != symbol.library && symbol.library != own) {
      auto& diagnostic =
          complain(Code::ambiguous_name, name.span,
                   fmt::format("policy `{}` is in both `{}` and `{}`", name.text, found->library, symbol.library));
      diagnostic.help = fmt::format("write `{}.{}` or `{}.{}`", found->library, name.text, symbol.library, name.text);
      return nullptr;
    }
    found = &symbol;
  }
  if (found) return found;
  if (unread(name.text)) return nullptr;
  auto& diagnostic = complain(Code::unknown_name, name.span, fmt::format("there is no policy `{}`", name.text));
  if (const auto close = text::closest(name.text, names)) diagnostic.help = fmt::format("did you mean `{}`?", *close);
  return nullptr;
}

void Variations::check_variations() {
  // Larger places first: places are numbered so that those inside one follow it.
  std::vector<std::pair<model::PlaceId, WrittenVariation>> ordered;
  for (const auto& written : workspace_.written_variations) {
    const auto& variation =
        std::get<syntax::VariationDeclaration>(trees_[written.tree].tree.declarations[written.declaration]);
    if (const auto place = value_names_.find_place(variation.place); place != none)
      ordered.emplace_back(place, written);
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [place, written] : ordered) check_variation(written, place);
}

void Variations::check_variation(const WrittenVariation& where, model::PlaceId place) {
  const auto& written = std::get<syntax::VariationDeclaration>(trees_[where.tree].tree.declarations[where.declaration]);
  repeated_lines(written.repeated);
  const Symbol* policy = varied_policy(where.tree, written.policy);
  if (!written.period && !unread_line(written.span, "from", true)) {
    complain(Code::variation_without_period, written.policy.span,
             fmt::format("the variation of `{}` in {} does not say from when it holds", written.policy.text,
                         written.place.text))
        .help = "give it its first day: `from 2019-10-01`";
  }
  if (written.sources.empty() && !is_broken(written.span)) {
    complain(Code::no_source, written.policy.span,
             fmt::format("the variation of `{}` in {} cites no source", written.policy.text, written.place.text));
  }
  const auto days = written.period ? literals_.period(where.tree, *written.period) : std::nullopt;
  if (!policy || !days) return;
  model::Variation result;
  result.library = trees_[where.tree].tree.library.text;
  result.policy = policy->library + "." + policy->name;
  result.place = place;
  result.period = *days;
  for (const auto& source : written.sources) result.sources.push_back({source.document, source.section});
  result.notes = written.notes;
  result.unverified = written.unverified;
  result.span = written.policy.span;
  for (const auto& name : written.not_looser_than) {
    const auto larger = value_names_.find_place(name);
    if (larger == none) continue;
    result.not_looser_than.push_back(larger);
    if (larger == place || !library_.inside(place, larger)) {
      complain(Code::place_outside, name.span,
               fmt::format("{} is not inside {}, so the two are not compared", written.place.text, name.text));
      result.not_looser_than.pop_back();
    }
  }
  const auto version = std::find_if(library_.policies.begin(), library_.policies.end(),
                                    [&](const auto& each) { return each.full_name() == result.policy; });
  if (version == library_.policies.end()) return;
  VariedBy varied;
  varied.tree = where.tree;
  varied.record = version->record;
  expressions_.begin_rule();
  for (const auto& change : written.changes) check_change(change, varied, result);
  if (written.changes.empty() && !is_broken(written.span)) {
    complain(Code::changes_nothing, written.policy.span,
             fmt::format("the variation of `{}` in {} changes nothing", written.policy.text, written.place.text));
  }
  const auto number = static_cast<std::uint32_t>(library_.variations.size());
  variations_by_policy_[result.policy].push_back(number);
  library_.variations.push_back(std::move(result));
  varied_.push_back(std::move(varied));
}

namespace {

model::Change::Kind kind_of(std::string_view word) {
  if (word == "replace") return model::Change::Kind::replace;
  if (word == "add") return model::Change::Kind::add;
  if (word == "remove") return model::Change::Kind::remove;
  return word == "category" ? model::Change::Kind::category : model::Change::Kind::omit;
}

}  // namespace

void Variations::check_change(const syntax::Change& written, VariedBy& varied, model::Variation& result) {
  model::Change change;
  VariedBy::Changed part;
  change.kind = kind_of(written.word);
  change.name = written.name.text;
  change.group = written.to.text;
  change.label = written.label;
  change.clause = !written.clause.empty();
  change.span = written.span;
  if (change.kind == model::Change::Kind::category) {
    const auto found = words_.category(written.category);
    if (!found) return;
    change.category = *found;
  }
  if (change.clause) part.outcome = PolicyWords::outcome(written.clause).value_or(model::Outcome::exempt);
  if (written.condition) {
    Context context;
    context.tree = varied.tree;
    context.record = varied.record;
    std::map<std::string, Span> names;
    part.condition = criteria_.condition(context, *written.condition, names);
    change.expression = criteria_.spell(context, *written.condition, part.condition);
    for (const auto& [name, span] : names) part.names.push_back(name);
    if (change.kind == model::Change::Kind::replace) check_tendency(change, part.condition);
  }
  if (!change.name.empty()) part.names.push_back(change.name);
  if (change.clause && change.kind == model::Change::Kind::add && part.outcome != model::Outcome::exempt) {
    complain(Code::clause_order, written.span, fmt::format("a variation adds exemptions, and no `{}`", written.clause))
        .help = "add a criterion instead: `add NAME \"...\": ...`";
    return;
  }
  result.changes.push_back(std::move(change));
  varied.parts.push_back(std::move(part));
}

/// A hook that may only tighten or loosen joins the criterion that it replaces, so it is the whole of the new one.
void Variations::check_tendency(const model::Change& change, const model::Condition& condition) {
  if (condition.kind == model::GroupKind::expression && library_.nodes[condition.node].kind == NodeKind::hook) return;
  for (const auto id : reachable_nodes({condition.node})) {
    const Node& node = library_.nodes[id];
    if (node.kind != NodeKind::hook || library_.hooks[node.index].tendency == model::Tendency::either) continue;
    const auto& hook = library_.hooks[node.index];
    complain(Code::hook_tendency, change.span,
             fmt::format("hook `{}` may only {}, so it replaces a criterion alone", hook.name,
                         hook.tendency == model::Tendency::tighten ? "tighten" : "loosen"))
        .notes.push_back({"the hook is declared here", hook.span});
    return;
  }
}

const std::vector<std::uint32_t>& Variations::variations_of(const std::string& policy) const {
  static const std::vector<std::uint32_t> nothing;
  const auto found = variations_by_policy_.find(policy);
  return found == variations_by_policy_.end() ? nothing : found->second;
}

std::vector<NodeId> Variations::roots_of(const model::Policy& policy, const model::Form& form) const {
  std::vector<NodeId> roots = {policy.applies};
  roots.insert(roots.end(), form.values.begin(), form.values.end());
  for (const auto& clause : form.clauses) {
    roots.push_back(clause.condition.node);
    if (clause.payment) roots.insert(roots.end(), {clause.payment->amount, clause.payment->code});
  }
  return roots;
}

std::vector<NodeId> Variations::all_roots(const model::Policy& policy) const {
  std::vector<NodeId> roots = roots_of(policy, policy.written());
  for (const auto variation : variations_of(policy.full_name())) {
    for (const auto& part : varied_[variation].parts) roots.push_back(part.condition.node);
  }
  return roots;
}

}  // namespace proviso::check
