#include "trial/drawing/plausible.hpp"

#include <algorithm>
#include <string_view>

#include "trial/scenarios/given.hpp"

namespace proviso::trial {
namespace {

using model::FactId;
using model::GivenFact;
using model::GivenRecord;
using value::Kind;

bool holds(const std::vector<FactId>& facts, FactId fact) {
  return std::find(facts.begin(), facts.end(), fact) != facts.end();
}

bool says_any(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

/// How many entries of two lists are not the same.
std::size_t different(const std::vector<GivenRecord>& a, const std::vector<GivenRecord>& b) {
  std::size_t same = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) same += difference(a[i], b[i]).empty() ? 1 : 0;
  return std::max(a.size(), b.size()) - same;
}

bool is_count(Kind kind) { return kind == Kind::number || kind == Kind::quantity || kind == Kind::money; }

}  // namespace

Plausible::Plausible(const model::Library& library, const std::string& policy) {
  for (const model::Policy& version : library.policies) {
    if (version.full_name() != policy) continue;
    record_ = &library.records[version.record];
    if (version.dated_by != model::none) dated_by_.push_back(version.dated_by);
    if (version.placed_by != model::none) placed_by_.push_back(version.placed_by);
  }
  if (record_ == nullptr) return;
  constexpr std::string_view until = "_until";
  for (FactId fact = 0; fact < record_->facts.size(); ++fact) {
    const model::Fact& each = record_->facts[fact];
    if (each.type.kind != Kind::date) continue;
    const std::string_view name = std::string_view(each.name).substr(each.name.rfind('.') + 1);
    if (says_any(name, {"born", "birth"})) births_.push_back(fact);
    if (says_any(name, {"until", "expir", "planned", "due", "expected", "proposed"})) ahead_.push_back(fact);
    if (name.size() <= until.size() || name.substr(name.size() - until.size()) != until) continue;
    const std::string from = each.name.substr(0, each.name.size() - until.size()) + "_from";
    const auto begins = std::find_if(record_->facts.begin(), record_->facts.end(),
                                     [&](const model::Fact& other) { return other.name == from; });
    if (begins != record_->facts.end()) spans_.emplace_back(begins - record_->facts.begin(), fact);
  }
}

std::size_t Plausible::doubts(const GivenRecord& given) const {
  const GivenFact* deciding = nullptr;
  for (const FactId fact : dated_by_) {
    if (deciding == nullptr) deciding = find_known(given, fact);
  }
  return doubts(given, deciding);
}

std::size_t Plausible::doubts(const GivenRecord& given, const GivenFact* deciding) const {
  std::size_t count = 0;
  for (const GivenFact& fact : given) {
    if (!fact.constant.known) continue;
    const Kind kind = record_->facts[fact.fact].type.kind;
    if (kind == Kind::list) {
      for (const GivenRecord& element : fact.elements) count += doubts(element, deciding);
    }
    if (is_count(kind) && fact.constant.bits < 0) ++count;
    if (deciding == nullptr) continue;
    if (fact.measured_on && *fact.measured_on > deciding->constant.bits) ++count;
    if (kind != Kind::date || holds(dated_by_, fact.fact)) continue;
    if (fact.constant.bits > deciding->constant.bits && !holds(ahead_, fact.fact)) ++count;
    if (fact.constant.bits >= deciding->constant.bits && holds(births_, fact.fact)) ++count;
  }
  for (const auto& [from, until] : spans_) {
    const GivenFact* begins = find_known(given, from);
    const GivenFact* ends = find_known(given, until);
    if (begins != nullptr && ends != nullptr && ends->constant.bits < begins->constant.bits) ++count;
  }
  return count;
}

std::size_t Plausible::effort(const GivenRecord& from, const GivenRecord& given) const {
  std::size_t effort = 3 * doubts(given);
  for (const GivenFact& each : difference(from, given)) {
    effort += 2;
    if (each.measured_on) effort += 1;
    if (holds(dated_by_, each.fact) || holds(placed_by_, each.fact)) effort += 4;
    const GivenFact* before = find_known(from, each.fact);
    effort += different(before == nullptr ? std::vector<GivenRecord>{} : before->elements, each.elements);
  }
  return effort;
}

}  // namespace proviso::trial
