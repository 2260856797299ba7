#include "syntax/hints.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "syntax/percentage.hpp"

namespace proviso::syntax {
namespace {

using grammar::Expects;

constexpr std::string_view pound = "\xC2\xA3";

/// The place of a mistake among the words around it.
struct Surroundings {
  std::string_view line;    ///< what stands before it on the line of the last token
  std::string_view before;  ///< the last word or number of that
  std::string_view found;
  std::string_view after;  ///< the word behind what was found
};

std::string_view word_at(std::string_view content, std::size_t begin) {
  const auto rest = content.substr(std::min(begin, content.size()));
  const auto end =
      std::find_if_not(rest.begin(), rest.end(), [](char c) { return grammar::is_name_character(c) || c == '.'; });
  return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

Surroundings surroundings(const Page& page, const Mistake& mistake, std::string_view found) {
  const auto content = page.content;
  const std::size_t end = last_token_end(page, mistake.offset);
  std::size_t line = end;
  while (line > 0 && !grammar::is_line_end(content[line - 1])) --line;
  while (line < end && grammar::is_blank(content[line])) ++line;
  std::size_t word = end;
  while (word > line && !grammar::is_blank(content[word - 1])) --word;
  const std::size_t behind = content.find_first_not_of(" \t", mistake.offset + found.size());
  return {content.substr(line, end - line), content.substr(word, end - word), found,
          behind == std::string_view::npos ? std::string_view() : word_at(content, behind)};
}

bool is_number(std::string_view word) { return !word.empty() && grammar::is_digit(word.front()); }

/// Where a certain word or sign is missing.
std::string instead_of(std::string_view wanted, const Surroundings& around) {
  if (wanted == "in" && around.before == "rank") {
    return fmt::format("the number of a line in a group is `rank in {}`", around.after);
  }
  if (wanted == "in" && around.line.substr(0, 6) == "share ") return "a tier is of a year: `above £1000 in a year`";
  if (wanted == "to" && around.before == "adjust") return "did you mean `adjust to`?";
  if (wanted == "as" && around.before == "recount") return "did you mean `recount as`?";
  if (wanted == "policy" && around.found == "payment") return "`omit policy` omits a payment too";
  if (wanted == "when" && around.found == "if") return "did you mean `when`?";
  if (wanted == "when" && around.found.substr(0, 1) == "\"") return "the sentence stands behind the condition";
  if (wanted == "and" && around.found == "to") return "`between A and B` takes both ends, with `and` between them";
  if (wanted == "," && around.found == "and") return "the shares of the parties stand with commas between them";
  return {};
}

std::string by_expectation(const grammar::Expectation& expected, const Surroundings& around) {
  if (expected.kind == Expects::spelled) return instead_of(expected.text, around);
  const auto wants = [&](std::string_view begin) { return expected.text.substr(0, begin.size()) == begin; };
  if (wants("a percentage") && is_number(around.found)) {
    return fmt::format("did you mean `{}`?", percentage(around.found));
  }
  if (wants("a date such as") && around.before == "effective" && around.found == "from") {
    return "write the first day right behind `effective`: `effective 2019-04-01`";
  }
  if (wants("a date such as") && is_number(around.found)) {
    return "year, month and day: `2019-04-01` is the 1st of April 2019";
  }
  if (wants("a name behind the `.`") && is_number(around.found)) {
    return "a code stands behind its system, as `opcs4:W37.1` or `icd10:I83.9`";
  }
  if (wants("a code in one word")) return "write it without a blank: `opcs4:W37.1`";
  if (wants("`known` or") && around.found == "not") return "did you mean `is unknown`?";
  if (wants("a fact alone")) return "lines belong together by facts, not by what is worked out from them";
  return {};
}

/// Where the comma of money such as `£1,000` stands: at the mistake, or right before it.
std::optional<std::size_t> comma_of_money(std::string_view content, std::size_t offset) {
  const bool behind = offset > 0 && offset < content.size() && grammar::is_digit(content[offset]);
  const std::size_t comma = behind ? offset - 1 : offset;
  if (comma >= content.size() || content[comma] != ',') return {};
  std::size_t digits = comma;
  while (digits > 0 && grammar::is_digit(content[digits - 1])) --digits;
  const bool money =
      digits < comma && digits >= pound.size() && content.substr(digits - pound.size(), pound.size()) == pound;
  return money ? std::optional(comma) : std::nullopt;
}

bool thousands_at(std::string_view content, std::size_t comma) {
  const auto digits = content.substr(std::min(comma, content.size())).substr(0, 5);
  return digits.size() >= 4 && digits[0] == ',' && grammar::is_digit(digits[1]) && grammar::is_digit(digits[2]) &&
         grammar::is_digit(digits[3]) && (digits.size() == 4 || !grammar::is_digit(digits[4]));
}

}  // namespace

std::optional<text::Diagnostic> money_with_commas(const Page& page, const Mistake& mistake) {
  const auto content = page.content;
  const auto comma = comma_of_money(content, mistake.offset);
  if (!comma || !thousands_at(content, *comma)) return {};
  std::size_t end = *comma;
  while (thousands_at(content, end)) end += 4;
  if (end + 1 < content.size() && content[end] == '.' && grammar::is_digit(content[end + 1])) {
    end = static_cast<std::size_t>(
        std::find_if_not(content.begin() + static_cast<std::ptrdiff_t>(end) + 1, content.end(), grammar::is_digit) -
        content.begin());
  }
  const std::size_t begin = content.rfind(pound, *comma);
  std::string plain(content.substr(begin, end - begin));
  const text::Span span{page.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  text::Diagnostic diagnostic{
      text::Code::syntax, span, fmt::format("expected money without commas, found `{}`", plain), {}, {}};
  plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
  diagnostic.help = fmt::format("write `{}`", plain);
  return diagnostic;
}

std::string in_small_letters(std::string_view word) {
  std::string small(word);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool is_keyword = std::find(grammar::reserved_keywords.begin(), grammar::reserved_keywords.end(), small) !=
                          grammar::reserved_keywords.end();
  return is_keyword && small != word ? small : std::string();
}

std::string nearest_unit(std::string_view word) {
  std::string plain;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] == '^') continue;
    // A power sign: two bytes, the second of which tells which.
    if (word[at] == '\xC2' && at + 1 < word.size()) {
      plain += word[++at] == '\xB2' ? '2' : '3';
    } else {
      plain += word[at];
    }
  }
  const std::vector<std::string> units(grammar::unit_words.begin(), grammar::unit_words.end());
  if (std::find(units.begin(), units.end(), plain) != units.end()) return plain;
  return text::closest(plain, units).value_or("");
}

std::string hint(const Page& page, const Mistake& mistake, std::string_view found) {
  const auto around = surroundings(page, mistake, found);
  if (found == "of" && !around.before.empty() && around.before.back() == '%') {
    return fmt::format("a part of a sum is a product: `{} * {}`", around.after, around.before);
  }
  if (found == "when" && around.line.substr(0, 10) == "otherwise ") {
    return "`otherwise` has no condition; to give it one make it a clause, without `otherwise`";
  }
  if (const auto small = in_small_letters(found); !small.empty()) return fmt::format("did you mean `{}`?", small);
  if (found == "of" && (around.before == "all" || around.before == "any")) {
    return fmt::format("`of` stands behind `at least N` and `none` alone: `{} {{`", around.before);
  }
  if ((found == "until" || found == "till") && around.line.substr(0, 10) == "effective ") {
    return "the last day stands behind `to`: `effective 2019-04-01 to 2020-03-31`";
  }
  if (found == "not" && around.after == "in") {
    return fmt::format("`not` stands before all of it: `not {} in ...`", around.before);
  }
  if (around.after == "from" && !grammar::plural_unit(found).empty()) {
    return fmt::format("did you mean `{} from A to B`?", grammar::plural_unit(found));
  }
  if (found == "working" && around.after == "day") return "did you mean `working days from A to B`?";
  if (found == "order" && around.after == "by") return "did you mean `ordered by`?";
  const bool direction = found == "descending" || found == "desc" || found == "ascending" || found == "asc";
  if (direction && around.line.find("ordered by ") != std::string_view::npos) {
    return "lines are ordered from the least up, and in no other way";
  }
  return by_expectation(mistake.expectation, around);
}

std::string lines_there_are(Expects expects) {
  if (expects == Expects::payment_line) {
    return "its lines are category, status, source, effective, dated by, placed by, in, applies when, note and "
           "unverified; its clauses exempt, pay, adjust to, recount as, withhold, query and otherwise";
  }
  if (expects == Expects::agreement_line) {
    return "its lines are between, covers, dated by, period, baseline, saving, share, cap, deduct, settle, after pay, "
           "target, corrected by, in, placed by, status, source, note and unverified";
  }
  return {};
}

}  // namespace proviso::syntax
