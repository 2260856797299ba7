#pragma once

#include <time.h>

#include "support.hpp"

namespace proviso::hooks::sample {

/// What the thread has had of a processor, in seconds.
inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The longest that any script may take, whatever it tries. Under sanitizers too, which is why it is not less.
inline constexpr double patience = 2.0;

/// Calls a hook with that body, in a script with another hook that looks whether all is as it should be; then that one.
/// Twice, because the second time there is something that the first may have left.
inline Answer attempt(const std::string& body, const std::string& before = "") {
  const std::string script =
      "local M = {}\n" + before + "\nfunction M.f(a, b)\n" + body +
      "\nend\n"
      "function M.well()\n"
      "  return leaked == nil and type(tostring) == 'function' and tostring(12) == '12'\n"
      "    and string.len('abc') == 3 and ('ab'):upper() == 'AB' and table.concat({ 1, 2 }) == '12'\n"
      "    and math.floor(1.5) == 1 and decimal('0.5') + 1 == decimal('1.5') and string.leaked == nil\n"
      "    and ('').leaked == nil and pcall(error) == false\n"
      "end\nreturn M";
  Hooks hooks(script);
  const auto well = hooks.add("well", of(Kind::truth));
  const auto tried = hooks.add("f", of(Kind::truth));
  INFO(body);
  Answer first;
  for (int i = 0; i < 2; ++i) {
    const double start = processor_seconds();
    const Answer answer = hooks.call(tried);
    const double seconds = processor_seconds() - start;
    CHECK(seconds < patience);
    if (i == 0) {
      first = answer;
    } else {
      CHECK(answer.problem == first.problem);
      CHECK(answer.known == first.known);
      CHECK(answer.bits == first.bits);
      CHECK(answer.sentence == first.sentence);
    }
    const Answer after = hooks.call(well);
    INFO("the other hook: " << after.problem);
    CHECK(after.known);
    CHECK(after.bits == 1);
  }
  return first;
}

/// That it ends with this problem, after `hook ... `.
inline void fails(const std::string& body, const std::string& problem, const std::string& before = "") {
  const Answer answer = attempt(body, before);
  INFO(body);
  CHECK_FALSE(answer.known);
  CHECK(answer.problem.substr(0, 15) == "hook `luton.f` ");
  CHECK(answer.problem.substr(std::min<std::size_t>(15, answer.problem.size())) == problem);
}
/// That it fails, and with those words in the problem.
inline void fails_with(const std::string& body, const std::string& words, const std::string& before = "") {
  const Answer answer = attempt(body, before);
  INFO(body << " -> " << answer.problem);
  CHECK_FALSE(answer.known);
  CHECK(answer.problem.find(words) != std::string::npos);
}
/// That it answers yes: nothing bad came of it.
inline void answers_yes(const std::string& body, const std::string& before = "") {
  const Answer answer = attempt(body, before);
  INFO(body << " -> " << answer.problem);
  CHECK(answer.known);
  CHECK(answer.bits == 1);
}

inline const std::string no_instructions = "ran out of its 200000 instructions";
inline const std::string no_memory = "ran out of its 4 MiB of memory";
inline const std::string no_more_memory = "asked for more than 32 MiB of memory in one call";
inline const std::string long_text = "made a text of more than 64 KiB";
inline const std::string deep = "nested its calls too deeply or passed too many values";

}  // namespace proviso::hooks::sample
