#include "trial/scenarios/given.hpp"

#include <algorithm>
#include <utility>

#include "value/calendar.hpp"

namespace proviso::trial {
namespace {

using model::Constant;
using model::GivenFact;
using model::GivenRecord;
using value::Kind;

/// Lists come last: the rows of their elements are added in the order of the rows that hold them.
void add_facts(program::Chunk& chunk, const GivenRecord& given, std::size_t row) {
  for (const GivenFact& fact : given) {
    const model::Fact& declared = chunk.record().facts[fact.fact];
    if (!fact.constant.known || declared.type.kind == Kind::list) continue;
    if (declared.type.kind == Kind::truth) {
      chunk.set_truth(fact.fact, row, fact.constant.bits != 0);
    } else {
      chunk.set_value(fact.fact, row, fact.constant.bits);
    }
    if (fact.measured_on) chunk.set_measured_on(fact.fact, row, *fact.measured_on);
  }
  for (const GivenFact& fact : given) {
    const model::Fact& declared = chunk.record().facts[fact.fact];
    if (!fact.constant.known || declared.type.kind != Kind::list) continue;
    chunk.begin_list(fact.fact, row);
    for (const GivenRecord& element : fact.elements) add_facts(chunk, element, chunk.add_row(declared.elements));
  }
}

bool says_same(const GivenRecord& a, const GivenRecord& b);

bool says_same(const GivenFact& a, const GivenFact& b) {
  if (a.constant.known != b.constant.known) return false;
  if (!a.constant.known) return true;
  return a.constant.bits == b.constant.bits && a.measured_on == b.measured_on &&
         std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                    [](const auto& x, const auto& y) { return says_same(x, y); });
}

bool says_nothing(const GivenFact* fact) { return fact == nullptr || !fact->constant.known; }

bool says_same(const GivenRecord& a, const GivenRecord& b) { return difference(a, b).empty(); }

void append_value(std::string& out, const model::Library& library, const model::Record& record, const GivenFact& given);

void append_element(std::string& out, const model::Library& library, const model::Record& record,
                    const GivenRecord& element, bool plain) {
  if (plain) {
    if (element.empty()) {
      out += "unknown";
    } else {
      append_value(out, library, record, element.front());
    }
    return;
  }
  out += '{';
  for (std::size_t i = 0; i < element.size(); ++i) {
    out += i == 0 ? " " : ", ";
    out += record.facts[element[i].fact].path;
    out += " = ";
    append_value(out, library, record, element[i]);
  }
  out += " }";
}

void append_value(std::string& out, const model::Library& library, const model::Record& record,
                  const GivenFact& given) {
  const model::Fact& fact = record.facts[given.fact];
  if (!given.constant.known || fact.type.kind != Kind::list) {
    out += given.constant.known ? model::format(library, given.constant) : "unknown";
    if (given.constant.known && given.measured_on) out += " on " + value::format_date(*given.measured_on);
    return;
  }
  out += '{';
  for (std::size_t i = 0; i < given.elements.size(); ++i) {
    out += i == 0 ? " " : ", ";
    append_element(out, library, record, given.elements[i], record.levels[fact.elements].plain);
  }
  out += " }";
}

}  // namespace

const GivenFact* find(const GivenRecord& record, model::FactId fact) {
  const auto found = std::find_if(record.begin(), record.end(), [&](const auto& each) { return each.fact == fact; });
  return found == record.end() ? nullptr : &*found;
}

const GivenFact* find_known(const GivenRecord& record, model::FactId fact) {
  const GivenFact* found = find(record, fact);
  return found == nullptr || !found->constant.known ? nullptr : found;
}

void put(GivenRecord& record, GivenFact given) {
  const auto place = std::lower_bound(record.begin(), record.end(), given.fact,
                                      [](const auto& each, model::FactId fact) { return each.fact < fact; });
  const bool there = place != record.end() && place->fact == given.fact;
  if (!given.constant.known) {
    if (there) record.erase(place);
  } else if (there) {
    *place = std::move(given);
  } else {
    record.insert(place, std::move(given));
  }
}

void add_record(program::Chunk& chunk, const GivenRecord& given) { add_facts(chunk, given, chunk.add_row(0)); }

GivenJson::GivenJson(const model::Library& library, std::uint32_t record)
    : chunk_(library, record), json_(library, record), facts_(json_.all()) {}

void GivenJson::append(std::string& out, const GivenRecord& given, std::string_view id) {
  chunk_.clear();
  add_record(chunk_, given);
  chunk_.finish();
  json_.append(out, chunk_, 0, facts_, id);
}

std::string spell(const model::Library& library, const model::Record& record, const GivenFact& given) {
  const model::Fact& fact = record.facts[given.fact];
  std::string out = fact.path + " = ";
  append_value(out, library, record, given);
  return out;
}

GivenRecord difference(const GivenRecord& a, const GivenRecord& b) {
  GivenRecord result;
  for (const GivenFact& fact : b) {
    const GivenFact* other = find(a, fact.fact);
    if (says_nothing(other) && says_nothing(&fact)) continue;
    if (other == nullptr || !says_same(*other, fact)) result.push_back(fact);
  }
  for (const GivenFact& fact : a) {
    if (says_nothing(&fact) || find(b, fact.fact) != nullptr) continue;
    GivenFact& left_out = result.emplace_back();
    left_out.fact = fact.fact;
    left_out.constant = {fact.constant.type, false, 0};
  }
  return result;
}

}  // namespace proviso::trial
