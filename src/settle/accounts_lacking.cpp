#include "settle/accounts_lacking.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "settle/ledger_text.hpp"

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
  if (tells(*view_.chunk, fact, view_.record)) return;
  needs_.ask_for(fact, decide::Version::applies_item);
}

/// What was asked about and reads lines that could not all be brought, or a threshold that has no value there and then.
std::string Lacking::without_value() const {
  const model::Library& library = view_.chunk->library();
  const program::Setting& setting = view_.segment->setting();
  for (const std::uint32_t item : asked_) {
    for (const decide::Read& read : view_.version->items[item].reads) {
      const bool brought =
          read.what == decide::Read::What::fact && view_.chunk->record().facts[read.index].relation != model::none;
      if (std::string said = brought ? unread(read.index) : ""; !said.empty()) return said;
      if (read.what != decide::Read::What::threshold) continue;
      const model::Threshold& threshold = library.thresholds[read.index];
      if (library.in_force(threshold, setting.place, setting.date) == nullptr) return threshold.name + " has no value";
    }
  }
  return "it cannot be worked out";
}

/// What the line said for a fact that could not be taken; empty where it said nothing.
std::string Lacking::unread(model::FactId fact) const {
  const model::Record& record = view_.chunk->record();
  if (record.facts[fact].level != 0) return {};
  for (const program::InputProblem& problem : view_.chunk->problems()) {
    if (problem.row == view_.record && problem.fact == fact) return record.facts[fact].name + ": " + problem.message;
  }
  return {};
}

std::string Lacking::sentence() const {
  std::set<model::FactId> missing;
  std::set<model::FactId> out_of_date;
  std::set<std::string> unreadable;
  for (const decide::Need& need : decisions_.needs) {
    std::string said = unread(need.fact);
    if (!said.empty()) {
      unreadable.insert(std::move(said));
    } else {
      (need.out_of_date ? out_of_date : missing).insert(need.fact);
    }
  }
  std::string out;
  append_facts(out, view_.chunk->record(), missing, "missing");
  append_facts(out, view_.chunk->record(), out_of_date, "out of date");
  for (const std::string& said : unreadable) out += (out.empty() ? "" : "; ") + said;
  for (const auto* texts : {&needs_.problems(), &needs_.unanswered()}) {
    for (const std::string& text : *texts) out += (out.empty() ? "" : "; ") + text;
  }
  return out.empty() ? without_value() : out;
}

}  // namespace proviso::settle
