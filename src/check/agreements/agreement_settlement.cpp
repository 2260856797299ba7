#include <fmt/format.h>

#include "check/agreements/agreement_building.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// How an agreement is settled, which of several lines counts, and its targets.
namespace proviso::check {

void Agreements::agreement_settlement(AgreementBuilding& building) {
  if (!building.written.settle) return;
  const auto& written = *building.written.settle;
  auto& agreement = building.agreement;
  const auto tree = building.context.tree;
  agreement.interval = written.interval.text == "monthly"     ? model::Agreement::Interval::month
                       : written.interval.text == "quarterly" ? model::Agreement::Interval::quarter
                                                              : model::Agreement::Interval::year;
  if (written.unit == syntax::no_expression || written.mode.empty()) {
    if (!building.unread) {
      complain(Code::no_rounding, written.span,
               fmt::format("agreement `{}` does not say how a settlement is rounded", agreement.name()))
          .help = fmt::format("as `settle {} rounded to 1p half even`", written.interval.text);
    }
  } else if (const auto unit = whole_pence(tree, written.unit)) {
    agreement.unit = *unit;
    if (*unit <= 0) {
      const Span span = trees_[tree].tree.expression(written.unit).span;
      complain(Code::bad_rounding, span,
               fmt::format("{} is not a unit to round to: it must be above nought", quoted(span)));
    }
    if (const auto mode = Expressions::rounding_mode(written.mode)) agreement.rounding = *mode;
  }
  agreement.floor = whole_pence(tree, written.floor);
  agreement.cap = whole_pence(tree, written.cap);
  check_limits(tree, agreement.floor, agreement.cap, written.cap);
}

void Agreements::agreement_corrections(AgreementBuilding& building) {
  const auto& name = building.written.corrected_by;
  if (name.text.empty()) return;
  building.agreement.corrected_by = agreement_fact(building, name, {Kind::date, Kind::number},
                                                   "the last of several lines is told by a date or number");
  const auto& record = library_.records[building.context.record];
  if (record.identifier != none) return;
  complain(Code::corrections_without_id, name.span,
           fmt::format("records of type `{}` have no `id`, so which of them correct each other is not to be told",
                       record.name))
      .help = "give the record a field `id text`";
}

void Agreements::agreement_targets(AgreementBuilding& building) {
  std::map<std::string, Span> names;
  for (const auto& written : building.written.targets) {
    const auto [first, fresh] = names.emplace(written.name.text, written.name.span);
    if (!fresh) {
      complain(Code::duplicate_name, written.name.span,
               fmt::format("agreement `{}` has two targets `{}`", building.agreement.name(), written.name.text))
          .notes.push_back({"the first is here", first->second});
    }
    agreement_target(building, written);
  }
}

void Agreements::agreement_target(AgreementBuilding& building, const syntax::AgreementTarget& written) {
  const auto& context = building.context;
  model::Agreement::Target target;
  target.name = written.name.text;
  target.label = written.label;
  target.among = agreement_fact(building, written.among,
                                {Kind::text, Kind::code, Kind::number, Kind::quantity, Kind::money, Kind::percent,
                                 Kind::date, Kind::duration, Kind::place, Kind::enumeration, Kind::scale},
                                "a target counts the single values of a fact");
  if (written.where != syntax::no_expression)
    target.where = building.name(expressions_.truth(context, written.where, "`where`"));
  target.met = building.name(expressions_.truth(context, written.met, "`met`"));
  if (const auto least = written_out(context.tree, written.at_least, Kind::percent)) {
    target.at_least = *least;
    if (*least <= 0 || *least > value::decimal_scale) {
      complain(Code::impossible_count, trees_[context.tree].tree.expression(written.at_least).span,
               fmt::format("`at least {}` {}", value::format_percent(*least),
                           *least <= 0 ? "is always met" : "can never be met"));
    }
  }
  const auto by = written.length == syntax::no_expression ? literals_.date(context.tree, written.date)
                                                          : day_after(context.tree, written.length, written.date);
  if (by) {
    target.by = *by;
    const auto first = building.agreement.period.first;
    if (*by < first) {
      complain(Code::reversed_period, written.name.span,
               fmt::format("target `{}` ends on {}, before the agreement begins on {}", target.name,
                           value::format_date(*by), value::format_date(first)));
    }
  }
  building.agreement.targets.push_back(std::move(target));
}

}  // namespace proviso::check
