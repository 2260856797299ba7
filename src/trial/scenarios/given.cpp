#include "trial/scenarios/given.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

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

bool same(const GivenRecord& a, const GivenRecord& b);

bool same(const GivenFact& a, const GivenFact& b) {
  if (a.constant.known != b.constant.known) return false;
  if (!a.constant.known) return true;
  return a.constant.bits == b.constant.bits && a.measured_on == b.measured_on &&
         std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                    [](const auto& x, const auto& y) { return same(x, y); });
}

bool says_nothing(const GivenFact* fact) { return fact == nullptr || !fact->constant.known; }

bool same(const GivenRecord& a, const GivenRecord& b) { return difference(a, b).empty(); }

/// JSON is written member by member: an object is open for each part of the path that the last fact had too.
class JsonRecord {
 public:
  JsonRecord(std::string& out, const model::Library& library, const model::Record& record)
      : out_(out), library_(library), record_(record) {}

  void object(const GivenRecord& given, std::string_view id) {
    out_ += '{';
    bool first = true;
    if (!id.empty()) {
      member("id", first);
      output::append_json(out_, id);
    }
    std::vector<const GivenFact*> facts;
    for (const GivenFact& fact : given) {
      if (fact.constant.known && !(fact.fact == record_.identifier && !id.empty())) facts.push_back(&fact);
    }
    std::stable_sort(facts.begin(), facts.end(), [&](const auto* a, const auto* b) { return path(*a) < path(*b); });
    members(facts, 0, facts.size(), 0, first);
    out_ += '}';
  }

 private:
  std::string& out_;
  const model::Library& library_;
  const model::Record& record_;

  std::string_view path(const GivenFact& fact) const { return record_.facts[fact.fact].path; }

  void member(std::string_view name, bool& first) {
    if (!first) out_ += ',';
    first = false;
    output::append_json(out_, name);
    out_ += ':';
  }

  /// Those of [begin, end), which agree in the first `offset` characters of their paths.
  void members(const std::vector<const GivenFact*>& facts, std::size_t begin, std::size_t end, std::size_t offset,
               bool& first) {
    while (begin < end) {
      const std::string_view rest = path(*facts[begin]).substr(offset);
      const std::size_t dot = rest.find('.');
      member(rest.substr(0, dot), first);
      if (dot == std::string_view::npos) {
        value(*facts[begin++]);
        continue;
      }
      const std::string_view prefix = path(*facts[begin]).substr(0, offset + dot + 1);
      std::size_t last = begin;
      while (last < end && path(*facts[last]).substr(0, prefix.size()) == prefix) ++last;
      out_ += '{';
      bool inner = true;
      members(facts, begin, last, prefix.size(), inner);
      out_ += '}';
      begin = last;
    }
  }

  void value(const GivenFact& given) {
    const model::Fact& fact = record_.facts[given.fact];
    if (fact.type.kind == Kind::list) return list(given, record_.levels[fact.elements].plain);
    if (!given.measured_on) return single(given.constant, fact.in_percent);
    out_ += "{\"value\":";
    single(given.constant, fact.in_percent);
    fmt::format_to(std::back_inserter(out_), ",\"on\":\"{}\"}}", value::format_date(*given.measured_on));
  }

  void list(const GivenFact& given, bool plain) {
    out_ += '[';
    bool first = true;
    for (const GivenRecord& element : given.elements) {
      if (!first) out_ += ',';
      first = false;
      if (!plain) {
        object(element, {});
      } else if (element.empty() || !element.front().constant.known) {
        out_ += "null";
      } else {
        single(element.front().constant, record_.facts[element.front().fact].in_percent);
      }
    }
    out_ += ']';
  }

  void single(const Constant& constant, bool in_percent) {
    const auto number = static_cast<std::size_t>(constant.bits);
    switch (constant.type.kind) {
      case Kind::truth:
        out_ += constant.bits != 0 ? "true" : "false";
        return;
      case Kind::number:
      case Kind::money:
      case Kind::quantity:
        out_ += value::format_decimal(constant.bits);
        return;
      case Kind::percent:
        out_ += value::format_decimal(in_percent ? constant.bits * 100 : constant.bits);
        return;
      case Kind::text:
        return output::append_json(out_, library_.texts[number]);
      case Kind::enumeration:
      case Kind::scale:
        return output::append_json(out_, library_.enumerations[constant.type.id].values[number]);
      case Kind::place:
        return output::append_json(out_, library_.places[number].name);
      case Kind::code: {
        const std::string written = model::format(library_, constant);
        return output::append_json(out_, std::string_view(written).substr(written.find(':') + 1));
      }
      default:
        output::append_json(out_, model::format(library_, constant));
    }
  }
};

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

void append_json(std::string& out, const model::Library& library, const model::Record& record, const GivenRecord& given,
                 std::string_view id) {
  JsonRecord(out, library, record).object(given, id);
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
    if (other == nullptr || !same(*other, fact)) result.push_back(fact);
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
