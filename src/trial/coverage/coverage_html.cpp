#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "output/html.hpp"
#include "output/policy_view.hpp"
#include "trial/coverage/coverage_reports.hpp"
#include "trial/scenarios/words.hpp"

namespace proviso::trial {
namespace {

using model::none;
using output::escape_html;

/// Of this report alone.
constexpr std::string_view coverage_stylesheet = R"css(table.policy .depth-1 { padding-left: 1.8rem; }
table.policy .depth-2 { padding-left: 3.2rem; }
table.policy .depth-3 { padding-left: 4.6rem; }
table.policy .depth-4 { padding-left: 6rem; }
table.policy tbody th { width: 52%; font-weight: normal; }
table.policy tr.clause > * { border-top: 2px solid var(--quiet); }
table.policy tr.missed th { box-shadow: inset .35rem 0 0 var(--bad); }
table.policy tr.missed { background: var(--bad-ground); border-left: 0; }
.limit { display: block; margin-bottom: .25rem; }
.sentence { display: block; }
.policy-facts { margin: .3rem 0 .8rem; }
.policy-facts div { display: flex; gap: .6rem; }
.policy-facts dt { min-width: 7rem; color: var(--quiet); }
.policy-facts dd { margin: 0; }
)css";

std::string code(std::string_view text) { return "<code>" + escape_html(text) + "</code>"; }

std::string anchor(const std::string& policy) {
  std::string id = "policy-";
  for (const char c : policy) id += c == '.' ? '-' : c;
  return id;
}

/// One policy: all its versions.
class PolicyPart {
 public:
  PolicyPart(std::string& out, const Sourced& sourced, const PolicyCoverage& coverage)
      : out_(out), sourced_(sourced), library_(sourced.library), coverage_(coverage) {
    for (GoalGroup& group : grouped(coverage.goals)) {
      groups_.emplace(Key{group.policy, group.span.file, group.span.begin, group.name}, std::move(group));
    }
  }

  void write() {
    const std::vector<std::uint32_t> versions = versions_shown();
    const model::Policy& last = library_.policies[versions.back()];
    out_ += fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n", anchor(coverage_.policy),
                        escape_html(last.label.empty() ? coverage_.policy : last.label));
    out_ += fmt::format("<p class=\"lead\">{} &middot; {} of {} goals shown, {} &middot; {} in {}</p>\n",
                        code(coverage_.policy), coverage_.shown, coverage_.goals.size(),
                        spell_percent(coverage_.shown, coverage_.goals.size()), counted(coverage_.cases, "case"),
                        counted(coverage_.scenarios, "scenario"));
    if (coverage_.cases == 0) out_ += "<p class=\"panel missed\"><strong>No scenario tries this policy.</strong></p>\n";
    for (const std::uint32_t version : versions) write_version(version);
    write_cases();
    out_ += "</section>\n";
  }

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>;

  std::string& out_;
  const Sourced& sourced_;
  const model::Library& library_;
  const PolicyCoverage& coverage_;
  std::map<Key, GoalGroup> groups_;
  std::uint32_t version_ = none;

  /// Those that have goals; if none has, the first.
  std::vector<std::uint32_t> versions_shown() const {
    std::vector<std::uint32_t> versions;
    for (std::uint32_t i = 0; i < library_.policies.size(); ++i) {
      if (library_.policies[i].full_name() != coverage_.policy) continue;
      const bool has_goals = std::any_of(coverage_.goals.begin(), coverage_.goals.end(),
                                         [&](const Goal& goal) { return goal.policy == i; });
      if (has_goals || (versions.empty() && coverage_.goals.empty())) versions.push_back(i);
    }
    return versions;
  }

  void fact(std::string_view name, const std::string& value) {
    if (!value.empty()) out_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, escape_html(value));
  }

  void write_version(std::uint32_t number) {
    version_ = number;
    const model::Policy& policy = library_.policies[number];
    const std::string days = output::spell(policy.effective);
    out_ += "<h3>Version " + escape_html(days.empty() ? "without a period" : days) + "</h3>\n";
    out_ += "<dl class=\"policy-facts\">\n";
    fact("Status", std::string(model::spelling(policy.status)));
    for (const model::Citation& source : policy.sources) fact("Source", model::format(source));
    fact("Holds in", policy.places.empty() ? "everywhere" : output::spell_places(library_, policy.places));
    fact("Written in", file_and_line(sourced_.sources, policy.span));
    out_ +=
        "</dl>\n<div class=\"table-wide\"><table class=\"policy\">\n<caption>What the policy says, and what "
        "scenarios show of it</caption>\n<thead><tr><th scope=\"col\">Clause or criterion</th>"
        "<th scope=\"col\">Decides</th><th scope=\"col\">Limits</th></tr></thead>\n<tbody>\n";
    write_applies(policy);
    for (const model::Clause& clause : policy.written().clauses) write_clause(clause);
    out_ += "</tbody></table></div>\n";
    write_variations(number);
  }

  const GoalGroup* group_of(const text::Span& span, const std::string& name) const {
    const auto found = groups_.find(Key{version_, span.file, span.begin, name});
    return found == groups_.end() ? nullptr : &found->second;
  }

  /// Whether there are goals, and none is shown.
  bool untouched(const GoalGroup* group) const {
    return group != nullptr && std::none_of(group->goals.begin(), group->goals.end(),
                                            [&](std::uint32_t goal) { return coverage_.is_shown(goal); });
  }

  void begin_row(const GoalGroup* group, std::uint32_t depth, bool clause) {
    const bool missed = untouched(group);
    out_ += fmt::format("<tr class=\"{}{}\">", clause ? "clause" : "criterion", missed ? " missed" : "");
    out_ += fmt::format("<th scope=\"row\" class=\"depth-{}\">", std::min(depth, 4U));
    if (missed) out_ += "<strong class=\"bad\">No scenario shows this.</strong> ";
  }

  void end_row(const GoalGroup* group) {
    out_ += "</th><td>";
    if (group != nullptr) write_marks(*group);
    out_ += "</td><td>";
    if (group != nullptr) write_limits(*group);
    out_ += "</td></tr>\n";
  }

  void mark(std::uint32_t goal, std::string_view word) {
    if (goal == none) return;
    const bool shown = coverage_.is_shown(goal);
    out_ += fmt::format("<span class=\"mark {0}\">{1}{2}</span> ", shown ? "shown" : "missing", escape_html(word),
                        shown ? " &#10003;" : ": not shown");
  }

  void write_marks(const GoalGroup& group) {
    for (const std::uint32_t goal : group.goals) {
      if (coverage_.goals[goal].aim < Aim::below) mark(goal, spelling(coverage_.goals[goal].aim));
    }
  }

  void write_limits(const GoalGroup& group) {
    for (const LimitMarks& limit : limit_marks(coverage_.goals, group)) {
      out_ += fmt::format("<span class=\"limit\">{} against {}<br>", code(limit.held), code(limit.against));
      constexpr std::string_view words[] = {"below", "at", "above"};
      for (std::size_t i = 0; i < 3; ++i) mark(limit.goals[i], words[i]);
      out_ += "</span>";
    }
  }

  void write_applies(const model::Policy& policy) {
    if (policy.applies == none) return;
    const GoalGroup* group = group_of(policy.span, "applies when");
    begin_row(group, 0, true);
    out_ += "<strong>Applies when</strong> " + code(policy.applies_expression);
    end_row(group);
  }

  void write_clause(const model::Clause& clause) {
    const GoalGroup* group = group_of(clause.span, clause.name);
    begin_row(group, 0, true);
    const std::string word(model::spelling(clause.outcome));
    out_ += "<strong>" + (clause.otherwise ? "Otherwise " + word : begun(word)) + "</strong>";
    if (!clause.otherwise && clause.name != word) out_ += " " + code(clause.name);
    if (!clause.otherwise) out_ += " when " + condition(clause.condition, clause.expression);
    sentence(clause.sentence);
    end_row(group);
    for (const model::Criterion& criterion : clause.condition.criteria) write_criterion(criterion, 1);
  }

  /// `Approve`: as a sentence begins.
  static std::string begun(std::string word) {
    if (!word.empty() && word.front() >= 'a' && word.front() <= 'z')
      word.front() = static_cast<char>(word.front() - 32);
    return word;
  }

  static std::string condition(const model::Condition& condition, const std::string& expression) {
    const std::string group = output::spell_group(condition);
    return group.empty() ? code(expression) : "<em>" + group + "</em> of these:";
  }

  void sentence(const std::string& text) {
    if (!text.empty()) out_ += "<span class=\"sentence\">" + escape_html(text) + "</span>";
  }

  void write_criterion(const model::Criterion& criterion, std::uint32_t depth) {
    const GoalGroup* group = group_of(criterion.span, criterion.name);
    begin_row(group, depth, false);
    out_ += "<strong>" + escape_html(criterion.name) + "</strong>";
    sentence(criterion.label);
    out_ += condition(criterion.condition, criterion.expression);
    end_row(group);
    for (const model::Criterion& inner : criterion.condition.criteria) write_criterion(inner, depth + 1);
  }

  /// Each with what it puts into the policy.
  void write_variations(std::uint32_t policy) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < coverage_.goals.size(); ++i) {
      if (coverage_.goals[i].policy == policy && coverage_.goals[i].aim == Aim::variation) numbers.push_back(i);
    }
    if (numbers.empty()) return;
    out_ +=
        "<div class=\"table-wide\"><table class=\"policy\">\n<caption>Variations</caption>\n<thead><tr>"
        "<th scope=\"col\">Variation and what it changes</th><th scope=\"col\">Decides</th>"
        "<th scope=\"col\">Limits</th></tr></thead>\n<tbody>\n";
    for (const std::uint32_t goal : numbers) write_variation(goal);
    out_ += "</tbody></table></div>\n";
  }

  void write_variation(std::uint32_t goal) {
    const model::Variation& variation = library_.variations[coverage_.goals[goal].variation];
    out_ += fmt::format("<tr class=\"clause{}\"><th scope=\"row\"><strong>In {} {}</strong>",
                        coverage_.is_shown(goal) ? "" : " missed", escape_html(coverage_.goals[goal].name),
                        escape_html(output::spell(variation.period)));
    if (!coverage_.is_shown(goal)) out_ += " <strong class=\"bad\">No scenario shows this.</strong>";
    sentence(output::spell_sources(variation.sources));
    out_ += "</th><td>";
    mark(goal, "in force");
    out_ += "</td><td></td></tr>\n";
    for (const model::Change& change : variation.changes) {
      const GoalGroup* group = group_of(change.span, change.name);
      begin_row(group, 1, false);
      out_ += escape_html(output::spell(change));
      sentence(change.label);
      if (!change.expression.empty()) out_ += code(change.expression);
      end_row(group);
    }
  }

  /// Which case shows what, for whoever asks.
  void write_cases() {
    if (coverage_.shown == 0) return;
    out_ +=
        "<details><summary>Which case shows what</summary>\n<div class=\"table-wide\"><table>\n<thead><tr>"
        "<th scope=\"col\">Goal</th><th scope=\"col\">First shown by</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < coverage_.goals.size(); ++i) {
      if (!coverage_.is_shown(i)) continue;
      const CaseNumber by = coverage_.shown_by[i];
      const model::Scenario& scenario = library_.scenarios[by.scenario];
      std::string title = escape_html(scenario.title);
      if (!scenario.cases[by.index].label.empty()) title += ": " + code(scenario.cases[by.index].label);
      out_ += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", escape_html(coverage_.goals[i].what), title);
    }
    out_ += "</tbody></table></div>\n</details>\n";
  }
};

void figure(std::string& out, std::string_view name, const std::string& value) {
  out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
}

void write_summary(std::string& out, const Coverage& coverage) {
  const auto complete = std::count_if(coverage.policies.begin(), coverage.policies.end(),
                                      [](const PolicyCoverage& each) { return each.complete(); });
  out +=
      "<p class=\"lead\">What the scenarios show of each policy: every criterion deciding by yes, by no and for "
      "want of information; every clause deciding; every limit tried below, at and above.</p>\n";
  out += "<dl class=\"figures\">\n";
  figure(out, "Goals shown", fmt::format("{} of {}", coverage.shown, coverage.goals));
  figure(out, "Score", spell_percent(coverage.shown, coverage.goals));
  figure(out, "Policies complete", fmt::format("{} of {}", complete, coverage.policies.size()));
  figure(out, "Cases", std::to_string(coverage.cases));
  out +=
      "</dl>\n<div class=\"table-wide\"><table>\n<caption>Policies</caption>\n<thead><tr><th scope=\"col\">Policy</th>"
      "<th scope=\"col\" class=\"number\">Cases</th><th scope=\"col\" class=\"number\">Shown</th>"
      "<th scope=\"col\" class=\"number\">Score</th><th scope=\"col\">Part shown</th></tr></thead>\n<tbody>\n";
  for (const PolicyCoverage& each : coverage.policies) {
    out += fmt::format(
        "<tr{}><th scope=\"row\"><a href=\"#{}\">{}</a></th><td class=\"number\">{}</td>"
        "<td class=\"number\">{} of {}</td><td class=\"number\">{}</td><td>",
        each.cases == 0 ? " class=\"missed\"" : "", anchor(each.policy), escape_html(each.policy), each.cases,
        each.shown, each.goals.size(), spell_percent(each.shown, each.goals.size()));
    output::append_bar(out, each.shown, each.goals.size());
    if (each.cases == 0) out += "<span class=\"bad\">no scenario</span>";
    out += "</td></tr>\n";
  }
  out += "</tbody></table></div>\n";
}

}  // namespace

void append_coverage_html(std::string& out, const Sourced& sourced, const Coverage& coverage) {
  output::begin_page(out, "Coverage of policies by scenarios", coverage_stylesheet);
  write_summary(out, coverage);
  for (const PolicyCoverage& each : coverage.policies) PolicyPart(out, sourced, each).write();
  output::end_page(out, "Library " + sourced.library.digest);
}

}  // namespace proviso::trial
