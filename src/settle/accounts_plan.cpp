#include "settle/accounts_plan.hpp"

#include <algorithm>
#include <utility>

#include "value/calendar.hpp"

namespace proviso::settle {
namespace {

model::Period days_covered_by(const model::Agreement& agreement) {
  model::Period days = agreement.period;
  if (agreement.after) days.last = INT32_MAX;
  for (const model::Agreement::Target& target : agreement.targets) days.last = std::max(days.last, target.by);
  return days;
}

}  // namespace

Plan::Plan(const model::Library& library, std::uint32_t number, std::size_t correction, decide::SeenNodes& seen,
           decide::PlacementTables& tables)
    : library_(library),
      agreement_(library.agreements[number]),
      number_(number),
      correction_(correction),
      days_(days_covered_by(agreement_)),
      form_(agreement_.lines.forms.front()) {
  lay_out(library, seen);
  edition_ = std::make_unique<decide::Edition>(days_, std::vector<const decide::Version*>{&version_}, tables);
  read_during_ = reads_of(items_during_);
  read_after_ = reads_of(items_after_);
  if (agreement_.after) {
    split_month_ = {value::start_of_month(agreement_.period.last + 1), agreement_.period.last};
  }
}

void Plan::lay_out(const model::Library& library, decide::SeenNodes& seen) {
  form_.clauses.clear();
  add_value("saving", agreement_.saving);
  for (const model::Agreement::Deduction& each : agreement_.deductions) add_value("deduction", each.amount);
  const std::size_t during = form_.clauses.size();
  if (agreement_.after) {
    add_value("charge", agreement_.after->charged);
    add_value("quantity", agreement_.after->quantity);
  }
  const std::size_t both = form_.clauses.size();
  for (const model::Agreement::Target& target : agreement_.targets) {
    if (target.where != model::none) add_value(target.name, target.where);
    add_value(target.name, target.met);
  }
  version_ = decide::lay_out(library, agreement_.lines, form_, seen);
  const model::Record& record = library.records[agreement_.lines.record];
  assumed_during_ = assumed_facts(record, 0, during);
  assumed_after_ = assumed_facts(record, during, both);
  for (std::size_t value = 0; value < both; ++value) {
    const std::uint32_t number = version_.clause_items[value];
    decide::Item& item = version_.items[number];
    item.value = std::exchange(item.node, model::none);
    (value < during ? items_during_ : items_after_).push_back(number);
  }
  std::size_t value = both;
  for (const model::Agreement::Target& target : agreement_.targets) {
    std::vector<std::uint32_t>& items = items_of_targets_.emplace_back();
    if (target.where != model::none) items.push_back(version_.clause_items[value++]);
    items.push_back(version_.clause_items[value++]);
  }
}

/// Of the values from `first` up to `last`.
std::vector<model::FactId> Plan::assumed_facts(const model::Record& record, std::size_t first, std::size_t last) const {
  std::set<model::FactId> facts(version_.applies_facts.assumed.begin(), version_.applies_facts.assumed.end());
  for (std::size_t value = first; value < last; ++value) {
    const std::vector<model::FactId>& of_value = version_.clause_facts[value].assumed;
    facts.insert(of_value.begin(), of_value.end());
  }
  for (const model::Agreement::Party& party : agreement_.parties) {
    if (record.facts[party.fact].assumed) facts.insert(party.fact);
  }
  if (first > 0 && agreement_.after) {
    if (record.facts[agreement_.after->lowest].assumed) facts.insert(agreement_.after->lowest);
    for (const model::FactId fact : agreement_.after->same) {
      if (record.facts[fact].assumed) facts.insert(fact);
    }
  }
  return {facts.begin(), facts.end()};
}

void Plan::add_value(std::string name, model::NodeId node) {
  model::Clause& clause = form_.clauses.emplace_back();
  clause.name = std::move(name);
  clause.condition.node = node;
}

std::vector<decide::Read> Plan::reads_of(const std::vector<std::uint32_t>& items) const {
  std::vector<decide::Read> reads;
  for (const std::uint32_t item : items) {
    for (const decide::Read& read : version_.items[item].reads) {
      const bool there = std::any_of(reads.begin(), reads.end(), [&](const decide::Read& other) {
        return other.what == read.what && other.index == read.index &&
               (decide::is_by_number(read.what) || other.node == read.node);
      });
      if (!there) reads.push_back(read);
    }
  }
  return reads;
}

std::set<model::FactId> Plan::facts() const {
  std::set<model::FactId> facts = {agreement_.lines.dated_by, agreement_.corrected_by};
  if (edition_->asks_place()) facts.insert(edition_->placed_by());
  for (const decide::Item& item : version_.items) {
    for (const decide::Read& read : item.reads) {
      if (read.what == decide::Read::What::fact) facts.insert(read.index);
    }
  }
  for (const model::Agreement::Party& party : agreement_.parties) facts.insert(party.fact);
  for (const model::Agreement::Target& target : agreement_.targets) facts.insert(target.among);
  if (agreement_.after) {
    facts.insert(agreement_.after->lowest);
    facts.insert(agreement_.after->same.begin(), agreement_.after->same.end());
  }
  facts.erase(model::none);
  return facts;
}

}  // namespace proviso::settle
