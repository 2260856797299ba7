#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <lua.hpp>
#include <vector>

#include "hooks/budget.hpp"
#include "hooks/convert.hpp"
#include "hooks/session.hpp"
#include "hooks/values.hpp"

// A call of a small hook, and a hook of some twenty operations against the same function in bare Lua: a state with the
// standard libraries and Lua's own allocator, without limits, that runs the script once. Both get the same arguments in
// the same way.
namespace {

using namespace proviso;
using hooks::Answer;
using hooks::Argument;
using value::Kind;

constexpr int repetitions = 15;
constexpr int calls = 50'000;

constexpr const char* script = R"lua(
local hooks = {}

function hooks.small(status, quit, referred)
  if status == "never" then return true end
  if status == "current" or quit == nil then return false end
  return quit + months(3) <= referred
end

function hooks.twenty(bmi, ceiling, status, quit, referred, cost)
  local points = 0
  if bmi >= 35 then points = points + 2 end
  if bmi > ceiling then points = points + 3 end
  if status == "current" then points = points + 4 end
  if status == "ex" and quit + months(6) > referred then points = points + 1 end
  local passed = months_from(quit, referred)
  if passed < 12 then points = points * 2 end
  if cost * 2 > 1000 or cost + cost < cost then points = points + 1 end
  if passed - points // 2 > 24 and not (bmi < 18) then points = points - 1 end
  return points <= 4
end

return hooks
)lua";

/// Its table could change, so that its body runs again for every call.
constexpr const char* with_table = R"lua(
local bands = { asian = 27.5, black = 27.5, other = 30 }

return {
  band = function(bmi, group)
    return bmi >= (bands[group] or bands.other)
  end,
}
)lua";

/// The time that this thread has had a processor: what else the machine does counts for little.
double processor_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// In nanoseconds a call.
double time_of(const std::function<void()>& call) {
  const double start = processor_nanoseconds();
  for (int i = 0; i < calls; ++i) call();
  return (processor_nanoseconds() - start) / calls;
}

double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

value::Type of(Kind kind) {
  value::Type type;
  type.kind = kind;
  return type;
}

model::Library make_library() {
  model::Library library;
  library.scripts.push_back({"hooks/bench.lua", "", script});
  library.scripts.push_back({"hooks/table.lua", "", with_table});
  library.enumerations.push_back({"", {"never", "ex", "current"}, false});
  library.enumerations.push_back({"", {"asian", "black", "white"}, false});
  value::Type bmi = of(Kind::quantity);
  bmi.unit = value::Unit::kg_per_m2;
  value::Type group = of(Kind::enumeration);
  group.id = 1;
  const auto add = [&](const char* field, std::vector<value::Type> parameters, std::uint32_t number = 0) {
    model::Hook hook;
    hook.name = std::string("bench.") + field;
    hook.field = field;
    hook.script = number;
    hook.parameters = std::move(parameters);
    hook.result = of(Kind::truth);
    library.hooks.push_back(std::move(hook));
  };
  add("small", {of(Kind::enumeration), of(Kind::date), of(Kind::date)});
  add("twenty", {bmi, bmi, of(Kind::enumeration), of(Kind::date), of(Kind::date), of(Kind::money)});
  add("band", {bmi, group}, 1);
  return library;
}

class BareLua {
 public:
  BareLua() : budget_(unlimited()), state_(luaL_newstate()) {
    *static_cast<hooks::Budget**>(lua_getextraspace(state_)) = &budget_;
    budget_.left = INT64_MAX;
    luaL_openlibs(state_);
    hooks::install_exact_values(state_);
    lua_pushglobaltable(state_);
    hooks::install_constructors(state_);
    lua_pop(state_, 1);
    if (luaL_dostring(state_, script) != 0) std::abort();
    lua_getfield(state_, -1, "twenty");
    lua_replace(state_, 1);
  }
  ~BareLua() { lua_close(state_); }
  BareLua(const BareLua&) = delete;
  BareLua& operator=(const BareLua&) = delete;

  bool call(const model::Library& library, const model::Hook& hook, const std::vector<Argument>& arguments) {
    lua_settop(state_, 1);
    lua_pushvalue(state_, 1);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      hooks::push_argument(state_, library, hook.parameters[i], arguments[i]);
    }
    if (lua_pcall(state_, static_cast<int>(arguments.size()), 1, 0) != LUA_OK) std::abort();
    return lua_toboolean(state_, -1) != 0;
  }

 private:
  static hooks::Limits unlimited() { return {INT64_MAX, SIZE_MAX / 2, SIZE_MAX / 2, SIZE_MAX / 2}; }
  hooks::Budget budget_;
  lua_State* state_;
};

void figure(const char* name, double value, const char* unit) { std::printf("figure %s %.3f %s\n", name, value, unit); }

}  // namespace

int main() {
  const model::Library library = make_library();
  hooks::Session session(library);
  BareLua bare;
  const std::vector<Argument> small{{true, 1, {}}, {true, 17000, {}}, {true, 17200, {}}};
  const std::vector<Argument> twenty{{true, 36'500'000, {}}, {true, 40'000'000, {}}, {true, 1, {}},
                                     {true, 17000, {}},      {true, 17900, {}},      {true, 352'140'000, {}}};
  const std::vector<Argument> band{{true, 28'000'000, {}}, {true, 0, {}}};
  const Answer first = session.call(0, small);
  const Answer second = session.call(1, twenty);
  if (!first.known || !session.call(2, band).known || !second.known ||
      (second.bits != 0) != bare.call(library, library.hooks[1], twenty)) {
    std::fprintf(stderr, "the hooks do not answer alike: %s %s\n", first.problem.c_str(), second.problem.c_str());
    return 1;
  }
  std::vector<double> small_times;
  std::vector<double> band_times;
  std::vector<double> twenty_times;
  std::vector<double> bare_times;
  std::vector<double> ratios;
  // By turns, so that a slow spell of the machine falls on both.
  for (int i = 0; i < repetitions; ++i) {
    small_times.push_back(time_of([&] { session.call(0, small); }));
    band_times.push_back(time_of([&] { session.call(2, band); }));
    twenty_times.push_back(time_of([&] { session.call(1, twenty); }));
    bare_times.push_back(time_of([&] { bare.call(library, library.hooks[1], twenty); }));
    ratios.push_back(twenty_times.back() / bare_times.back());
  }
  figure("hook_call", median(small_times) / 1000, "us");
  figure("hook_call_with_table", median(band_times) / 1000, "us");
  figure("hook_twenty_operations", median(twenty_times) / 1000, "us");
  figure("hook_bare", median(bare_times) / 1000, "us");
  figure("hook_over_bare", median(ratios), "ratio");
  return 0;
}
