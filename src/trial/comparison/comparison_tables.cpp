#include "trial/comparison/comparison_tables.hpp"

#include <algorithm>

namespace proviso::trial {
namespace {

// Nothing that a cause says has this in it.
constexpr char separator = '\x1f';

std::string key_of(const std::vector<CausePart>& parts) {
  std::string key;
  const auto add = [&key](const std::string& text) {
    key += text;
    key += separator;
  };
  for (const CausePart& part : parts) {
    for (const std::string* text : {&part.what, &part.name, &part.label, &part.before, &part.after}) add(*text);
    for (const CauseDetail& detail : part.details) {
      for (const std::string* text : {&detail.what, &detail.name, &detail.before, &detail.after}) add(*text);
    }
    key += separator;
  }
  return key;
}

}  // namespace

std::string_view spelling(CaseOutcome outcome) {
  return outcome == no_such_policy ? "no such policy" : model::spelling(static_cast<model::Outcome>(outcome));
}

std::uint64_t Table::total() const {
  std::uint64_t sum = 0;
  for (CaseOutcome each = 0; each < case_outcomes; ++each) sum += row(each);
  return sum;
}

std::uint64_t Table::changes() const {
  std::uint64_t same = 0;
  for (std::size_t each = 0; each < case_outcomes; ++each) same += counts[each][each];
  return total() - same;
}

std::uint64_t Table::row(CaseOutcome outcome) const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts[outcome]) sum += count;
  return sum;
}

std::uint64_t Table::column(CaseOutcome outcome) const {
  std::uint64_t sum = 0;
  for (const auto& of_before : counts) sum += of_before[outcome];
  return sum;
}

bool CaseComparison::differs() const {
  return overall.differs() ||
         std::any_of(policies.begin(), policies.end(), [](const PolicyTable& policy) { return policy.all.differs(); });
}

void CellTally::add(std::size_t first_cases, std::string id, std::uint64_t line, std::vector<CausePart> parts) {
  std::string key = key_of(parts);
  Cause& cause = causes_[key];
  if (cause.count++ == 0) cause.parts = std::move(parts);
  if (cases_.size() < first_cases) cases_.push_back({std::move(id), line, std::move(key)});
}

void CellTally::add(const CellTally& other) {
  for (const auto& [key, cause] : other.causes_) {
    Cause& own = causes_[key];
    if (own.count == 0) own.parts = cause.parts;
    own.count += cause.count;
  }
  cases_.insert(cases_.end(), other.cases_.begin(), other.cases_.end());
}

ChangedCell CellTally::finish(std::size_t first_cases) const {
  ChangedCell cell;
  std::vector<const std::pair<const std::string, Cause>*> causes;
  for (const auto& each : causes_) causes.push_back(&each);
  std::stable_sort(causes.begin(), causes.end(),
                   [](const auto* a, const auto* b) { return a->second.count > b->second.count; });
  std::map<std::string, std::uint32_t> numbers;
  for (const auto* each : causes) {
    numbers[each->first] = static_cast<std::uint32_t>(cell.causes.size());
    cell.causes.push_back(each->second);
    cell.count += each->second.count;
  }
  std::vector<SeenCase> cases = cases_;
  std::sort(cases.begin(), cases.end(), [](const SeenCase& a, const SeenCase& b) { return a.line < b.line; });
  if (cases.size() > first_cases) cases.resize(first_cases);
  for (SeenCase& each : cases) cell.cases.push_back({std::move(each.id), each.line, numbers[each.cause]});
  return cell;
}

void TableTally::add(const TableTally& other) {
  for (std::size_t was = 0; was < case_outcomes; ++was) {
    for (std::size_t is = 0; is < case_outcomes; ++is) table.counts[was][is] += other.table.counts[was][is];
  }
  table.other_reasons += other.table.other_reasons;
  table.other_needs += other.table.other_needs;
  table.other_amounts += other.table.other_amounts;
  table.other_codes += other.table.other_codes;
  table.other_strengths += other.table.other_strengths;
  table.other_terms += other.table.other_terms;
  for (const Side side : both_sides) table.amounts[side] += other.table.amounts[side];
  for (const auto& [outcomes, cell] : other.cells) cells[outcomes].add(cell);
}

Table TableTally::finish(std::size_t first_cases) const {
  Table result = table;
  for (const CaseOutcome was : outcomes_listed) {
    for (const CaseOutcome is : outcomes_listed) {
      const auto found = cells.find({was, is});
      if (found == cells.end()) continue;
      result.changed.push_back(found->second.finish(first_cases));
      result.changed.back().before = was;
      result.changed.back().after = is;
    }
  }
  return result;
}

TableTally& Tallies::of(const Key& key) {
  constexpr std::uint32_t small = 1U << 20;
  if (key.policy >= small || key.place_before >= small || key.place_after >= small) return tables_[key];
  const std::uint64_t packed =
      std::uint64_t{key.policy} << 40 | std::uint64_t{key.place_before} << 20 | std::uint64_t{key.place_after};
  TableTally*& found = found_[packed];
  if (found == nullptr) found = &tables_[key];
  return *found;
}

void Tallies::add(const Tallies& other) {
  overall.add(other.overall);
  for (const auto& [key, tally] : other.tables_) tables_[key].add(tally);
}

}  // namespace proviso::trial
