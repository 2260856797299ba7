#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

/// Lua hooks: pure functions for what a place decides in a way that the language does not cover. What a hook sees, and
/// what stops it, is in SECURITY.md. Lua is known in this folder alone.
namespace proviso::hooks {

/// What one call of a hook may use. All are counted, never timed, so that a call ends alike wherever it runs.
struct Limits {
  std::uint64_t instructions = 200'000;      ///< of the Lua machine, and work that library functions are charged for
  std::size_t memory = 4 * 1024 * 1024;      ///< bytes held at one time, beside the script and the library
  std::size_t allocated = 32 * 1024 * 1024;  ///< bytes asked for over one call
  std::size_t text = 64 * 1024;              ///< bytes of one text
};

/// `200000 instructions, 4 MiB`, as explanations show it.
std::string format(const Limits& limits);

struct Argument {
  bool known = false;
  std::int64_t bits = 0;  ///< as a column holds it; 0 or 1 for truth
  std::string_view text;  ///< of type text: what it says
};

struct Answer {
  bool known = false;
  std::int64_t bits = 0;  ///< as a column holds it; 0 or 1 for truth
  std::string sentence;   ///< for the explanation; may be empty. Valid UTF-8 without control characters
  std::string problem;    ///< why there is no answer, where the hook failed; empty where it said nil
};

/// What is wrong with a script before any record is seen.
struct Mistake {
  std::string message;     ///< in the form of diagnostics: lower case, no full stop
  std::uint32_t line = 0;  ///< of the script, from 1; 0: none in particular
};

/// Loads the script, runs it, and looks at the function that the hook calls in the table that it returns; null: at the
/// script as a whole alone.
std::vector<Mistake> examine(const model::Script& script, const model::Hook* hook);

/// One thread's state of the hooks of a library, which must outlive it. Every call is as the first: nothing that a
/// script leaves behind is seen by a later call, of the same hook or another.
class Session {
 public:
  explicit Session(const model::Library& library, const Limits& limits = {});
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// As many arguments as the hook has parameters, each of its type. Never throws for what a script does.
  Answer call(model::HookId hook, const std::vector<Argument>& arguments);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace proviso::hooks
