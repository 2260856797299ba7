#include <algorithm>

#include "output/csv_writer.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"
#include "value/calendar.hpp"

namespace proviso::settle {
namespace {

/// A row of cells; the last ends the line.
class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}
  ~Row() { out_ += '\n'; }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  Row& cell(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    output::append_csv(out_, text);
    return *this;
  }
  Row& cell(std::uint64_t number) { return cell(std::string_view(std::to_string(number))); }
  Row& money(const std::optional<std::int64_t>& amount) { return cell(amount ? plain_pounds(*amount) : std::string()); }
  Row& date(std::int32_t day) { return cell(value::format_date(day)); }

 private:
  std::string& out_;
  bool first_ = true;
};

std::string joined(const std::vector<std::string>& texts, const char* separator) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : separator) + text;
  return out;
}

/// `SouthSefton and RXA01`.
std::string between(const std::vector<std::string>& parties) {
  std::vector<std::string> plain;
  plain.reserve(parties.size());
  for (const std::string& party : parties) plain.push_back(plain_value(party));
  return joined(plain, " and ");
}

/// What the rows of a settlement have in common.
void append_start(Row& row, const model::Agreement& agreement, const Settlement& settlement) {
  row.cell(agreement.lines.full_name()).cell(settlement.label);
  row.date(settlement.days.first).date(settlement.days.last).cell(between(settlement.parties));
}

void append_settlement(std::string& out, const model::Agreement& agreement, const Settlement& settlement) {
  std::vector<std::string> remarks;
  for (const AssumedFact& each : settlement.assumed) remarks.push_back(spell_assumed(each));
  remarks.insert(remarks.end(), settlement.notes.begin(), settlement.notes.end());
  const std::string notes = joined(remarks, "; ");
  const auto append_counts = [&](Row& row) {
    row.cell(settlement.lines).cell(settlement.left_out).cell(settlement.corrected);
  };
  if (settlement.excess || !is_settled(settlement)) {
    Row row(out);
    append_start(row, agreement, settlement);
    append_counts(row);
    row.cell("").money(settlement.excess);
    for (int i = 0; i < 6; ++i) row.cell("");
    row.money(settlement.saving_before).money(difference_of(settlement)).cell(notes);
  }
  for (const Share& share : settlement.shares) {
    Row row(out);
    append_start(row, agreement, settlement);
    append_counts(row);
    row.money(settlement.saving).cell("");
    row.cell(agreement.parties[share.party].name).cell(plain_value(settlement.parties[share.party]));
    row.cell(spell_share(agreement, settlement, share)).money(share.amount).money(share.deducted).money(share.net);
    row.money(share.before).money(share.difference).cell(notes);
  }
}

/// The facts that the line does not say.
std::string assumed_by(const StatementLine& line) {
  std::vector<std::string> names;
  for (const NamedValue& fact : line.assumed) names.push_back(fact.name);
  return joined(names, " ");
}

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::string deduction_name(const model::Agreement& agreement, const model::Agreement::Deduction& deduction) {
  return deduction.expression + " from " + agreement.parties[deduction.party].name;
}

/// Rows of lines: what each read and what each party pays have columns of their own, those of all agreements together.
class Lines {
 public:
  Lines(const model::Library& library, const Statement& statement) : library_(library), statement_(statement) {
    for (const Settlement& settlement : statement.settlements) {
      const model::Agreement& agreement = library.agreements[settlement.agreement];
      for (const auto& each : agreement.deductions) add(deductions_, deduction_name(agreement, each));
      for (const StatementLine& line : settlement.detail) {
        for (const NamedValue& value : line.values) add(values_, value.name);
      }
    }
  }

  void append(std::string& out) const {
    {
      Row row(out);
      for (const char* name :
           {"agreement", "period", "from", "to", "between", "id", "input", "line", "on", "saving", "excess"}) {
        row.cell(name);
      }
      for (const std::string& name : deductions_) row.cell(name);
      row.cell("corrected").cell("left_out").cell("assumed");
      for (const std::string& name : values_) row.cell(name);
    }
    for (const Settlement& settlement : statement_.settlements) {
      for (const StatementLine& line : settlement.detail) append(out, settlement, line);
    }
  }

 private:
  const model::Library& library_;
  const Statement& statement_;
  std::vector<std::string> deductions_;
  std::vector<std::string> values_;

  void append(std::string& out, const Settlement& settlement, const StatementLine& line) const {
    const model::Agreement& agreement = library_.agreements[settlement.agreement];
    const bool counts = line.left_out.empty();
    Row row(out);
    append_start(row, agreement, settlement);
    row.cell(line.id).cell(line.input).cell(line.line).date(line.on);
    const auto amount = counts ? std::optional(line.saving) : std::nullopt;
    row.money(settlement.excess ? std::nullopt : amount).money(settlement.excess ? amount : std::nullopt);
    for (const std::string& name : deductions_) row.money(counts ? deducted(agreement, line, name) : std::nullopt);
    row.cell(line.corrected ? "yes" : "no").cell(line.left_out).cell(assumed_by(line));
    for (const std::string& name : values_) {
      const auto found = std::find_if(line.values.begin(), line.values.end(),
                                      [&](const NamedValue& value) { return value.name == name; });
      row.cell(found == line.values.end() ? std::string() : plain_value(found->value));
    }
  }

  static std::optional<std::int64_t> deducted(const model::Agreement& agreement, const StatementLine& line,
                                              const std::string& name) {
    for (std::size_t i = 0; i < line.deducted.size(); ++i) {
      if (deduction_name(agreement, agreement.deductions[i]) == name) return line.deducted[i];
    }
    return {};
  }
};

}  // namespace

std::string statement_csv(const model::Library& library, const Statement& statement, bool with_lines) {
  std::string out;
  if (with_lines) {
    Lines(library, statement).append(out);
    return out;
  }
  out +=
      "agreement,period,from,to,between,lines,left_out,corrected,saving,excess,party,organisation,share,amount,"
      "deducted,net,before,difference,notes\n";
  for (const Settlement& settlement : statement.settlements) {
    append_settlement(out, library.agreements[settlement.agreement], settlement);
  }
  return out;
}

}  // namespace proviso::settle
