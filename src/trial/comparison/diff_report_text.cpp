#include <algorithm>

#include "output/show_table.hpp"
#include "trial/comparison/diff_report.hpp"
#include "trial/comparison/diff_words.hpp"

namespace proviso::trial {
namespace {

// Of many causes the most frequent are told; the JSON has them all.
constexpr std::size_t causes_in_text = 8;

// Of an id so many characters are shown.
constexpr std::size_t id_shown = 60;

class TextReport {
 public:
  TextReport(std::string& out, const DiffReport& report, std::size_t width)
      : out_(out), report_(report), width_(width) {}

  void append() {
    append_heads();
    append_changes();
    if (report_.cases) append_cases(*report_.cases);
  }

 private:
  std::string& out_;
  const DiffReport& report_;
  std::size_t width_;

  /// A line, wrapped, what follows the first piece a little further in.
  void line(std::size_t indent, const std::string& text) {
    const auto pieces = output::wrap(text, width_ - indent - 2);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      out_.append(indent + (i == 0 ? 0 : 2), ' ');
      out_ += pieces[i] + '\n';
    }
  }

  void append_heads() {
    const std::size_t longest = std::max(report_.names[0].size(), report_.names[1].size());
    for (const Side side : both_sides) {
      const std::string& name = report_.names[side];
      out_ += (side == before ? "before  " : "after   ") + name + std::string(longest - name.size() + 2, ' ') +
              report_.digests[side] + '\n';
    }
    std::string limits;
    for (const std::string& each : report_.limits) limits += (limits.empty() ? "only " : ", ") + each;
    if (!limits.empty()) line(0, limits);
  }

  void append_changes() {
    if (!report_.changes.differs()) {
      const bool same = report_.digests[before] == report_.digests[after];
      out_ +=
          same ? "\nnothing changed: both are the same, word for word\n" : "\nnothing that the policies say changed\n";
    }
    for (const ChangedThing& thing : report_.changes.things) {
      out_ += '\n';
      line(0, title_of(thing) + (thing.label.empty() ? "" : "  " + thing.label));
      if (!thing.read_by.empty()) line(2, "read by " + spell(thing.read_by));
      const bool versions = has_versions(thing);
      for (auto first = thing.changes.begin(); first != thing.changes.end();) {
        const auto last = std::find_if(first, thing.changes.end(), [&](const TextChange& each) {
          return versions && each.version != first->version;
        });
        if (versions && first->what != "version") line(2, version_of(*first));
        std::vector<output::TableRow> rows;
        for (; first != last; ++first) {
          rows.push_back({{what_of(*first)}, lines_of(*first, false), lines_of(*first, true)});
        }
        output::append_table(out_, {"what", "before", "after"}, rows, width_, 2);
      }
    }
  }

  void append_cases(const CaseComparison& cases) {
    out_ += '\n';
    line(0, "Cases: " + spell_cases(report_));
    for (const Side side : both_sides) {
      if (cases.unreadable[side] == 0) continue;
      line(2, counted(cases.unreadable[side], "record") + " could not be read by " + report_.names[side] +
                  (cases.compared == cases.records ? "" : " and are left out"));
    }
    if (!cases.failure.empty()) line(2, stopped(cases));
    if (!cases.failure.empty() && cases.records == 0) return;
    out_ += '\n';
    line(0, "the records' outcomes: " + changed_of(cases.overall));
    append_table(cases.overall, 2);
    const std::string other = spell_other(cases.overall);
    if (!other.empty()) line(2, other);
    append_cells(cases.overall, 2, true);
    for (const PolicyTable* policy : trial::changed_policies(cases)) append_policy(*policy);
    append_unchanged(cases);
  }

  static std::string changed_of(const Table& table) {
    const std::uint64_t changes = table.changes();
    if (changes == 0) return "none of " + counted(table.total(), "case") + " changed";
    return with_commas(changes) + " of " + counted(table.total(), "case") + " changed (" +
           percentage(changes, table.total()) + ")";
  }

  /// Before down, after across; counts stand under each other.
  void append_table(const Table& table, std::size_t indent) {
    const auto outcomes = outcomes_in(table);
    std::vector<CaseOutcome> downs;
    std::vector<CaseOutcome> acrosses;
    for (const CaseOutcome each : outcomes) {
      if (table.row(each) > 0) downs.push_back(each);
      if (table.column(each) > 0) acrosses.push_back(each);
    }
    std::vector<std::vector<std::string>> cells;  // by row
    std::vector<std::string> headings = {"before \\ after"};
    for (const CaseOutcome each : acrosses) headings.emplace_back(spelling(each));
    headings.emplace_back("all before");
    const auto add_row = [&](std::string name, const auto& count, std::uint64_t sum) {
      std::vector<std::string> row = {std::move(name)};
      for (const CaseOutcome each : acrosses) row.push_back(count(each));
      row.push_back(with_commas(sum));
      cells.push_back(std::move(row));
    };
    for (const CaseOutcome was : downs) {
      add_row(
          std::string(spelling(was)),
          [&](CaseOutcome is) {
            const std::uint64_t count = table.counts[was][is];
            if (count == 0) return std::string("-");
            return with_commas(count) + (was == is ? "" : " *");
          },
          table.row(was));
    }
    add_row(
        "all after", [&](CaseOutcome is) { return with_commas(table.column(is)); }, table.total());
    append_counts(headings, cells, indent);
  }

  void append_counts(std::vector<std::string>& headings, std::vector<std::vector<std::string>>& cells,
                     std::size_t indent) {
    for (std::size_t column = 1; column < headings.size(); ++column) {
      // The mark of a changed cell stands beside its digits.
      std::size_t digits = 0;
      for (const auto& row : cells) digits = std::max(digits, row[column].find_last_not_of(" *") + 1);
      for (auto& row : cells) row[column].insert(0, digits - (row[column].find_last_not_of(" *") + 1), ' ');
    }
    std::vector<output::TableRow> rows;
    for (const auto& row : cells) {
      output::TableRow& to = rows.emplace_back();
      for (const std::string& cell : row) to.push_back({cell});
    }
    output::append_table(out_, headings, rows, width_, indent);
  }

  void append_policy(const PolicyTable& policy) {
    out_ += '\n';
    line(0, policy.policy + (policy.label.empty() ? "" : "  " + policy.label) + ": " + changed_of(policy.all));
    append_table(policy.all, 2);
    const std::string other = spell_other(policy.all);
    if (!other.empty()) line(2, other);
    append_cells(policy.all, 2, false);
    append_places(policy);
  }

  void append_cells(const Table& table, std::size_t indent, bool of_records) {
    for (const ChangedCell& cell : table.changed) {
      line(indent, spell(cell) + ": " + counted(cell.count, "case") + ", " + percentage(cell.count, table.total()));
      std::string firsts;
      for (const FirstCase& each : cell.cases) firsts += (firsts.empty() ? "" : ", ") + spell(each, id_shown);
      if (!firsts.empty()) line(indent + 2, (cell.cases.size() == cell.count ? "cases: " : "first cases: ") + firsts);
      std::size_t told = 0;
      for (const Cause& cause : cell.causes) {
        if (told++ == causes_in_text) break;
        line(indent + 2, with_commas(cause.count) + (of_records ? " by " : " because ") + spell(cause));
      }
      if (cell.causes.size() > causes_in_text) {
        line(indent + 2, counted(cell.causes.size() - causes_in_text, "further cause"));
      }
    }
  }

  void append_places(const PolicyTable& policy) {
    if (policy.places.size() < 2) return;
    std::vector<output::TableRow> rows;
    std::string same;
    for (const PlaceTable& each : policy.places) {
      if (each.table.changes() == 0) {
        same += (same.empty() ? "" : ", ") + each.place + " (" + with_commas(each.table.total()) + ")";
        continue;
      }
      output::TableCell cells;
      for (const ChangedCell& cell : each.table.changed) cells.push_back(spell(cell) + " " + with_commas(cell.count));
      const std::uint64_t changes = each.table.changes();
      rows.push_back({{each.place},
                      {with_commas(each.table.total())},
                      {with_commas(changes) + " (" + percentage(changes, each.table.total()) + ")"},
                      cells});
    }
    output::append_table(out_, {"place", "cases", "changed", "to what"}, rows, width_, 2);
    if (!same.empty()) line(2, "no change in: " + same);
  }

  void append_unchanged(const CaseComparison& cases) {
    std::string same;
    std::vector<const PolicyTable*> others;
    for (const PolicyTable& policy : cases.policies) {
      if (policy.all.changes() > 0) continue;
      if (!spell_other(policy.all).empty()) {
        others.push_back(&policy);
      } else {
        same += (same.empty() ? "" : ", ") + policy.policy + " (" + with_commas(policy.all.total()) + ")";
      }
    }
    if (!others.empty() || !same.empty()) out_ += '\n';
    for (const PolicyTable* policy : others)
      line(0, policy->policy + ": no outcome changed; " + spell_other(policy->all));
    if (!same.empty()) line(0, "no change in: " + same);
  }
};

}  // namespace

void append_diff_text(std::string& out, const DiffReport& report, std::size_t width) {
  TextReport(out, report, width).append();
}

}  // namespace proviso::trial
