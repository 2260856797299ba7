#include <fmt/format.h>

#include <algorithm>

#include "output/show_table.hpp"
#include "output/words.hpp"
#include "settle/report_tables.hpp"
#include "settle/report_text_table.hpp"
#include "settle/report_values.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"

namespace proviso::settle {
namespace {

constexpr std::size_t page_width = 100;
constexpr std::size_t heading_width = 20;

class TextReport {
 public:
  TextReport(std::string& out, const model::Library& library, const Statement& statement, bool with_lines)
      : out_(out), library_(library), statement_(statement), with_lines_(with_lines) {}

  void append() {
    const std::vector<Account> accounts = accounts_of(library_, statement_);
    if (accounts.empty()) out_ += "No line of the ledger is covered by an agreement.\n\n";
    for (const Account& account : accounts) append_account(account);
    for (const std::string& remark : remarks_on_ledger(statement_)) append_wrapped("", without_quotes(remark));
    append_wrapped("", "Library " + library_.digest);
  }

 private:
  std::string& out_;
  const model::Library& library_;
  const Statement& statement_;
  bool with_lines_;

  /// The heading in a column of its own, and the text beside it; below it where it is longer than that.
  void append_wrapped(const std::string& heading, const std::string& text) {
    const std::size_t indent = heading.empty() ? 0 : heading_width;
    bool first = heading.size() + 2 <= indent;
    if (!heading.empty() && !first) out_ += heading + "\n";
    for (const std::string& line : output::wrap(without_controls(text), page_width - indent)) {
      out_ += fmt::format("{:<{}}", first ? heading : "", indent);
      out_ += line;
      end_line(out_);
      first = false;
    }
  }

  void append_account(const Account& account) {
    const model::Agreement& agreement = *account.agreement;
    const std::string& title = title_of(agreement);
    out_ += title + "\n" + std::string(columns_of(title), '=') + "\n";
    const ValuesRead values(library_, account);
    append_heads(account, values);
    append_figures(account);
    append_table(settlements_table(account));
    append_table(differences_table(account));
    append_table(excess_table(account));
    append_remarks(account, values);
    append_table(targets_table(account));
    if (with_lines_) append_lines(account);
    out_ += '\n';
  }

  void append_heads(const Account& account, const ValuesRead& values) {
    const model::Agreement& agreement = *account.agreement;
    append_wrapped("Agreement", agreement.lines.full_name() +
                                    (agreement.lines.status == model::Status::draft ? " (a draft: not adopted)" : ""));
    append_wrapped("Between", spell_parties(library_, agreement, account.parties));
    append_wrapped("Period", long_period(agreement.period));
    for (const model::Citation& source : agreement.lines.sources) append_wrapped("Source", model::format(source));
    append_explained(explained(library_, agreement));
    append_explained(values.explained());
    for (const std::string& note : agreement.lines.notes) append_wrapped("Note", note);
    for (const std::string& text : agreement.lines.unverified) append_wrapped("Unverified", text);
  }

  void append_explained(const std::vector<Explained>& points) {
    for (const Explained& each : points) append_wrapped(without_quotes(each.heading), without_quotes(each.text));
  }

  void append_figures(const Account& account) {
    const std::vector<Figure> figures = figures_of(account);
    if (figures.empty()) return;
    std::size_t name_width = 0;
    std::size_t amount_width = 0;
    for (const Figure& figure : figures) {
      name_width = std::max(name_width, columns_of(figure.name));
      amount_width = std::max(amount_width, columns_of(output::pounds_with_commas(figure.amount)));
    }
    out_ += "\nIn all\n\n";
    for (const Figure& figure : figures) {
      const std::string amount = output::pounds_with_commas(figure.amount);
      const std::size_t blank = name_width - columns_of(figure.name) + amount_width - columns_of(amount);
      out_ += "  " + figure.name + std::string(2 + blank, ' ') + amount + "\n";
    }
  }

  void append_table(const ReportTable& table) {
    if (table.empty()) return;
    out_ += "\n" + table.caption + "\n\n";
    append_text_table(out_, table);
  }

  void append_remarks(const Account& account, const ValuesRead& values) {
    bool first = true;
    const auto append_remark = [&](const std::string& on, const std::string& remark) {
      if (first) out_ += "\nNotes\n\n";
      first = false;
      append_wrapped("  " + on, without_quotes(remark));
    };
    for (const auto* settlements : {&account.settled, &account.after}) {
      for (const Settlement* each : *settlements) {
        for (const std::string& remark : all_remarks(library_, account, values, *each)) {
          append_remark(spell_days(*each, interval_of(*account.agreement, *each)), remark);
        }
      }
    }
    for (const TargetResult* each : account.targets) {
      for (const std::string& note : each->notes) append_remark(target_name(account, *each), note);
    }
  }

  void append_lines(const Account& account) {
    for (const auto* settlements : {&account.settled, &account.after}) {
      for (const Settlement* each : *settlements) {
        append_table(lines_table(account, *each));
      }
    }
  }
};

}  // namespace

std::string statement_text(const model::Library& library, const Statement& statement, bool with_lines) {
  std::string out;
  TextReport(out, library, statement, with_lines).append();
  return out;
}

}  // namespace proviso::settle
