#include "trial/mutation/mutant_plan.hpp"

#include <algorithm>
#include <utility>

#include "output/spelled_node.hpp"
#include "trial/mutation/mutant_text.hpp"

namespace proviso::trial {

MutantPlan::MutantPlan(model::Library& library, const std::vector<Suite>& suites,
                       const std::vector<std::string>& policies)
    : library_(library), suites_(suites), chosen_(policies) {}

std::vector<PlannedMutant> MutantPlan::make() {
  find_families();
  find_readers();
  for (std::size_t number = 0; number < families_.size(); ++number) {
    if (!families_[number].chosen) continue;
    family_ = &families_[number];
    visited_.clear();
    changes_.clear();
    for (const std::uint32_t policy : family_->policies) mutate_policy(policy);
    mutate_thresholds(number);
    mutate_code_lists(number);
    for (const std::uint32_t policy : family_->policies) mutate_periods(policy);
    mutate_variations();
  }
  return std::move(mutants_);
}

void MutantPlan::find_families() {
  for (std::uint32_t number = 0; number < suites_.size(); ++number) {
    const Suite& suite = suites_[number];
    if (families_.empty() || families_.back().name != suite.policy) {
      families_.emplace_back();
      families_.back().name = suite.policy;
      families_.back().chosen =
          chosen_.empty() || std::find(chosen_.begin(), chosen_.end(), suite.policy) != chosen_.end();
      families_.back().record = suite.record;
    }
    families_.back().suites.push_back(number);
  }
  std::map<std::string, std::vector<std::uint32_t>> versions;
  for (std::uint32_t i = 0; i < library_.policies.size(); ++i) versions[library_.policies[i].full_name()].push_back(i);
  for (Family& family : families_) {
    const auto drafts = [&](std::uint32_t suite) {
      const model::Scenario& scenario = library_.scenarios[suites_[suite].scenario];
      return options_for(library_, scenario, decide::Explain::none).with_drafts;
    };
    const bool with_drafts = std::any_of(family.suites.begin(), family.suites.end(), drafts);
    for (const std::uint32_t number : versions[family.name]) {
      const model::Policy& policy = library_.policies[number];
      if (policy.record == family.record && policy.decides(with_drafts)) family.policies.push_back(number);
    }
  }
}

/// Whether some record may fall to the placement: one without a place does where no place is declared.
bool MutantPlan::may_hold(const model::Policy& policy, std::size_t placement) const {
  if (library_.places.empty() || (policy.places.empty() && policy.placements.size() == 1)) return true;
  for (model::PlaceId place = 0; place < library_.places.size(); ++place) {
    if (library_.holds_in(policy, place) && library_.placement(policy, place) == placement) return true;
  }
  return false;
}

/// For which places and days programs of the form are made.
std::vector<program::Setting> MutantPlan::settings(const model::Policy& policy, std::uint32_t form) const {
  std::vector<program::Setting> result;
  for (std::size_t i = 0; i < policy.placements.size(); ++i) {
    if (!may_hold(policy, i)) continue;
    for (const model::Stretch& stretch : policy.placements[i].stretches) {
      const std::int32_t first = std::max(stretch.days.first, policy.effective.first);
      const std::int32_t last = std::min(stretch.days.last, policy.effective.last);
      if (stretch.form == form && first <= last) result.push_back({policy.placements[i].place, first});
    }
  }
  return result;
}

void MutantPlan::find_readers() {
  for (std::size_t family = 0; family < families_.size(); ++family) {
    for (const std::uint32_t number : families_[family].policies) {
      const model::Policy& policy = library_.policies[number];
      for (std::uint32_t form = 0; form < policy.forms.size(); ++form) {
        if (policy.forms[form].omitted) continue;
        const auto where = settings(policy, form);
        std::set<NodeId> seen;
        read(family, number, policy.applies, applies_site(policy), where, seen);
        const std::function<void(const model::Condition&, const Site&)> of = [&](const auto& condition,
                                                                                 const Site& site) {
          for (const auto& criterion : condition.criteria) of(criterion.condition, {criterion.name, criterion.span});
          if (condition.kind == model::GroupKind::expression) read(family, number, condition.node, site, where, seen);
        };
        for (const auto& clause : policy.forms[form].clauses) of(clause.condition, {clause.name, clause.span});
      }
    }
  }
}

void MutantPlan::read(std::size_t family, std::uint32_t policy, NodeId root, const Site& site,
                      const std::vector<program::Setting>& settings, std::set<NodeId>& seen) {
  if (root == model::none || !seen.insert(root).second) return;
  const Node& node = library_.nodes[root];
  const auto note = [&](auto& readers_of, const auto& declared, const auto& values) {
    Readers& readers = note_reader(readers_of[node.index], family, policy, site);
    for (const program::Setting& setting : settings) {
      const auto* value = library_.in_force(declared, setting.place, setting.date);
      if (value != nullptr) readers.values.insert(static_cast<std::uint32_t>(value - values.data()));
    }
  };
  if (node.kind == NodeKind::threshold) {
    const model::Threshold& threshold = library_.thresholds[node.index];
    note(thresholds_, threshold, threshold.values);
  }
  if (node.kind == NodeKind::in_codes) {
    const model::CodeList& list = library_.code_lists[node.index];
    note(code_lists_, list, list.blocks);
  }
  if (node.kind == NodeKind::definition) note_reader(definitions_[root], family, policy, site);
  for (const NodeId operand : node.operands) read(family, policy, operand, site, settings, seen);
}

MutantPlan::Readers& MutantPlan::note_reader(Readers& readers, std::size_t family, std::uint32_t policy,
                                             const Site& site) const {
  if (readers.first_family == SIZE_MAX && families_[family].chosen) {
    readers.first_family = family;
    readers.site = site;
  }
  readers.suites.insert(families_[family].suites.begin(), families_[family].suites.end());
  if (readers.policies.empty() || readers.policies.back() != policy) readers.policies.push_back(policy);
  return readers;
}

/// The line of `applies when`, as far as the node is this policy's own: policies share equal expressions.
MutantPlan::Site MutantPlan::applies_site(const model::Policy& policy) const {
  Site site{"applies when", policy.span};
  if (policy.applies == model::none) return site;
  const text::Span span = library_.nodes[policy.applies].span;
  const bool after = span.file == policy.span.file && span.begin > policy.span.begin;
  const bool others = std::any_of(library_.policies.begin(), library_.policies.end(), [&](const auto& other) {
    return other.span.file == span.file && other.span.begin > policy.span.begin && other.span.begin < span.begin;
  });
  if (after && !others) site.span = span;
  return site;
}

PlannedMutant& MutantPlan::add(MutantKind kind, const Site& site, Edit edit, std::string before, std::string after,
                               const std::set<std::uint32_t>& suites) {
  PlannedMutant& planned = mutants_.emplace_back();
  planned.mutant.kind = kind;
  planned.mutant.policy = family_->name;
  planned.mutant.criterion = site.name;
  planned.mutant.span = site.span;
  planned.mutant.before = std::move(before);
  planned.mutant.after = std::move(after);
  planned.edit = std::move(edit);
  // Its own scenarios first: they are the likeliest to notice, and those that one that is missing belongs to.
  planned.suites = family_->suites;
  for (const std::uint32_t suite : suites) {
    if (std::find(family_->suites.begin(), family_->suites.end(), suite) == family_->suites.end()) {
      planned.suites.push_back(suite);
    }
  }
  return planned;
}

PlannedMutant& MutantPlan::add(MutantKind kind, const Site& site, Edit edit, std::string before, std::string after) {
  const std::set<std::uint32_t> own(family_->suites.begin(), family_->suites.end());
  const std::set<std::uint32_t>& suites = inside_definition_ == nullptr ? own : inside_definition_->suites;
  return add(kind, site, std::move(edit), std::move(before), std::move(after), suites);
}

PlannedMutant& MutantPlan::add(MutantKind kind, const Site& site, Edit edit, NodeId shown) {
  std::string before = output::spell_node(library_, record(), shown);
  std::string after;
  {
    const Edited edited(library_, edit);
    after = output::spell_node(library_, record(), shown);
  }
  return add(kind, site, std::move(edit), std::move(before), std::move(after));
}

}  // namespace proviso::trial
