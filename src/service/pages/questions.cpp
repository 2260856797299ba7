#include "service/pages/questions.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/pages/suggestions.hpp"
#include "service/pages/wording.hpp"
#include "value/calendar.hpp"

namespace proviso::service::pages {
namespace {

using value::Kind;

/// Longer enumerations are chosen from a list that opens.
constexpr std::size_t most_radios = 9;
/// More places than these are typed, with suggestions.
constexpr std::size_t most_options = 150;

/// Puts controls together; each knows what was typed into it, and what is wrong with that.
class Controls {
 public:
  Controls(Html& html, const Answers& answers, const std::vector<Mistake>& mistakes)
      : html_(html), answers_(answers), mistakes_(mistakes) {}

  /// `heading`: the question is the heading of the page.
  void ask(const model::Fact& fact, const std::string& field, const std::string& question, bool heading) {
    const std::string wrong = wrong_in(field);
    html_.open("div", {{"class", wrong.empty() ? "field" : "field error"}});
    const bool radios = is_radios(fact);
    const bool several = radios || fact.measured || fact.type.kind == Kind::date;
    const std::string hint = hint_of(fact);
    const std::string hint_id = hint.empty() ? "" : id_of(field) + "-hint";
    if (several) {
      html_.open("fieldset", {{"aria-describedby", hint.empty() ? std::string_view() : std::string_view(hint_id)}});
      html_.open("legend");
      title(question, heading, {});
      html_.close("legend");
    } else {
      title(question, heading, id_of(field));
    }
    if (!hint.empty()) html_.element("p", hint, {{"class", "hint"}, {"id", hint_id}});
    messages(field);
    if (radios) {
      choices(fact, field);
    } else if (fact.type.kind == Kind::date) {
      date(field + ":", default_);
    } else {
      // The question is the heading of the whole group; the value has a name of its own in it.
      if (several) html_.element("label", fact_label(fact), {{"for", id_of(field)}, {"class", "part"}});
      single(fact, field, hint_id);
    }
    if (fact.measured) {
      html_.open("fieldset").element("legend", "When was it measured?");
      date(field + ":on-", {});
      html_.close("fieldset");
    }
    if (several) html_.close("fieldset");
    html_.close("div");
  }

  void list(model::FactId list, std::size_t entries) {
    const model::Fact& declared = answers_.record().facts[list];
    html_.element("h1", fact_question(declared));
    html_.element("p", "Leave blank anything that is not known. An entry that is left completely blank is ignored.",
                  {{"class", "hint"}});
    if (const std::string parts = inner_list_labels(answers_.record(), list); !parts.empty()) {
      html_.element("p",
                    parts + " cannot be entered here. Where they matter, they must come from the patient's record.",
                    {{"class", "hint"}});
    }
    const std::string own = field_of(declared);
    for (std::size_t number = 1; number <= entries; ++number) {
      const std::string entry = own + ":" + std::to_string(number);
      html_.open("fieldset", {{"class", "entry"}});
      html_.element("legend", fmt::format("{}: entry {} of {}", fact_label(declared), number, entries));
      for (const model::FactId each : element_facts(answers_.record(), list)) {
        const model::Fact& fact = answers_.record().facts[each];
        const bool plain = fact.path.empty();
        ask(fact, plain ? entry : entry + ":" + fact.path, plain ? fact_label(declared) : fact_question(fact), false);
      }
      html_.close("fieldset");
    }
  }

  void begin_date_with(std::string date) { default_ = std::move(date); }

 private:
  Html& html_;
  const Answers& answers_;
  const std::vector<Mistake>& mistakes_;
  std::string default_;
  bool suggested_ = false;

  bool is_radios(const model::Fact& fact) const {
    if (fact.type.kind == Kind::truth) return true;
    const bool named = fact.type.kind == Kind::enumeration || fact.type.kind == Kind::scale;
    return named && answers_.library().enumerations[fact.type.id].values.size() <= most_radios;
  }

  static std::string hint_of(const model::Fact& fact) {
    switch (fact.type.kind) {
      case Kind::date:
        return "For example, 27 3 2019";
      case Kind::code:
        return fmt::format("{} code. Codes used in the policies are suggested as you type.",
                           system_name(fact.type.system));
      case Kind::place:
        return "Only places with policies in this service are listed.";
      case Kind::duration:
        return "For example, 6 months or 12 weeks";
      default:
        return fact.nhs_number ? "10 digits. Unless this service is set up otherwise, the number itself is not kept, "
                                 "only a coded form that cannot be turned back into it."
                               : "";
    }
  }

  void title(const std::string& question, bool heading, const std::string& control) {
    if (heading) html_.open("h1");
    if (control.empty()) {
      html_.text(question);
    } else {
      html_.element("label", question, {{"for", control}});
    }
    if (heading) html_.close("h1");
  }

  /// Those of the field and its parts, not of another field whose name begins alike.
  bool is_about(const Mistake& mistake, const std::string& field) const {
    const std::string id = id_of(field);
    if (mistake.field.compare(0, id.size(), id) != 0) return false;
    const std::string_view rest = std::string_view(mistake.field).substr(id.size());
    constexpr std::array<std::string_view, 7> parts = {"",        "-day",      "-month",  "-year",
                                                       "-on-day", "-on-month", "-on-year"};
    return std::find(parts.begin(), parts.end(), rest) != parts.end();
  }

  std::string wrong_in(const std::string& field) const {
    const auto found =
        std::find_if(mistakes_.begin(), mistakes_.end(), [&](const Mistake& each) { return is_about(each, field); });
    return found == mistakes_.end() ? std::string() : id_of(field) + "-error";
  }

  void messages(const std::string& field) {
    const std::string id = wrong_in(field);
    if (id.empty()) return;
    html_.open("p", {{"class", "message"}, {"id", id}});
    for (const Mistake& mistake : mistakes_) {
      if (is_about(mistake, field)) html_.text("Error: " + mistake.message + ". ");
    }
    html_.close("p");
  }

  void radio(const std::string& field, std::size_t number, std::string_view value, std::string_view label) {
    const std::string id = number == 0 ? id_of(field) : fmt::format("{}-{}", id_of(field), number);
    html_.open("div", {{"class", "choice"}});
    html_.single("input", {{"type", "radio"},
                           {"id", id},
                           {"name", field},
                           {"value", value},
                           {"checked", present(answers_.text(field) == value)}});
    html_.element("label", label, {{"for", id}}).close("div");
  }

  void choices(const model::Fact& fact, const std::string& field) {
    std::size_t number = 0;
    if (fact.type.kind == Kind::truth) {
      radio(field, number++, "yes", "Yes");
      radio(field, number++, "no", "No");
    } else {
      for (const std::string& value : answers_.library().enumerations[fact.type.id].values) {
        radio(field, number++, value, with_capital(plain_words(value)));
      }
    }
    radio(field, number, not_known, "Not known");
  }

  void date(const std::string& field, const std::string& begins_with) {
    constexpr std::array<std::array<std::string_view, 2>, 3> parts = {
        {{"day", "Day"}, {"month", "Month"}, {"year", "Year"}}};
    const bool blank = std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      return answers_.text(field + std::string(part[0])).empty();
    });
    const auto first = blank ? value::parse_date(begins_with) : std::nullopt;
    const value::CivilDate civil = first ? value::civil(*first) : value::CivilDate{};
    const std::array<std::int32_t, 3> numbers = {civil.day, civil.month, civil.year};
    html_.open("div", {{"class", "dates"}});
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string name = field + std::string(parts[i][0]);
      const std::string id = id_of(name);
      html_.open("div", {{"class", parts[i][0]}}).element("label", parts[i][1], {{"for", id}});
      const std::string text = first ? std::to_string(numbers[i]) : std::string(answers_.text(name));
      input(name, text, i == 2 ? "year" : "day-or-month", "numeric");
      html_.close("div");
    }
    html_.close("div");
  }

  void input(const std::string& name, std::string_view text, std::string_view looks, std::string_view keyboard,
             std::string_view described = {}, std::string_view list = {}) {
    html_.single("input", {{"type", "text"},
                           {"id", id_of(name)},
                           {"name", name},
                           {"value", text},
                           {"class", looks},
                           {"inputmode", keyboard},
                           {"autocomplete", "off"},
                           {"spellcheck", "false"},
                           {"aria-describedby", described},
                           {"aria-invalid", is_wrong(name) ? "true" : std::string_view()},
                           {"list", list}});
  }

  bool is_wrong(const std::string& name) const {
    return std::any_of(mistakes_.begin(), mistakes_.end(),
                       [&](const Mistake& each) { return each.field == id_of(name); });
  }

  void open_select(const std::string& field, std::string_view described) {
    html_.open("select", {{"id", id_of(field)},
                          {"name", field},
                          {"aria-describedby", described},
                          {"aria-invalid", is_wrong(field) ? "true" : std::string_view()}});
  }

  void single(const model::Fact& fact, const std::string& field, const std::string& hint_id) {
    const std::string wrong = wrong_in(field);
    std::string described = hint_id;
    if (!wrong.empty()) described += (described.empty() ? "" : " ") + wrong;
    const std::string_view by = described.empty() ? std::string_view() : std::string_view(described);
    const std::string_view text = answers_.text(field);
    const auto number = [&](std::string_view before, std::string_view unit) {
      if (!before.empty()) html_.element("span", before);
      input(field, text, "number", "decimal", by);
      if (!unit.empty()) html_.element("span", unit, {{"class", "unit"}});
    };
    switch (fact.type.kind) {
      case Kind::number:
        return number({}, fact.in_percent ? "%" : "");
      case Kind::percent:
        return number({}, "%");
      case Kind::quantity:
        return number({}, value::spelling(fact.type.unit));
      case Kind::money:
        return number("\u00a3", {});
      case Kind::code:
        return code(fact, field, by);
      case Kind::place:
        return place(field, by);
      case Kind::enumeration:
      case Kind::scale:
        return select(field, by, answers_.library().enumerations[fact.type.id].values);
      default:
        return input(field, text, fact.nhs_number ? "code" : "wide", fact.nhs_number ? "numeric" : "text", by);
    }
  }

  void code(const model::Fact& fact, const std::string& field, std::string_view described) {
    const std::string list = fmt::format("codes-{}", value::spelling(fact.type.system));
    input(field, answers_.text(field), "code", "text", described, list);
    if (suggested_) return;  // one list serves all entries
    suggested_ = true;
    html_.open("datalist", {{"id", list}});
    for (const Suggestion& each : suggest_codes(answers_.library(), answers_.record(), fact.type.system)) {
      html_.element("option", each.what, {{"value", each.code}});
    }
    html_.close("datalist");
  }

  void select(const std::string& field, std::string_view described, const std::vector<std::string>& values) {
    open_select(field, described);
    html_.element("option", "Choose one", {{"value", ""}});
    for (const std::string& value : values) option(field, value, with_capital(plain_words(value)));
    option(field, not_known, "Not known");
    html_.close("select");
  }

  void option(const std::string& field, std::string_view value, std::string_view label) {
    html_.element("option", label, {{"value", value}, {"selected", present(answers_.text(field) == value)}});
  }

  /// Places in the order of the tree, those inside others moved in.
  void place(const std::string& field, std::string_view described) {
    const auto& places = answers_.library().places;
    const bool typed = places.size() > most_options;
    if (typed) {
      input(field, answers_.text(field), "wide", "text", described, "places");
      html_.open("datalist", {{"id", "places"}});
    } else {
      open_select(field, described);
      html_.element("option", "Choose a place", {{"value", ""}});
    }
    for (model::PlaceId place = 0; place < places.size(); ++place) {
      std::string label;
      for (model::PlaceId outer = places[place].parent; outer != model::none; outer = places[outer].parent)
        label += "\u2003";
      label += place_label(answers_.library(), place);
      if (!places[place].ods.empty()) label += fmt::format(" ({})", fmt::join(places[place].ods, ", "));
      option(field, places[place].name, label);
    }
    html_.close(typed ? "datalist" : "select");
  }
};

}  // namespace

std::size_t entries_to_show(const Answers& answers, model::FactId list) {
  const std::vector<std::size_t> entries = answers.entries(list);
  return std::min(most_entries, entries.empty() ? 1 : entries.back() + 1);
}

void append_question(Html& html, const Answers& answers, const Question& question) {
  const model::Fact& fact = answers.record().facts[question.fact];
  Controls controls(html, answers, question.mistakes);
  controls.begin_date_with(question.default_date);
  if (fact.type.kind == Kind::list) return controls.list(question.fact, question.entries);
  controls.ask(fact, field_of(fact), fact_question(fact), true);
}

void append_controls(Html& html, const Answers& answers, const Question& question) {
  const model::Fact& fact = answers.record().facts[question.fact];
  Controls(html, answers, question.mistakes).ask(fact, field_of(fact), fact_label(fact) + " (optional)", false);
}

}  // namespace proviso::service::pages
