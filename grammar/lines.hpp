#pragma once

#include "lexical.hpp"

/// Where declarations and their lines begin: where reading goes on after a mistake, and what is no value even where one
/// is missing.
namespace proviso::grammar {

/// R, but only once the text could not be read: where something is missing, the beginnings of lines say where it ends.
/// What is right may be broken over lines anywhere, and is read before any of that is asked.
template <typename R>
struct after_a_mistake {
  using rule_t = after_a_mistake;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    return state.looks_again && Control<R>::template match<A, M, Action, Control>(in, state);
  }
};

/// R, but only inside an agreement: there an expression ends where a line of the agreement begins.
template <typename R>
struct only_in_agreement {
  using rule_t = only_in_agreement;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    return state.in_agreement && Control<R>::template match<A, M, Action, Control>(in, state);
  }
};

/// R, the inside of an agreement.
template <typename R>
struct inside_agreement {
  using rule_t = inside_agreement;
  using subs_t = peg::type_list<R>;

  /// Puts back what was, whatever a mistake throws.
  struct Entered {
    bool& flag;
    bool before;
    explicit Entered(bool& in_agreement) : flag(in_agreement), before(in_agreement) { flag = true; }
    ~Entered() { flag = before; }
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;
  };

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    const Entered entered(state.in_agreement);
    return Control<R>::template match<A, M, Action, Control>(in, state);
  }
};

// clang-format off

// The first words of a declaration, at the start of a line: where reading goes on after a mistake, and what ends a
// block that was left open. The words may be names elsewhere, so more than the word is looked at.
struct declaration_word : peg::sor<letters<"library">, letters<"use">, letters<"record">, letters<"type">,
                                   letters<"codes">, letters<"define">, letters<"table">, letters<"threshold">,
                                   letters<"policy">, letters<"variation">, letters<"hook">, letters<"payment">,
                                   letters<"agreement">, letters<"relate">, letters<"group">,
                                   letters<"scenario">> {};
struct on_record_word   : peg::sor<letters<"policy">, letters<"payment">, letters<"agreement">> {};
struct unindented       : peg::seq<first_column, peg::sor<peg::seq<declaration_word, some, name_part>,
                                                          peg::seq<letters<"variation">, some, letters<"of">>,
                                                          peg::seq<letters<"places">, blanks, peg::one<'{'>>,
                                                          peg::seq<letters<"scenario">, some, quote>>> {};
struct indented         : peg::sor<peg::seq<on_record_word, some, name_part, some, peg::sor<quote, letters<"on">>>,
                                   peg::seq<peg::sor<letters<"relate">, letters<"group">>, some, name_part, some, letters<"on">>,
                                   peg::seq<letters<"record">, some, name_part, blanks, peg::sor<quote, peg::one<'{'>>>,
                                   peg::seq<letters<"codes">, some, name_part, some, identifier, blanks, peg::one<'{'>>,
                                   peg::seq<letters<"define">, some, name_part, blanks, peg::one<'=', '('>>,
                                   peg::seq<letters<"type">, some, name_part, blanks, peg::one<'='>>,
                                   peg::seq<letters<"table">, some, name_part, blanks, peg::one<'('>>,
                                   peg::seq<letters<"threshold">, some, name_part, blanks, peg::one<':'>>,
                                   peg::seq<letters<"variation">, some, letters<"of">, some, name_part>,
                                   peg::seq<letters<"scenario">, some, quoted, some, letters<"of">>> {};
struct declaration_start: peg::seq<line_start, peg::sor<unindented, indented>> {};
// What probably is a declaration, when reading goes on after a mistake outside all blocks: its name may be reserved, and
// its first word misspelt.
struct likely_start     : peg::seq<first_column, peg::sor<peg::seq<declaration_word, some>,
                                                          peg::seq<identifier, some, identifier, blanks, peg::sor<peg::one<'{', '=', ':', '('>, quote, letters<"on">>>,
                                                          peg::seq<identifier, some, quoted, some, letters<"of">>>> {};
// A criterion at the start of a line, which is no value even where one is missing. `... when` and `otherwise ...` there are
// clauses, however their first word is spelt, and so is what begins with the outcome of a payment: more than the word is
// looked at, because facts may be called `pay` or `query`.
struct value_start      : peg::sor<name_part, digits, pound_sign, quote, peg::one<'('>, letters<"not">, letters<"if">,
                                   letters<"first">, letters<"minimum">, letters<"maximum">, letters<"sum">, letters<"count">,
                                   letters<"latest">, letters<"earliest">, letters<"any">, letters<"every">, letters<"absolute">,
                                   letters<"yes">, letters<"no">> {};
struct pay_start        : peg::seq<letters<"pay">, some, peg::sor<peg::seq<letters<"in">, some, letters<"full">>, value_start>> {};
struct payment_start    : peg::sor<pay_start,
                                   peg::seq<letters<"adjust">, some, letters<"to">>,
                                   peg::seq<letters<"recount">, some, letters<"as">>,
                                   peg::seq<letters<"withhold">, some, peg::sor<letters<"none">, letters<"when">, name_part>>> {};
struct criterion_line   : peg::seq<line_start, name_part, blanks, peg::opt<quoted>, blanks, peg::one<':'>> {};
struct clause_line      : peg::seq<line_start, peg::sor<peg::seq<name_part, some, peg::opt<name_part, some>, letters<"when">>,
                                                        peg::seq<letters<"otherwise">, some, identifier>,
                                                        payment_start>> {};
// The word of an outcome at the start of a line is never the name of the clause above, which lacks its `when`.
struct outcome_line     : peg::seq<line_start, peg::sor<letters<"exempt">, letters<"approve">, letters<"refuse">, letters<"review">,
                                                        letters<"pay">, letters<"adjust">, letters<"recount">, letters<"withhold">,
                                                        letters<"query">>> {};

// The lines of an agreement, in any order.
struct money_start      : peg::sor<peg::seq<peg::opt<dash>, pound_sign>, digits> {};
struct agreement_start  : peg::seq<line_start, peg::sor<peg::seq<letters<"status">, some, name_part>,
                                                        peg::seq<peg::sor<letters<"source">, letters<"note">, letters<"unverified">>, some, quote>,
                                                        peg::seq<peg::sor<letters<"in">, letters<"between">, letters<"settle">>, some, name_part>,
                                                        peg::seq<peg::sor<letters<"dated">, letters<"placed">, letters<"corrected">>, some, letters<"by">>,
                                                        peg::seq<peg::sor<letters<"covers">, letters<"saving">, letters<"deduct">, letters<"baseline">>, some, value_start>,
                                                        peg::seq<letters<"period">, some, digits>,
                                                        peg::seq<letters<"share">, some, name_part, blanks, peg::sor<money_start, peg::one<',', '%'>>>,
                                                        peg::seq<letters<"cap">, some, name_part, some, money_start>,
                                                        peg::seq<letters<"after">, some, letters<"pay">>,
                                                        peg::seq<letters<"target">, some, name_part, some, peg::sor<quote, letters<"among">>>>> {};
// clang-format on

}  // namespace proviso::grammar

namespace tao::pegtl {
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::after_a_mistake<R>> : analyze_traits<Name, typename R::rule_t> {};
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::only_in_agreement<R>> : analyze_traits<Name, typename R::rule_t> {};
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::inside_agreement<R>> : analyze_traits<Name, typename R::rule_t> {};
}  // namespace tao::pegtl
