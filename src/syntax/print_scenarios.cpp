#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"
#include "text/utf8.hpp"

/// Scenarios.
namespace proviso::syntax {
namespace {

constexpr std::size_t longest = 100;

/// A line of names that is too long is broken behind commas, as few times as it takes.
std::vector<std::string> broken(const std::string& line) {
  std::vector<std::string> lines(1);
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t comma = line.find(", ", begin);
    const std::size_t end = comma == std::string::npos ? line.size() : comma + 1;
    const std::string part = line.substr(begin, end - begin);
    if (!lines.back().empty() && text::count_characters(lines.back()) + 1 + text::count_characters(part) > longest) {
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + part;
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::string listed(const std::vector<Name>& names) {
  std::string result;
  for (const Name& name : names) result += (result.empty() ? "" : ", ") + name.text;
  return result;
}

/// A fact or an element: `head` is `name = ` or nothing, `text` the whole on one line.
struct FilePrinter::Part {
  std::string head;
  std::string text;
  Span span;
  const GivenValue* value;
};

bool FilePrinter::has_comment(std::uint32_t begin, std::uint32_t end) const {
  const auto comment = std::lower_bound(tree_.comments.begin(), tree_.comments.end(), begin,
                                        [](const Comment& one, std::uint32_t at) { return one.span.begin < at; });
  return comment != tree_.comments.end() && comment->span.begin < end;
}

std::string FilePrinter::value(const GivenValue& value) const {
  if (value.value != no_expression) {
    const std::string on = value.on == no_expression ? "" : " on " + print(tree_, value.on);
    return print_operand(tree_, value.value) + on;
  }
  std::string result;
  for (const GivenFact& each : value.facts) result += (result.empty() ? "" : ", ") + fact(each);
  for (const GivenValue& each : value.elements) result += (result.empty() ? "" : ", ") + this->value(each);
  return result.empty() ? "{ }" : "{ " + result + " }";
}

std::string FilePrinter::fact(const GivenFact& fact) const { return fact.name.text + " = " + value(fact.value); }

FilePrinter::Part FilePrinter::part(const GivenFact& fact) const {
  return Part{fact.name.text + " = ", this->fact(fact), fact.span, &fact.value};
}

FilePrinter::Part FilePrinter::part(const GivenValue& value) const {
  return Part{"", this->value(value), value.span, &value};
}

std::vector<FilePrinter::Part> FilePrinter::parts(const GivenValue& value) const {
  std::vector<Part> result;
  for (const GivenFact& each : value.facts) result.push_back(part(each));
  for (const GivenValue& each : value.elements) result.push_back(part(each));
  return result;
}

/// As many parts a line as fit. A part that has a comment before it begins a line, so that the comment stays with it;
/// one that is too long for a line of its own is opened.
void FilePrinter::braces(std::uint32_t offset, const std::string& before, const std::vector<Part>& parts, Span where,
                         const std::string& behind) {
  std::string all;
  for (const Part& part : parts) all += (all.empty() ? "" : ", ") + part.text;
  all = all.empty() ? before + "{ }" + behind : before + "{ " + all + " }" + behind;
  if (parts.empty() || (text::count_characters(all) <= longest && !has_comment(where.begin, where.end))) {
    page_.line(offset, all);
    return;
  }
  page_.line(offset, before + "{");
  page_.indent();
  std::string line;
  std::uint32_t line_offset = 0;
  const auto flush = [&] {
    if (!line.empty()) page_.line(line_offset, line);
    line.clear();
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const std::string comma = i + 1 == parts.size() ? "" : ",";
    const bool commented = i > 0 && has_comment(parts[i - 1].span.begin, part.span.begin);
    if (commented || text::count_characters(line) + text::count_characters(part.text) + 2 > longest) flush();
    const std::vector<Part> inside = this->parts(*part.value);
    const bool opens =
        !inside.empty() && (text::count_characters(part.text) > longest || has_comment(part.span.begin, part.span.end));
    if (opens) {
      flush();
      braces(part.span.begin, part.head, inside, part.value->span, comma);
      continue;
    }
    if (line.empty()) line_offset = part.span.begin;
    line += (line.empty() ? "" : " ") + part.text + comma;
  }
  flush();
  page_.comments_before(where.end);
  page_.outdent();
  page_.line("}" + behind);
}

std::string FilePrinter::expectation(const Expectation& expectation) const {
  std::string result = expectation.outcome.text;
  const bool adjusts = result == "adjust";
  if (expectation.code != no_expression) result += ' ' + print_operand(tree_, expectation.code);
  if (expectation.amount != no_expression) {
    result += (adjusts ? " to " : expectation.code != no_expression ? " pay " : " ");
    result += print_operand(tree_, expectation.amount);
  }
  if (!expectation.strength.text.empty()) result += ' ' + expectation.strength.text;
  if (!expectation.because.empty()) result += " because " + listed(expectation.because);
  if (!expectation.about.empty()) result += " about " + listed(expectation.about);
  return result;
}

/// The values stand in columns, and the arrows too; what is wider than most does not push the others away.
void FilePrinter::varied(const VariedFacts& varied) {
  constexpr std::size_t widest = 40;
  const auto written = [&](const VariedRow& row, std::size_t column) {
    return value(row.values[column]) + (column + 1 == row.values.size() ? "" : ",");
  };
  std::vector<std::size_t> widths;
  for (const VariedRow& row : varied.rows) {
    if (widths.size() < row.values.size()) widths.resize(row.values.size());
    for (std::size_t column = 0; column < row.values.size(); ++column) {
      const std::size_t width = text::count_characters(written(row, column));
      if (width <= widest) widths[column] = std::max(widths[column], width);
    }
  }
  page_.line(varied.span.begin, fmt::format("vary {} {{", listed(varied.facts)));
  page_.indent();
  for (const VariedRow& row : varied.rows) {
    std::string line;
    for (std::size_t column = 0; column < row.values.size(); ++column) {
      if (column > 0) line += ' ';
      const bool last = column + 1 == row.values.size() && !row.expected;
      line += last ? written(row, column) : padded(written(row, column), widths[column]);
    }
    if (row.expected) line += " -> " + expectation(*row.expected);
    page_.line(row.span.begin, line);
  }
  close(varied.span);
}

void FilePrinter::declaration(const ScenarioDeclaration& scenario) {
  page_.line(scenario.span.begin,
             fmt::format("scenario {} of {} {{", quote(scenario.title.text), scenario.policy.text));
  page_.indent();
  const std::string like = scenario.is_like() ? "like " + quote(scenario.like.text) : "";
  if (!scenario.facts.empty()) {
    std::vector<Part> parts;
    for (const GivenFact& fact : scenario.facts) parts.push_back(part(fact));
    // `like` may stand before the facts.
    Span where = scenario.given;
    if (scenario.is_like()) where.begin = std::min(where.begin, scenario.like.span.begin);
    braces(where.begin, scenario.is_like() ? like + " but " : "given ", parts, where, "");
  } else if (scenario.is_like()) {
    page_.line(scenario.like.span.begin, like);
  }
  if (scenario.varied) varied(*scenario.varied);
  if (scenario.expected) {
    const std::vector<std::string> lines = broken("expect " + expectation(*scenario.expected));
    page_.line(scenario.expected->span.begin, lines.front());
    page_.indent();
    for (std::size_t i = 1; i < lines.size(); ++i) page_.line(lines[i]);
    page_.outdent();
  }
  if (scenario.with_drafts) page_.line(scenario.with_drafts->begin, "with drafts");
  for (const std::string& note : scenario.notes) page_.line("note " + quote(note));
  for (const std::string& each : scenario.unverified) page_.line("unverified " + quote(each));
  close(scenario.span);
}

}  // namespace proviso::syntax
