#include "attempt.hpp"

using namespace proviso::hooks::sample;
using proviso::hooks::Answer;
using proviso::hooks::Session;

// Nothing that a call leaves is seen by another.

namespace {

/// Calls the hook five times: what it said each time, as `1` or `0`, or a problem.
std::string five_calls(const std::string& script) {
  Hooks hooks(script);
  const auto hook = hooks.add("f", of(Kind::truth));
  std::string said;
  for (int i = 0; i < 5; ++i) {
    const Answer answer = hooks.call(hook);
    said += !answer.problem.empty() ? answer.problem : answer.known ? std::to_string(answer.bits) : "?";
  }
  INFO(script);
  return said;
}

}  // namespace

TEST_CASE("globals, locals, upvalues and tables begin anew for each call") {
  CHECK(five_calls("return { f = function() n = (n or 0) + 1 return n == 1 end }") == "11111");
  CHECK(five_calls("local n = 0 return { f = function() n = n + 1 return n == 1 end }") == "11111");
  CHECK(five_calls("local t = {} return { f = function() t[#t + 1] = 1 return #t == 1 end }") == "11111");
  CHECK(five_calls("n = 0 return { f = function() n = n + 1 return n == 1 end }") == "11111");
  CHECK(five_calls(
            "local n = 0 local function up() n = n + 1 return n end return { f = function() return up() == 1 end }") ==
        "11111");
  CHECK(five_calls("local s = 'a' local function more() s = s .. 'b' end return { f = function() more() return s == "
                   "'ab' end }") == "11111");
  CHECK(five_calls("local g local function h() return g end return { f = function() local was = h() g = function() end "
                   "return was == nil end }") == "11111");
  CHECK(five_calls("local M = {} function M.f() local was = M.g M.g = 1 return was == nil end return M") == "11111");
  CHECK(five_calls("local M = {} function M.f() local ok = tostring ~= nil _ENV = {} return ok end return M") ==
        "11111");
  CHECK(five_calls("local M = {} function M.f() _ENV.tostring = false return tostring == false end return M") ==
        "11111");
  CHECK(five_calls("_ENV = { n = 0 } return { f = function() n = n + 1 return n == 1 end }") == "11111");
  CHECK(five_calls("local next_one = pairs({ a = 1, b = 2 }) return { f = function() return next_one() == 'a' end }") ==
        "11111");
  CHECK(five_calls("local a = {} local b = { a = a } return { f = function() local x = b.a[1] b.a[1] = 1 return x == "
                   "nil end }") == "11111");
  CHECK(five_calls("local f f = function(n) f = nil return n == nil end return { f = function() return f() end }") ==
        "11111");
}

TEST_CASE("two hooks of a script do not see each other's") {
  Hooks hooks(
      "local n = 0\n"
      "return { f = function() n = n + 1 shared = true return n == 1 end,\n"
      "         g = function() n = n + 10 return n == 10 and shared == nil end }");
  const auto f = hooks.add("f", of(Kind::truth));
  const auto g = hooks.add("g", of(Kind::truth));
  for (const auto hook : {f, g, g, f, f, g}) {
    const Answer answer = hooks.call(hook);
    CHECK(answer.known);
    CHECK(answer.bits == 1);
  }
}

TEST_CASE("a call that is stopped half-way leaves nothing") {
  Hooks hooks(
      "local n = 0\n"
      "return { f = function() n = 5 left = 1 while true do end end,\n"
      "         g = function() return n == 0 and left == nil end }");
  const auto f = hooks.add("f", of(Kind::truth));
  const auto g = hooks.add("g", of(Kind::truth));
  for (int i = 0; i < 3; ++i) {
    CHECK(hooks.call(f).problem == "hook `luton.f` ran out of its 200000 instructions");
    CHECK(hooks.call(g).bits == 1);
  }
}

TEST_CASE("a hook that fails on one call is as well as ever on the next") {
  Hooks hooks("return { f = function(a) if a == 'ex' then error('no') end return a == 'never' end }");
  const auto f = hooks.add("f", of(Kind::truth), {status()});
  for (int i = 0; i < 4; ++i) {
    CHECK(hooks.call(f, {known(0)}).bits == 1);
    CHECK(hooks.call(f, {known(1)}).problem == "hook `luton.f` failed: hooks/luton.lua:1: no");
  }
}

TEST_CASE("the same call has the same answer, however many came before") {
  const std::string script =
      "local M = {}\n"
      "function M.near() local t = {} for i = 1, 21000 do t[i] = { i } end return true, 'held ' .. #t end\n"
      "function M.light(a) local s = '' for i = 1, 20 do s = s .. i end return s:len() > 3 end\n"
      "return M";
  Hooks hooks(script);
  const auto near = hooks.add("near", of(Kind::truth));
  const auto light = hooks.add("light", of(Kind::truth));
  const Answer first = hooks.call(near);
  for (int i = 0; i < 300; ++i) CHECK(hooks.call(light).bits == 1);
  const Answer later = hooks.call(near);
  CHECK(first.problem == later.problem);
  CHECK(first.sentence == later.sentence);
}

TEST_CASE("near the end of its memory, a call ends alike after any others") {
  Hooks hooks(
      "local M = {}\n"
      "function M.take(n) local t = {} for i = 1, tonumber(n) do t[i] = { i } end return true end\n"
      "function M.litter() for i = 1, 400 do local x = { i, {} } end return true end\n"
      "return M");
  const auto take = hooks.add("take", of(Kind::truth), {of(Kind::number)});
  const auto litter = hooks.add("litter", of(Kind::truth));
  for (std::int64_t n = 20'000; n <= 60'000; n += 5'000) {
    const Answer fresh = [&] {
      Session session(hooks.library());
      return session.call(take, {known(n * 1'000'000)});
    }();
    for (int i = 0; i < 7; ++i) CHECK(hooks.call(litter).bits == 1);
    const Answer later = hooks.call(take, {known(n * 1'000'000)});
    INFO(n << ": " << fresh.problem << " / " << later.problem);
    CHECK(fresh.known == later.known);
    CHECK(fresh.problem == later.problem);
  }
}

TEST_CASE("pairs goes through a table in one order: booleans, numbers, texts") {
  answers_yes(
      "local t = { z = 1, a = 2, [3] = 3, [1.5] = 4, [true] = 5, [false] = 6, [-1] = 7, [1] = 8, ['1'] = 9, [2^60] = "
      "10 }\n"
      "local order = ''\n"
      "for key, value in pairs(t) do order = order .. value .. ',' end\n"
      "return order == '6,5,7,8,4,3,10,9,2,1,'");
  answers_yes("local n = 0 for k, v in pairs({ 1, nil, 3 }) do n = n + k end return n == 4");
  answers_yes(
      "local t = { a = 1, b = 2, c = 3 } local n = '' for k in pairs(t) do t.b = nil n = n .. k end return n == 'ac'");
  fails_with("for k in pairs({ [{}] = 1 }) do end", "a table for a key, which has no place in an order");
  fails_with("for k in pairs({ [decimal(1)] = 1 }) do end", "userdata for a key");
  fails_with("for k in pairs(nil) do end", "bad argument #1");
}

TEST_CASE("sessions are independent, and may be moved") {
  Hooks hooks("local n = 0 return { f = function() n = n + 1 return n == 1 end }");
  const auto f = hooks.add("f", of(Kind::truth));
  Session one(hooks.library());
  Session two(hooks.library());
  CHECK(one.call(f, {}).bits == 1);
  CHECK(two.call(f, {}).bits == 1);
  Session three = std::move(one);
  CHECK(three.call(f, {}).bits == 1);
  two = std::move(three);
  CHECK(two.call(f, {}).bits == 1);
}
