#include "settle/report_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "output/shown_value.hpp"
#include "output/words.hpp"
#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"
#include "value/text.hpp"

namespace proviso::settle {
namespace {

using Interval = model::Agreement::Interval;
constexpr std::string_view pound_sign = "\u00a3";

/// The first and last day of the calendar's month, quarter or year that the day is in.
model::Period whole_interval(Interval interval, std::int32_t day) {
  const value::CivilDate date = value::civil(day);
  const std::int32_t months = interval == Interval::month ? 1 : interval == Interval::quarter ? 3 : 12;
  const std::int32_t first_month = (date.month - 1) / months * months + 1;
  const std::int32_t last_month = first_month + months - 1;
  return {*value::date_from_civil(date.year, first_month, 1),
          value::end_of_month(*value::date_from_civil(date.year, last_month, 1))};
}

std::string day_and_month(std::int32_t day) {
  const value::CivilDate date = value::civil(day);
  return fmt::format("{} {}", date.day, month_name(date.month));
}

}  // namespace

bool says_more(std::string_view label, std::string_view name) {
  const auto alike = [](char a, char b) { return value::small_letter(a) == b || (a == ' ' && b == '_'); };
  return !label.empty() && !std::equal(label.begin(), label.end(), name.begin(), name.end(), alike);
}

std::string_view month_name(std::int32_t month) {
  constexpr std::array<std::string_view, 12> names = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
  return names[static_cast<std::size_t>(month - 1)];
}

std::string plain_pounds(std::int64_t money) {
  std::string text;
  output::append_amount(text, money);
  return text;
}

std::string plain_value(std::string_view written) {
  if (const auto text = value::unquote(written)) return *text;
  const auto colon = written.find(':');
  if (colon != std::string_view::npos && value::code_system_by_spelling(written.substr(0, colon))) {
    return std::string(written.substr(colon + 1));
  }
  const auto sign = written.find(pound_sign);
  if (sign > 1) return std::string(written);
  return std::string(written.substr(0, sign)) + std::string(written.substr(sign + pound_sign.size()));
}

std::string shown_value(const std::string& written) {
  const std::size_t sign = written.find(pound_sign);
  if (sign > 1 || (sign == 1 && written.front() != '-')) return written;
  const auto amount = value::parse_decimal(plain_value(written)).value;
  return amount ? output::pounds_with_commas(*amount) : written;
}

std::string organisation(const model::Library& library, const model::Agreement& agreement, std::size_t party,
                         const std::string& written) {
  const model::FactId fact = agreement.parties[party].fact;
  const model::Record& record = library.records[agreement.lines.record];
  if (fact == model::none || record.facts[fact].type.kind != value::Kind::place) return plain_value(written);
  const model::PlaceId number = library.place(written);
  if (number == model::none) return written;
  const model::Place& place = library.places[number];
  const std::string& name = place.label.empty() ? place.name : place.label;
  return place.ods.empty() ? name : fmt::format("{} ({})", name, fmt::join(place.ods, ", "));
}

std::optional<std::string> written_party(const model::Library& library, const model::Agreement& agreement,
                                         std::size_t party, const std::string& plain) {
  const value::Type& type = library.records[agreement.lines.record].facts[agreement.parties[party].fact].type;
  std::optional<std::int64_t> bits;
  if (type.kind == value::Kind::text) return value::quote(plain);
  if (type.kind == value::Kind::code) bits = value::parse_code(type.system, plain);
  if (type.kind == value::Kind::place && library.place(plain) != model::none) bits = library.place(plain);
  if (type.kind == value::Kind::enumeration) {
    const std::vector<std::string>& values = library.enumerations[type.id].values;
    const auto found = std::find(values.begin(), values.end(), plain);
    if (found != values.end()) bits = found - values.begin();
  }
  return bits ? std::optional(model::format(library, {type, true, *bits})) : std::nullopt;
}

const std::string& party_word(const model::Library& library, const model::Agreement& agreement, std::size_t party) {
  const model::Agreement::Party& of = agreement.parties[party];
  if (of.fact == model::none) return of.name;
  const std::string& label = library.records[agreement.lines.record].facts[of.fact].label;
  return says_more(label, of.name) ? label : of.name;
}

std::string spell_parties(const model::Library& library, const model::Agreement& agreement,
                          const std::vector<std::string>& parties) {
  std::string text;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (i > 0) text += i + 1 == parties.size() ? " and " : ", ";
    text += party_word(library, agreement, i) + " " + organisation(library, agreement, i, parties[i]);
  }
  return text;
}

std::string long_date(std::int32_t day) { return fmt::format("{} {}", day_and_month(day), value::civil(day).year); }

std::string long_period(const model::Period& days) { return long_date(days.first) + " to " + long_date(days.last); }

std::string spell_days(const Settlement& settlement, Interval interval) {
  const model::Period whole = whole_interval(interval, settlement.days.first);
  const value::CivilDate first = value::civil(whole.first);
  std::string text = std::to_string(first.year);
  if (interval == Interval::month) text = fmt::format("{} {}", month_name(first.month), first.year);
  if (interval == Interval::quarter) {
    text = fmt::format("{} to {} {}", month_name(first.month), month_name(first.month + 2), first.year);
  }
  if (settlement.days.first != whole.first) text += ", from " + day_and_month(settlement.days.first);
  if (settlement.days.last != whole.last) text += ", to " + day_and_month(settlement.days.last);
  return text;
}

std::string_view spelling(Interval interval) {
  switch (interval) {
    case Interval::month:
      return "month";
    case Interval::quarter:
      return "quarter";
    case Interval::year:
      return "year";
  }
  return "";
}

Interval interval_of(const model::Agreement& agreement, const Settlement& settlement) {
  return settlement.excess ? Interval::month : agreement.interval;
}

std::optional<std::int64_t> difference_of(const Settlement& settlement) {
  std::int64_t difference = 0;
  if (!settlement.saving_before || !is_settled(settlement)) return {};
  const std::int64_t now = settlement.excess.value_or(settlement.saving);
  return value::subtract(now, *settlement.saving_before, difference) ? std::optional(difference) : std::nullopt;
}

bool is_settled(const Settlement& settlement) { return settlement.excess || !settlement.shares.empty(); }

bool runs_over_years(const model::Agreement& agreement) {
  return agreement.tiers.size() > 1 ||
         std::any_of(agreement.caps.begin(), agreement.caps.end(), [](const auto& cap) { return cap.has_value(); });
}

std::string spell_share(const model::Agreement& agreement, const Settlement& settlement, const Share& share) {
  std::string text;
  for (const Share::Part& part : share.parts) {
    if (part.saving == 0) continue;
    if (!text.empty()) text += ", ";
    text += value::format_percent(part.percent);
  }
  if (!text.empty()) return text;
  const auto is_beyond = [&](const model::Agreement::Tier& tier) { return tier.above >= settlement.saving_of_year; };
  const auto first = agreement.tiers.begin();
  const auto beyond = std::find_if(first + 1, agreement.tiers.end(), is_beyond);
  return value::format_percent((beyond - 1)->percents[share.party]);
}

std::size_t party_without_cap(const model::Agreement& agreement) {
  const auto none = std::find(agreement.caps.begin(), agreement.caps.end(), std::nullopt);
  return static_cast<std::size_t>(none - agreement.caps.begin());
}

const std::string& title_of(const model::Agreement& agreement) {
  return agreement.lines.label.empty() ? agreement.name() : agreement.lines.label;
}

std::vector<std::string> remarks_on(const model::Library& library, const model::Agreement& agreement,
                                    const Settlement& settlement) {
  std::vector<std::string> remarks;
  const Share* first = settlement.shares.empty() ? nullptr : &settlement.shares.front();
  for (std::size_t tier = 0; first != nullptr && tier < first->parts.size(); ++tier) {
    const std::int64_t part = first->parts[tier].saving;
    const bool whole = part == settlement.saving;
    if (part == 0 || (whole && tier == 0)) continue;
    const std::string which =
        whole ? std::string("the whole saving") : output::pounds_with_commas(part) + " of the saving";
    std::string where;
    if (tier > 0)
      where = fmt::format("above {} in its year, and ", output::pounds_with_commas(agreement.tiers[tier].above));
    std::string shares;
    for (const Share& share : settlement.shares) {
      shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", party_word(library, agreement, share.party),
                            value::format_percent(share.parts[tier].percent));
    }
    remarks.push_back(fmt::format("{} is {}shared {}", which, where, shares));
  }
  const std::size_t other = party_without_cap(agreement);
  for (const Share& share : settlement.shares) {
    if (share.capped == 0 || other >= agreement.parties.size()) continue;
    const std::string& party = party_word(library, agreement, share.party);
    const std::string& receiver = party_word(library, agreement, other);
    remarks.push_back(share.capped > 0 ? fmt::format("{} is over the cap of the {}, and goes to the {}",
                                                     output::pounds_with_commas(share.capped), party, receiver)
                                       : fmt::format("{} that was over the cap of the {} comes back to it from the {}",
                                                     output::pounds_with_commas(-share.capped), party, receiver));
  }
  for (const AssumedFact& each : settlement.assumed) remarks.push_back(spell_assumed(each));
  remarks.insert(remarks.end(), settlement.notes.begin(), settlement.notes.end());
  return remarks;
}

std::string spell_assumed(const AssumedFact& assumed) {
  return fmt::format("{} {} not say `{}`, which is assumed to be {}", output::counted(assumed.lines, "line"),
                     assumed.lines == 1 ? "does" : "do", assumed.fact.name, plain_value(assumed.fact.value));
}

std::vector<std::string> remarks_on_ledger(const Statement& statement) {
  std::vector<std::string> remarks;
  for (const LedgerFile& file : statement.files) {
    const std::string name = file.name == "-" ? "standard input" : "`" + file.name + "`";
    if (file.unreadable == 0) {
      remarks.push_back(fmt::format("{}: {}", name, output::counted(file.lines, "line")));
    } else {
      remarks.push_back(fmt::format("{} of {} of {} could not be read, and {} in no settlement",
                                    output::with_commas(file.unreadable), output::counted(file.lines, "line"), name,
                                    file.unreadable == 1 ? "is" : "are"));
    }
  }
  remarks.push_back(fmt::format("{} of the ledger read, {} of them outside the agreements",
                                output::counted(statement.records, "line"),
                                output::with_commas(statement.not_covered)));
  if (statement.undecided > 0) {
    remarks.push_back(fmt::format("of {} a missing fact leaves open whether an agreement covers {}",
                                  output::counted(statement.undecided, "line"),
                                  statement.undecided == 1 ? "it" : "them"));
  }
  remarks.insert(remarks.end(), statement.notes.begin(), statement.notes.end());
  return remarks;
}

}  // namespace proviso::settle
