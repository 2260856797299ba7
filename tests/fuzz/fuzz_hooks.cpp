#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "hooks/session.hpp"
#include "text/utf8.hpp"

using namespace proviso;
using hooks::Answer;
using hooks::Argument;
using value::Kind;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

value::Type of(Kind kind) {
  value::Type type;
  type.kind = kind;
  type.duration = value::DurationKind::either;
  return type;
}

constexpr Kind single_kinds[] = {Kind::truth,    Kind::number,      Kind::money, Kind::percent,
                                 Kind::quantity, Kind::date,        Kind::text,  Kind::duration,
                                 Kind::code,     Kind::enumeration, Kind::scale, Kind::place};

/// A hook with a parameter of every type, and one without a value.
model::Library library_of(std::string script, Kind result) {
  model::Library library;
  library.scripts.push_back({"hooks/fuzz.lua", "", std::move(script)});
  library.enumerations.push_back({"", {"never", "ex", "current"}, false});
  library.places.push_back({"Luton", "", {"06P"}, model::none, 0, {}});
  model::Hook hook;
  hook.name = "fuzz.f";
  hook.field = "f";
  hook.script = 0;
  for (const Kind kind : single_kinds) hook.parameters.push_back(of(kind));
  hook.parameters.push_back(of(Kind::number));
  hook.result = of(result);
  library.hooks.push_back(std::move(hook));
  return library;
}

bool one_line(const std::string& text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !text::find_invalid_utf8(text) && std::none_of(text.begin(), text.end(), control);
}

void check(const Answer& answer, const model::Library& library) {
  must(!answer.known || answer.problem.empty());
  must(one_line(answer.problem) && one_line(answer.sentence) && answer.sentence.size() <= 300);
  if (!answer.known) return;
  const Kind kind = library.hooks[0].result.kind;
  if (kind == Kind::truth) must(answer.bits == 0 || answer.bits == 1);
  if (kind == Kind::enumeration || kind == Kind::scale) must(answer.bits >= 0 && answer.bits < 3);
  if (kind == Kind::place) must(answer.bits == 0);
}

bool alike(const Answer& a, const Answer& b) {
  return a.known == b.known && a.bits == b.bits && a.sentence == b.sentence && a.problem == b.problem;
}

}  // namespace

// The first byte chooses the result's type and whether the others are a whole script or the inside of a function. A
// call ends, and ends alike the second time and in another session.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string script(data + 1, data + size);
  if (data[0] % 2 == 0) {
    script =
        "local kept = 0\nreturn { f = function(yes, n, cost, share, bmi, day, said, time, code, status, level, "
        "place)\n" +
        script + "\nend }";
  }
  const model::Library library = library_of(std::move(script), single_kinds[data[0] / 2 % std::size(single_kinds)]);
  for (const hooks::Mistake& mistake : hooks::examine(library.scripts[0], &library.hooks[0])) {
    must(!mistake.message.empty() && one_line(mistake.message));
  }
  hooks::Limits limits;
  limits.instructions = 20'000;
  limits.memory = 512 * 1024;
  limits.allocated = 2 * 1024 * 1024;
  limits.text = 8 * 1024;
  std::vector<Argument> arguments(std::size(single_kinds) + 1, Argument{true, 0, {}});
  arguments[6].text = "said";
  arguments[5].bits = 17987;
  arguments.back().known = false;
  hooks::Session session(library, limits);
  const Answer first = session.call(0, arguments);
  check(first, library);
  must(alike(first, session.call(0, arguments)));
  hooks::Session other(library, limits);
  must(alike(first, other.call(0, arguments)));
  return 0;
}
