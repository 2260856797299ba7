#include "attempt.hpp"

using namespace proviso::hooks::sample;

// What a script does not find. Each name that is left out takes a whole class of escapes with it.

TEST_CASE("nothing that loads, reads, asks the machine or reaches behind a metatable is there") {
  for (const char* name : {"load",
                           "loadstring",
                           "loadfile",
                           "dofile",
                           "require",
                           "package",
                           "module",
                           "io",
                           "os",
                           "debug",
                           "coroutine",
                           "xpcall",
                           "print",
                           "warn",
                           "next",
                           "_G",
                           "_VERSION",
                           "rawget",
                           "rawset",
                           "rawequal",
                           "rawlen",
                           "utf8",
                           "unpack",
                           "getfenv",
                           "setfenv",
                           "newproxy",
                           "bit32",
                           "setmetatable",
                           "getmetatable",
                           "collectgarbage",
                           "string.dump",
                           "string.format",
                           "string.gsub",
                           "string.gmatch",
                           "string.match",
                           "string.pack",
                           "string.packsize",
                           "string.unpack",
                           "table.move",
                           "table.sort",
                           "table.pack",
                           "math.random",
                           "math.randomseed",
                           "math.sin",
                           "math.exp",
                           "('').format",
                           "('').gsub",
                           "('').dump",
                           "('').__index",
                           "('').__metatable",
                           "string.__index",
                           "_ENV.__index",
                           "_ENV.__metatable",
                           "_ENV._ENV"}) {
    answers_yes(std::string("return ") + name + " == nil");
  }
}

TEST_CASE("what is there is the list in SECURITY.md") {
  for (const char* name :
       {"assert",       "error",        "ipairs",       "pairs",          "pcall",       "select",
        "tonumber",     "tostring",     "type",         "string.byte",    "string.char", "string.find",
        "string.len",   "string.lower", "string.rep",   "string.reverse", "string.sub",  "string.upper",
        "table.concat", "table.insert", "table.remove", "table.unpack",   "math.abs",    "math.ceil",
        "math.floor",   "math.max",     "math.min",     "math.tointeger", "math.type",   "decimal",
        "money",        "quantity",     "date",         "years",          "months",      "weeks",
        "days",         "years_from",   "months_from",  "weeks_from",     "days_from"}) {
    answers_yes(std::string("return type(") + name + ") == 'function'");
  }
}

TEST_CASE("texts have no arithmetic, and their metatable is out of reach") {
  fails_with("return '10' + 1 == 11", "attempt to perform arithmetic on a string value");
  fails_with("return ('x').y.z", "attempt to index a nil value");
  fails_with("('').leaked = 1", "attempt to index a string value");
  fails_with("return -'1' == -1", "attempt to perform arithmetic on a string value");
  answers_yes("return pcall(function() return '1' < 2 end) == false");
}

TEST_CASE("no address is ever shown") {
  answers_yes(
      "return tostring({}) == 'table' and tostring(tostring) == 'function' and tostring(function() end) == 'function'");
  fails_with("return {} .. ''", "attempt to concatenate a table value");
  fails_with("error(tostring({}) .. tostring(pairs), 0)", "failed: tablefunction");
  fails_with("return ('%p'):format({})", "attempt to call a nil value (method 'format')");
}

TEST_CASE("the library cannot be overwritten, and globals go no further than the call") {
  fails_with("string.len = function() return 4 end", "the library cannot be changed");
  fails_with("string.leaked = 1", "the library cannot be changed");
  fails_with("table.insert(string, 'x')", "the library cannot be changed");
  fails_with("table.remove(math)", "the library cannot be changed");
  fails_with("table.insert(_ENV, 'x')", "the library cannot be changed");
  answers_yes("leaked = 1 tostring = false string = 2 return leaked == 1 and tostring == false and string == 2");
  answers_yes(
      "_ENV.leaked = 1 _ENV.pcall = nil for k in pairs(_ENV) do if k ~= 'leaked' then return false end end return "
      "leaked == 1");
  answers_yes(
      "for k in pairs(string) do return false end for k in pairs(_ENV) do return false end return #string == 0");
}

TEST_CASE("another _ENV is a table like any other") {
  answers_yes("local _ENV = { x = 1 } return x == 1 and tostring == nil");
  answers_yes("_ENV = { leaked = 1 } return leaked == 1");
  answers_yes("local t = tostring _ENV = nil return t(1) == '1'");
  fails_with("_ENV = nil return leaked", "attempt to index a nil value (upvalue '_ENV')");
  fails_with("local _ENV <const> = 1; return leaked", "attempt to index a number value");
  fails_with("local _ENV <const> = nil; leaked = 1", "attempt to index a nil value");
  answers_yes("local function f(_ENV) return x end return f({ x = true })");
}

TEST_CASE("bytecode is not run") {
  fails_with("return load('\\27Lua')", "attempt to call a nil value (global 'load')");
  Hooks hooks("\x1bLuaT\x01\x19\x93\r\n\x1a\n");
  CHECK(hooks.ask("f").problem == "hook `luton.f` is bytecode, and only text is run");
}

TEST_CASE("nothing that closes or collects can be defined") {
  fails_with("local x <close> = {} return true", "variable 'x' got a non-closable value");
  fails_with("local x <close> = decimal(1) return true", "variable 'x' got a non-closable value");
  fails_with("for i in function() end, nil, nil, {} do end return true", "got a non-closable value");
  answers_yes("local x <close> = nil local y <close> = false return true");
}
