#include "attempt.hpp"

using namespace proviso::hooks::sample;
using proviso::hooks::Limits;

// What a script cannot go on doing.

TEST_CASE("loops without end run out of instructions") {
  fails("while true do end", no_instructions);
  fails("::again:: goto again", no_instructions);
  fails("repeat until false", no_instructions);
  fails("for i = 1, math.maxinteger do end", no_instructions);
  fails("for i = 1, 2, 0.0000000001 do end", no_instructions);
  fails("for i = math.maxinteger, math.mininteger, -1 do end", no_instructions);
  fails("for _ in function() return 1 end do end", no_instructions);
  fails("local function f() return f() end return f()", no_instructions);
  fails("local function f(n) if n == 0 then return true end return f(n - 1) and f(n - 1) end return f(40)",
        no_instructions);
}

TEST_CASE("a spent budget cannot be caught") {
  fails("pcall(function() while true do end end) leaked = 1 return true", no_instructions);
  fails("while true do pcall(function() while true do end end) end", no_instructions);
  fails("local function f() pcall(f) pcall(f) end f() return true", no_instructions);
  fails("local function f() while true do pcall(pcall, pcall, f) end end f()", no_instructions);
  fails("pcall(pcall, function() while true do end end) return true", no_instructions);
  fails("while true do pcall(error, {}) end", no_instructions);
  fails("while true do pcall(error, ('x'):rep(10)) end", no_instructions);
  fails("pcall(string.rep, 'x', 1e9) return true", long_text);
  fails("for i = 1, 10 do pcall(string.rep, 'x', 70000) end return true", long_text);
  fails("pcall(function() local t = {} for i = 1, 1e9 do t[i] = {} end end) return true", no_memory);
}

TEST_CASE("a loop of the script's body is stopped too") {
  for (const auto& [body, problem] : {std::pair{"while true do end", no_instructions},
                                      {"pcall(function() while true do end end)", no_instructions},
                                      {"while true do pcall(pcall, error) end", no_instructions},
                                      {"local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(900) .. i end", no_memory},
                                      {"local s = 'x' while true do s = s .. s end", long_text}}) {
    Hooks hooks(std::string(body) + " return { f = function() return true end }");
    const auto hook = hooks.add("f", of(Kind::truth));
    CHECK(hooks.call(hook).problem == "hook `luton.f` " + problem);
    CHECK(hooks.call(hook).problem == "hook `luton.f` " + problem);
  }
}

TEST_CASE("library functions take no longer than they are charged for") {
  answers_yes("return string.rep('', 2e9) == '' and ('x'):rep(-5) == ''");
  answers_yes("return string.rep('', math.maxinteger, '') == ''");
  fails("return ('x'):rep(math.maxinteger) == ''", long_text);
  fails("return ('xy'):rep(math.maxinteger // 2 + 1) == ''", long_text);
  fails("return ('x'):rep(1000, ('y'):rep(1000)) == ''", long_text);
  fails("while true do local s = ('x'):rep(65000) end", no_instructions);
  fails("local s = ('ab'):rep(30000) while true do local t = s:upper() end", no_instructions);
  fails("local s = ('a'):rep(60000) while true do s:find(('a'):rep(30000) .. 'b') end", no_instructions);
  fails("local t = {} for i = 1, 3000 do t[i] = i end while true do table.insert(t, 1, 0) end", no_instructions);
  fails("local t = {} for i = 1, 3000 do t[i] = i end while true do table.remove(t, 1) t[#t + 1] = 0 end",
        no_instructions);
  fails("local t = {} for i = 1, 3000 do t[i] = i end while true do for k in pairs(t) do break end end",
        no_instructions);
  fails("return table.concat({ 'a' }, '', 1, math.maxinteger) == ''",
        "failed: hooks/luton.lua:4: 'concat' is given a table that has a nil among its values");
  fails("local t = {} for i = 1, 100 do t[i] = ('x'):rep(1000) end return table.concat(t) == ''", long_text);
  fails(
      "return tonumber(('9'):rep(60000), 10) ~= nil and (function() while true do tonumber(('9'):rep(60000)) end "
      "end)()",
      no_instructions);
}

TEST_CASE("patterns are no patterns") {
  answers_yes("return ('a.b'):find('.') == 2 and ('aaa'):find('a*') == nil and ('x%d'):find('%d') == 2");
  answers_yes("return (('a'):rep(22)):find(('a?'):rep(22) .. ('a'):rep(22) .. 'b') == nil");
  answers_yes("return (('a'):rep(60)):find(('.-'):rep(8) .. 'b') == nil");
}

TEST_CASE("unpack counts without overflow") {
  const std::string many = "failed: hooks/luton.lua:4: too many values to unpack";
  fails("return table.unpack({}, 1, 900000)", many);
  fails("return table.unpack({}, 1, math.maxinteger)", many);
  fails("return table.unpack({}, math.mininteger, math.maxinteger)", many);
  fails("return table.unpack({}, 0, 2147483647)", many);
  fails("return table.unpack({}, -2147483648, 2147483647)", many);
  answers_yes("return select('#', table.unpack({}, math.maxinteger - 1, math.maxinteger)) == 2");
  answers_yes("return select('#', table.unpack({}, math.maxinteger, math.mininteger)) == 0");
  answers_yes("return select('#', ('x'):byte(1, -1)) == 1 and not pcall(string.byte, ('x'):rep(300), 1, -1)");
}

TEST_CASE("memory has an end, whatever takes it") {
  fails("local s = 'x' while true do s = s .. s end", long_text);
  fails("local s = 'x' while true do s = s .. s .. s .. s .. s .. s .. s .. s end", long_text);
  fails("local t = {} for i = 1, 1e9 do t[i] = i end", no_instructions);
  fails("local t = {} for i = 1, 1e9 do t[i] = {} end", no_memory);
  fails("local t = {} while true do t = { t, t, t } end", no_instructions);
  fails("local t = {} for i = 1, 1e9 do t[i] = function() return i end end", no_memory);
  fails("local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(60000) .. i end", no_memory);
  fails("local t = {} for i = 1, 1e9 do t['k' .. i] = i end", no_memory);
  fails("local t = {} for i = 1, 1e9 do t[i] = { decimal(i) } end", no_instructions);
  fails("while true do local s = ('x'):rep(3000) .. 'y' .. 'z' .. 'a' .. 'b' .. 'c' .. 'd' end", no_instructions);
  fails("local function f(...) while true do local t = { ... } end end f(table.unpack({}, 1, 250))", no_more_memory);
  fails("while true do local s = ('x'):rep(30000) .. 'y' end", no_instructions);
}

TEST_CASE("garbage is collected before a call runs out of memory") {
  answers_yes("for i = 1, 1500 do local s = ('x'):rep(3000) .. i end return true");
}

TEST_CASE("collecting again and again is not free") {
  // Almost all memory is held, and each of the many small things that follow needs a collection.
  fails_with(
      "local t = {} for i = 1, 62 do t[i] = ('x'):rep(64000) .. i end\n"
      "for i = 1, 1e9 do local x = { i, i, i, i } end",
      "ran out of its");
}

TEST_CASE("deep recursion ends as an error") {
  fails("local function f() return 1 + f() end return f()", deep);
  fails("local function f(...) return f(1, ...) end return f()", deep);
  fails("local function f(...) return f(1, 2, 3, 4, 5, 6, 7, 8, ...) end return f()", deep);
  fails(
      "local function f() pcall(f) end f() return (function() local function g() return 1 + g() end return g() end)()",
      deep);
  answers_yes("local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(500) == 500");
  answers_yes("local depth = 0 local function f() depth = depth + 1 return pcall(f) end f() return depth < 250");
}

TEST_CASE("going through a table that was emptied is charged for") {
  fails("local t = {} for i = 1, 20000 do t[i] = 1 end for i = 1, 20000 do t[i] = nil end while true do pairs(t) end",
        no_instructions);
  fails(
      "local t = {} for i = 1, 1023 do t[i + 0.5] = i end local i = 0 while true do i = i + 1 t[-i] = 1 t[-i] = nil "
      "end",
      no_more_memory);
}

TEST_CASE("many values are passed at a price") {
  fails_with(
      "local function g() end local function f(n, ...) if n > 0 then return f(n - 1, 1, 1, 1, 1, 1, 1, 1, 1, ...) end\n"
      "while true do g(...) end end f(300)",
      "ran out of its 200000 instructions");
  fails("local function f(...) while true do select('#', ...) end end f(table.unpack({}, 1, 250))", no_instructions);
}

TEST_CASE("long texts make instructions dear: each is compared, joined and hashed whole") {
  fails("local a = ('x'):rep(65000) .. 'y' local b = ('x'):rep(65000) .. 'y' while a == b do end", no_instructions);
  fails("local a = ('x'):rep(65000) .. 'y' local b = ('x'):rep(65000) .. 'z' while a < b do end", no_instructions);
  fails("local t = {} while true do t[('x'):rep(60000)] = 1 end", no_instructions);
  fails("while a == b do end", no_instructions, "local a = ('x'):rep(65000) .. 'y' local b = ('x'):rep(65000) .. 'y'");
}

TEST_CASE("limits are what a session is given") {
  Hooks hooks("return { f = function() local t = {} for i = 1, 3000 do t[i] = {} end return true end }",
              Limits{1000, 4096, 8192, 100});
  CHECK(hooks.ask("f").problem == "hook `luton.f` ran out of its 4 KiB of memory");
  Hooks loop("return { f = function() while true do end end }", Limits{10, 1 << 20, 1 << 20, 100});
  CHECK(loop.ask("f").problem == "hook `luton.f` ran out of its 10 instructions");
  Hooks text("return { f = function() return ('x'):rep(100) .. ('x'):rep(50) end }",
             Limits{10000, 1 << 20, 1 << 20, 100});
  CHECK(text.ask("f").problem == "hook `luton.f` made a text of more than 100 bytes");
}
