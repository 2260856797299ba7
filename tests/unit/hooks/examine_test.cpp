#include "support.hpp"

using namespace proviso::hooks::sample;
using proviso::hooks::examine;
using proviso::hooks::Mistake;

namespace {

std::vector<Mistake> mistakes_of(const std::string& script, const std::vector<std::string>& fields = {"f"}) {
  return examine({"hooks/a.lua", "", script}, fields);
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
  CHECK(mistakes_of("local M = {} function M.f() end function M.g() end return M", {"f", "g"}).empty());
  CHECK(mistakes_of("return {}", {}).empty());
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

TEST_CASE("every field that is missing is named") {
  const std::vector<Mistake> mistakes = mistakes_of("return { g = function() end }", {"f", "g", "h"});
  REQUIRE(mistakes.size() == 2);
  CHECK(mistakes[0].message.find("`f`") != std::string::npos);
  CHECK(mistakes[1].message.find("`h`") != std::string::npos);
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
