#include "settle/report_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/show_values.hpp"
#include "output/words.hpp"
#include "value/code.hpp"

namespace proviso::settle {
namespace {

constexpr std::size_t codes_shown = 20;

std::vector<model::NodeId> roots_of(const model::Agreement& agreement) {
  std::vector<model::NodeId> roots = {agreement.baseline, agreement.saving, agreement.lines.applies};
  for (const auto& each : agreement.deductions) roots.push_back(each.amount);
  if (agreement.after) roots.insert(roots.end(), {agreement.after->charged, agreement.after->quantity});
  for (const auto& each : agreement.targets) roots.insert(roots.end(), {each.where, each.met});
  return roots;
}

/// The facts of the record that the expressions read, and those that the agreement names, each once.
class FactsRead {
 public:
  FactsRead(const model::Library& library, const model::Agreement& agreement)
      : library_(library), seen_(library.nodes.size()) {
    for (const model::NodeId root : roots_of(agreement)) visit(root);
    add(agreement.lines.dated_by);
    add(agreement.corrected_by);
    if (!agreement.after) return;
    add(agreement.after->lowest);
    for (const model::FactId fact : agreement.after->same) add(fact);
  }
  const std::vector<model::FactId>& facts() const { return facts_; }

 private:
  const model::Library& library_;
  std::vector<bool> seen_;
  std::vector<model::FactId> facts_;

  void add(model::FactId fact) {
    if (fact != model::none && std::find(facts_.begin(), facts_.end(), fact) == facts_.end()) facts_.push_back(fact);
  }
  void visit(model::NodeId id) {
    if (id == model::none || seen_[id]) return;
    seen_[id] = true;
    const model::Node& node = library_.nodes[id];
    if (node.kind == model::NodeKind::fact) add(node.index);
    for (const model::NodeId operand : node.operands) visit(operand);
  }
};

/// The days that the account's settlements are of; of one that has none, those of its agreement.
model::Period settled_days(const Account& account) {
  model::Period days = account.agreement->period;
  if (account.settled.empty() && account.after.empty()) return days;
  days.first = (account.settled.empty() ? account.after : account.settled).front()->days.first;
  days.last = (account.after.empty() ? account.settled : account.after).back()->days.last;
  return days;
}

/// Where the account's lines are: in the place of one of its parties, or wherever some value is.
template <class Value>
std::vector<model::PlaceId> places_of(const model::Library& library, const Account& account,
                                      const std::vector<Value>& values) {
  const model::FactId placed_by = account.agreement->lines.placed_by;
  if (placed_by == model::none) return {model::none};
  const auto& parties = account.agreement->parties;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (parties[i].fact == placed_by) return {library.place(account.parties[i])};
  }
  std::vector<model::PlaceId> places = {model::none};
  for (const Value& value : values) {
    if (std::find(places.begin(), places.end(), value.place) == places.end()) places.push_back(value.place);
  }
  return places;
}

std::string spell(const model::Library& library, const model::Constant& constant) {
  return shown_value(model::format(library, constant));
}

/// The first of them, and how many more there are.
std::string spell_codes(value::CodeSystem system, const model::CodeBlock& block) {
  model::CodeBlock shown = block;
  const std::size_t count = std::min(codes_shown, block.firsts.size());
  shown.firsts.resize(count);
  shown.lasts.resize(count);
  std::string codes;
  for (const char character : output::spell_codes(system, shown)) {
    codes += character == ' ' ? ", " : std::string(1, character);
  }
  std::string text = fmt::format("{} {}", value::spelling(system), codes);
  if (count < block.firsts.size()) {
    text += fmt::format(", and {} more", output::with_commas(block.firsts.size() - count));
  }
  return text;
}

}  // namespace

/// Finds them.
class ValuesReader {
 public:
  ValuesReader(const model::Library& library, const Account& account)
      : library_(library), account_(account), days_(settled_days(account)) {}

  void read(ValuesRead& found) const {
    const output::Reads reads = output::reads_of(library_, roots_of(*account_.agreement));
    for (const std::uint32_t number : reads.thresholds) {
      const model::Threshold& threshold = library_.thresholds[number];
      ValuesRead::Read& read = begin(found, "Value of `", threshold.name, threshold.unverified);
      add(read, threshold, threshold.values, std::nullopt,
          [&](const model::ThresholdValue& value) { return spell(library_, value.constant); });
    }
    for (const std::uint32_t number : reads.code_lists) {
      const model::CodeList& list = library_.code_lists[number];
      ValuesRead::Read& read = begin(found, "Codes of `", list.name, list.unverified);
      read.codes = true;
      add(read, list, list.blocks, list.source,
          [&](const model::CodeBlock& block) { return spell_codes(list.system, block); });
    }
    for (const std::uint32_t number : reads.tables) {
      const model::Table& table = library_.tables[number];
      std::string text = output::counted(table.rows.size(), "row") + " of the library";
      if (!table.digest.empty()) text += ", of a file with the digest " + table.digest;
      found.others_.push_back({"Table `" + table.name + "`", std::move(text)});
    }
    std::string fields;
    const FactsRead facts(library_, *account_.agreement);
    for (const model::FactId number : facts.facts()) {
      const model::Fact& fact = library_.records[account_.agreement->lines.record].facts[number];
      if (!says_more(fact.label, fact.name)) continue;
      fields += fmt::format("{}`{}`: {}", fields.empty() ? "" : "; ", fact.name, fact.label);
    }
    if (!fields.empty()) found.others_.push_back({"Fields", std::move(fields)});
  }

 private:
  const model::Library& library_;
  const Account& account_;
  model::Period days_;

  static ValuesRead::Read& begin(ValuesRead& found, const char* what, const std::string& name,
                                 const std::string& unverified) {
    ValuesRead::Read& read = found.reads_.emplace_back();
    read.heading = what + name + "`";
    read.name = name;
    read.unverified = unverified;
    return read;
  }

  /// `spell_value` says what a value is. A value without a source has that of what it is a value of.
  template <class Declared, class Value, class Spell>
  void add(ValuesRead::Read& read, const Declared& declared, const std::vector<Value>& values,
           const std::optional<model::Citation>& source, const Spell& spell_value) const {
    for (const model::PlaceId place : places_of(library_, account_, values)) {
      std::vector<ValuesRead::Stretch>& stretches = read.places.emplace_back();
      const Value* last = nullptr;
      for (const std::int32_t day : days_of_change(values)) {
        const Value* value = library_.in_force(declared, place, day);
        if (value == last && !stretches.empty()) continue;
        last = value;
        if (value == nullptr) {
          stretches.push_back({day, "no value", ""});
          continue;
        }
        std::string origin;
        if (value->place != model::none) origin = " in " + name_of(library_.places[value->place]);
        const std::int32_t from = stretches.empty() ? value->period.first : day;
        if (from != INT32_MIN) origin += " from " + long_date(from);
        const std::string authority = output::spell(value->source ? value->source : source);
        if (!authority.empty()) origin += fmt::format(" ({})", authority);
        stretches.push_back({day, spell_value(*value), std::move(origin)});
      }
    }
  }

  /// The first of the days, and those on which another value may begin to be in force.
  template <class Value>
  std::vector<std::int32_t> days_of_change(const std::vector<Value>& values) const {
    std::vector<std::int32_t> days = {days_.first};
    const auto add_day = [&](std::int32_t day) {
      if (day > days_.first && day <= days_.last) days.push_back(day);
    };
    for (const Value& value : values) {
      add_day(value.period.first);
      if (value.period.last != INT32_MAX) add_day(value.period.last + 1);
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
  }

  static const std::string& name_of(const model::Place& place) {
    return place.label.empty() ? place.name : place.label;
  }
};

ValuesRead::ValuesRead(const model::Library& library, const Account& account) : account_(account) {
  ValuesReader(library, account).read(*this);
}

std::vector<Explained> ValuesRead::explained() const {
  std::vector<Explained> points;
  for (const Read& read : reads_) {
    std::vector<std::string> texts;
    for (const std::vector<Stretch>& stretches : read.places) {
      for (const Stretch& stretch : stretches) {
        std::string text = stretch.value + stretch.origin;
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
      }
    }
    std::string text = fmt::format("{}", fmt::join(texts, "; "));
    if (!read.unverified.empty()) text += fmt::format("; unverified: {}", read.unverified);
    points.push_back({read.heading, std::move(text)});
  }
  points.insert(points.end(), others_.begin(), others_.end());
  return points;
}

std::vector<std::string> ValuesRead::changes_in(const Settlement& settlement) const {
  const Settlement* before = nullptr;
  for (const auto* settlements : {&account_.settled, &account_.after}) {
    for (const Settlement* each : *settlements) {
      if (each->days.first < settlement.days.first) before = each;
    }
  }
  std::vector<std::string> changes;
  for (const Read& read : reads_) {
    if (read.places.size() != 1 || (settlement.excess && !read.codes)) continue;
    const std::vector<Stretch>& stretches = read.places.front();
    for (std::size_t i = 1; i < stretches.size(); ++i) {
      const std::int32_t from = stretches[i].from;
      if (from > settlement.days.last || (before != nullptr && from <= before->days.last)) continue;
      changes.push_back(read.codes ? fmt::format("the codes of `{}` are others from {}", read.name, long_date(from))
                                   : fmt::format("`{}` is {} from {}", read.name, stretches[i].value, long_date(from)));
    }
  }
  return changes;
}

std::vector<std::string> all_remarks(const model::Library& library, const Account& account, const ValuesRead& values,
                                     const Settlement& settlement) {
  std::vector<std::string> remarks = values.changes_in(settlement);
  for (std::string& remark : remarks_on(library, *account.agreement, settlement)) remarks.push_back(std::move(remark));
  return remarks;
}

}  // namespace proviso::settle
