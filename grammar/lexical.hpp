#pragma once

#include <cstddef>
#include <string_view>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "words.hpp"

/// Words, signs, names and literals. A token takes the white space and comments behind it, so that no rule looks at
/// the same white space twice. The parse state has `token_end`, the offset at which the last token ended, before that
/// white space: that is where something missing is reported.
namespace proviso::grammar {

namespace peg = tao::pegtl;

/// A word or a sign as a template argument.
template <std::size_t N>
struct Spelling {
  char characters[N] = {};
  constexpr Spelling(const char (&text)[N]) {  // NOLINT: implicit, so that rules read `word<"if">`
    for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
  }
  constexpr std::string_view view() const { return {characters, N - 1}; }
};

/// A token: what R matches, then white space.
template <typename R>
struct token {
  using rule_t = token;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    if (!Control<R>::template match<A, M, Action, Control>(in, state)) return false;
    state.token_end = in.byte();
    in.bump(static_cast<std::size_t>(past_white_space(in.current(), in.end()) - in.current()));
    return true;
  }
};

/// A rule that is a function over characters: `Scan(begin, end)` says where it ends, `begin` meaning no match.
template <auto Scan>
struct scanned {
  using rule_t = scanned;
  using subs_t = peg::empty_list;

  template <typename Input>
  static bool match(Input& in) {
    const char* stop = Scan(in.current(), in.end());
    if (stop == in.current()) return false;
    in.bump(static_cast<std::size_t>(stop - in.current()));
    return true;
  }
};

/// A place that is seen without taking anything: `See(file begin, here, file end)`.
template <auto See>
struct seen {
  using rule_t = seen;
  using subs_t = peg::empty_list;

  template <typename Input>
  static bool match(Input& in) {
    return See(in.begin(), in.current(), in.end());
  }
};

namespace detail {

template <Spelling S>
const char* past_word(const char* begin, const char* end) {
  constexpr std::string_view text = S.view();
  const std::string_view rest(begin, static_cast<std::size_t>(end - begin));
  if (rest.substr(0, text.size()) != text) return begin;
  const char* stop = begin + text.size();
  return stop != end && is_name_character(*stop) ? begin : stop;
}

template <Spelling S>
const char* past_sign(const char* begin, const char* end) {
  constexpr std::string_view text = S.view();
  const std::string_view rest(begin, static_cast<std::size_t>(end - begin));
  return rest.substr(0, text.size()) == text ? begin + text.size() : begin;
}

inline const char* past_unreserved_name(const char* begin, const char* end) {
  const char* stop = past_name(begin, end);
  return is_reserved_word({begin, static_cast<std::size_t>(stop - begin)}) ? begin : stop;
}

inline const char* past_quoted(const char* begin, const char* end) {
  return begin != end && *begin == '"' ? past_text(begin, end) : begin;
}

/// `W37.1`, `L84`, `06P00`.
inline const char* past_code(const char* begin, const char* end) {
  const auto part = [&](const char* from) {
    return std::find_if_not(from, end, [](char c) { return is_letter(c) || is_digit(c); });
  };
  const char* stop = part(begin);
  if (stop == begin || stop == end || *stop != '.') return stop;
  const char* further = part(stop + 1);
  return further == stop + 1 ? stop : further;
}

/// A unit at the beginning of a later line: it does not belong to the number before it.
inline bool at_unit_on_later_line(const char*, const char* here, const char* end) {
  const char* start = past_white_space(here, end);
  if (std::find_if(here, start, is_line_end) == start) return false;
  const char* stop = past_unit(start, end);
  // `month` and its like are names too; the others can begin nothing.
  return stop != start && plural_unit({start, static_cast<std::size_t>(stop - start)}).empty();
}

/// Only blanks before this place on its line.
inline bool at_line_start(const char* file, const char* here, const char*) {
  while (here != file && is_blank(here[-1])) --here;
  return here == file || is_line_end(here[-1]);
}

inline bool at_first_column(const char* file, const char* here, const char*) {
  return here == file || is_line_end(here[-1]);
}

}  // namespace detail

/// The characters of a word or a sign, without the white space behind it.
template <Spelling S>
struct letters : scanned<detail::past_word<S>> {};

/// A word: what follows does not go on with it.
template <Spelling S>
struct word : token<letters<S>> {
  static constexpr std::string_view spelling = S.view();
};

template <Spelling S>
struct sign : token<scanned<detail::past_sign<S>>> {
  static constexpr std::string_view spelling = S.view();
};

#define PROVISO_RESERVED(spelled) \
  struct word_##spelled : word<#spelled> {};
#define PROVISO_CONTEXTUAL(spelled) \
  struct word_##spelled : word<#spelled> {};
#include "reserved_words.def"
#undef PROVISO_RESERVED
#undef PROVISO_CONTEXTUAL

struct word_years : word<"years"> {};
struct word_months : word<"months"> {};
struct word_weeks : word<"weeks"> {};
struct word_days : word<"days"> {};
/// Of `in a year`: too short for the list of words.
struct word_a : word<"a"> {};

// clang-format off

// NAME    = letter { letter | digit | "_" }, not a reserved word
// PATH    = NAME { "." NAME }                     without white space
// A reserved word behind a dot is complained about as a name, not as a stray dot.
struct line_start       : seen<detail::at_line_start> {};
struct first_column     : seen<detail::at_first_column> {};
struct gap              : scanned<past_white_space> {};
struct leading_space    : peg::opt<gap> {};
struct identifier       : scanned<past_name> {};
struct name_part        : scanned<detail::past_unreserved_name> {};
struct name             : token<name_part> {};
struct path             : token<peg::seq<name_part, peg::star<peg::one<'.'>, peg::must<name_part>>>> {};
/// A word that stands for itself, as the category of a policy or the system of a code.
struct any_word         : token<identifier> {};

// TEXT    = '"' { character | "\" character } '"'   on one line
struct quoted           : scanned<detail::past_quoted> {};
struct text             : token<quoted> {};

// NUMBER  = digits [ "." digits ]
// literal = DATE | "£" NUMBER | NUMBER ( "%" | "p" | UNIT | nothing )
// Only blanks may stand between a number and its unit: line ends separate criteria.
struct blanks           : peg::star<peg::one<' ', '\t'>> {};
struct some             : peg::plus<peg::one<' ', '\t'>> {};
struct quote            : peg::one<'"'> {};
struct digits           : peg::seq<peg::plus<peg::digit>, peg::opt<peg::one<'.'>, peg::plus<peg::digit>>> {};
struct dash             : peg::one<'-'> {};
struct date_characters  : peg::seq<peg::rep<4, peg::digit>, dash, peg::rep<2, peg::digit>, dash, peg::rep<2, peg::digit>, peg::not_at<peg::identifier_other>> {};
struct nearly_a_date    : peg::seq<peg::rep<4, peg::digit>, dash, peg::rep_min_max<1, 2, peg::digit>, dash, peg::plus<peg::digit>> {};
struct well_formed_date : peg::failure {};
struct percent_sign     : peg::one<'%'> {};
struct pence_sign       : peg::seq<peg::one<'p'>, peg::not_at<peg::identifier_other>> {};
struct unit             : scanned<past_unit> {};
struct singular_unit    : peg::sor<letters<"year">, letters<"month">, letters<"week">, letters<"day">, letters<"hour">, letters<"minute">> {};
/// Behind the type `number` a unit stands in the plural; `day` may be the name of the next field.
struct plural_unit_word : peg::seq<peg::not_at<singular_unit>, unit> {};
struct known_unit       : peg::failure {};
struct raised_unit      : peg::if_must<peg::at<scanned<past_raised_unit>>, known_unit> {};
struct unit_beside      : peg::failure {};
struct unit_elsewhere   : seen<detail::at_unit_on_later_line> {};
struct lone_number      : peg::sor<peg::if_must<peg::at<peg::identifier_first>, known_unit>,
                                   peg::if_must<unit_elsewhere, unit_beside>,
                                   peg::success> {};
struct date             : token<date_characters> {};
struct false_date       : peg::if_must<peg::at<nearly_a_date>, well_formed_date> {};
struct pound_sign       : peg::string<'\xC2', '\xA3'> {};
struct pounds           : token<peg::seq<pound_sign, digits>> {};
struct numeric          : token<peg::seq<digits, peg::sor<percent_sign, pence_sign, peg::seq<blanks, peg::sor<raised_unit, unit>>, lone_number>>> {};

// CODE    = word ":" code characters               without white space
struct code_system      : identifier {};
struct code_characters  : scanned<detail::past_code> {};
/// The systems that there are, and the beginning of a code of one: for a code with a blank in it.
struct system_word      : peg::sor<letters<"opcs4">, letters<"icd10">, letters<"snomed">, letters<"dmd">, letters<"hrg">, letters<"tfc">, letters<"ods">> {};
struct code_start       : peg::ranges<'A', 'Z', '0', '9'> {};
struct whole_code       : peg::failure {};
struct code             : token<peg::seq<code_system, peg::one<':'>, code_characters>> {};
// clang-format on

}  // namespace proviso::grammar

// The analysis of PEGTL is told what rules of our own do.
namespace tao::pegtl {
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::token<R>> : analyze_traits<Name, typename R::rule_t> {};
template <typename Name, auto Scan>
struct analyze_traits<Name, proviso::grammar::scanned<Scan>> : analyze_any_traits<> {};
template <typename Name, auto See>
struct analyze_traits<Name, proviso::grammar::seen<See>> : analyze_opt_traits<> {};
}  // namespace tao::pegtl
