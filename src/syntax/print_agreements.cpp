#include <algorithm>

#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"
#include "text/utf8.hpp"

/// Agreements. Their lines have no order of their own: they stay in the one in which they were written, so that every
/// comment stays with its line.
namespace proviso::syntax {

/// A word, and what stands behind it: on one line where that is short enough.
struct FilePrinter::AgreementLine {
  std::uint32_t offset;
  std::string word;
  std::vector<std::string> parts;
};

namespace {

/// Of the column in which the words stand.
constexpr std::size_t word_width = 11;

std::string parties(const std::vector<Name>& names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " and " : ", ";
    result += names[i].text;
  }
  return result;
}

/// As many parts a line as fit.
std::vector<std::string> filled(const std::vector<std::string>& parts) {
  constexpr std::size_t longest = 90;
  std::vector<std::string> lines(1);
  for (const std::string& part : parts) {
    std::string& line = lines.back();
    if (line.empty()) {
      line = part;
    } else if (text::count_characters(line) + 1 + text::count_characters(part) <= longest) {
      line += ' ' + part;
    } else {
      lines.push_back(part);
    }
  }
  return lines;
}

}  // namespace

std::string FilePrinter::bounds(ExpressionId floor, ExpressionId cap) const {
  return (floor == no_expression ? "" : " floor " + print_operand(tree_, floor)) +
         (cap == no_expression ? "" : " cap " + print_operand(tree_, cap));
}

std::string FilePrinter::lasting(const AgreementDeclaration& agreement) const {
  if (agreement.length == no_expression) return period(*agreement.period);
  return fmt::format("{} from {}", print_operand(tree_, agreement.length), print(tree_, agreement.period->first));
}

std::string FilePrinter::tier(const AgreementTier& tier) const {
  std::string result;
  for (const AgreementShare& share : tier.shares) {
    result += (result.empty() ? "" : ", ") + share.party.text + ' ' + print(tree_, share.percent);
  }
  return tier.above == no_expression ? result
                                     : fmt::format("above {} in a year {}", print_operand(tree_, tier.above), result);
}

std::string FilePrinter::settlement(const AgreementSettlement& settlement) const {
  std::string result = settlement.interval.text;
  if (settlement.unit != no_expression) {
    result += fmt::format(" rounded to {} {}", print_operand(tree_, settlement.unit), settlement.mode);
  }
  return result + bounds(settlement.floor, settlement.cap);
}

std::vector<std::string> FilePrinter::target(const AgreementTarget& target) const {
  const std::string label = target.label.empty() ? "" : ' ' + quote(target.label);
  const std::string where = target.where == no_expression ? "" : " where " + print(tree_, target.where);
  const std::string length = target.length == no_expression ? "" : print_operand(tree_, target.length) + " from ";
  return {target.name.text + label, "among " + target.among.text + where, "met " + print(tree_, target.met),
          "at least " + print(tree_, target.at_least), "by " + length + print(tree_, target.date)};
}

std::vector<FilePrinter::AgreementLine> FilePrinter::head_of(const AgreementDeclaration& agreement) const {
  std::vector<AgreementLine> lines;
  const auto named = [&](const char* word, const Name& name) {
    if (!name.text.empty()) lines.push_back({name.span.begin, word, {name.text}});
  };
  named("status", agreement.status);
  for (const Citation& source : agreement.sources) {
    lines.push_back({source.span.begin, "source", {citation(source).substr(std::string_view("source ").size())}});
  }
  if (!agreement.between.empty()) {
    lines.push_back({agreement.between_span.begin, "between", {parties(agreement.between)}});
  }
  if (!agreement.places.empty()) {
    lines.push_back({agreement.places.front().span.begin, "in", {listed(agreement.places)}});
  }
  if (agreement.covers != no_expression) {
    lines.push_back({tree_.expression(agreement.covers).span.begin, "covers", {print(tree_, agreement.covers)}});
  }
  named("dated by", agreement.dated_by);
  named("placed by", agreement.placed_by);
  if (agreement.period) lines.push_back({agreement.period->span.begin, "period", {lasting(agreement)}});
  named("corrected by", agreement.corrected_by);
  return lines;
}

std::vector<FilePrinter::AgreementLine> FilePrinter::terms_of(const AgreementDeclaration& agreement) const {
  std::vector<AgreementLine> lines;
  if (agreement.baseline != no_expression) {
    const std::string per = agreement.per.text.empty() ? "" : " per " + agreement.per.text;
    lines.push_back(
        {tree_.expression(agreement.baseline).span.begin, "baseline", {print(tree_, agreement.baseline) + per}});
  }
  if (agreement.saving != no_expression) {
    lines.push_back({tree_.expression(agreement.saving).span.begin,
                     "saving",
                     {print(tree_, agreement.saving) + bounds(agreement.floor, agreement.cap)}});
  }
  for (const AgreementTier& each : agreement.shares) lines.push_back({each.span.begin, "share", {tier(each)}});
  for (const AgreementCap& cap : agreement.caps) {
    const std::string amount = print_operand(tree_, cap.amount);
    lines.push_back({cap.span.begin, "cap", {fmt::format("{} {} per year", cap.party.text, amount)}});
  }
  for (const AgreementDeduction& deduction : agreement.deductions) {
    const std::string amount = print(tree_, deduction.amount);
    lines.push_back({deduction.span.begin, "deduct", {fmt::format("{} from {}", amount, deduction.party.text)}});
  }
  if (agreement.settle) lines.push_back({agreement.settle->span.begin, "settle", {settlement(*agreement.settle)}});
  if (agreement.after) {
    const std::string same = agreement.after->same.empty() ? "" : " by " + listed(agreement.after->same);
    lines.push_back({agreement.after->span.begin, "after", {"pay lowest " + agreement.after->lowest.text + same}});
  }
  for (const AgreementTarget& each : agreement.targets) lines.push_back({each.span.begin, "target", target(each)});
  return lines;
}

void FilePrinter::declaration(const AgreementDeclaration& agreement) {
  const std::string label = agreement.label.empty() ? "" : ' ' + quote(agreement.label);
  page_.line(agreement.span.begin,
             fmt::format("agreement {}{} on {} {{", agreement.name.text, label, agreement.record.text));
  page_.indent();
  std::vector<AgreementLine> lines = head_of(agreement);
  for (AgreementLine& term : terms_of(agreement)) lines.push_back(std::move(term));
  std::stable_sort(lines.begin(), lines.end(),
                   [](const AgreementLine& a, const AgreementLine& b) { return a.offset < b.offset; });
  for (const AgreementLine& line : lines) {
    const std::vector<std::string> filled_lines = filled(line.parts);
    head_line(line.offset, line.word, filled_lines.front());
    // Below what stands behind the word.
    for (std::size_t i = 1; i < filled_lines.size(); ++i) page_.line(std::string(word_width, ' ') + filled_lines[i]);
  }
  notes(agreement.notes, agreement.unverified);
  close(agreement.span);
}

}  // namespace proviso::syntax
