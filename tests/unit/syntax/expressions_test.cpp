#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::shape_of;

TEST_CASE("literals") {
  CHECK(shape_of("yes") == "(yes)");
  CHECK(shape_of("no") == "(no)");
  CHECK(shape_of("unknown") == "(unknown)");
  CHECK(shape_of("12.5") == "(number 12.5)");
  CHECK(shape_of("35 kg/m2") == "(quantity 35 :kg/m2)");
  CHECK(shape_of("35kg") == "(quantity 35 :kg)");
  CHECK(shape_of("8 hours") == "(quantity 8 :hours)");
  CHECK(shape_of("1 hour") == "(quantity 1 :hours)");
  CHECK(shape_of("18 months") == "(duration 18 :months)");
  CHECK(shape_of("1 year") == "(duration 1 :years)");
  CHECK(shape_of("1 week") == "(duration 1 :weeks)");
  CHECK(shape_of("1 day") == "(duration 1 :days)");
  CHECK(shape_of("£352.14") == "(money 352.14)");
  CHECK(shape_of("12p") == "(money 12 :p)");
  CHECK(shape_of("50%") == "(percent 50)");
  CHECK(shape_of("2019-04-01") == "(date 2019-04-01)");
  CHECK(shape_of("2019-99-99") == "(date 2019-99-99)");
  CHECK(shape_of(R"("6/12")") == "(text 6/12)");
  CHECK(shape_of(R"("a \"b\" \\ \n\t.")") == "(text a \"b\" \\ \n\t.)");
  CHECK(shape_of("opcs4:W37.1") == "(code W37.1 :opcs4)");
  CHECK(shape_of("ods:06P") == "(code 06P :ods)");
}

TEST_CASE("names, calls and brackets") {
  CHECK(shape_of("patient.bmi") == "(name patient.bmi)");
  CHECK(shape_of("whenever") == "(name whenever)");
  CHECK(shape_of("month") == "(name month)");
  CHECK(shape_of("working + days_off") == "(add (name working) (name days_off))");
  CHECK(shape_of("f()") == "(call f)");
  CHECK(shape_of("lib.f(a, b; c)") == "(call lib.f (name a) (name b) (name c))");
  CHECK(shape_of("f(if a then b else c, d or e)") ==
        "(call f (conditional (name a) (name b) (name c)) (disjunction (name d) (name e)))");
  CHECK(shape_of("((a))") == "(name a)");
}

TEST_CASE("binding") {
  CHECK(shape_of("a + b * c") == "(add (name a) (multiply (name b) (name c)))");
  CHECK(shape_of("a - b - c") == "(subtract (subtract (name a) (name b)) (name c))");
  CHECK(shape_of("a - (b - c)") == "(subtract (name a) (subtract (name b) (name c)))");
  CHECK(shape_of("a * b / c mod d") == "(modulo (divide (multiply (name a) (name b)) (name c)) (name d))");
  CHECK(shape_of("-a * b") == "(multiply (negate (name a)) (name b))");
  CHECK(shape_of("- - 1") == "(negate (negate (number 1)))");
  CHECK(shape_of("absolute a + b") == "(add (absolute (name a)) (name b))");
  CHECK(shape_of("not a = b") == "(negation (compare := (name a) (name b)))");
  CHECK(shape_of("not not a") == "(negation (negation (name a)))");
  CHECK(shape_of("a and b and c") == "(conjunction (name a) (name b) (name c))");
  CHECK(shape_of("a or (b and c)") == "(disjunction (name a) (conjunction (name b) (name c)))");
  CHECK(shape_of("a and (b and c)") == "(conjunction (name a) (conjunction (name b) (name c)))");
  CHECK(shape_of("if a or b then c else d and e") ==
        "(conditional (disjunction (name a) (name b)) (name c) (conjunction (name d) (name e)))");
  CHECK(shape_of("a + 1 < b") == "(compare :< (add (name a) (number 1)) (name b))");
}

TEST_CASE("comparisons") {
  CHECK(shape_of("a = b") == "(compare := (name a) (name b))");
  CHECK(shape_of("a != b") == "(compare :!= (name a) (name b))");
  CHECK(shape_of("a <= b") == "(compare :<= (name a) (name b))");
  CHECK(shape_of("a >= b") == "(compare :>= (name a) (name b))");
  CHECK(shape_of("a > b") == "(compare :> (name a) (name b))");
  CHECK(shape_of("a between 1 and 2 and c") == "(conjunction (between (name a) (number 1) (number 2)) (name c))");
  CHECK(shape_of("a in xs") == "(in (name a) (name xs))");
  CHECK(shape_of("a in { b, 1 + 2 }") == "(in (name a) (set (name b) (add (number 1) (number 2))))");
  CHECK(shape_of("a is known") == "(is_known (name a))");
  CHECK(shape_of("a is unknown or b") == "(disjunction (is_unknown (name a)) (name b))");
  CHECK(shape_of("a within 6 months before d") == "(within :before (name a) (duration 6 :months) (name d))");
  CHECK(shape_of("a within 1 week after d + 1 day") ==
        "(within :after (name a) (duration 1 :weeks) (add (name d) (duration 1 :days)))");
}

TEST_CASE("dates, elapsed time and rounding") {
  CHECK(shape_of("years from a to b + 1 day >= 18") ==
        "(compare :>= (elapsed :years (name a) (add (name b) (duration 1 :days))) (number 18))");
  CHECK(shape_of("working  days from a to b") == "(elapsed :working days (name a) (name b))");
  CHECK(shape_of("d + 10 working days") == "(add (name d) (working_days (number 10)))");
  CHECK(shape_of("d - n working days + 1 day") ==
        "(add (subtract (name d) (working_days (name n))) (duration 1 :days))");
  CHECK(shape_of("a + b rounded to 0.1 half even") == "(rounded :half even (add (name a) (name b)) (number 0.1))");
  CHECK(shape_of("years from a to b rounded to 1 up") == "(rounded :up (elapsed :years (name a) (name b)) (number 1))");
  CHECK(shape_of("month of d + 1") == "(add (month_of (name d)) (number 1))");
  CHECK(shape_of("year of d = 2019") == "(compare := (year_of (name d)) (number 2019))");
  CHECK(shape_of("financial year of d") == "(financial_year_of (name d))");
  CHECK(shape_of("start of month of d") == "(start_of_month_of (name d))");
  CHECK(shape_of("end of month of d") == "(end_of_month_of (name d))");
  CHECK(shape_of("working day 15 of month of d") == "(working_day_of_month_of (number 15) (name d))");
}

TEST_CASE("lists") {
  CHECK(shape_of("any e in xs where e.a or e.b") == "(any $e? (name xs) (disjunction (name e.a) (name e.b)))");
  CHECK(shape_of("every e in p.xs") == "(every $e (name p.xs))");
  CHECK(shape_of("count of e in xs >= 3") == "(compare :>= (count $e (name xs)) (number 3))");
  CHECK(shape_of("sum of e.n * 2 for e in xs where e.a") ==
        "(sum $e? (name xs) (multiply (name e.n) (number 2)) (name e.a))");
  CHECK(shape_of("minimum of e.n for e in xs") == "(least $e (name xs) (name e.n))");
  CHECK(shape_of("maximum of e.n for e in xs where e.a") == "(greatest $e? (name xs) (name e.n) (name e.a))");
  CHECK(shape_of("minimum of a, b + 1") == "(minimum_of (name a) (add (name b) (number 1)))");
  CHECK(shape_of("maximum of a, b") == "(maximum_of (name a) (name b))");
  CHECK(shape_of("latest e.on for e in xs where e.a") == "(latest $e? (name xs) (name e.on) (name e.a))");
  CHECK(shape_of("earliest e.on for e in xs") == "(earliest $e (name xs) (name e.on))");
  CHECK(shape_of("first known of a, b, c = d") == "(compare := (first_known (name a) (name b) (name c)) (name d))");
  CHECK(shape_of("not any e in xs where any f in e.ys where f.a") ==
        "(negation (any $e? (name xs) (any $f? (name e.ys) (name f.a))))");
}

TEST_CASE("white space and comments stand between words") {
  CHECK(shape_of("  a # one\n and\tb\r\n") == "(conjunction (name a) (name b))");
}

TEST_CASE("spans leave outer brackets out, and steps of a chain run over their operands' brackets") {
  const auto lone = reading::read_expression("(a + (b - c) + d) * 2");
  REQUIRE(lone.complaints.empty());
  const Expression& product = lone.tree.expression(lone.root);
  CHECK(product.span.begin == 0);
  CHECK(product.span.end == 21);
  CHECK(product.mark.begin == 18);
  const Expression& sum = lone.tree.expression(product.operands[0]);
  CHECK(sum.span.begin == 1);
  CHECK(sum.span.end == 16);
  const Expression& first = lone.tree.expression(sum.operands[0]);
  CHECK(first.span.begin == 1);
  CHECK(first.span.end == 12);
  const Expression& inner = lone.tree.expression(first.operands[1]);
  CHECK(inner.span.begin == 6);
  CHECK(inner.span.end == 11);
}
