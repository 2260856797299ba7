#include "syntax/parse.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "grammar/messages.hpp"
#include "syntax/build.hpp"
#include "syntax/mistakes.hpp"
#include "syntax/nodes.hpp"
#include "syntax/scan.hpp"
#include "syntax/unread.hpp"

/// Drives the grammar over a file. This is the one place that sees the parser library: the rules leave nodes, from
/// which the tree is built, and mistakes, which are described elsewhere.
namespace proviso::syntax {
namespace {

namespace peg = tao::pegtl;

/// Thrown when a file has too many mistakes to go on.
struct Abandoned {};

/// Thrown at the first mistake of a file that was taken for right.
struct NotRight {};

template <typename R>
inline constexpr Rule rule_of = Rule::none;
template <typename R>
inline constexpr bool folds = false;

#define PROVISO_RULE(name) \
  template <>              \
  inline constexpr Rule rule_of<grammar::name> = Rule::name;
#define PROVISO_FOLDING_RULE(name)                           \
  template <>                                                \
  inline constexpr Rule rule_of<grammar::name> = Rule::name; \
  template <>                                                \
  inline constexpr bool folds<grammar::name> = true;
#include "syntax/rules.def"
#undef PROVISO_RULE
#undef PROVISO_FOLDING_RULE

std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

/// What the rules fill while they are matched: see grammar/structure.hpp.
class State {
 public:
  using Mistake = syntax::Mistake;

  struct Memory {
    std::size_t nodes;
    std::size_t depth;
    std::size_t openers;
  };

  State(const Page& page, const std::vector<text::Diagnostic>& scanned, std::vector<text::Diagnostic>& diagnostics,
        bool after_a_mistake)
      : looks_again(after_a_mistake), page_(page), scanned_(scanned), diagnostics_(diagnostics) {}

  /// Whether the beginnings of lines say where what is missing ends: see grammar/lines.hpp.
  const bool looks_again;

  std::size_t token_end = 0;
  /// Inside an agreement, whose lines end expressions.
  bool in_agreement = false;
  /// Braces that were open where a mistake was made, for what skips it.
  std::size_t left_open = 0;
  Nodes nodes;
  std::vector<std::uint32_t> openers;
  /// What could not be read: where it begins and ends.
  std::vector<std::pair<std::size_t, std::size_t>> skipped;

  bool enter() {
    if (depth_ == nesting_limit) return false;
    ++depth_;
    return true;
  }
  void leave() { --depth_; }

  Memory remember() const { return {nodes.size(), depth_, openers.size()}; }
  void go_back(const Memory& memory) {
    nodes.shorten(memory.nodes);
    depth_ = memory.depth;
    openers.resize(memory.openers);
  }

  /// Keeps a mistake, unless it only follows from another one.
  void report(const Mistake& mistake) {
    if (!looks_again) throw NotRight();
    if (follows(mistake)) return;
    last_ = mistake.offset;
    too_deep_ = too_deep_ || mistake.expectation.kind == grammar::Expects::shallow;
    diagnostics_.push_back(describe(page_, mistake));
    if (diagnostics_.size() > error_limit) throw Abandoned();
  }

 private:
  bool follows(const Mistake& mistake) {
    const auto kind = mistake.expectation.kind;
    if (mistake.offset == last_) return true;
    // The blocks that were too deep to be read are not closed either.
    if (kind == grammar::Expects::close_brace && too_deep_) return true;
    if (kind == grammar::Expects::code_comma) {
      if (!openers.empty() && openers.back() == comma_complained_in_) return true;
      comma_complained_in_ = openers.empty() ? no_offset : openers.back();
    }
    return std::any_of(scanned_.begin(), scanned_.end(), [&](const auto& other) { return explains(other, mistake); });
  }

  /// A text that is not closed takes the rest of its line with it; a forbidden character may have split a word.
  bool explains(const text::Diagnostic& other, const Mistake& mistake) const {
    if (other.span.begin > mistake.offset) return false;
    const std::string_view between = page_.content.substr(other.span.begin, mistake.offset - other.span.begin);
    if (other.code == text::Code::forbidden_character) return between.find('\n') == std::string_view::npos;
    return other.code == text::Code::unterminated_text && last_token_end(page_, mistake.offset) <= other.span.end;
  }

  const Page& page_;
  const std::vector<text::Diagnostic>& scanned_;
  std::vector<text::Diagnostic>& diagnostics_;
  std::size_t depth_ = 0;
  std::uint32_t last_ = no_offset;
  std::uint32_t comma_complained_in_ = no_offset;
  bool too_deep_ = false;
};

template <typename R>
struct Control : peg::normal<R> {
  template <typename Input>
  static Mistake mistake(const Input& in, const State& state) {
    return Mistake{narrow(in.byte()), state.openers.empty() ? no_offset : state.openers.back(),
                   grammar::expected<R>::value};
  }

  template <typename Input>
  [[noreturn]] static void raise(const Input& in, State& state) {
    throw mistake(in, state);
  }

  /// Says what `raise` says, and goes on.
  template <typename Input>
  static void complain(const Input& in, State& state) {
    state.report(mistake(in, state));
  }

  /// Rewinds whatever fails, so that mistakes are placed where the failed rule began, and takes back its nodes.
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class OtherControl, typename Input>
  static bool match(Input& in, State& state) {
    const std::size_t first = state.nodes.size();
    const std::size_t begin = in.byte();
    const std::size_t token_end = state.token_end;
    if (!peg::normal<R>::template match<A, peg::rewind_mode::required, Action, OtherControl>(in, state)) {
      // A rule without rules below it leaves nothing to take back.
      if constexpr (!std::is_same_v<typename R::subs_t, peg::empty_list>) {
        state.nodes.shorten(first);
        state.token_end = token_end;
      }
      return false;
    }
    // A look ahead passes over tokens without taking them.
    if (state.token_end > in.byte()) state.token_end = token_end;
    if constexpr (std::is_same_v<R, grammar::block_opened>) {
      state.openers.push_back(in.byte() == begin ? no_offset : narrow(begin));
    } else if constexpr (std::is_same_v<R, grammar::block_closed>) {
      state.openers.pop_back();
    }
    // What is only looked at leaves no node.
    if constexpr (A == peg::apply_mode::action) leave_node(in, state, first, begin);
    return true;
  }

 private:
  template <typename Input>
  static void leave_node(const Input& in, State& state, std::size_t first, std::size_t begin) {
    if constexpr (rule_of<R> != Rule::none) {
      if constexpr (folds<R>) {
        if (state.nodes.single_since(first)) return;
      }
      // Inside a token its end is not known yet.
      const std::size_t end = state.token_end > begin ? state.token_end : in.byte();
      state.nodes.close(rule_of<R>, first, narrow(begin), narrow(end));
    }
  }
};

/// Reads one file with one rule of the grammar, and hands what it found to `build`.
class Reader {
 public:
  Reader(const text::Sources& sources, std::uint32_t file, text::Diagnostics& diagnostics)
      : file_(file), sink_(diagnostics), scan_(scan(sources.file(file).content(), file, error_limit + 1)) {
    content_ = scan_.mended.empty() ? sources.file(file).content() : std::string_view(scan_.mended);
  }

  template <typename R, typename Build>
  Tree read(const Build& build) {
    Tree tree;
    tree.comments = scan_.comments;
    if (scan_.readable && scan_.diagnostics.size() <= error_limit) {
      const Page page{content_, file_, scan_.comments};
      std::optional<State> state;
      state.emplace(page, scan_.diagnostics, found_, !scan_.diagnostics.empty());
      if (!match<R>(*state)) {
        state.emplace(page, scan_.diagnostics, found_, true);
        match<R>(*state);
      }
      Builder builder(content_, file_, state->nodes, tree, found_);
      build(builder, state->nodes, tree);
      for (const auto& [begin, end] : state->skipped) add_names(content_.substr(begin, end - begin), tree.unread);
    } else {
      add_names(content_, tree.unread);
    }
    finish();
    return tree;
  }

 private:
  /// Whether that was all: where it was taken for right and is not, it is to be looked at again.
  template <typename R>
  bool match(State& state) {
    peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf, const char*> in(
        content_.data(), content_.data() + content_.size(), "");
    try {
      static_cast<void>(peg::parse<R, peg::nothing, Control>(in, state));
    } catch (const NotRight&) {
      return false;
    } catch (const Mistake& mistake) {
      if (!state.looks_again) return false;
      state.go_back({0, 0, 0});
      state.skipped.emplace_back(0, content_.size());
      try {
        state.report(mistake);
      } catch (const Abandoned&) {
      }
    } catch (const Abandoned&) {
      state.skipped.emplace_back(0, content_.size());
    }
    return true;
  }

  /// In the order of the text, and no more than a person reads.
  void finish() {
    found_.insert(found_.end(), scan_.diagnostics.begin(), scan_.diagnostics.end());
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (i == error_limit) {
        sink_.add(text::Code::too_many_errors, found_[i].span,
                  fmt::format("more than {} errors: the rest of the file is left unread", error_limit));
        break;
      }
      auto& kept = sink_.add(found_[i].code, found_[i].span, std::move(found_[i].message));
      kept.notes = std::move(found_[i].notes);
      kept.help = std::move(found_[i].help);
    }
  }

  std::uint32_t file_;
  text::Diagnostics& sink_;
  Scan scan_;
  std::string_view content_;
  std::vector<text::Diagnostic> found_;
};

}  // namespace

Tree parse(const text::Sources& sources, std::uint32_t file, text::Diagnostics& diagnostics) {
  Reader reader(sources, file, diagnostics);
  return reader.read<grammar::file>([](Builder& builder, const Nodes&, Tree&) { builder.file(); });
}

ParsedExpression parse_expression(const text::Sources& sources, std::uint32_t file, text::Diagnostics& diagnostics) {
  ParsedExpression parsed;
  Reader reader(sources, file, diagnostics);
  parsed.tree = reader.read<grammar::lone_expression>([&](Builder& builder, const Nodes& nodes, Tree& tree) {
    const auto roots = nodes.roots();
    if (roots.empty()) return;
    parsed.root = builder.expression(roots.front());
    if (tree.expression(parsed.root).kind == ExpressionKind::error) parsed.root = no_expression;
  });
  return parsed;
}

bool is_reserved(std::string_view word) { return grammar::is_reserved_word(word); }

}  // namespace proviso::syntax
