#include "trial/comparison/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "program/in_threads.hpp"
#include "trial/comparison/comparison_worker.hpp"

namespace proviso::trial {

CaseComparison Comparer::run() {
  if (options_.format == input::Format::csv && !read_header()) return std::move(result);
  program::in_threads(
      options_.threads, [this] { Worker(*this).work(); }, [this] { stop(); });
  if (result.failure.empty()) result.failure = source_.failure();
  finish();
  return std::move(result);
}

bool Comparer::read_header() {
  // As `decide` reads it, so that both readings of cases with relations have the same rows.
  auto start = input::start_csv(source_, nullptr);
  if (!start) {
    result.failure = start.error().message;
    return false;
  }
  csv_start_ = std::move(*start);
  for (const Side side : both_sides) {
    const decide::Engine& engine = sides.engine(side);
    const auto trial = make_csv_reader(engine);
    if (trial) continue;
    result.failure = trial.error().message;
    return false;
  }
  return true;
}

std::unique_ptr<input::RecordReader> Comparer::make_reader(Side side) const {
  const decide::Engine& engine = sides.engine(side);
  if (options_.format != input::Format::csv) {
    return input::make_json_reader(engine.library(), engine.record_index(), options_.with_relations);
  }
  return std::move(*make_csv_reader(engine));
}

tl::expected<std::unique_ptr<input::RecordReader>, input::FileError> Comparer::make_csv_reader(
    const decide::Engine& engine) const {
  return input::make_csv_reader(engine.library(), engine.record_index(), csv_start_.header, options_.lists,
                                csv_start_.options);
}

bool Comparer::next(input::Block& block) {
  const std::lock_guard lock(reading_);
  if (stopped_ || !source_.next(block)) return false;
  records_read_ += block.records.size();
  if (options_.progress) options_.progress(source_.bytes_read(), records_read_);
  return true;
}

void Comparer::stop() {
  const std::lock_guard lock(reading_);
  stopped_ = true;
}

void Comparer::add(const Tallies& tallies, const CaseComparison& part) {
  const std::lock_guard lock(adding_);
  tallies_.add(tallies);
  result.records += part.records;
  result.compared += part.compared;
  for (const Side side : both_sides) {
    result.unreadable[side] += part.unreadable[side];
    auto& first = result.first_unreadable[side];
    first.insert(first.end(), part.first_unreadable[side].begin(), part.first_unreadable[side].end());
    result.undeclared[side].insert(part.undeclared[side].begin(), part.undeclared[side].end());
  }
}

void Comparer::finish() {
  for (auto& first : result.first_unreadable) {
    std::sort(first.begin(), first.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    if (first.size() > first_unreadable_kept) first.resize(first_unreadable_kept);
  }
  result.overall = tallies_.overall.finish(options_.first_cases);
  const auto& all = tallies_.all();
  for (auto first = all.begin(); first != all.end();) {
    const Sides::NamedPolicy& policy = sides.policies()[first->first.policy];
    PolicyTable& table = result.policies.emplace_back();
    table.policy = policy.name;
    table.label = policy.label;
    table.there = policy.there;
    TableTally sum;
    for (const std::uint32_t number = first->first.policy; first != all.end() && first->first.policy == number;
         ++first) {
      sum.add(first->second);
      const std::string& was = sides.places()[first->first.place_before];
      const std::string& is = sides.places()[first->first.place_after];
      table.places.push_back(
          {was == is ? is : fmt::format("{} -> {}", was, is), first->second.finish(options_.first_cases)});
    }
    table.all = sum.finish(options_.first_cases);
  }
}

CaseComparison compare_cases(const model::Library& old_library, const model::Library& new_library,
                             const std::string& record, input::RecordSource& source, const ComparisonOptions& options) {
  return Comparer(old_library, new_library, record, source, options).run();
}

}  // namespace proviso::trial
