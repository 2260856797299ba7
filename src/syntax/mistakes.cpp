#include "syntax/mistakes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "syntax/hints.hpp"
#include "syntax/parse.hpp"
#include "text/utf8.hpp"

namespace proviso::syntax {
namespace {

using grammar::Expects;

/// Operators and characters that other languages and word processors have, and what is written here.
struct Foreign {
  std::string_view written;
  std::string_view help;
};
constexpr std::array foreign_operators = {
    Foreign{"==", "did you mean `=`?"},  Foreign{"=>", "did you mean `>=`?"},  Foreign{"=<", "did you mean `<=`?"},
    Foreign{"<>", "did you mean `!=`?"}, Foreign{"&&", "did you mean `and`?"}, Foreign{"||", "did you mean `or`?"},
    Foreign{"&", "did you mean `and`?"}, Foreign{"|", "did you mean `or`?"},   Foreign{"≤", "did you mean `<=`?"},
    Foreign{"≥", "did you mean `>=`?"},  Foreign{"≠", "did you mean `!=`?"},   Foreign{"×", "did you mean `*`?"},
    Foreign{"÷", "did you mean `/`?"},   Foreign{"−", "did you mean `-`?"},    Foreign{"–", "did you mean `-`?"},
    Foreign{"!", "did you mean `not`?"},
};

const std::vector<std::string> declaration_words = {
    "library", "use",  "record",    "type",     "codes",   "define", "table", "threshold", "policy",
    "places",  "hook", "variation", "scenario", "payment", "relate", "group", "agreement"};
const std::vector<std::string> policy_words = {"category", "status",  "source", "effective",  "dated",
                                               "placed",   "applies", "note",   "unverified", "exempt",
                                               "approve",  "refuse",  "review", "otherwise",  "in"};
const std::vector<std::string> payment_words = {"category", "status",   "source", "effective",  "dated",    "placed",
                                                "applies",  "note",     "in",     "unverified", "exempt",   "pay",
                                                "adjust",   "withhold", "query",  "recount",    "otherwise"};
const std::vector<std::string> agreement_words = {
    "status",   "source", "note",  "unverified", "between", "in",     "covers", "dated",  "placed",   "period",
    "baseline", "saving", "share", "cap",        "deduct",  "settle", "after",  "target", "corrected"};
const std::vector<std::string> variation_words = {"from",     "source", "replace", "add",  "remove",
                                                  "category", "omit",   "must",    "note", "unverified"};
const std::vector<std::string> scenario_words = {"given", "like",       "vary",    "expect", "with",
                                                 "note",  "unverified", "because", "about"};
const std::vector<std::string> group_words = {"all", "any"};
const std::vector<std::string> expectation_words = {"because", "about"};

/// What a scenario may expect, and the word that it begins with.
struct Outcome {
  std::string_view first_word;
  std::string_view written;
};
constexpr std::array outcomes = {
    Outcome{"approve", "approve"},
    Outcome{"refuse", "refuse"},
    Outcome{"review", "review"},
    Outcome{"exempt", "exempt"},
    Outcome{"information", "information needed"},
    Outcome{"not", "not applicable"},
    Outcome{"pay", "pay"},
    Outcome{"adjust", "adjust"},
    Outcome{"recount", "recount as CODE"},
    Outcome{"withhold", "withhold"},
    Outcome{"query", "query"},
};

/// What a clause of a payment gives.
constexpr std::array payment_outcomes = {
    Outcome{"pay", "pay in full"},        Outcome{"pay", "pay £X"},
    Outcome{"adjust", "adjust to £X"},    Outcome{"recount", "recount as CODE"},
    Outcome{"withhold", "withhold must"}, Outcome{"query", "query"},
    Outcome{"exempt", "exempt"},
};

const std::vector<std::string> strength_words = {"must", "may", "none", "risk"};

constexpr std::array<std::string_view, 6> field_words = {"assume", "ask", "measured", "valid", "check", "price"};

class Describer {
 public:
  Describer(const Page& page, const Mistake& mistake)
      : page_(page), mistake_(mistake), rest_(page.content.substr(mistake.offset)), found_(found_length()) {}

  /// With help where nothing more certain was said.
  text::Diagnostic run() {
    if (auto money = money_with_commas(page_, mistake_)) return *money;
    auto diagnostic = described();
    if (diagnostic.code != text::Code::syntax || !diagnostic.help.empty()) return diagnostic;
    diagnostic.help = hint(page_, mistake_, found_text());
    if (diagnostic.help.empty()) diagnostic.help = lines_there_are(mistake_.expectation.kind);
    return diagnostic;
  }

 private:
  text::Diagnostic described() {
    switch (mistake_.expectation.kind) {
      case Expects::shallow:
        return at_found(text::Code::too_deep, fmt::format("nested more than {} levels deep", nesting_limit));
      case Expects::unit_beside:
        return unit_on_next_line();
      case Expects::known_unit:
        return unknown_unit(mistake_.offset);
      case Expects::well_formed_date:
        return bad_date();
      case Expects::code_comma:
        return code_comma();
      case Expects::library_line:
        return missing_library();
      default:
        break;
    }
    if (auto foreign = foreign_operator()) return *foreign;
    if (auto unit = fact_found() ? std::nullopt : unit_before_found()) return unknown_unit(*unit);
    if (auto unit = unit_of_type()) return unknown_unit(*unit);
    switch (mistake_.expectation.kind) {
      case Expects::close_brace:
        return unterminated_block();
      case Expects::declaration:
        return unexpected_declaration();
      case Expects::policy_line:
        return unexpected_line("a line or a clause of the policy", policy_words);
      case Expects::payment_line:
        return unexpected_line("a line or a clause of the payment", payment_words);
      case Expects::agreement_line:
        return unexpected_agreement_line();
      case Expects::variation_line:
        return unexpected_variation_line();
      case Expects::scenario_line:
        return unexpected_scenario_line();
      case Expects::outcome:
        return missing_outcome(outcomes);
      case Expects::paid_outcome:
        return missing_outcome(payment_outcomes);
      case Expects::strength:
        return missing_strength();
      case Expects::expected_end:
        return unexpected_line(wanted(), expectation_words);
      case Expects::criterion_equals:
      case Expects::criterion_colon:
        return missing_colon();
      case Expects::reason:
        return no_reason();
      case Expects::value:
        return missing_value();
      case Expects::group:
        return unexpected_line(wanted(), group_words);
      case Expects::item:
        return misplaced_item();
      case Expects::name:
      case Expects::field:
      case Expects::criterion_item:
        return missing_name();
      default:
        return missing_word();
    }
  }

  // --- What was found

  std::size_t found_length() const {
    if (rest_.empty()) return 0;
    const char* begin = rest_.data();
    const char* end = begin + rest_.size();
    if (grammar::is_digit(*begin)) return number_length();
    if (grammar::is_name_character(*begin)) {
      return static_cast<std::size_t>(std::find_if_not(begin, end, grammar::is_name_character) - begin);
    }
    if (*begin == '"') return static_cast<std::size_t>(grammar::past_text(begin, end) - begin);
    for (std::string_view sign : {"<=", ">=", "!=", "->", "..", "==", "&&", "||", "<>", "=>"}) {
      if (rest_.substr(0, sign.size()) == sign) return sign.size();
    }
    return text::decode(rest_, 0).length;
  }

  /// `0.5` is one thing, and `3rd` too.
  std::size_t number_length() const {
    const auto past = [&](std::size_t from) {
      while (from < rest_.size() && grammar::is_name_character(rest_[from])) ++from;
      return from;
    };
    const std::size_t whole = past(0);
    const bool point = whole + 1 < rest_.size() && rest_[whole] == '.' && grammar::is_digit(rest_[whole + 1]);
    return point ? past(whole + 1) : whole;
  }

  std::string_view found_text() const { return rest_.substr(0, found_); }

  static std::string quoted(std::string_view words) {
    constexpr std::size_t longest = 40;
    if (words.size() <= longest) return fmt::format("`{}`", words);
    std::size_t cut = longest;
    while ((static_cast<unsigned char>(words[cut]) & 0xC0U) == 0x80U) --cut;
    return fmt::format("`{}...`", words.substr(0, cut));
  }

  std::string found() const { return found_ == 0 ? "the end of the file" : quoted(found_text()); }

  std::string wanted() const {
    const auto& expectation = mistake_.expectation;
    return expectation.kind == Expects::spelled ? fmt::format("`{}`", expectation.text) : std::string(expectation.text);
  }

  // --- Where to say it

  Span span(std::size_t begin, std::size_t end) const {
    return Span{page_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  Span found_span() const { return span(mistake_.offset, mistake_.offset + found_); }

  bool found_on_later_line() const {
    const std::uint32_t last = last_token_end(page_, mistake_.offset);
    const auto between = page_.content.substr(last, mistake_.offset - last);
    return last != 0 && (found_ == 0 || between.find('\n') != std::string_view::npos);
  }

  text::Diagnostic make(text::Code code, Span where, std::string message) const {
    return text::Diagnostic{code, where, std::move(message), {}, {}};
  }

  /// At what was found, or behind the last token where that is the end of the file.
  text::Diagnostic at_found(text::Code code, std::string message) const {
    if (found_ != 0) return make(code, found_span(), std::move(message));
    const std::uint32_t last = last_token_end(page_, mistake_.offset);
    return make(code, span(last, last), std::move(message));
  }

  /// Behind the last token, unless what was found stands on the same line: then there.
  text::Diagnostic missing(const std::string& what) const {
    std::string message = fmt::format("expected {}, found {}", what, found());
    if (!found_on_later_line()) return with_hint(at_found(text::Code::syntax, std::move(message)));
    const std::uint32_t last = last_token_end(page_, mistake_.offset);
    return with_hint(make(text::Code::syntax, span(last, last), std::move(message)));
  }

  text::Diagnostic with_hint(text::Diagnostic diagnostic) const {
    const auto word = found_text();
    if (word == "“" || word == "”" || word == "‘" || word == "’")
      diagnostic.help = "text stands in straight quotes, `\"`";
    return diagnostic;
  }

  // --- Kinds of mistakes

  std::optional<text::Diagnostic> foreign_operator() const {
    if (rest_.substr(0, 2) == "!=") return std::nullopt;
    for (const Foreign& foreign : foreign_operators) {
      if (rest_.substr(0, foreign.written.size()) != foreign.written) continue;
      auto diagnostic =
          make(text::Code::foreign_operator, span(mistake_.offset, mistake_.offset + foreign.written.size()),
               fmt::format("`{}` is no operator of the language", foreign.written));
      const bool arrow = mistake_.expectation.kind == Expects::given_end && foreign.written == "=>";
      diagnostic.help = arrow ? "did you mean `->`?" : foreign.help;
      return diagnostic;
    }
    return std::nullopt;
  }

  /// A word right behind a number on its line, which was read as the beginning of something else.
  std::optional<std::size_t> unit_before_found() const {
    const auto kind = mistake_.expectation.kind;
    std::size_t begin = mistake_.offset;
    if (kind == Expects::criterion_colon) {
      begin = last_token_end(page_, mistake_.offset);
      while (begin > 0 && grammar::is_name_character(page_.content[begin - 1])) --begin;
    } else if (kind != Expects::policy_line && kind != Expects::payment_line && kind != Expects::agreement_line &&
               kind != Expects::variation_line && kind != Expects::scenario_line && kind != Expects::given_end &&
               kind != Expects::declaration && kind != Expects::end) {
      return std::nullopt;
    }
    if (begin >= page_.content.size() || !grammar::is_letter(page_.content[begin])) return std::nullopt;
    std::size_t before = begin;
    while (before > 0 && grammar::is_blank(page_.content[before - 1])) --before;
    if (before == 0 || before == begin) return std::nullopt;
    std::size_t number = before;
    while (number > 0 && (grammar::is_digit(page_.content[number - 1]) || page_.content[number - 1] == '.')) --number;
    const bool is_number = number != before && (number == 0 || !grammar::is_name_character(page_.content[number - 1]));
    const bool is_money = number > 0 && static_cast<unsigned char>(page_.content[number - 1]) == 0xA3;
    const bool is_date = number > 1 && page_.content[number - 1] == '-' && grammar::is_digit(page_.content[number - 2]);
    return is_number && !is_money && !is_date ? std::optional(begin) : std::nullopt;
  }

  /// The name of the next fact of a scenario, before which a comma is missing.
  bool fact_found() const {
    const std::size_t sign = std::min(rest_.find_first_not_of(" \t", found_), rest_.size());
    return mistake_.expectation.kind == Expects::given_end && rest_.substr(sign, 1) == "=";
  }

  /// A word right behind the type `number` on its line that was read as something else: as what goes on behind the
  /// type, or as the name of a field, whose type then was the next line's name, or a word such as `measured`.
  std::optional<std::size_t> unit_of_type() const {
    const auto kind = mistake_.expectation.kind;
    if (follows_number_type(mistake_.offset)) return mistake_.offset;
    if (kind != Expects::field && kind != Expects::name && kind != Expects::words) return std::nullopt;
    std::size_t after = mistake_.offset;
    for (int words = 0; words < 3; ++words) {
      const std::size_t end = last_token_end(page_, static_cast<std::uint32_t>(after));
      std::size_t begin = end;
      while (begin > 0 && grammar::is_name_character(page_.content[begin - 1])) --begin;
      if (begin == end) return std::nullopt;
      if (follows_number_type(begin)) {
        const bool unit = grammar::is_unit_word(page_.content.substr(begin, end - begin));
        return !unit && may_follow_unit(end, after) ? std::optional(begin) : std::nullopt;
      }
      after = begin;
    }
    return std::nullopt;
  }

  /// Whether what stands at `after` is none that a field's type begins with: then the word before it was no name.
  bool may_follow_unit(std::size_t end, std::size_t after) const {
    if (page_.content.substr(end, after - end).find('\n') != std::string_view::npos) return true;
    const auto rest = page_.content.substr(after);
    const char* stop = grammar::past_name(rest.data(), rest.data() + rest.size());
    const auto word = rest.substr(0, static_cast<std::size_t>(stop - rest.data()));
    if (word.empty()) return rest.empty() || rest[0] == '"' || rest[0] == '}';
    return std::find(field_words.begin(), field_words.end(), word) != field_words.end();
  }

  bool follows_number_type(std::size_t begin) const {
    if (begin == page_.content.size() || !grammar::is_letter(page_.content[begin])) return false;
    std::size_t end = begin;
    while (end > 0 && grammar::is_blank(page_.content[end - 1])) --end;
    constexpr std::string_view type = "number";
    if (end == begin || end < type.size() || page_.content.substr(end - type.size(), type.size()) != type) return false;
    const std::size_t before = end - type.size();
    return before == 0 || !grammar::is_name_character(page_.content[before - 1]);
  }

  text::Diagnostic unknown_unit(std::size_t begin) const {
    const auto rest = page_.content.substr(begin);
    const char* stop = grammar::past_unit_like(rest.data(), rest.data() + rest.size());
    const auto word = rest.substr(0, static_cast<std::size_t>(stop - rest.data()));
    if (const auto small = in_small_letters(word); !small.empty()) {
      auto diagnostic = make(text::Code::syntax, span(begin, begin + word.size()),
                             fmt::format("expected `{}`, found {}", small, quoted(word)));
      diagnostic.help = "the words of the language are written in small letters";
      return diagnostic;
    }
    auto diagnostic = make(text::Code::syntax, span(begin, begin + word.size()),
                           fmt::format("expected a unit, found {}", quoted(word)));
    if (const auto near = nearest_unit(word); !near.empty()) diagnostic.help = fmt::format("did you mean `{}`?", near);
    return diagnostic;
  }

  text::Diagnostic unit_on_next_line() const {
    const char* begin = page_.content.data();
    const char* end = begin + page_.content.size();
    const char* unit = grammar::past_white_space(begin + mistake_.offset, end);
    const char* stop = grammar::past_unit(unit, end);
    const std::string_view word(unit, static_cast<std::size_t>(stop - unit));
    auto diagnostic = make(text::Code::unit_on_next_line,
                           span(static_cast<std::size_t>(unit - begin), static_cast<std::size_t>(stop - begin)),
                           fmt::format("unit `{}` stands on another line than its number", word));
    diagnostic.notes.push_back({"the number ends here", span(mistake_.offset, mistake_.offset)});
    diagnostic.help = "write the number and its unit on one line";
    return diagnostic;
  }

  text::Diagnostic bad_date() const {
    const auto length = std::min(rest_.find_first_not_of("0123456789-"), rest_.size());
    auto diagnostic = make(text::Code::syntax, span(mistake_.offset, mistake_.offset + length),
                           fmt::format("expected a date such as `2019-04-01`, found `{}`", rest_.substr(0, length)));
    diagnostic.help = "a month and a day have two digits; a subtraction has blanks round its `-`";
    return diagnostic;
  }

  text::Diagnostic code_comma() const {
    auto diagnostic = make(text::Code::syntax, found_span(), "expected white space between codes, found `,`");
    diagnostic.help = "leave the commas out";
    return diagnostic;
  }

  text::Diagnostic missing_library() const {
    auto diagnostic =
        at_found(text::Code::missing_library_line, fmt::format("expected `library` and a name, found {}", found()));
    diagnostic.help = "a file begins with a line such as `library blmk.polce`";
    return diagnostic;
  }

  /// The end of the file or a new line of something else: the brace was forgotten. Anything else is unexpected.
  text::Diagnostic unterminated_block() const {
    const bool forgotten = found_ == 0 || found_on_later_line();
    auto diagnostic = missing(forgotten ? "`}`" : "a code or `}`");
    if (forgotten) {
      diagnostic.code = text::Code::unterminated_block;
      diagnostic.message = fmt::format("block is not closed: expected `}}`, found {}", found());
    }
    if (mistake_.opener != no_offset) {
      diagnostic.notes.push_back({"the block opens here", span(mistake_.opener, mistake_.opener + 1)});
    }
    return diagnostic;
  }

  text::Diagnostic unexpected_line(std::string_view what, const std::vector<std::string>& words) const {
    auto diagnostic = with_hint(at_found(text::Code::syntax, fmt::format("expected {}, found {}", what, found())));
    if (const auto near = text::closest(found_text(), words))
      diagnostic.help = fmt::format("did you mean `{}`?", *near);
    return diagnostic;
  }

  text::Diagnostic unexpected_declaration() const {
    if (found_text() == "library")
      return at_found(text::Code::syntax, "`library` stands once, at the beginning of the file");
    return unexpected_line("a declaration", declaration_words);
  }

  text::Diagnostic unexpected_variation_line() const {
    auto diagnostic = unexpected_line("a line of the variation", variation_words);
    if (found_text() == "effective") diagnostic.help = "a variation holds `from` its first day";
    return diagnostic;
  }

  text::Diagnostic unexpected_scenario_line() const {
    auto diagnostic = unexpected_line("a line of the scenario", scenario_words);
    if (found_text() == "but") diagnostic.help = "`but` stands behind the title of a `like`, and once";
    return diagnostic;
  }

  text::Diagnostic unexpected_agreement_line() const {
    auto diagnostic = unexpected_line("a line of the agreement", agreement_words);
    const auto word = found_text();
    if (word == "floor") diagnostic.help = "`floor £X` stands behind the `saving` or the `settle`, on their line";
    if (word == "effective") diagnostic.help = "an agreement holds for a `period`";
    if (word == "applies") diagnostic.help = "an agreement says what it `covers`";
    if (word == "category") diagnostic.help = "an agreement has no category";
    if (word == "£" || word == "-") {
      const std::size_t end = last_token_end(page_, mistake_.offset);
      constexpr std::string_view floor = "floor";
      if (end >= floor.size() && page_.content.substr(end - floor.size(), floor.size()) == floor) {
        diagnostic.help = "behind `rounded to` the first `floor` is the way of rounding: say that before `floor £X`";
      }
    }
    return diagnostic;
  }

  text::Diagnostic missing_strength() const {
    auto diagnostic = missing("how strongly: `must`, `may`, `none` or `risk`");
    const auto near = text::closest(found_text(), strength_words);
    diagnostic.help = near ? fmt::format("did you mean `{}`?", *near)
                           : "`must`: will not pay; `may`: reserves the right not to; `none`: is under no obligation; "
                             "`risk`: at the provider's own risk";
    return diagnostic;
  }

  template <std::size_t N>
  text::Diagnostic missing_outcome(const std::array<Outcome, N>& possible) const {
    std::string list;
    std::vector<std::string> first_words;
    for (const Outcome& outcome : possible) {
      first_words.emplace_back(outcome.first_word);
      if (!list.empty()) list += &outcome == &possible.back() ? " or " : ", ";
      list += fmt::format("`{}`", outcome.written);
    }
    auto diagnostic = missing("an outcome: " + list);
    if (const auto near = text::closest(found_text(), first_words)) {
      const auto* outcome =
          std::find_if(possible.begin(), possible.end(), [&](const Outcome& each) { return each.first_word == *near; });
      diagnostic.help = fmt::format("did you mean `{}`?", outcome->written);
    }
    return diagnostic;
  }

  text::Diagnostic missing_colon() const {
    auto diagnostic =
        missing(found_text() == "=" ? "`:` after the criterion's name" : "`:` after the criterion's name and label");
    if (diagnostic.help.empty()) diagnostic.help = "a criterion is written `name \"sentence\": condition`";
    return diagnostic;
  }

  /// A word of the language that is missing was perhaps only misspelt: then it is what was found, or was taken for a
  /// name before that.
  text::Diagnostic missing_word() const {
    if (mistake_.expectation.kind != Expects::spelled) return missing(wanted());
    const std::vector<std::string> wanted_words = {std::string(mistake_.expectation.text)};
    if (text::closest(found_text(), wanted_words)) {
      auto diagnostic = missing(wanted());
      diagnostic.help = fmt::format("did you mean {}?", wanted());
      return diagnostic;
    }
    const std::size_t end = last_token_end(page_, mistake_.offset);
    std::size_t begin = end;
    while (begin > 0 && grammar::is_name_character(page_.content[begin - 1])) --begin;
    const auto before = page_.content.substr(begin, end - begin);
    if (mistake_.expectation.text != "when" || !text::closest(before, wanted_words)) return missing(wanted());
    auto diagnostic =
        make(text::Code::syntax, span(begin, end), fmt::format("expected `when`, found {}", quoted(before)));
    diagnostic.help = "did you mean `when`?";
    return diagnostic;
  }

  text::Diagnostic missing_value() const {
    auto diagnostic = missing(wanted());
    const auto word = found_text();
    if (word == "if" || word == "not" || word == "years" || word == "months" || word == "weeks" || word == "days") {
      if (!found_on_later_line()) diagnostic.help = fmt::format("put brackets round what begins with `{}`", word);
    } else if (word == "all" || word == "none") {
      diagnostic.help = "a group stands alone behind `when` or the `:` of a criterion";
    }
    return diagnostic;
  }

  text::Diagnostic no_reason() const {
    auto diagnostic = at_found(text::Code::foreign_criterion, fmt::format("{} is no criterion or clause", found()));
    diagnostic.help = "what no clause decides has no reason: leave out `because`";
    return diagnostic;
  }

  text::Diagnostic misplaced_item() const {
    return with_hint(at_found(text::Code::syntax, fmt::format("expected {}, found {}", wanted(), found())));
  }

  text::Diagnostic missing_name() const {
    const auto word = found_text();
    if (!grammar::is_reserved_word(word)) {
      return mistake_.expectation.kind == Expects::criterion_item ? misplaced_item() : missing(wanted());
    }
    const bool unit = grammar::is_unit_word(word);
    return at_found(text::Code::reserved_name,
                    fmt::format("`{}` is a {}, and cannot be a name", word, unit ? "unit" : "word of the language"));
  }

  const Page& page_;
  const Mistake& mistake_;
  std::string_view rest_;
  std::size_t found_;
};

}  // namespace

std::uint32_t last_token_end(const Page& page, std::uint32_t offset) {
  std::size_t end = offset;
  while (true) {
    while (end > 0 && (grammar::is_blank(page.content[end - 1]) || grammar::is_line_end(page.content[end - 1]))) --end;
    const auto comment = std::lower_bound(page.comments.begin(), page.comments.end(), end,
                                          [](const Comment& one, std::size_t at) { return one.span.end < at; });
    // A comment's span may end in blanks, which are passed over already.
    if (comment == page.comments.end() || comment->span.begin >= end) break;
    end = comment->span.begin;
  }
  return static_cast<std::uint32_t>(end);
}

text::Diagnostic describe(const Page& page, const Mistake& mistake) { return Describer(page, mistake).run(); }

}  // namespace proviso::syntax
