#pragma once

#include <utility>

#include "lines.hpp"

/// What holds the rules of a file together: depth, blocks, and going on after a mistake.
namespace proviso::grammar {

/// Nothing: stands for "nested no deeper", which is complained about by this name.
struct shallow_enough : peg::failure {};

/// R one level deeper. The state counts the levels, and the limit bounds the recursion of everything that later walks
/// the tree.
template <typename R>
struct nested {
  using rule_t = nested;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    if (!state.enter()) Control<shallow_enough>::raise(in, state);
    const bool matched = Control<R>::template match<A, M, Action, Control>(in, state);
    state.leave();
    return matched;
  }
};

/// R, or a complaint that it is missing; reading goes on as though it were there.
template <typename R>
struct supposed {
  using rule_t = supposed;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    if (!Control<R>::template match<A, peg::rewind_mode::required, Action, Control>(in, state)) {
      Control<R>::complain(in, state);
    }
    return true;
  }
};

/// R, which ought not to be there, with a complaint that goes by the name of the rule As.
template <typename As, typename R>
struct misplaced {
  using rule_t = misplaced;
  using subs_t = peg::type_list<R>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    const auto start = in.iterator();
    if (!Control<R>::template match<A, peg::rewind_mode::required, Action, Control>(in, state)) return false;
    const auto stop = in.iterator();
    in.iterator() = start;
    Control<As>::complain(in, state);
    in.iterator() = stop;
    return true;
  }
};

/// Which `}` of a block around ends the skipping: any; only one behind which a declaration or the end of the file
/// comes, because the others may close blocks whose beginning was lost; or none, outside all blocks.
enum class Closing { any, last, none };

/// Skips what cannot be read, up to a place where Stop matches. A block opened in what is skipped is skipped whole. The
/// state has `left_open`, how many braces were open in what was read before.
template <typename Stop, Closing closing>
struct skip_to {
  using rule_t = skip_to;
  using subs_t = peg::type_list<Stop>;

  template <peg::apply_mode, peg::rewind_mode, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    std::size_t depth = 0;
    std::size_t left_open = std::exchange(state.left_open, 0);
    const auto sees = [&](auto rule) {
      using R = decltype(rule);
      const auto here = in.iterator();
      const bool found =
          Control<R>::template match<peg::apply_mode::nothing, peg::rewind_mode::required, Action, Control>(in, state);
      in.iterator() = here;
      return found;
    };
    while (!in.empty()) {
      const char* here = in.current();
      const char* next = here + 1;
      const bool begins_something = is_letter(*here) || is_digit(*here) || *here == '"' || *here == '-';
      if (begins_something && (depth == 0 || closing == Closing::none) && sees(Stop{})) return true;
      if (is_letter(*here)) {
        if (sees(declaration_start{})) return true;
        next = past_name(here, in.end());
      } else if (*here == '"') {
        next = past_text(here, in.end());
      } else if (*here == '#') {
        next = past_line(here, in.end());
      } else if (*here == '{') {
        ++depth;
      } else if (*here == '}' && depth > 0) {
        --depth;
      } else if (*here == '}' && left_open > 0) {
        --left_open;
      } else if (*here == '}' && closing != Closing::none) {
        in.iterator() = past_white_space(next, in.end());
        const bool last = closing == Closing::any || in.empty() || sees(declaration_start{});
        in.iterator() = here;
        if (last) return true;
      } else if (is_digit(*here)) {
        next = std::find_if_not(here, in.end(), is_name_character);
      }
      in.bump(static_cast<std::size_t>(next - here));
    }
    return true;
  }
};

/// How many `{` are open at the end of what was read: the sets of an expression, whose `}` closes no block.
inline std::size_t open_braces(const char* begin, const char* end) {
  std::size_t open = 0;
  for (const char* here = begin; here < end;) {
    if (*here == '"') {
      here = past_text(here, end);
      continue;
    }
    if (*here == '#') {
      here = past_line(here, end);
      continue;
    }
    if (*here == '{') ++open;
    if (*here == '}' && open > 0) --open;
    ++here;
  }
  return open;
}

/// Item, or a complaint and whatever Skip passes over. Never stays where it is.
template <typename Item, typename Skip>
struct recover {
  using rule_t = recover;
  using subs_t = peg::type_list<Item, Skip>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename State>
  static bool match(Input& in, State&& state) {
    using Mistake = typename std::decay_t<State>::Mistake;
    const auto start = in.iterator();
    const auto before = state.remember();
    try {
      if (Control<Item>::template match<A, peg::rewind_mode::required, Action, Control>(in, state)) return true;
      Control<Item>::raise(in, state);
    } catch (const Mistake& mistake) {
      state.go_back(before);
      state.report(mistake);
      in.iterator() = std::max(start, in.begin() + mistake.offset);
      state.left_open = open_braces(start, in.iterator());
    }
    const auto skip = [&] {
      return Control<Skip>::template match<A, peg::rewind_mode::required, Action, Control>(in, state);
    };
    bool found = skip();
    if (in.iterator() == start && !in.empty()) {
      const char* past = std::max(past_name(start, in.end()), start + 1);
      in.bump(static_cast<std::size_t>(past - start));
      found = skip();
    }
    state.skipped.emplace_back(static_cast<std::size_t>(start - in.begin()), in.byte());
    return found;
  }
};

// clang-format off
struct open_brace  : sign<"{"> {};
struct close_brace : sign<"}"> {};

// block<Item> = "{" { Item } "}"
// A block that is not closed ends before the next declaration, or where Stop sees that it must have ended. A line of one
// that is closed may begin like either.
struct block_opened : supposed<open_brace> {};
struct block_closed : supposed<close_brace> {};
template <typename Item, typename Stop, typename Skip>
struct block : peg::seq<block_opened,
                        peg::star<peg::not_at<peg::sor<peg::one<'}'>, peg::eof, after_a_mistake<peg::sor<declaration_start, Stop>>>>,
                                  recover<Item, Skip>>,
                        block_closed> {};
// clang-format on

}  // namespace proviso::grammar

namespace tao::pegtl {
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::nested<R>> : analyze_traits<Name, typename R::rule_t> {};
template <typename Name, typename R>
struct analyze_traits<Name, proviso::grammar::supposed<R>> : analyze_opt_traits<R> {};
template <typename Name, typename As, typename R>
struct analyze_traits<Name, proviso::grammar::misplaced<As, R>> : analyze_traits<Name, typename R::rule_t> {};
template <typename Name, typename Stop, proviso::grammar::Closing closing>
struct analyze_traits<Name, proviso::grammar::skip_to<Stop, closing>> : analyze_opt_traits<Stop> {};
// Always takes something, whatever Item and Skip do.
template <typename Name, typename Item, typename Skip>
struct analyze_traits<Name, proviso::grammar::recover<Item, Skip>> : analyze_any_traits<Item, Skip> {};
}  // namespace tao::pegtl
