#include "support.hpp"
#include "value/code.hpp"
#include "value/text.hpp"

using namespace proviso::hooks::sample;
using proviso::hooks::Answer;
using proviso::hooks::Argument;
using proviso::value::CodeSystem;
using proviso::value::DurationKind;
using proviso::value::Unit;

namespace {

/// What the function says to one argument of its own type, given back.
Answer echo(const Type& type, const Argument& argument) { return answer_of("return a", type, {type}, {argument}); }

/// Whether the script finds that to be so of the argument, called `a`.
bool seen(const Type& type, const Argument& argument, const std::string& condition) {
  const Answer answer = answer_of("return " + condition, of(Kind::truth), {type}, {argument});
  INFO(condition << ": " << answer.problem);
  CHECK(answer.known);
  return answer.bits == 1;
}

Type code(CodeSystem system) {
  Type type = of(Kind::code);
  type.system = system;
  return type;
}

Type acuity() {
  Type type = of(Kind::scale);
  type.id = 1;
  return type;
}

}  // namespace

TEST_CASE("a value goes to Lua and comes back as it was") {
  CHECK(echo(of(Kind::truth), known(1)).bits == 1);
  CHECK(echo(of(Kind::truth), known(0)).bits == 0);
  const std::vector<std::pair<Type, std::int64_t>> values = {
      {of(Kind::number), 1'234'567},
      {of(Kind::number), INT64_MAX},
      {of(Kind::percent), 500'000},
      {of(Kind::money), -352'140'000},
      {quantity(Unit::kg_per_m2), 35'000'000},
      {of(Kind::date), 17987},
      {of(Kind::date), -719162},
      {duration(DurationKind::months), 18},
      {duration(DurationKind::days), -3},
      {duration(DurationKind::either), 12 * 2},
      {duration(DurationKind::either), -7 * 2 + 1},
      {status(), 2},
      {acuity(), 1},
      {of(Kind::place), 1},
      {code(CodeSystem::opcs4), *proviso::value::parse_code(CodeSystem::opcs4, "W37.1")},
      {code(CodeSystem::snomed), *proviso::value::parse_code(CodeSystem::snomed, "73211009")},
  };
  for (const auto& [type, bits] : values) {
    const Answer answer = echo(type, known(bits));
    INFO(static_cast<int>(type.kind) << ": " << answer.problem);
    CHECK(answer.known);
    CHECK(answer.bits == bits);
    const Answer nothing = echo(type, unknown());
    CHECK_FALSE(nothing.known);
    CHECK(nothing.problem.empty());
  }
}

TEST_CASE("a script sees each type as what it is") {
  CHECK(seen(of(Kind::truth), known(1), "a == true"));
  CHECK(seen(status(), known(1), "a == 'ex'"));
  CHECK(seen(acuity(), known(1), "a == '6/12'"));
  CHECK(seen(of(Kind::text), text("Mrs \xC3\xA9"), "a == 'Mrs \xC3\xA9'"));
  CHECK(seen(code(CodeSystem::opcs4), known(*proviso::value::parse_code(CodeSystem::opcs4, "W371")), "a == 'W37.1'"));
  CHECK(seen(of(Kind::place), known(1), "a == 'Luton'"));
  CHECK(seen(of(Kind::number), known(1'500'000), "a == decimal('1.5')"));
  CHECK(seen(of(Kind::percent), known(500'000), "a == decimal('0.5')"));
  CHECK(seen(of(Kind::money), known(1'500'000), "a == money('1.5')"));
  CHECK(seen(quantity(Unit::cm), known(1'500'000), "a == quantity('15', 'mm')"));
  CHECK(seen(of(Kind::date), known(0), "a == date('1970-01-01')"));
  CHECK(seen(duration(DurationKind::either), known(7 * 2 + 1), "a == weeks(1)"));
  CHECK(seen(duration(DurationKind::either), known(7 * 2), "a == months(7)"));
  CHECK(seen(of(Kind::number), unknown(), "a == nil"));
}

TEST_CASE("numbers of Lua are numbers of policies where they are exact") {
  CHECK(answer_of("return 3", of(Kind::number)).bits == 3'000'000);
  CHECK(answer_of("return 0.1", of(Kind::percent)).bits == 100'000);
  CHECK(answer_of("return decimal('3')", of(Kind::money)).bits == 3'000'000);
  CHECK(answer_of("return 0.1 + 0.2", of(Kind::number)).problem ==
        "hook `luton.f` answered a number that is no decimal of at most six places within its range");
  CHECK(answer_of("return 3", of(Kind::money)).problem == "hook `luton.f` answered a number where money was expected");
  CHECK(answer_of("return 0/0", of(Kind::number)).problem.find("no decimal") != std::string::npos);
}

TEST_CASE("a quantity is answered in any unit of its dimension") {
  CHECK(answer_of("return quantity(1500, 'g')", quantity(Unit::kg)).bits == 1'500'000);
  CHECK(answer_of("return quantity(1500, 'cm')", quantity(Unit::kg)).problem ==
        "hook `luton.f` answered a quantity in cm where number kg was expected");
  CHECK(answer_of("return quantity('9000000000000', 'kg')", quantity(Unit::ug)).problem ==
        "hook `luton.f` answered a quantity out of range");
  CHECK(answer_of("return quantity(30, 'minutes')", quantity(Unit::hours)).bits == 500'000);
  CHECK(answer_of("return quantity(20, 'minutes')", quantity(Unit::hours)).problem ==
        "hook `luton.f` answered 20 minutes, which has more than six places after the point in hours");
}

TEST_CASE("an answer of a wrong type is a problem that says both types") {
  const std::vector<std::tuple<std::string, Type, std::string>> wrong = {
      {"'yes'", of(Kind::truth), "answered text where yes/no was expected"},
      {"1", of(Kind::truth), "answered a number where yes/no was expected"},
      {"{}", of(Kind::truth), "answered a table where yes/no was expected"},
      {"tostring", of(Kind::truth), "answered a function where yes/no was expected"},
      {"true", of(Kind::number), "answered a boolean where number was expected"},
      {"money(1)", of(Kind::number), "answered money where number was expected"},
      {"'2019-04-01'", of(Kind::date), "answered text where date was expected"},
      {"days(1)", duration(DurationKind::months), "answered a duration of days where duration was expected"},
      {"'maybe'", status(), "answered `maybe`, which is no value of one of never, ex, current"},
      {"1", status(), "answered a number where one of never, ex, current was expected"},
      {"'6/9'", acuity(), "answered `6/9`, which is no value of scale \"6/6\" < \"6/12\""},
      {"'Paris'", of(Kind::place), "answered `Paris`, which is no place"},
      {"'37W'", code(CodeSystem::opcs4), "answered `37W`, which is no code of opcs4"},
      {"true, 1", of(Kind::truth), "answered a number for its sentence"},
      {"true, 'why', 3", of(Kind::truth), "answered 3 values; it may answer one, and a sentence"},
  };
  for (const auto& [expression, type, problem] : wrong) {
    const Answer answer = answer_of("return " + expression, type);
    CHECK_FALSE(answer.known);
    CHECK(answer.sentence.empty());
    CHECK(answer.problem == "hook `luton.f` " + problem);
  }
}

TEST_CASE("an answer may have a sentence, and none") {
  CHECK(answer_of("return true, 'stopped ' .. date('2019-04-01')").sentence == "stopped 2019-04-01");
  CHECK(answer_of("return true, nil").sentence.empty());
  const Answer unknown = answer_of("return nil, 'the quit date is needed'");
  CHECK_FALSE(unknown.known);
  CHECK(unknown.problem.empty());
  CHECK(unknown.sentence == "the quit date is needed");
  CHECK(answer_of("").problem.empty());
}

TEST_CASE("sentences are one line of UTF-8, of at most 300 bytes") {
  CHECK(answer_of("return true, 'a\\nb\\r\\n\\27[31mc\\0d'").sentence == "a b [31mc d");
  CHECK(answer_of("return true, 'a\\xffb\\u{202e}c'").sentence ==
        "a\xEF\xBF\xBD"
        "b c");
  const std::string ascii = answer_of("return true, ('x'):rep(1000)").sentence;
  CHECK(ascii.size() <= 300);
  CHECK(ascii.substr(0, 200) == std::string(200, 'x'));
  CHECK(ascii.substr(ascii.size() - 3) == "…");
  const std::string wide = answer_of("return true, ('é'):rep(1000)").sentence;
  CHECK(wide.size() <= 300);
  CHECK(proviso::value::valid_utf8(wide));
  CHECK(answer_of("return true, ('x'):rep(300)").sentence == std::string(300, 'x'));
}

TEST_CASE("errors of a script are problems, in one line and with the script's line") {
  Hooks hooks("local M = {}\nfunction M.f(a)\n  return a.b.c\nend\nreturn M");
  CHECK(hooks.ask("f", of(Kind::truth), {of(Kind::date)}, {unknown()}).problem ==
        "hook `luton.f` failed: hooks/luton.lua:3: attempt to index a nil value (local 'a')");
  CHECK(problem_of("error('no\\n\\27[2Jgood')") == "hook `luton.f` failed: hooks/luton.lua:1: no [2Jgood");
  CHECK(problem_of("error('plain', 0)") == "hook `luton.f` failed: plain");
  CHECK(problem_of("error()") == "hook `luton.f` failed: it raised an error that is nil");
  CHECK(problem_of("error({ 1 })") == "hook `luton.f` failed: it raised an error that is a table");
  CHECK(problem_of("error(12)") == "hook `luton.f` failed: it raised an error that is a number");
  CHECK(problem_of("error(money(1))") == "hook `luton.f` failed: it raised an error that is money");
  CHECK(problem_of("error(print)") == "hook `luton.f` failed: it raised an error that is nil");
  CHECK(problem_of("error(tostring)") == "hook `luton.f` failed: it raised an error that is a function");
  CHECK(problem_of("assert(false)") == "hook `luton.f` failed: hooks/luton.lua:1: assertion failed!");
  CHECK(problem_of("error(('x'):rep(60000), 0)").size() < 400);
}

TEST_CASE("limits read as explanations show them") {
  CHECK(proviso::hooks::format(proviso::hooks::Limits{}) == "200000 instructions, 4 MiB");
  CHECK(proviso::hooks::format(proviso::hooks::Limits{10, 64 * 1024, 0, 0}) == "10 instructions, 64 KiB");
}
