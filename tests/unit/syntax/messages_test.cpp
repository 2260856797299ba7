#include <catch2/catch.hpp>

#include "reading.hpp"

using reading::help_of;
using reading::Lines;
using reading::read_expression;
using reading::read_file;
using reading::said;

namespace {

Lines said_in_group(const std::string& criteria) {
  return said("policy p on R {\napprove when all {\n" + criteria + "\n}\notherwise refuse\n}\n");
}

}  // namespace

TEST_CASE("message: text that is not closed") {
  CHECK(said("policy p \"P on R { }\n") ==
        Lines{"2:10 P0102 text is not closed: expected `\"` before the end of the line"});
  CHECK(said_in_group("a \"A: b\nc: d") ==
        Lines{"4:3 P0102 text is not closed: expected `\"` before the end of the line"});
  CHECK(said("policy p on R {\n otherwise refuse \"no\n}") ==
        Lines{"3:19 P0102 text is not closed: expected `\"` before the end of the line"});
}

TEST_CASE("message: bad escape") { CHECK(said("define a = \"\\q\" = b") == Lines{"2:13 P0111 `\\q` is no escape"}); }

TEST_CASE("message: block that is not closed, with the place where it opens") {
  const auto file = read_file("library x\nrecord A {\n  a text # note\n\nrecord B { b text }\n");
  CHECK(file.complaints == Lines{"3:9 P0103 block is not closed: expected `}`, found `record`"});
  REQUIRE(file.diagnostics[0].notes.size() == 1);
  CHECK(file.diagnostics[0].notes[0].span->begin == 19);
  CHECK(file.tree.declarations.size() == 2);
  CHECK(said("policy p on R {\n  approve when all {\n    a: b\n  otherwise refuse\n}") ==
        Lines{"4:9 P0103 block is not closed: expected `}`, found `otherwise`"});
  CHECK(said("policy p on R {\n  otherwise refuse\n") ==
        Lines{"3:19 P0103 block is not closed: expected `}`, found the end of the file"});
}

TEST_CASE("message: and mixed with or, both readings") {
  CHECK(read_expression("a and b or c").complaints ==
        Lines{"1:9 P0104 `and` and `or` are mixed: expected `(a and b) or c` or `a and (b or c)`"});
  CHECK(read_expression("a or b and c and d").complaints ==
        Lines{"1:8 P0104 `and` and `or` are mixed: expected `a or (b and c and d)` or `(a or b) and c and d`"});
}

TEST_CASE("message: chained comparison") {
  const auto lone = read_expression("a < b <= c");
  CHECK(lone.complaints == Lines{"1:7 P0105 comparisons do not chain"});
  CHECK(lone.diagnostics[0].help == "did you mean `a < b and b <= c`?");
  CHECK(read_expression("a is known = yes").complaints == Lines{"1:12 P0105 comparisons do not chain"});
}

TEST_CASE("message: reserved names") {
  CHECK(said("define first = 1") == Lines{"2:8 P0106 `first` is a word of the language, and cannot be a name"});
  CHECK(said("record R {\n  date date\n  b text\n}") ==
        Lines{"3:3 P0106 `date` is a word of the language, and cannot be a name"});
  CHECK(said_in_group("any: b\nc: d") == Lines{"4:1 P0106 `any` is a word of the language, and cannot be a name"});
}

TEST_CASE("message: operators of other languages") {
  CHECK(said("define a = b == c") == Lines{"2:14 P0112 `==` is no operator of the language"});
  CHECK(help_of("define a = b == c") == "did you mean `=`?");
  CHECK(help_of("define a = b && c") == "did you mean `and`?");
  CHECK(help_of("define a = b || c") == "did you mean `or`?");
  CHECK(help_of("define a = b <> c") == "did you mean `!=`?");
  CHECK(help_of("define a = b => c") == "did you mean `>=`?");
  CHECK(help_of("define a = b ≤ c") == "did you mean `<=`?");
  CHECK(help_of("define a = b ≥ c") == "did you mean `>=`?");
  CHECK(help_of("define a = !b") == "did you mean `not`?");
  CHECK(said("define a = b != c").empty());
  CHECK(said_in_group("a: b == c\nd: e") == Lines{"4:6 P0112 `==` is no operator of the language"});
}

TEST_CASE("message: a field that bears the name of a unit, behind one with a unit") {
  CHECK(said("record R {\n  w number kg\n  g number kg\n}") == Lines{"4:3 P0106 `g` is a unit, and cannot be a name"});
  CHECK(said("record R {\n  w number\n  m number kg\n}") == Lines{"4:3 P0106 `m` is a unit, and cannot be a name"});
}

TEST_CASE("message: units") {
  CHECK(said("define a = 35\n  kg/m2") == Lines{"3:3 P0108 unit `kg/m2` stands on another line than its number"});
  CHECK(said("define a = 35kgs") == Lines{"2:14 P0101 expected a unit, found `kgs`"});
  CHECK(said("define a = 35 kgs") == Lines{"2:15 P0101 expected a unit, found `kgs`"});
  CHECK(help_of("define a = 35 mmhg") == "did you mean `mmHg`?");
  CHECK(said_in_group("a: b <= 35 kgs\nc: d") == Lines{"4:12 P0101 expected a unit, found `kgs`"});
}

TEST_CASE("message: unknown units of types") {
  const auto unit = [](const std::string& at) { return Lines{at + " P0101 expected a unit, found `kgm2`"}; };
  CHECK(said("record R {\n  bmi number kgm2\n  day date\n}") == unit("3:14"));
  CHECK(help_of("record R {\n  bmi number kgm2\n  day date\n}") == "did you mean `kg/m2`?");
  CHECK(said("record R {\n  bmi number kgm2  # body mass\n  smoking one of a, b\n}") == unit("3:14"));
  CHECK(said("record R {\n  bmi number kgm2\n}") == unit("3:14"));
  CHECK(said("record R {\n  bmi number kgm2 measured valid 12 months\n}") == unit("3:14"));
  CHECK(said("record R {\n  bmi number kgm2 \"BMI\"\n}") == unit("3:14"));
  CHECK(said("threshold a: number kgm2 { 1 from 2019-04-01 }") == unit("2:21"));
  CHECK(said("define f(a number kgm2; b date) = a") == unit("2:19"));
  CHECK(said("type t = number kgm2") == unit("2:17"));
  CHECK(said("record R {\n  a number b text c number d date e number kgs\n}") ==
        Lines{"3:44 P0101 expected a unit, found `kgs`"});
  CHECK(said("record R {\n  a number b text 5\n}") == Lines{"3:19 P0101 expected a field, found `5`"});
  CHECK(said("record R {\n  a number b 5\n}") == Lines{"3:14 P0101 expected a type, found `5`"});
}

TEST_CASE("message: dates of another form") {
  CHECK(said("define a = 2019-4-1") == Lines{"2:12 P0101 expected a date such as `2019-04-01`, found `2019-4-1`"});
}

TEST_CASE("message: commas between codes, once a list") {
  const auto file = read_file("library x\ncodes a opcs4 { W1, W2, W3 }\ncodes b opcs4 { W4, W5 }");
  CHECK(file.complaints == Lines{"2:19 P0101 expected white space between codes, found `,`",
                                 "3:19 P0101 expected white space between codes, found `,`"});
  CHECK(std::get<proviso::syntax::CodesDeclaration>(file.tree.declarations.at(0)).blocks[0].included.size() == 3);
}

TEST_CASE("message: no library line") {
  const auto file = read_file("# c\ndefine a = 1\n");
  CHECK(file.complaints == Lines{"2:1 P0005 expected `library` and a name, found `define`"});
  CHECK(file.tree.declarations.size() == 1);
  CHECK(read_file("").complaints == Lines{"1:1 P0005 expected `library` and a name, found the end of the file"});
  CHECK(said("library y") == Lines{"2:1 P0101 `library` stands once, at the beginning of the file"});
}

TEST_CASE("message: criteria") {
  CHECK(said_in_group("a \"A\" = b >= 3\nc: d") ==
        Lines{"4:7 P0101 expected `:` after the criterion's name, found `=`"});
  CHECK(said_in_group("a \"A\" b\nc: d") ==
        Lines{"4:7 P0101 expected `:` after the criterion's name and label, found `b`"});
  CHECK(said_in_group("a:\nc: d") == Lines{"4:3 P0101 expected a condition, found `c`"});
}

TEST_CASE("message: what is missing is missing behind the last token") {
  CHECK(said("define a =\ndefine b = 1") == Lines{"2:11 P0101 expected a value or a condition, found `define`"});
  CHECK(said("define a = (b + c # so\n\ndefine d = 1") == Lines{"2:18 P0101 expected `)`, found `define`"});
  CHECK(said("policy p on R\n  otherwise refuse }") == Lines{"2:14 P0101 expected `{`, found `otherwise`"});
  CHECK(said("define a = if b then c\n") == Lines{"2:23 P0101 expected `else`, found the end of the file"});
}

TEST_CASE("message: misspelt words") {
  CHECK(said("polcy p on R { }") == Lines{"2:1 P0101 expected a declaration, found `polcy`"});
  CHECK(help_of("polcy p on R { }") == "did you mean `policy`?");
  CHECK(help_of("policy p on R {\n  aprove when a\n}") == "did you mean `approve`?");
  CHECK(help_of("policy p on R {\n  catgory threshold\n}") == "did you mean `category`?");
}

TEST_CASE("message: a misspelt `when`") {
  for (const std::string line : {"refuse wen a = 1 \"no\"", "refuse wen\n  a = 1"}) {
    const auto file = read_file("library x\npolicy p on R {\n  " + line + "\n  otherwise refuse\n}");
    CHECK(file.complaints == Lines{"3:10 P0101 expected `when`, found `wen`"});
    CHECK(file.diagnostics.at(0).help == "did you mean `when`?");
  }
  CHECK(said("policy p on R {\n  exempt cancer wehn a\n}") == Lines{"3:17 P0101 expected `when`, found `wehn`"});
  CHECK(help_of("policy p on R {\n  exempt cancer wehn a\n}") == "did you mean `when`?");
  CHECK(said("policy p on R {\n  refuse all { a: b }\n}") == Lines{"3:10 P0101 expected `when`, found `all`"});
}

TEST_CASE("message: a missing operand leaves the next criterion or clause alone") {
  const auto file = read_file(
      "library x\npolicy p on R {\n  approve when all {\n    a \"A\": b <=\n    c \"C\": d and\n    e: f +\n"
      "    h: i\n  }\n  review when j >\n  refuse when k\n  refuse x when not\n  exempt y when n\n}");
  CHECK(file.complaints == Lines{"4:16 P0101 expected a value, found `c`", "5:17 P0101 expected a condition, found `e`",
                                 "6:11 P0101 expected a value, found `h`",
                                 "9:18 P0101 expected a value, found `refuse`",
                                 "11:20 P0101 expected a condition, found `exempt`"});
  const auto& policy = std::get<proviso::syntax::PolicyDeclaration>(file.tree.declarations.at(0));
  REQUIRE(policy.clauses.size() == 3);
  REQUIRE(policy.clauses[0].condition.criteria.size() == 1);
  CHECK(policy.clauses[0].condition.criteria[0].name.text == "h");
}

TEST_CASE("message: forbidden characters") {
  using namespace std::string_literals;
  CHECK(said("define a\0b = 1"s) == Lines{"2:9 P0003 forbidden character U+0000, a null byte"});
  CHECK(said("define a = \"\xE2\x80\xAE\"") ==
        Lines{"2:13 P0003 forbidden character U+202E, a change of the direction of writing"});
  CHECK(read_file("\xEF\xBB\xBFlibrary x").complaints ==
        Lines{"1:1 P0003 forbidden character U+FEFF, a byte order mark"});
  CHECK(said("define a =\xC2\xA0"
             "1") == Lines{"2:11 P0003 forbidden character U+00A0, a no-break space"});
  CHECK(said("define a = \"caf\xC3\xA9 \xC2\xA0\" # \xE2\x82\xAC").empty());
}

TEST_CASE("message: bytes that are not UTF-8 leave the file unread") {
  const auto file = read_file("library x\ndefine a = \"\xFF\"\ndefine = =");
  CHECK(file.complaints == Lines{"2:13 P0002 byte 0xff is not UTF-8"});
  CHECK(file.tree.declarations.empty());
}

TEST_CASE("message: a head line behind the clauses") {
  CHECK(said("policy p on R {\n  otherwise refuse\n  status draft\n}") ==
        Lines{"4:3 P0101 `status` belongs before the clauses"});
}

TEST_CASE("message: the rest of a lone expression") {
  CHECK(read_expression("1 2").complaints == Lines{"1:3 P0101 expected the end of the expression, found `2`"});
  CHECK(read_expression("").complaints ==
        Lines{"1:1 P0101 expected a value or a condition, found the end of the file"});
}
