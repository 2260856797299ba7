#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "text/span.hpp"

namespace proviso::text {

enum class Severity : std::uint8_t { error, warning };

/// What can be said about policy text, one entry a kind: see diagnostics.def.
enum class Code : std::uint16_t {
#define PROVISO_DIAGNOSTIC(number, name, severity, title) name = number,
#include "text/diagnostics.def"
#undef PROVISO_DIAGNOSTIC
};

/// `P0107`.
std::string code_name(Code code);
/// The code for `P0107` or `p0107`; nothing where there is none.
std::optional<Code> code_by_name(std::string_view name);
Severity severity_of(Code code);
/// `error` or `warning`.
std::string_view severity_name(Severity severity);
/// A few words that name the kind: the headline of its page, the rule's name in SARIF.
std::string_view title_of(Code code);
/// The kind as one word, as diagnostics.def lists it: `unknown_name`.
std::string_view kind_name(Code code);
/// In the order of their numbers.
const std::vector<Code>& all_codes();

/// A further remark, with its place where it has one.
struct Note {
  std::string message;
  std::optional<Span> span;
};

/// One thing said about policy text. Messages are lower case without a full stop, with names in backquotes; they
/// state what was found and what was expected. `help` suggests, and never replaces the fact.
struct Diagnostic {
  Code code{};
  Span span;
  std::string message;
  std::vector<Note> notes;
  std::string help;
};

/// Gathers diagnostics; the same code at the same span is kept once.
class Diagnostics {
 public:
  /// Returns the kept diagnostic, to hang notes on; it stays where it is until the next `add`. What is hung on a
  /// repeated one is dropped.
  Diagnostic& add(Code code, Span span, std::string message);
  bool has_errors() const { return errors_ > 0; }
  std::size_t count(Severity severity) const;
  bool empty() const { return diagnostics_.empty(); }
  /// In the order of files and offsets; those of one place in the order in which they were added.
  std::vector<Diagnostic> sorted() const;
  const std::vector<Diagnostic>& all() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::set<std::tuple<Code, std::uint32_t, std::uint32_t, std::uint32_t>> seen_;
  std::size_t errors_ = 0;
  Diagnostic repeated_;
};

/// The candidate closest to `word`, if one is close enough to be what was meant: of those that differ from it by
/// letters added, left out, changed or swapped with a neighbour, at most one in three, the one that differs least,
/// and of several the first. Upper and lower case count as one letter.
std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace proviso::text
