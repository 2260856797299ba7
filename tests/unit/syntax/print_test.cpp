#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "reading.hpp"
#include "seed.hpp"
#include "syntax/print.hpp"

using namespace proviso::syntax;
using reading::read_expression;
using reading::read_file;

namespace {

std::string printed(const std::string& expression) {
  const auto lone = read_expression(expression);
  return lone.complaints.empty() ? print(lone.tree, lone.root) : lone.complaints.front();
}

/// Random trees of every kind of expression that text can say.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Tree tree;

  ExpressionId expression(unsigned depth) {
    if (depth == 0) return leaf();
    using Kind = ExpressionKind;
    const auto less = [&] { return expression(depth - 1); };
    switch (below(34)) {
      case 0:
        return make(Kind::negate, {less()});
      case 1:
        return make(Kind::absolute, {less()});
      case 2:
        return make(Kind::add, {less(), less()});
      case 3:
        return make(Kind::subtract, {less(), less()});
      case 4:
        return make(Kind::multiply, {less(), less()});
      case 5:
        return make(Kind::divide, {less(), less()});
      case 6:
        return make(Kind::modulo, {less(), less()});
      case 7:
        return make(below(2) ? Kind::add : Kind::subtract, {less(), make(Kind::working_days, {less()})});
      case 8:
        return make(Kind::compare, {less(), less()}, pick({"=", "!=", "<", "<=", ">", ">="}));
      case 9:
        return make(Kind::between, {less(), less(), less()});
      case 10:
        return make(Kind::in, {less(), name()});
      case 11:
        return make(Kind::in, {less(), make(Kind::set, {less(), less(), less()})});
      case 12:
        return make(Kind::within, {less(), less(), less()}, pick({"before", "after"}));
      case 13:
        return make(below(2) ? Kind::is_known : Kind::is_unknown, {less()});
      case 14:
      case 15:
        return make(Kind::negation, {less()});
      case 16:
      case 17:
        return make(Kind::conjunction, {less(), less(), less()});
      case 18:
      case 19:
        return make(Kind::disjunction, {less(), less()});
      case 20:
        return make(Kind::conditional, {less(), less(), less()});
      case 21:
        return make(Kind::first_known, {less(), less()});
      case 22:
        return make(below(2) ? Kind::minimum_of : Kind::maximum_of, {less(), less()});
      case 23:
        return make(below(2) ? Kind::minimum_of : Kind::maximum_of, {less()});
      case 24:
        return make(Kind::rounded, {less(), less()},
                    pick({"half even", "half up", "half down", "up", "down", "floor", "ceiling"}));
      case 25:
        return make(Kind::elapsed, {less(), less()}, pick({"years", "months", "weeks", "days", "working days"}));
      case 26:
        return make(pick_kind({Kind::month_of, Kind::year_of, Kind::financial_year_of, Kind::start_of_month_of,
                               Kind::end_of_month_of}),
                    {less()});
      case 27:
        return make(Kind::working_day_of_month_of, {less(), less()});
      case 28:
        return call({less(), less()});
      case 29:
      case 30:
      case 31:
        return list_form(pick_kind({Kind::any, Kind::every, Kind::count}), false, depth);
      default:
        return list_form(pick_kind({Kind::sum, Kind::least, Kind::greatest, Kind::latest, Kind::earliest}), true,
                         depth);
    }
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  std::string pick(std::vector<std::string> words) { return words[below(static_cast<unsigned>(words.size()))]; }
  ExpressionKind pick_kind(std::vector<ExpressionKind> kinds) {
    return kinds[below(static_cast<unsigned>(kinds.size()))];
  }

  ExpressionId add(Expression one) {
    tree.expressions.push_back(std::move(one));
    return static_cast<ExpressionId>(tree.expressions.size() - 1);
  }
  ExpressionId make(ExpressionKind kind, std::vector<ExpressionId> operands, std::string word = {},
                    std::string text = {}) {
    Expression one;
    one.kind = kind;
    one.operands = std::move(operands);
    one.word = std::move(word);
    one.text = std::move(text);
    return add(std::move(one));
  }
  ExpressionId name() {
    return make(ExpressionKind::name, {}, {},
                pick({"a", "patient.bmi", "month", "start", "working", "year", "p", "half", "end", "day", "financial",
                      "hook", "rank"}));
  }
  ExpressionId call(std::vector<ExpressionId> operands) {
    if (below(4) == 0) operands.clear();
    const auto kind = below(3) == 0 ? ExpressionKind::hook : ExpressionKind::call;
    return make(kind, std::move(operands), {}, pick({"f", "lib.f"}));
  }
  ExpressionId list_form(ExpressionKind kind, bool has_value, unsigned depth) {
    Expression one;
    one.kind = kind;
    one.variable.text = "e";
    one.operands.push_back(name());
    if (has_value) one.operands.push_back(expression(depth - 1));
    one.has_condition = below(2) == 0;
    if (one.has_condition) one.operands.push_back(expression(depth - 1));
    return add(std::move(one));
  }
  ExpressionId leaf() {
    using Kind = ExpressionKind;
    switch (below(15)) {
      case 0:
        return make(Kind::yes, {});
      case 1:
        return make(Kind::no, {});
      case 2:
        return make(Kind::unknown, {});
      case 3:
        return make(Kind::number, {}, {}, pick({"0", "12", "0.5"}));
      case 4:
        return make(Kind::quantity, {}, pick({"kg/m2", "m", "hours", "mmol/mol", "degrees"}), "35");
      case 5:
        return make(Kind::duration, {}, pick({"years", "months", "weeks", "days"}), pick({"1", "18"}));
      case 6:
        return make(Kind::money, {}, pick({"", "p"}), "12");
      case 7:
        return make(Kind::percent, {}, {}, "50");
      case 8:
        return make(Kind::date, {}, {}, "2019-04-01");
      case 9:
        return make(Kind::text, {}, {}, pick({"", "6/12", "a \"b\" \\ # \n\t£"}));
      case 10:
        return make(Kind::code, {}, "opcs4", pick({"W37.1", "W37"}));
      case 11:
        return make(Kind::rank, {}, {}, "same_day_scans");
      default:
        return name();
    }
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("an expression is printed with the brackets it needs and no others") {
  CHECK(printed("((a + (b * c)))") == "a + b * c");
  CHECK(printed("(a + b) * c") == "(a + b) * c");
  CHECK(printed("a - (b - c)") == "a - (b - c)");
  CHECK(printed("(a - b) - c") == "a - b - c");
  CHECK(printed("(a and b) or (not (c = d))") == "(a and b) or not c = d");
  CHECK(printed("a and (b and c)") == "a and (b and c)");
  CHECK(printed("(count of e in xs where e.a) >= 3") == "(count of e in xs where e.a) >= 3");
  CHECK(printed("(count of e in xs) >= 3") == "count of e in xs >= 3");
  CHECK(printed("(first known of a, b) = c") == "first known of a, b = c");
  CHECK(printed("(first known of a, b) + c") == "(first known of a, b) + c");
  CHECK(printed("f((first known of a, b), c)") == "f((first known of a, b), c)");
  CHECK(printed("f(a; first known of b, c)") == "f(a, first known of b, c)");
  CHECK(printed("a   and any e in xs where (b or c)") == "a and any e in xs where b or c");
  CHECK(printed("(any e in xs where b) and a") == "(any e in xs where b) and a");
  CHECK(printed("years from (a) to (b + 1 days) >= 18") == "years from a to b + 1 day >= 18");
  CHECK(printed("- - 1") == "- -1");
  CHECK(printed("d + (10) working days") == "d + 10 working days");
  CHECK(printed("£5 + 12p + 50% + 35kg") == "£5 + 12p + 50% + 35 kg");
  CHECK(printed("if a then (if b then c else d) else (e or f)") == "if a then if b then c else d else e or f");
}

TEST_CASE("a unit of time stands in the singular behind one, and in the plural behind any other number") {
  CHECK(printed("a within 1 years before b") == "a within 1 year before b");
  CHECK(printed("a within 1 year before b") == "a within 1 year before b");
  CHECK(printed("a >= 1 hours") == "a >= 1 hour");
  CHECK(printed("a - 1 months + -1 days") == "a - 1 month + -1 day");
  CHECK(printed("a + 1 working days") == "a + 1 working day");
  CHECK(printed("a + 2 month - 21 day + 0 weeks") == "a + 2 months - 21 days + 0 weeks");
  CHECK(printed("a >= 1.5 weeks") == "a >= 1.5 weeks");
  CHECK(printed("a + (b) working day") == "a + b working days");
  CHECK(printed("a >= 1 degrees") == "a >= 1 degrees");
}

TEST_CASE("random expressions read as what was printed, and print the same again") {
  const auto seed = static_cast<unsigned>(proviso::random_seed());
  WARN("seed " << seed);
  for (unsigned round = 0; round < 8000; ++round) {
    Generator generator(seed + round);
    const auto id = generator.expression(1 + round % 4);
    const std::string text = print(generator.tree, id);
    INFO("seed " << seed + round << ": " << text);
    const auto again = read_expression(text);
    REQUIRE(again.complaints == std::vector<std::string>{});
    REQUIRE(reading::shape(again.tree, again.root) == reading::shape(generator.tree, id));
    REQUIRE(print(again.tree, again.root) == text);
  }
}

TEST_CASE("no bracket of a printed expression can go") {
  const auto seed = static_cast<unsigned>(proviso::random_seed());
  WARN("seed " << seed);
  for (unsigned round = 0; round < 3000; ++round) {
    Generator generator(seed + round);
    const auto id = generator.expression(1 + round % 3);
    const std::string text = print(generator.tree, id);
    const std::string shape = reading::shape(generator.tree, id);
    INFO("seed " << seed + round << ": " << text);
    // A condition that ends in `working days` is bracketed as though it could go on.
    if (text.find("working days") != std::string::npos) continue;
    std::vector<std::size_t> open;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
      if (quoted) continue;
      if (text[i] == '(') open.push_back(i);
      if (text[i] != ')') continue;
      const std::size_t begin = open.back();
      open.pop_back();
      if (begin > 0 && text[begin - 1] == 'f') continue;  // of a call
      std::string without = text;
      without[i] = ' ';
      without[begin] = ' ';
      REQUIRE(reading::shape_of(without) != shape);
    }
  }
}

TEST_CASE("types are printed") {
  for (const std::string type :
       {"yes/no", "number", "number kg/m2", "number %", "money", "code opcs4", "one of a, \"6/9\", b",
        "scale \"6/6\" < b", "list of list of code icd10", "Patient", "lib.t", "place"}) {
    const auto file = read_file("library x\ntype t = " + type);
    REQUIRE(file.complaints.empty());
    CHECK(print(std::get<TypeDeclaration>(file.tree.declarations.at(0)).type) == type);
  }
}

TEST_CASE("a file is printed in one layout, with its comments, and reads as the same tree") {
  const std::string untidy = R"(# About
# this file.
library   x   # the library
use b use a.c
record R "r" { # all facts
 a number kg/m2 measured valid 12 months ask "q" # body mass
   # on smoking
 smoking one of c, "d e" c yes/no assume no check nhs_number list_of_codes list of code opcs4 "codes" }
codes hips opcs4 { W1 W2..W3 except W4 } source "s" section "t" unverified "u"
codes dated opcs4 { from 2019-04-01 to 2020-03-31 { W1 } source "s" in Luton from 2020-04-01 { W2 except W21 } }
type t = scale a<b
define f( day date ;n number )=(day+ 1 day)
define i = (a)
threshold top: number { may vary from -1 to 3 in Luton 2 from 2019-04-01 source "s" 3 from 2019-04-01 to 2020-03-31 } unverified "u"
table h(i number; j yes/no) -> money { 1,yes -> £5 -2,no->12p }
table k(i number) -> money from "k.csv"
# The policy
policy p "P" on R { status draft category notice note "n" source "s" effective 2019-04-01 in Luton, Bedford
  dated by day placed by where_from applies when a>1 unverified "w"
  exempt cancer when a "because" # trailing
  exempt when b
  # before approve
  approve when at least 1 of { j "Jé": a <= 3 k: any { n "N": a o: b # last
  } # closed
  } "fine"
  refuse when c
  otherwise review "no" # end of policy
} # after
# the end
)";
  const std::string tidy = R"(# About
# this file.
library x  # the library

use b
use a.c

record R "r" {  # all facts
  a              number kg/m2        measured valid 12 months ask "q"  # body mass
  # on smoking
  smoking        one of c, "d e"
  c              yes/no              assume no check nhs_number
  list_of_codes  list of code opcs4  "codes"
}

codes hips opcs4 { W1 W2..W3 except W4 } source "s" section "t" unverified "u"
)";
  const auto first = read_file(untidy);
  REQUIRE(first.complaints == std::vector<std::string>{});
  const std::string text = print(first.tree);
  INFO(text);
  CHECK(text.substr(0, tidy.size()) == tidy);
  const auto second = read_file(text);
  REQUIRE(second.complaints == std::vector<std::string>{});
  CHECK(reading::shape(second.tree) == reading::shape(first.tree));
  CHECK(print(second.tree) == text);
  CHECK(text.find("  exempt cancer when a \"because\"  # trailing\n") != std::string::npos);
  CHECK(text.find("  # before approve\n  approve when") != std::string::npos);
  CHECK(text.find("      o: b  # last\n") != std::string::npos);
  CHECK(text.find("}  # after\n# the end\n") != std::string::npos);
}

TEST_CASE("places, hooks and variations are printed in one layout, with their comments") {
  const std::string untidy = R"(library x # the library
# Where
places { England { # the country
BLMK "Bedfordshire, Luton" { Luton ods:06P
 MiltonKeynes "MK é" ods:04F ods:M1J4Y # new
 Bedford "Bedfordshire"
 # south
 Elsewhere } Wales { # empty
 } } } # all
hook luton.smoking(status one of never,ex; quit date)->yes/no may only tighten from "hooks/luton.lua" # smoking
hook bands( ) -> number kg/m2 from "hooks/bands.lua"
threshold top: number kg/m2 { may vary from 30 to 45 40 from 2019-04-01
 # Luton's
 in Luton 35 from 2019-10-01 source "s" in Elsewhere 5 from 2020-04-01 to 2020-05-01 }
threshold grade: one of a, b { # free
 may vary # wholly
 a from 2019-04-01 }
# Luton
variation of lib.p in Luton { # varies
 from 2019-10-01 to 2020-03-31 note "n"
 source "s" section "t"
 must not be looser than England # never
 # criteria
 replace smoke "Smoke": hook luton.smoking(a,b) or c # smoking
 add d "D": all { i "I":j # inside
 k:q } to severe
 add r:s to severe
 remove t # gone
 replace exempt cancer when u "because"
 add refuse v when any { w:x
 # end of group
 } "no"
 category notice omit policy unverified "u"
 # end of variation
} # after
variation of p in Elsewhere { }
)";
  const std::string tidy = R"(library x  # the library

# Where
places {
  England {  # the country
    BLMK "Bedfordshire, Luton" {
      Luton                       ods:06P
      MiltonKeynes "MK é"         ods:04F ods:M1J4Y  # new
      Bedford      "Bedfordshire"
      # south
      Elsewhere
    }
    Wales  # empty
  }
}  # all

hook luton.smoking(status one of never, ex; quit date) -> yes/no may only tighten
  from "hooks/luton.lua"  # smoking
hook bands() -> number kg/m2 from "hooks/bands.lua"

threshold top: number kg/m2 {
  may vary from 30 to 45
  40             from 2019-04-01
  # Luton's
  in Luton 35    from 2019-10-01 source "s"
  in Elsewhere 5 from 2020-04-01 to 2020-05-01
}

threshold grade: one of a, b {  # free
  may vary  # wholly
  a from 2019-04-01
}

# Luton
variation of lib.p in Luton {  # varies
  from       2019-10-01 to 2020-03-31
  source     "s" section "t"
  must not be looser than England  # never
  # criteria
  replace    smoke "Smoke": hook luton.smoking(a, b) or c  # smoking
  add        d "D": all {
    i "I": j  # inside
    k: q
  } to severe
  add        r: s to severe
  remove     t  # gone
  replace    exempt cancer when u "because"
  add        refuse v when any {
    w: x
    # end of group
  } "no"
  category   notice
  omit policy
  note       "n"
  unverified "u"
  # end of variation
}  # after

variation of p in Elsewhere {
}
)";
  const auto first = read_file(untidy);
  REQUIRE(first.complaints == std::vector<std::string>{});
  const std::string text = print(first.tree);
  INFO(text);
  CHECK(text == tidy);
  const auto second = read_file(text);
  REQUIRE(second.complaints == std::vector<std::string>{});
  CHECK(reading::shape(second.tree) == reading::shape(first.tree));
  CHECK(print(second.tree) == text);
}

TEST_CASE("a variation is printed as the reference lays it out") {
  const std::string text = R"(library x

variation of p in Luton {
  from       2019-10-01 to 2020-03-31
  source     "Governing body" section "7.3"
  replace    smoke "Smoke-free": hook luton.smoking(a, b) or c
  # Shared decisions
  add        d "D": all {
    e "E": f
    j: k
  } to severe
  add        r: s to severe
  remove     t
  replace    exempt cancer when u "because"
  add        refuse v when any {
    w: x
  } "no"
  category   notice
  omit policy
  must not be looser than England
  note       "n"
  unverified "u"
}
)";
  const auto file = read_file(text);
  REQUIRE(file.complaints == std::vector<std::string>{});
  CHECK(print(file.tree) == text);
}

TEST_CASE("long code lists are wrapped") {
  std::string text = "library x\n\ncodes a opcs4 {";
  for (int i = 0; i < 100; ++i) text += " W" + std::to_string(10 + i % 90);
  const auto file = read_file(text + " }");
  REQUIRE(file.complaints.empty());
  const std::string again = print(file.tree);
  CHECK(reading::shape(read_file(again).tree) == reading::shape(file.tree));
  CHECK(std::count(again.begin(), again.end(), '\n') > 5);
  CHECK(print(read_file(again).tree) == again);
}
