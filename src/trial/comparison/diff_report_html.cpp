#include <fmt/format.h>

#include <algorithm>

#include "output/html.hpp"
#include "trial/comparison/diff_chart.hpp"
#include "trial/comparison/diff_report.hpp"
#include "trial/comparison/diff_words.hpp"

namespace proviso::trial {
namespace {

using output::escape_html;

// Of many causes the most frequent are told; the JSON has them all.
constexpr std::size_t causes_on_page = 12;

constexpr std::string_view diff_stylesheet = R"css(<style>
.chart { display: block; width: 100%; max-width: 55rem; height: auto; margin: .5rem 0; font-size: 13px;
  font-family: inherit; }
.chart text { fill: #212b32; }
.chart .side { font-weight: 600; }
.chart .bar-piece { stroke: #212b32; stroke-width: .8; }
.chart .same { fill: #eef1f3; stroke: #b4bec6; stroke-width: .5; }
.chart .changed { fill: url(#hatched); stroke: #212b32; stroke-width: .8; fill-opacity: .8; }
.chart .count { font-weight: 600; paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
.chart .leader { stroke: #4c6272; stroke-width: .6; }
td.lines { white-space: pre-line; overflow-wrap: anywhere; }
.first { white-space: nowrap; }
td.cell-changed { font-weight: 700; border: 2px solid #212b32; }
.old-new { table-layout: fixed; }
.old-new th:first-child { width: 28%; }
@media print { h2, h3 { break-after: avoid; } .chart, tr { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
</style>
)css";

std::string with_arrows(const std::string& text) {
  std::string out = escape_html(text);
  const std::string written = " -&gt; ";
  const std::string arrow = " \u2192 ";
  for (auto at = out.find(written); at != std::string::npos; at = out.find(written, at + arrow.size())) {
    out.replace(at, written.size(), arrow);
  }
  return out;
}

class HtmlReport {
 public:
  HtmlReport(std::string& out, const DiffReport& report) : out_(out), report_(report) {}

  void append() {
    output::begin_page(out_, "What the change of policies changes");
    out_ += diff_stylesheet;
    append_heads();
    append_changes();
    if (report_.cases) append_cases(*report_.cases);
    output::end_page(out_, "Made by proviso diff from " + report_.names[before] + " and " + report_.names[after] + ".");
  }

 private:
  std::string& out_;
  const DiffReport& report_;

  template <class... Parts>
  void write(fmt::format_string<Parts...> text, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Parts>(parts)...);
  }

  void append_heads() {
    write("<p class=\"lead\">{}</p>\n", escape_html(summary()));
    out_ +=
        "<table><thead><tr><th scope=\"col\"></th><th scope=\"col\">Library</th><th scope=\"col\">Digest of its "
        "files</th></tr></thead><tbody>\n";
    for (const Side side : both_sides) {
      write("<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"code\">{}</td></tr>\n",
            side == before ? "Before" : "After", escape_html(report_.names[side]), escape_html(report_.digests[side]));
    }
    out_ += "</tbody></table>\n";
    std::string limits;
    for (const std::string& each : report_.limits) limits += (limits.empty() ? "" : ", ") + each;
    if (!limits.empty()) write("<p class=\"note\">This page shows only {}.</p>\n", escape_html(limits));
  }

  std::string summary() const {
    std::uint64_t policies = 0;
    std::uint64_t others = 0;
    for (const ChangedThing& thing : report_.changes.things) ++(thing.what == "policy" ? policies : others);
    std::string text = "Nothing that the policies say changes.";
    if (report_.changes.differs()) {
      text = policies == 0   ? "No policy's own text changes"
             : policies == 1 ? "The text of one policy changes"
                             : "The texts of " + with_commas(policies) + " policies change";
      const std::string parts = counted(others, "part") + " that policies read";
      const std::string does = others == 1 ? "does" : "do";
      if (others > 0 && policies == 0) text += ", but " + parts + " " + does;
      if (others > 0 && policies > 0) text += ", and so " + does + " " + parts;
      if (others > 0) text += " (limits, lists, definitions, facts or the like)";
      text += ".";
    }
    if (!report_.cases) return text;
    if (!report_.cases->failure.empty() && report_.cases->records == 0) return text + " No case was compared.";
    const Table& overall = report_.cases->overall;
    return text + " Of " + counted(overall.total(), "case") + ", " + with_commas(overall.changes()) + " (" +
           percentage(overall.changes(), overall.total()) + ") come to another outcome.";
  }

  void append_changes() {
    out_ += "<h2>What changes in the text</h2>\n";
    if (!report_.changes.differs()) {
      const bool same = report_.digests[before] == report_.digests[after];
      write("<p>{}</p>\n", same ? "Nothing: both libraries are the same, word for word."
                                : "Nothing that the policies say. The files differ in what decides nothing, such as "
                                  "comments, layout, the order of criteria and scenarios.");
    }
    for (const ChangedThing& thing : report_.changes.things) append_thing(thing);
  }

  void append_thing(const ChangedThing& thing) {
    write("<h3>{}{}</h3>\n", escape_html(thing.label.empty() ? "" : thing.label + ": "), escape_html(title_of(thing)));
    if (!thing.read_by.empty()) write("<p class=\"note\">Read by {}</p>\n", escape_html(spell(thing.read_by)));
    const bool versions = has_versions(thing);
    out_ +=
        "<div class=\"table-wide\"><table class=\"old-new\"><thead><tr><th scope=\"col\">What</th>"
        "<th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead><tbody>\n";
    for (const TextChange& change : thing.changes) {
      std::string what = what_of(change);
      if (versions) what += ", " + version_of(change);
      write("<tr><th scope=\"row\">{} <span class=\"quiet\">{}</span></th>", escape_html(what), spelling(change.kind));
      append_lines(change, false);
      append_lines(change, true);
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  void append_lines(const TextChange& change, bool after_it) {
    const std::string& text = after_it ? change.after : change.before;
    if (text.empty()) {
      write("<td class=\"quiet\">{}</td>", lines_of(change, after_it).front());
    } else {
      write("<td class=\"lines\">{}</td>", escape_html(text));
    }
  }

  void append_cases(const CaseComparison& cases) {
    append_chart_patterns(out_);
    out_ += "<h2>What changes for cases</h2>\n";
    if (!cases.failure.empty()) {
      write("<p class=\"missed\">Not all cases were read: {}.</p>\n", escape_html(stopped(cases)));
      if (cases.records == 0) return;
    }
    write(
        "<p>{}. The bars show how many cases come to each outcome before and after; a hatched band is cases "
        "whose outcome changes.</p>\n",
        escape_html(spell_cases(report_)));
    out_ += "<dl class=\"figures\">";
    append_figure("Cases compared", with_commas(cases.compared));
    append_figure("Another outcome", with_commas(cases.overall.changes()));
    append_figure("Share", percentage(cases.overall.changes(), cases.overall.total()));
    for (const Side side : both_sides) {
      if (cases.unreadable[side] == 0) continue;
      append_figure(side == before ? "Unreadable before" : "Unreadable after", with_commas(cases.unreadable[side]));
    }
    out_ += "</dl>\n<h3>The records' outcomes</h3>\n";
    write("<p class=\"note\">Where several policies apply to a record, its outcome is the strictest of theirs.</p>\n");
    append_table(cases.overall, "Outcomes of the records before and after");
    append_cells(cases.overall);
    const auto changed = trial::changed_policies(cases);
    for (const PolicyTable* policy : changed) append_policy(*policy);
    append_unchanged(cases);
  }

  void append_figure(std::string_view name, const std::string& value) {
    write("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }

  void append_table(const Table& table, const std::string& title) {
    append_chart(out_, table, title + ". The same numbers are in the table below.");
    std::vector<CaseOutcome> acrosses;
    std::vector<CaseOutcome> downs;
    for (const CaseOutcome each : outcomes_in(table)) {
      if (table.row(each) > 0) downs.push_back(each);
      if (table.column(each) > 0) acrosses.push_back(each);
    }
    write(
        "<div class=\"table-wide\"><table><caption>{}</caption><thead><tr><th scope=\"col\">Before, down; after, "
        "across</th>",
        escape_html(title));
    for (const CaseOutcome each : acrosses) write("<th scope=\"col\" class=\"number\">{}</th>", spelling(each));
    out_ += "<th scope=\"col\" class=\"number\">All before</th></tr></thead><tbody>\n";
    for (const CaseOutcome was : downs) {
      write("<tr><th scope=\"row\">{}</th>", spelling(was));
      for (const CaseOutcome is : acrosses) append_count(table, was, is);
      write("<td class=\"number\">{}</td></tr>\n", with_share(table.row(was), table.total()));
    }
    out_ += "<tr><th scope=\"row\">All after</th>";
    for (const CaseOutcome is : acrosses) {
      write("<td class=\"number\">{}</td>", with_share(table.column(is), table.total()));
    }
    write("<td class=\"number\">{}</td></tr>\n</tbody></table></div>\n", with_commas(table.total()));
  }

  static std::string with_share(std::uint64_t part, std::uint64_t whole) {
    return with_commas(part) + " <span class=\"quiet\">" + percentage(part, whole) + "</span>";
  }

  void append_count(const Table& table, CaseOutcome was, CaseOutcome is) {
    const std::uint64_t count = table.counts[was][is];
    if (count == 0) {
      out_ += "<td class=\"number quiet\">0</td>";
    } else {
      write("<td class=\"number{}\">{}</td>", was == is ? "" : " cell-changed", with_share(count, table.total()));
    }
  }

  void append_policy(const PolicyTable& policy) {
    write("<h3>{}{}</h3>\n", escape_html(policy.label.empty() ? "" : policy.label + ": "), escape_html(policy.policy));
    write("<p>{} of {} change ({}).{}</p>\n", with_commas(policy.all.changes()), counted(policy.all.total(), "case"),
          percentage(policy.all.changes(), policy.all.total()),
          spell_other(policy.all).empty() ? "" : " " + spell_other(policy.all) + ".");
    append_table(policy.all, "Outcomes of " + policy.policy + " before and after");
    append_cells(policy.all);
    append_places(policy);
  }

  void append_cells(const Table& table) {
    if (table.changed.empty()) return;
    out_ +=
        "<div class=\"table-wide\"><table><thead><tr><th scope=\"col\">Change</th><th scope=\"col\" "
        "class=\"number\">Cases</th><th scope=\"col\">Cause</th><th scope=\"col\">First cases</th></tr></thead>"
        "<tbody>\n";
    for (const ChangedCell& cell : table.changed) {
      write("<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>", with_arrows(spell(cell)),
            with_share(cell.count, table.total()));
      for (std::size_t i = 0; i < std::min(cell.causes.size(), causes_on_page); ++i) {
        write("<div>{}: {}</div>", with_commas(cell.causes[i].count), with_arrows(spell(cell.causes[i])));
      }
      if (cell.causes.size() > causes_on_page) {
        write("<div class=\"note\">{}</div>", counted(cell.causes.size() - causes_on_page, "further cause"));
      }
      out_ += "</td><td>";
      for (const FirstCase& each : cell.cases) write("<div class=\"first\">{}</div>", escape_html(spell(each)));
      out_ += "</td></tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  void append_places(const PolicyTable& policy) {
    if (policy.places.size() < 2) return;
    out_ +=
        "<table><caption>By place</caption><thead><tr><th scope=\"col\">Place</th><th scope=\"col\" "
        "class=\"number\">Cases</th><th scope=\"col\" class=\"number\">Changed</th><th scope=\"col\">To what</th>"
        "</tr></thead><tbody>\n";
    for (const PlaceTable& each : policy.places) {
      write("<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td>",
            escape_html(each.place), with_commas(each.table.total()),
            each.table.changes() == 0 ? "0" : with_share(each.table.changes(), each.table.total()));
      for (const ChangedCell& cell : each.table.changed) {
        write("<div>{}: {}</div>", with_arrows(spell(cell)), with_commas(cell.count));
      }
      out_ += "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  void append_unchanged(const CaseComparison& cases) {
    std::string rows;
    for (const PolicyTable& policy : cases.policies) {
      if (policy.all.changes() > 0) continue;
      rows += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>{}</td></tr>\n",
                          escape_html(policy.policy), with_commas(policy.all.total()),
                          escape_html(spell_other(policy.all)));
    }
    if (rows.empty()) return;
    out_ +=
        "<h3>Policies whose outcomes stay as they are</h3>\n<table><thead><tr><th scope=\"col\">Policy</th>"
        "<th scope=\"col\" class=\"number\">Cases</th><th scope=\"col\">What else is different</th></tr></thead>"
        "<tbody>\n" +
        rows + "</tbody></table>\n";
  }
};

}  // namespace

void append_diff_html(std::string& out, const DiffReport& report) { HtmlReport(out, report).append(); }

}  // namespace proviso::trial
