#include <fmt/format.h>

#include <algorithm>

#include "output/html.hpp"
#include "output/words.hpp"
#include "settle/report_chart.hpp"
#include "settle/report_html_table.hpp"
#include "settle/report_tables.hpp"
#include "settle/report_values.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"

namespace proviso::settle {
namespace {

using output::escape_html;
using output::pounds_with_commas;

/// Of this page alone.
constexpr std::string_view stylesheet = R"css(.account { margin-top: 2.5rem; }
.account h2 { margin-bottom: .2rem; }
.facts { margin: .6rem 0 1rem; }
.facts div { display: flex; gap: .8rem; padding: .15rem 0; }
.facts dt { flex: 0 0 10rem; color: var(--quiet); }
.facts dd { margin: 0; }
figure { margin: 1.25rem 0; }
figcaption { font-weight: 600; }
.savings { display: block; width: 100%; height: auto; margin: .25rem 0; font-size: 13px; font-family: inherit; }
.savings text { fill: #212b32; font-variant-numeric: tabular-nums; }
.savings .amount { font-size: 12px; font-weight: 600; }
.savings .year { fill: #4c6272; }
.savings .tick { stroke: #d0d7dc; stroke-width: 1; }
.savings .nought { stroke: #212b32; stroke-width: 1.2; }
.savings .gain { fill: #005eb8; }
.savings .loss { stroke: #a6121f; stroke-width: 1; }
table.amounts { width: auto; min-width: 60%; font-size: .92rem; }
table.amounts th, table.amounts td { padding: .4rem .35rem; white-space: nowrap; }
table.amounts thead th { white-space: normal; }
table.amounts th[scope=colgroup] { text-align: center; border-bottom: 1px solid var(--line); }
table.amounts .group { border-left: 1px solid var(--line); }
table.amounts tfoot th, table.amounts tfoot td { border-top: 2px solid var(--ink); font-weight: 600;
  background: var(--ground); }
tbody th { font-weight: normal; }
table.detail { font-size: .9rem; }
.detail td, .targets td { white-space: nowrap; }
.detail td.words, .detail td.text { white-space: normal; }
.detail thead th { white-space: normal; }
.detail tbody th { overflow-wrap: anywhere; min-width: 7rem; max-width: 16rem; }
.detail td.text { overflow-wrap: anywhere; min-width: 7rem; }
.signatures { display: none; }
.ledger { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 40rem) { .facts div { display: block; } }
@media print {
  .account { margin-top: 0; }
  .account + .account { break-before: page; }
  figure { break-inside: avoid; }
  caption { break-after: avoid; font-size: 8.5pt; }
  table { font-size: 8.5pt; }
  th, td { padding: .25rem .4rem; }
  table.amounts { font-size: 8pt; }
  table.amounts.many { font-size: 6.8pt; }
  table.amounts th, table.amounts td { padding: .2rem .25rem; }
  dl.figures { gap: .4rem; }
  dl.figures div { padding: .25rem .5rem; min-width: 0; }
  dl.figures dt { font-size: .7rem; }
  dl.figures dd { font-size: 1.05rem; }
  table.detail { font-size: 7.5pt; }
  .detail td.words, .detail tbody th { overflow-wrap: anywhere; min-width: 4rem; }
  .signatures { display: flex; gap: 2rem; margin-top: 1.5rem; break-inside: avoid; font-size: 8.5pt; }
  .signatures > div { flex: 1 1 0; }
  .signatures .sign { border-bottom: 1px solid var(--quiet); margin: 0; padding-top: 1.6rem; color: var(--quiet); }
  tfoot { display: table-row-group; }
}
)css";

class HtmlReport {
 public:
  HtmlReport(std::string& out, const model::Library& library, const Statement& statement, bool with_lines)
      : out_(out),
        library_(library),
        statement_(statement),
        with_lines_(with_lines),
        accounts_(accounts_of(library, statement)) {}

  void append(const std::string& title) {
    output::begin_page(out_, title, stylesheet);
    if (accounts_.empty()) out_ += "<p class=\"lead\">No line of the ledger is covered by an agreement.</p>\n";
    if (accounts_.size() > 1) append_summary();
    for (std::size_t i = 0; i < accounts_.size(); ++i) append_account(accounts_[i], i + 1);
    append_ledger();
    output::end_page(out_, "Made by proviso settle from the library " + library_.digest + ".");
  }

 private:
  std::string& out_;
  const model::Library& library_;
  const Statement& statement_;
  bool with_lines_;
  std::vector<Account> accounts_;

  template <class... Parts>
  void append(fmt::format_string<Parts...> text, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Parts>(parts)...);
  }

  void append_summary() {
    out_ +=
        "<div class=\"table-wide\"><table>\n<caption>All statements of this page</caption>\n<thead><tr><th "
        "scope=\"col\">Agreement</th><th scope=\"col\">Between</th><th scope=\"col\" class=\"number\">Lines</th><th "
        "scope=\"col\" class=\"number\">Saving</th><th scope=\"col\" class=\"number\">Excess after the "
        "period</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      const Account& account = accounts_[i];
      const AccountTotal total = total_of(account, account.settled);
      const AccountTotal after = total_of(account, account.after);
      append(
          "<tr><th scope=\"row\"><a href=\"#account-{}\">{}</a></th><td>{}</td><td class=\"number\">{}</td><td "
          "class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
          i + 1, escape_html(title_of(*account.agreement)),
          escape_html(spell_parties(library_, *account.agreement, account.parties)),
          output::with_commas(total.lines + after.lines), pounds_with_commas(total.saving),
          account.after.empty() ? "" : pounds_with_commas(after.excess));
    }
    out_ += "</tbody></table></div>\n";
  }

  void append_account(const Account& account, std::size_t number) {
    append("<section class=\"account\" aria-labelledby=\"account-{0}\">\n<h2 id=\"account-{0}\">{1}</h2>\n", number,
           escape_html(title_of(*account.agreement)));
    append("<p class=\"lead\">Between {}</p>\n",
           escape_html(spell_parties(library_, *account.agreement, account.parties)));
    const ValuesRead values(library_, account);
    append_facts(account);
    append_figures(account);
    if (!account.settled.empty()) {
      append("<figure><figcaption>Saving by {}</figcaption>\n", spelling(account.agreement->interval));
      append_savings_chart(out_, account, number);
      out_ += "</figure>\n";
    }
    append_table(settlements_table(account), "amounts");
    append_table(differences_table(account), "amounts");
    append_table(excess_table(account), "amounts");
    append_remarks(account, values);
    append_table(targets_table(account), "targets");
    append_explained(account, values);
    if (with_lines_) append_lines(account);
    append_signatures(account);
    out_ += "</section>\n";
  }

  void append_table(const ReportTable& table, std::string_view style) {
    if (!table.empty()) append_html_table(out_, table, style);
  }

  /// `html` is escaped already.
  void append_fact(std::string_view name, const std::string& html) {
    append("<div><dt>{}</dt><dd>{}</dd></div>\n", name, html);
  }

  void append_facts(const Account& account) {
    const model::Policy& lines = account.agreement->lines;
    out_ += "<dl class=\"facts\">\n";
    append_fact("Agreement", "<code>" + escape_html(lines.full_name()) + "</code>" +
                                 (lines.status == model::Status::draft ? " <strong class=\"bad\">a draft: not "
                                                                         "adopted</strong>"
                                                                       : ""));
    append_fact("Period", long_period(account.agreement->period));
    for (const model::Citation& source : lines.sources) append_fact("Source", escape_html(model::format(source)));
    for (const std::string& note : lines.notes) append_fact("Note", escape_html(note));
    for (const std::string& text : lines.unverified) append_fact("Unverified", escape_html(text));
    out_ += "</dl>\n";
  }

  void append_figures(const Account& account) {
    const std::vector<Figure> figures = figures_of(account);
    if (figures.empty()) return;
    out_ += "<dl class=\"figures\">";
    for (const Figure& figure : figures) {
      append("<div><dt>{}</dt><dd>{}</dd></div>", escape_html(figure.name), pounds_with_commas(figure.amount));
    }
    out_ += "</dl>\n";
  }

  void append_remarks(const Account& account, const ValuesRead& values) {
    std::string items;
    for (const auto* settlements : {&account.settled, &account.after}) {
      for (const Settlement* each : *settlements) {
        for (const std::string& remark : all_remarks(library_, account, values, *each)) {
          items += fmt::format("<li>{}: {}</li>\n", spell_days(*each, interval_of(*account.agreement, *each)),
                               with_code(remark));
        }
      }
    }
    for (const TargetResult* each : account.targets) {
      for (const std::string& note : each->notes) {
        items += fmt::format("<li>{}: {}</li>\n", escape_html(target_name(account, *each)), with_code(note));
      }
    }
    if (!items.empty()) out_ += "<h3>Notes</h3>\n<ul>\n" + items + "</ul>\n";
  }

  void append_explained(const Account& account, const ValuesRead& values) {
    out_ += "<h3>How it was worked out</h3>\n<dl class=\"facts\">\n";
    for (const auto& points : {explained(library_, *account.agreement), values.explained()}) {
      for (const Explained& each : points) append_fact(with_code(each.heading), with_code(each.text));
    }
    out_ += "</dl>\n";
  }

  void append_lines(const Account& account) {
    for (const auto* settlements : {&account.settled, &account.after}) {
      for (const Settlement* each : *settlements) {
        append_table(lines_table(account, *each), "detail");
      }
    }
  }

  /// Only paper is signed, and only an agreement that is in force.
  void append_signatures(const Account& account) {
    if (account.agreement->lines.status == model::Status::draft) return;
    out_ += "<div class=\"signatures\">\n";
    for (std::size_t i = 0; i < account.parties.size(); ++i) {
      append(
          "<div><p>For {} {}</p><p class=\"sign\">Signed</p><p class=\"sign\">Name</p><p "
          "class=\"sign\">Date</p></div>\n",
          escape_html(party_word(library_, *account.agreement, i)),
          escape_html(organisation(library_, *account.agreement, i, account.parties[i])));
    }
    out_ += "</div>\n";
  }

  void append_ledger() {
    out_ += "<div class=\"ledger\">\n";
    for (const std::string& remark : remarks_on_ledger(statement_)) {
      append("<p class=\"note\">{}.</p>\n", with_code(remark));
    }
    out_ += "</div>\n";
  }
};

}  // namespace

std::string statement_html(const model::Library& library, const Statement& statement, bool with_lines,
                           const std::string& title) {
  std::string out;
  HtmlReport(out, library, statement, with_lines).append(title);
  return out;
}

}  // namespace proviso::settle
