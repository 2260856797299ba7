#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "reading.hpp"
#include "seed.hpp"
#include "syntax/print.hpp"
#include "tries.hpp"

using namespace proviso::syntax;
using reading::read_expression;
using reading::read_file;

namespace {

std::string times(std::size_t count, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

/// Generous, for slow machines and sanitizers: what is not linear takes years here.
struct Deadline {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  bool kept(double seconds) const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < seconds;
  }
};

}  // namespace

TEST_CASE("nesting up to the limit is read, and in no time") {
  const std::vector<std::pair<std::string, std::string>> nests = {
      {"(", ")"},
      {"not ", ""},
      {"- ", ""},
      {"f(", ")"},
      {"hook f(", ")"},
      {"1 + (", ")"},
      {"any e in xs where ", ""},
      {"(not ", ")"},
      {"first known of ", ""},
      {"if a then b else ", ""},
      {"minimum of ", ""},
      {"absolute ", ""},
      {"sum of ", " for e in xs"},
  };
  for (const auto& [open, close] : nests) {
    CAPTURE(open);
    const std::size_t depth = open == "(not " ? nesting_limit / 2 : nesting_limit;
    const Deadline deadline;
    CHECK(read_expression(times(depth, open) + "1" + times(depth, close)).complaints.empty());
    CHECK(deadline.kept(1));
    const auto deeper = read_expression(times(depth + 1, open) + "1" + times(depth + 1, close));
    REQUIRE(deeper.complaints.size() == 1);
    CHECK(deeper.complaints[0].find(" P0107 nested more than 128 levels deep") != std::string::npos);
    const auto deepest = read_expression(times(10000, open) + "1" + times(10000, close));
    CHECK(deepest.complaints == deeper.complaints);
    CHECK(deepest.root == no_expression);
  }
  CHECK(read_expression(times(100, "if ") + "a" + times(100, " then b else c")).complaints.empty());
}

TEST_CASE("groups nest up to the limit") {
  const auto groups = [](std::size_t depth, bool closed) {
    return "library x\npolicy p on R {\napprove when " + times(depth, "all { a: ") + "b" +
           (closed ? times(depth, " }") + "\notherwise refuse\n}\n" : "");
  };
  CHECK(read_file(groups(100, true)).complaints.empty());
  for (const bool closed : {true, false}) {
    const auto file = read_file(groups(10000, closed));
    REQUIRE(file.complaints.size() == 1);
    CHECK(file.complaints[0].find(" P0107 ") != std::string::npos);
  }
}

TEST_CASE("brackets left open in a definition are one error") {
  const auto file = read_file("library x\ndefine a = " + times(10000, "(") + "\ndefine b = 1\n");
  CHECK(file.complaints.size() == 1);
  CHECK(file.tree.declarations.size() == 1);
}

TEST_CASE("long flat chains") {
  SECTION("of logic are one flat expression") {
    const auto lone = read_expression(std::string("a") + times(99999, " and a"));
    REQUIRE(lone.complaints.empty());
    CHECK(lone.tree.expression(lone.root).operands.size() == 100000);
  }
  SECTION("of arithmetic are high, and bounded") {
    CHECK(read_expression(std::string("1") + times(900, " + 1")).complaints.empty());
    for (const std::string sign : {" + 1", " - 1", " * 1", " / 1"}) {
      const auto lone = read_expression(std::string("1") + times(99999, sign));
      REQUIRE(lone.complaints.size() == 1);
      CHECK(lone.complaints[0].find(" P0107 ") != std::string::npos);
    }
  }
  SECTION("in brackets are bounded together") {
    const auto lone = read_expression(times(100, "(") + "1" + times(100, times(100, " + 1") + ")"));
    REQUIRE(lone.complaints.size() == 1);
    CHECK(lone.complaints[0].find(" P0107 ") != std::string::npos);
  }
  SECTION("of list forms, calls and sets") {
    CHECK(read_expression("a in { 1" + times(100000, ", 1") + " }").complaints.empty());
    CHECK(read_expression("f(1" + times(100000, ", 1") + ")").complaints.empty());
  }
}

TEST_CASE("megabytes of nonsense end soon, with few errors") {
  constexpr std::size_t size = proviso::tries(10'000'000);
  std::mt19937 random(20190401);
  std::string letters;
  const std::string alphabet = "abcdefg {}()\"#=<>+-*/.,;:1234567890\n";
  while (letters.size() < size) letters += alphabet[random() % alphabet.size()];
  std::string bytes;
  while (bytes.size() < size) bytes += static_cast<char>(random() % 256);
  std::string words;
  const std::vector<std::string> vocabulary = {"policy ",
                                               "on ",
                                               "{\n",
                                               "}\n",
                                               "approve ",
                                               "when ",
                                               "all ",
                                               "a ",
                                               ": ",
                                               "\"x\" ",
                                               "record ",
                                               "\ndefine ",
                                               "= ",
                                               "1 ",
                                               "and ",
                                               "or ",
                                               "if ",
                                               "then ",
                                               "in ",
                                               "(",
                                               "hook ",
                                               "a.b(",
                                               "\nvariation of ",
                                               "replace ",
                                               "add ",
                                               "to ",
                                               "places ",
                                               "from 2019-10-01\n",
                                               "\nscenario \"x\" of ",
                                               "given {",
                                               "vary a {\n",
                                               "-> expect ",
                                               ", ",
                                               "like \"x\" but ",
                                               "\npayment p on R {\n",
                                               "\nagreement a on R {\n",
                                               "withhold must ",
                                               "\nshare a 50% ",
                                               "rank in ",
                                               "\ncovers ",
                                               "\nbetween "};
  while (words.size() < size) words += vocabulary[random() % vocabulary.size()];
  const std::vector<std::string> nonsense = {
      letters,
      bytes,
      words,
      std::string(size, '\0'),
      std::string(size, '{'),
      std::string(size, '('),
      std::string(size, '"'),
      std::string(size, 'a'),
      times(size / 5, "#\n \n"),
      "library x\n" + times(size / 10, "policy\n"),
      "library x\n" + times(size / 10, "record a {"),
      "library x\nplaces {" + times(size / 10, "a {"),
      "library x\nvariation of a in B {" + times(size / 10, "add a: all {\n"),
      "library x\ndefine a = " + times(size / 10, "hook a.b("),
      "library x\nscenario \"a\" of b { given { c = " + times(size / 10, "{ "),
      "library x\nscenario \"a\" of b { given { c = " + times(size / 10, "{ d = "),
      "library x\nscenario \"a\" of b { vary c {\n" + times(size / 10, "1,\n"),
      "library x\n" + times(size / 10, "scenario \"a\" of b { given {"),
      "library x\npolicy p on R {" + times(size / 10, "approve when\n"),
      "library x\npayment p on R {" + times(size / 10, "pay £0\n"),
      "library x\nagreement p on R {" + times(size / 10, "saving\n"),
      "library x\nagreement p on R {" + times(size / 10, "covers a in (\n"),
      "library x\nagreement p on R {\nshare " + times(size / 10, "a 50%,\n"),
      "library x\n" + times(size / 10, "agreement a on R {\n")};
  for (const auto& text : nonsense) {
    CAPTURE(text.substr(0, 60));
    const Deadline deadline;
    const auto file = read_file(text);
    CHECK(deadline.kept(20));
    CHECK_FALSE(file.complaints.empty());
    CHECK(file.complaints.size() <= error_limit + 1);
  }
}

TEST_CASE("every beginning of a file, and every file with a byte changed, is read without harm") {
  const std::string whole = R"(library x
record R "r" { a number kg/m2 measured valid 12 months ask "q" b one of c, "d" e yes/no assume no }
codes f opcs4 { from 2019-04-01 { W1 W2..W3 except W4 } } unverified "u"
threshold t: number { may vary from 1 to 3 in Luton 2 from 2019-04-01 source "s" section "1" }
table h(i number) -> money { 1 -> £5 }
policy p "P" on R { category notice effective 2019-04-01 in Luton
  approve when at least 1 of { j "J": a <= 3 kg/m2 and not e n: (sum of k.o for k in xs where k.q > 1) rounded to 1 half up > 2 }
  otherwise refuse "no" }
places { England "E" { Luton ods:06P ods:M1J4Y Bedford } }
hook q.s(a one of x, y; d date) -> yes/no may only tighten from "h.lua"
variation of p in Luton {
  from 2019-10-01 to 2020-03-31 source "s" section "1"
  replace j "J": hook q.s(a, b) or c
  add z "Z": all { u: v } to n
  replace exempt w when x "y"
  remove n category notice omit policy must not be looser than England note "n" unverified "u" }
scenario "s" of p { like "t" but { a = 3 kg/m2 on 2019-04-01, b = { c, { d = yes, }, { } } }
  vary a, b { 1, { } -> refuse because j about a.b
    unknown, 2 on 2019-04-01 }
  expect information needed with drafts note "n" }
relate k on R: e in Q where e.a = a and e.d within 30 days before d
group many on R by a, b.c ordered by d
payment y "Y" on R { dated by d in Luton
  exempt z when a pay in full when b "s" pay £5 half when any e in k where e.a = 1 adjust to rank in many when c
  recount as hrg:A pay b when c withhold may late when d query when e otherwise withhold must "t" }
agreement z "Z" on R { status draft source "s" section "t" between a, b and c in Luton covers d in f and e = 1
  dated by h placed by p period 18 months from 2018-12-01 baseline £352.14 per unit
  saving (baseline - o) * q rounded to 1p floor floor £0 cap £9 share a 50%, b 50%
  share above £1 in a year a 70%, b 30% cap a £5 per year deduct r + 1 from b settle monthly rounded to 1p half even
  floor £0 after pay lowest q by u, v corrected by w note "n" unverified "u"
  target x "X" among a where b met c at least 90% by 3 months from 2018-12-01 }
scenario "u" of y { given { rank in many = 2, k = { { a = 1 } } } vary rank in many { 1 -> pay £5
    2 -> adjust to £6 because z
    3 -> withhold must about rank in many } expect query }
)";
  REQUIRE(read_file(whole).complaints.empty());
  const std::uint64_t seed = proviso::random_seed();
  INFO("seed " << seed);
  for (std::size_t i = seed % proviso::one_in; i < whole.size(); i += proviso::one_in) {
    CHECK(read_file(whole.substr(0, i)).complaints.size() <= error_limit + 1);
    for (const char c : {'"', '{', '}', '(', '\n', '=', '1', ' '}) {
      std::string changed = whole;
      changed[i] = c;
      const auto file = read_file(changed);
      CHECK(file.complaints.size() <= error_limit + 1);
      if (!file.complaints.empty()) continue;
      // What can still be read is printed as what it is.
      INFO(changed);
      CHECK(reading::shape(read_file(print(file.tree)).tree) == reading::shape(file.tree));
    }
  }
}
