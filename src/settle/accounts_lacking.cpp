#include "settle/accounts_lacking.hpp"

#include <algorithm>
#include <set>

namespace proviso::settle {
namespace {

/// `a is missing`, `a, b and c are missing`.
void append_facts(std::string& out, const model::Record& record, const std::set<model::FactId>& facts,
                  const std::string& what) {
  if (facts.empty()) return;
  if (!out.empty()) out += "; ";
  std::size_t left = facts.size();
  for (const model::FactId fact : facts) {
    out += record.facts[fact].name;
    --left;
    if (left > 0) out += left == 1 ? " and " : ", ";
  }
  out += facts.size() == 1 ? " is " : " are ";
  out += what;
}

}  // namespace

void Lacking::begin(const decide::View& view) {
  view_ = view;
  decisions_.clear(0);
  needs_.begin(view, decisions_);
  asked_.clear();
}

void Lacking::ask(std::uint32_t item) {
  asked_.push_back(item);
  const bool condition = view_.version->items[item].value == model::none;
  condition ? needs_.ask(item) : needs_.ask_for_value(item);
}

void Lacking::ask_for(model::FactId fact) {
  if (program::bit(view_.chunk->column(fact).known, view_.record)) return;
  needs_.ask_for(fact, decide::Version::applies_item);
}

/// What was asked about and reads a threshold that has no value there and then.
std::string Lacking::without_value() const {
  const model::Library& library = view_.chunk->library();
  const program::Setting& setting = view_.segment->setting();
  for (const std::uint32_t item : asked_) {
    for (const decide::Read& read : view_.version->items[item].reads) {
      if (read.what != decide::Read::What::threshold) continue;
      const model::Threshold& threshold = library.thresholds[read.index];
      if (library.in_force(threshold, setting.place, setting.date) == nullptr) return threshold.name + " has no value";
    }
  }
  return "it cannot be worked out";
}

std::string Lacking::sentence() const {
  std::set<model::FactId> missing;
  std::set<model::FactId> out_of_date;
  for (const decide::Need& need : decisions_.needs) (need.out_of_date ? out_of_date : missing).insert(need.fact);
  std::string out;
  append_facts(out, view_.chunk->record(), missing, "missing");
  append_facts(out, view_.chunk->record(), out_of_date, "out of date");
  for (const auto* texts : {&needs_.problems(), &needs_.unanswered()}) {
    for (const std::string& text : *texts) out += (out.empty() ? "" : "; ") + text;
  }
  return out.empty() ? without_value() : out;
}

}  // namespace proviso::settle
