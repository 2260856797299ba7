#include <fmt/format.h>

#include <algorithm>

#include "output/policy_view.hpp"
#include "output/words.hpp"
#include "settle/report_words.hpp"
#include "settle/shares.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

/// How a saving is worked out, in words.
namespace proviso::settle {
namespace {

using output::pounds_with_commas;
using value::Rounding;

/// As `rounded to the penny` goes on.
std::string_view spell_rounding(Rounding rounding) {
  switch (rounding) {
    case Rounding::half_even:
      return "halves to even";
    case Rounding::half_up:
      return "halves away from zero";
    case Rounding::half_down:
      return "halves toward zero";
    case Rounding::up:
      return "away from zero";
    case Rounding::down:
      return "toward zero";
    case Rounding::floor:
      return "down";
    case Rounding::ceiling:
      return "up";
  }
  return "";
}

std::string spell_unit(std::int64_t unit) {
  if (unit == penny) return "the penny";
  if (unit == pound) return "the pound";
  return "a multiple of " + pounds_with_commas(unit);
}

/// `, no less than £0.00`, `, no more than £500.00`, both or nothing.
std::string spell_limits(const std::optional<std::int64_t>& floor, const std::optional<std::int64_t>& cap) {
  std::string text;
  if (floor) text += ", no less than " + pounds_with_commas(*floor);
  if (cap) text += fmt::format("{}no more than {}", floor ? " and " : ", ", pounds_with_commas(*cap));
  return text;
}

class Words {
 public:
  Words(const model::Library& library, const model::Agreement& agreement)
      : library_(library), agreement_(agreement), record_(library.records[agreement.lines.record]) {}

  std::vector<Explained> all() {
    add("Lines", lines());
    add("Baseline", quoted(agreement_.baseline_expression));
    add("Saving of a line",
        quoted(agreement_.saving_expression) + spell_limits(agreement_.line_floor, agreement_.line_cap));
    const std::string interval(spelling(agreement_.interval));
    add("Saving of a " + interval,
        fmt::format("the savings of its lines added up, rounded to {}, {}{}", spell_unit(agreement_.unit),
                    spell_rounding(agreement_.rounding), spell_limits(agreement_.floor, agreement_.cap)));
    add("Shares", shares());
    add("Caps", caps());
    add("Years", years());
    add("Deductions", deductions());
    add("After the period", after());
    add("Corrected lines",
        agreement_.corrected_by == model::none
            ? "of several lines with one id only the one that comes last counts"
            : fmt::format("of several lines with one id only the last by `{}` counts", name(agreement_.corrected_by)));
    return std::move(explained_);
  }

 private:
  const model::Library& library_;
  const model::Agreement& agreement_;
  const model::Record& record_;
  std::vector<Explained> explained_;

  void add(std::string heading, std::string text) {
    if (!text.empty()) explained_.push_back({std::move(heading), std::move(text)});
  }

  static std::string quoted(const std::string& expression) {
    return expression.empty() ? expression : "`" + expression + "`";
  }
  const std::string& name(model::FactId fact) const { return record_.facts[fact].name; }
  const std::string& party(std::size_t number) const { return party_word(library_, agreement_, number); }

  std::string lines() const {
    const std::string these = says_more(record_.label, record_.name)
                                  ? fmt::format("`{}` ({})", record_.name, record_.label)
                                  : fmt::format("`{}`", record_.name);
    std::string text = these;
    if (!agreement_.lines.applies_expression.empty()) text += " with " + quoted(agreement_.lines.applies_expression);
    if (!agreement_.lines.places.empty()) {
      text += " in " + output::spell_places(library_, agreement_.lines.places);
    }
    if (agreement_.lines.dated_by != model::none) {
      text += fmt::format("{}by the date `{}`", text == these ? " " : ", ", name(agreement_.lines.dated_by));
    }
    return text;
  }

  std::string spell_percents(const std::vector<std::int64_t>& percents) const {
    std::string text;
    for (std::size_t i = 0; i < percents.size(); ++i) {
      text += fmt::format("{}{} {}", i == 0 ? "" : ", ", party(i), value::format_percent(percents[i]));
    }
    return text;
  }

  std::string year() const {
    const value::CivilDate first = value::civil(agreement_.period.first);
    const std::string date = long_date(agreement_.period.first);
    return "a year from " + date.substr(0, date.size() - std::to_string(first.year).size() - 1);
  }

  std::string shares() const {
    std::string text = spell_percents(agreement_.tiers.front().percents);
    for (std::size_t i = 1; i < agreement_.tiers.size(); ++i) {
      const model::Agreement::Tier& tier = agreement_.tiers[i];
      text += fmt::format("; of what is above {} in {}: {}", pounds_with_commas(tier.above), year(),
                          spell_percents(tier.percents));
    }
    if (agreement_.parties.size() < 2) return text;
    return text + fmt::format(
                      "; every share but the {0}'s is rounded down to the penny, and the {0} takes the rest, so that "
                      "the shares add up to the saving",
                      party(agreement_.takes_rest));
  }

  std::string caps() const {
    std::string text;
    for (std::size_t i = 0; i < agreement_.caps.size(); ++i) {
      if (!agreement_.caps[i]) continue;
      text += fmt::format("{}{} no more than {} in {}", text.empty() ? "" : ", ", party(i),
                          pounds_with_commas(*agreement_.caps[i]), year());
    }
    if (text.empty()) return text;
    const std::size_t first = party_without_cap(agreement_);
    return first < agreement_.parties.size() ? text + "; what is over goes to the " + party(first) : text;
  }

  /// Where a settlement may have lines of two years of the period.
  std::string years() const {
    const model::Period& period = agreement_.period;
    const std::int32_t next = year_start(agreement_, period.last);
    if (!runs_over_years(agreement_) || next == period.first) return "";
    if (settlement_of(agreement_, next - 1).label != settlement_of(agreement_, next).label) return "";
    return fmt::format(
        "of a {} that is of two years each line counts in the year of its own day: the part of the earlier year is "
        "rounded as the whole saving is, that of the later year is the rest, and each is shared within its year",
        spelling(agreement_.interval));
  }

  std::string deductions() const {
    std::string text;
    for (const model::Agreement::Deduction& each : agreement_.deductions) {
      text += fmt::format("{}{} of every line, from the {}'s share", text.empty() ? "" : "; ", quoted(each.expression),
                          party(each.party));
    }
    return text;
  }

  std::string after() const {
    if (!agreement_.after) return "";
    std::string same;
    for (const model::FactId fact : agreement_.after->same) same += (same.empty() ? "`" : ", `") + name(fact) + "`";
    return fmt::format(
        "nothing is shared; listed is the excess, which is what a line was charged over the lowest `{}` of its month's "
        "lines of the same {}, "
        "added up and rounded to the penny, halves to even",
        name(agreement_.after->lowest), same);
  }
};

}  // namespace

std::vector<Explained> explained(const model::Library& library, const model::Agreement& agreement) {
  return Words(library, agreement).all();
}

}  // namespace proviso::settle
