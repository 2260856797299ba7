#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "output/policy_view.hpp"
#include "output/show_values.hpp"
#include "output/show_variations.hpp"
#include "output/shown_value.hpp"
#include "trial/comparison/changes_parts.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// Agreements, line by line.
namespace proviso::trial {
namespace {

using model::Agreement;
using model::Library;
using model::NodeId;

/// One line, or the lines of one kind together.
struct Line {
  std::string what;
  std::string text;
  std::vector<NodeId> nodes = {};  ///< what its expressions say
  bool decides = true;
};

std::string bounds(const std::optional<std::int64_t>& floor, const std::optional<std::int64_t>& cap) {
  return (floor ? " floor " + value::format_money(*floor) : "") + (cap ? " cap " + value::format_money(*cap) : "");
}

std::string_view spell_interval(Agreement::Interval interval) {
  constexpr std::array<std::string_view, 3> words = {"monthly", "quarterly", "yearly"};
  return words[static_cast<std::size_t>(interval)];
}

class Lines {
 public:
  Lines(const Revision& revision, const Agreement& agreement)
      : revision_(revision), library_(*revision.library), agreement_(agreement) {
    add_head();
    add_saving();
    add_shares();
    add_settlement();
    add_targets();
  }

  std::vector<Line> all;

 private:
  const Revision& revision_;
  const Library& library_;
  const Agreement& agreement_;

  void add(std::string what, std::string text) { all.push_back({std::move(what), std::move(text)}); }
  void add_words(std::string what, std::string text) { all.push_back({std::move(what), std::move(text), {}, false}); }
  std::string name_of(model::FactId fact) const { return fact_name(library_, agreement_.lines.record, fact); }

  void add_head() {
    const model::Policy& lines_of = agreement_.lines;
    add_words("label", lines_of.label);
    add("record", library_.records[lines_of.record].name);
    add("status", std::string(model::spelling(lines_of.status)));
    add_words("source", output::spell_sources(lines_of.sources));
    std::string parties;
    for (const Agreement::Party& party : agreement_.parties) parties += (parties.empty() ? "" : ", ") + party.name;
    add("between", parties);
    add("places", lines_of.places.empty() ? "everywhere" : output::spell_places(library_, lines_of.places));
    all.push_back({"covers", lines_of.applies_expression, {lines_of.applies}});
    add("dated by", name_of(lines_of.dated_by));
    add("placed by", name_of(lines_of.placed_by));
    add("period", output::spell(agreement_.period));
    add("corrected by",
        agreement_.corrected_by == model::none ? "the order of the lines" : name_of(agreement_.corrected_by));
    add_words("notes", lines(lines_of.notes));
    add_words("unverified", lines(lines_of.unverified));
  }

  void add_saving() {
    all.push_back({"baseline", agreement_.baseline_expression, {agreement_.baseline}});
    all.push_back({"saving",
                   agreement_.saving_expression + bounds(agreement_.line_floor, agreement_.line_cap),
                   {agreement_.saving}});
    for (const Agreement::Deduction& each : agreement_.deductions) {
      all.push_back({"deduct from " + agreement_.parties[each.party].name, each.expression, {each.amount}});
    }
    if (!agreement_.after) return;
    std::string same;
    for (const model::FactId fact : agreement_.after->same) same += (same.empty() ? " by " : ", ") + name_of(fact);
    add("after", "pay lowest " + name_of(agreement_.after->lowest) + same);
  }

  void add_shares() {
    for (const Agreement::Tier& tier : agreement_.tiers) {
      std::string shares;
      for (std::size_t i = 0; i < tier.percents.size(); ++i) {
        shares += (i == 0 ? "" : ", ") + agreement_.parties[i].name + ' ' + value::format_percent(tier.percents[i]);
      }
      const std::string above = value::format_money(tier.above);
      add(tier.above == 0 ? "share" : fmt::format("share above {} in a year", above), shares);
    }
    if (agreement_.parties.size() > 1) add("share that takes the rest", agreement_.parties[agreement_.takes_rest].name);
    for (std::size_t i = 0; i < agreement_.caps.size(); ++i) {
      if (!agreement_.caps[i]) continue;
      add("cap of " + agreement_.parties[i].name, value::format_money(*agreement_.caps[i]) + " per year");
    }
  }

  void add_settlement() {
    add("settle",
        fmt::format("{} rounded to {} {}{}", spell_interval(agreement_.interval), value::format_money(agreement_.unit),
                    output::spelling(agreement_.rounding), bounds(agreement_.floor, agreement_.cap)));
  }

  void add_targets() {
    for (const Agreement::Target& each : agreement_.targets) {
      const std::string where = each.where == model::none ? "" : " where " + source_text(revision_, each.where);
      std::string text = fmt::format("among {}{}\nmet {}\nat least {}\nby {}", name_of(each.among), where,
                                     source_text(revision_, each.met), value::format_percent(each.at_least),
                                     value::format_date(each.by));
      all.push_back({"target " + each.name, std::move(text), {each.where, each.met}});
      add_words("target " + each.name + ", its words", each.label);
    }
  }
};

class AgreementComparer {
 public:
  AgreementComparer(Compared& compared, const Agreement& old_agreement, const Agreement& new_agreement)
      : compared_(compared),
        olds_(Lines(compared.olds, old_agreement).all),
        news_(Lines(compared.news, new_agreement).all) {
    compared.meanings.read_records(old_agreement.lines.record, new_agreement.lines.record);
  }

  std::vector<TextChange> changes() {
    std::vector<TextChange> result;
    for (const Line& now : news_) compare(find(olds_, now.what), &now, result);
    for (const Line& old : olds_) {
      if (find(news_, old.what) == nullptr) compare(&old, nullptr, result);
    }
    return result;
  }

 private:
  Compared& compared_;
  std::vector<Line> olds_;
  std::vector<Line> news_;

  static const Line* find(const std::vector<Line>& all, const std::string& what) {
    for (const Line& each : all) {
      if (each.what == what) return &each;
    }
    return nullptr;
  }

  void compare(const Line* old, const Line* now, std::vector<TextChange>& result) {
    const Line& either_line = now != nullptr ? *now : *old;
    std::string is = now == nullptr ? "" : now->text;
    if (old != nullptr && now != nullptr && old->text == now->text && !same(*old, *now)) is += same_words;
    add_change(result, either_line.what, old == nullptr ? "" : old->text, std::move(is),
               either_line.decides ? ChangeKind::changed : ChangeKind::reworded);
  }

  /// A definition is told for itself.
  bool same(const Line& old, const Line& now) {
    for (std::size_t i = 0; i < old.nodes.size(); ++i) {
      if (!compared_.meanings.same(old.nodes[i], now.nodes[i]) &&
          compared_.meanings.changed_definitions(old.nodes[i], now.nodes[i]).empty()) {
        return false;
      }
    }
    return true;
  }
};

std::string agreement_summary(const Revision& revision, const Agreement& agreement) {
  std::vector<std::string> text;
  for (const Line& each : Lines(revision, agreement).all) {
    if (each.decides && !each.text.empty()) text.push_back(each.what + ": " + each.text);
  }
  return lines(text);
}

std::map<std::string, const Agreement*> agreements_by_name(const Library& library) {
  std::map<std::string, const Agreement*> result;
  for (const Agreement& each : library.agreements) result.emplace(each.lines.full_name(), &each);
  return result;
}

}  // namespace

std::vector<ChangedThing> changed_agreements(Compared& compared) {
  std::vector<ChangedThing> result;
  const auto olds = agreements_by_name(compared.old_library);
  const auto news = agreements_by_name(compared.new_library);
  std::set<std::string> names;
  for (const auto* each : {&olds, &news}) {
    for (const auto& [name, agreement] : *each) names.insert(name);
  }
  for (const std::string& name : names) {
    const auto old = olds.find(name);
    const auto now = news.find(name);
    const bool both = old != olds.end() && now != news.end();
    ChangedThing thing;
    thing.what = "agreement";
    thing.name = name;
    thing.label = (now != news.end() ? now : old)->second->lines.label;
    if (both) {
      thing.changes = AgreementComparer(compared, *old->second, *now->second).changes();
    } else {
      add_change(thing.changes, "agreement", old == olds.end() ? "" : agreement_summary(compared.olds, *old->second),
                 now == news.end() ? "" : agreement_summary(compared.news, *now->second));
    }
    for (TextChange& change : thing.changes) {
      const auto period = [&](const auto& found) { return found->second->period; };
      change.days = both ? either(period(old), period(now)) : period(now != news.end() ? now : old);
    }
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
