#include "support.hpp"

using namespace proviso::hooks::sample;
using proviso::hooks::examine;
using proviso::hooks::Mistake;

namespace {

/// Of a script whose function the hook `f` calls.
std::vector<Mistake> mistakes_of(const std::string& script, std::vector<proviso::value::Type> parameters = {},
                                 const std::string& field = "f") {
  proviso::model::Hook hook;
  hook.field = field;
  hook.parameters = std::move(parameters);
  return examine({"hooks/a.lua", "", script}, &hook);
}

/// The only mistake as `LINE: MESSAGE`.
std::string mistake_of(const std::string& script) {
  const std::vector<Mistake> mistakes = mistakes_of(script);
  INFO(script.substr(0, 100));
  REQUIRE(mistakes.size() == 1);
  return std::to_string(mistakes[0].line) + ": " + mistakes[0].message;
}

}  // namespace

TEST_CASE("a good script has no mistakes") {
  CHECK(mistakes_of("return { f = function() end }").empty());
  CHECK(mistakes_of("local M = {} function M.f() end function M.g() end return M", {}, "g").empty());
  CHECK(examine({"hooks/a.lua", "", "return {}"}, nullptr).empty());
}

TEST_CASE("what is wrong with a script is said with its line") {
  CHECK(mistake_of("return {\n  f = = 1\n}") == "2: unexpected symbol near '='");
  CHECK(mistake_of("local x\nx()") == "2: attempt to call a nil value (local 'x')");
  CHECK(mistake_of("-- a\nerror('no')") == "2: no");
  CHECK(mistake_of("error({})") == "0: it raised an error that is a table");
  CHECK(mistake_of("") == "0: the script returns nil, and not a table of functions");
  CHECK(mistake_of("return 1") == "0: the script returns a number, and not a table of functions");
  CHECK(mistake_of("return {}") == "0: the table that the script returns has no function `f`");
  CHECK(mistake_of("return { f = 1 }") == "0: field `f` is a number, and not a function");
  CHECK(mistake_of("while true do end") == "0: the script ran out of its 200000 instructions");
  CHECK(mistake_of("local t = {} for i = 1, 1e9 do t[i] = i end").substr(0, 17) == "0: the script ran");
  CHECK(mistake_of("return require('os')") == "1: attempt to call a nil value (global 'require')");
}

namespace {

/// The mistakes of `f`, whose parameter `x` is a number, `s` a text and `b` a yes/no.
std::string found_in(const std::string& body, const std::string& parameters = "x, s, b") {
  std::string found;
  const std::string script = "return {\n  f = function(" + parameters + ")\n" + body + "\n  end,\n}";
  for (const Mistake& mistake : mistakes_of(script, {of(Kind::number), status(), of(Kind::truth)})) {
    found += std::to_string(mistake.line) + ": " + mistake.message + "\n";
  }
  return found;
}

const std::string exact = "an exact value, which `==` finds equal to exact values alone";

}  // namespace

TEST_CASE("an exact value that is compared with a plain number by `==` is a mistake") {
  CHECK(found_in("return x == 3") == "3: `x == 3` is never true: `x` is " + exact + ": write `x:is(3)`\n");
  CHECK(found_in("if b and\n x ~= -0.5 then return b end") ==
        "4: `x ~= -0.5` is always true: `x` is " + exact + ": write `not x:is(-0.5)`\n");
  CHECK(found_in("return (3 == x) or -3 == x") == "3: `x == 3` is never true: `x` is " + exact +
                                                      ": write `x:is(3)`\n3: `x == -3` is never true: `x` is " + exact +
                                                      ": write `x:is(-3)`\n");
  CHECK(found_in("return x == '3'") == "3: `x == '3'` is never true: `x` is " + exact + "\n");
}

TEST_CASE("a quantity may be asked for a number of its unit, and a date for none") {
  const auto mistake = [](const proviso::value::Type& type) {
    const std::vector<Mistake> found = mistakes_of("return { f = function(w) return w == 3 end }", {type});
    return found.size() == 1 ? found[0].message : "";
  };
  CHECK(mistake(quantity(proviso::value::Unit::kg)) == "`w == 3` is never true: `w` is " + exact + ": write `w:is(3)`");
  CHECK(mistake(of(Kind::date)) == "`w == 3` is never true: `w` is " + exact);
}

TEST_CASE("a yes/no is no text, and a value of an enumeration no number") {
  CHECK(found_in("return b == \"yes\"") == "3: `b == \"yes\"` is never true: `b` is a boolean\n");
  CHECK(found_in("return s == 1") == "3: `s == 1` is never true: `s` is a text\n");
  CHECK(found_in("return s == 'never' or s ~= [[ex]] or b == true or x == nil").empty());
}

TEST_CASE("other comparisons that a script makes are left alone") {
  for (const char* body : {"return x == decimal('3')", "return x == s", "return x >= 3 and x <= 3", "return #s == 3",
                           "return x:year() == 3", "return y.x == 3", "return tonumber(x) == 3", "return 3 == x:year()",
                           "return 1 + 2 == x()", "-- x == 3\n return b", "--[[ x == 3\n]] return b",
                           "return s == 'x == 3'", "return s == [==[ x == 3 ]==]"}) {
    INFO(body);
    CHECK(found_in(body).empty());
  }
}

TEST_CASE("a parameter that the script gives another value is left alone") {
  CHECK(found_in("x = tonumber(x) return x == 3").empty());
  CHECK(found_in("local x = tonumber(x) return x == 3").empty());
  CHECK(found_in("x, s = 1, 2 return x == 3").empty());
  CHECK(found_in("for x = 1, 3 do if x == 3 then return b end end").empty());
  CHECK(found_in("local g = function(x) return x == 3 end return g(1)").empty());
  CHECK_FALSE(found_in("local y = 1 return x == 3").empty());
  // The hook's first parameter, whatever the script calls it.
  CHECK_FALSE(found_in("return n == 3", "n, m").empty());
  CHECK(found_in("return x == 3", "s, b").empty());
}

TEST_CASE("bytecode and very long scripts are not read") {
  CHECK(mistake_of("\x1bLua") == "0: the script is bytecode, and only text is run");
  CHECK(mistake_of(std::string(256 * 1024 + 1, ' ')) == "0: the script is longer than 256 KiB");
  CHECK(mistakes_of("return { f = function() end }" + std::string(200 * 1024, '\n')).empty());
}

TEST_CASE("a script that examines badly says so when it is called") {
  Hooks broken("return {\n  f = = 1\n}");
  CHECK(broken.ask("f").problem == "hook `luton.f` failed: hooks/luton.lua:2: unexpected symbol near '='");
  Hooks empty("return { g = function() end }");
  CHECK(empty.ask("f").problem.find("without a function `f`") != std::string::npos);
  Hooks nothing("");
  CHECK(nothing.ask("f").problem == "hook `luton.f` failed: the script returns nil, and not a table of functions");
}
