#include <catch2/catch.hpp>

#include <algorithm>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

/// A policy that approves where the expression is yes.
Checked approved_where(const std::string& expression) {
  return check_text(R"(library example
record Referral {
  on date  c yes/no  n number  wait number weeks  notice duration  name text  area place
  v scale "6/6" < "6/9" < "6/12"  w scale "6/6" < "6/9" < "6/12"
  s scale lo < mid < hi  t scale lo < mid < hi  lo number
  a one of left, right, both  b one of left, right, both  waits list of duration
}
table fee(length duration) -> money { 18 months -> £5  2 weeks -> £6 }
define worst = w
places { England { Luton ods:06P  Bedford ods:06F } }
policy p "P" on Referral {
  source "Paper" effective 2019-04-01 dated by on placed by area
  approve when )" + expression +
                    "\n  otherwise refuse \"Not funded\"\n}\n");
}

void is_read(const std::string& expression) {
  const Checked checked = approved_where(expression);
  INFO(expression);
  INFO(checked.first_message());
  Codes found = checked.codes();
  found.erase(std::remove(found.begin(), found.end(), "P0208"), found.end());  // what is not used
  CHECK(found == Codes{});
}

Codes refused(const std::string& expression) {
  Codes found = approved_where(expression).codes();
  found.erase(std::remove(found.begin(), found.end(), "P0208"), found.end());
  return found;
}

}  // namespace

TEST_CASE("values in quotes inside `if` and `first known of` are read as the other side asks") {
  is_read("v >= (if c then \"6/9\" else \"6/12\")");
  is_read("(if c then \"6/9\" else \"6/12\") <= v");
  is_read("v = (first known of \"6/12\", w)");
  is_read("v >= (maximum of \"6/9\", w)");
  is_read("worst >= (if c then \"6/6\" else \"6/9\")");
  is_read("(if c then worst else v) >= (if c then \"6/6\" else (if name = \"x\" then \"6/9\" else w))");
  is_read("name = (if c then \"x\" else \"y\")");
  CHECK(refused("v >= (if c then \"6/8\" else \"6/12\")") == Codes{"P0304"});
}

TEST_CASE("a value before `in { ... }` is read as the values of the set ask") {
  is_read("left in { a, b }");
  is_read("\"6/9\" in { v, w }");
  is_read("\"6/9\" in { (if c then v else w) }");
  is_read("1.5 weeks in { wait }");
  is_read("Luton in { area }");
  is_read("lo in { s }");
  is_read("s in { lo, mid, t }");
  is_read("(if c then left else right) in { a, b }");
  is_read("-notice in { 6 weeks }");
  CHECK(refused("left in { absent }") == Codes{"P0201"});
}

TEST_CASE("a value is between values of the type that one of them has") {
  is_read("hi between lo and s");
  is_read("\"6/9\" between \"6/6\" and v");
  is_read("lo between s and t");
  is_read("s between lo and hi");
}

TEST_CASE("unknown asks for no type") {
  is_read("(if c then unknown else left) = a");
  is_read("a = (first known of unknown, left)");
  is_read("(first known of unknown, unknown, left, b) = a");
  is_read("unknown + 1 month > on");
  is_read("left in { unknown, a }");
  CHECK(refused("(if c then unknown else left) = (if c then unknown else right)") == Codes{"P0201", "P0201"});
}

TEST_CASE("what is both a value and a fact of another type is the value where the other side asks for it") {
  is_read("s >= (if c then lo else mid)");
  is_read("(if c then lo else mid) <= s");
  is_read("s >= (first known of lo, t)");
  is_read("s >= (maximum of lo, t)");
  is_read("s >= (first known of t, lo)");
  is_read("(if c then lo else n) > 3");
  is_read("lo > 3");
}

TEST_CASE("a duration that is worked out from others stands where one that is written out may") {
  is_read("(1 week + 1 day) in waits");
  is_read("2 * 1 week in waits");
  is_read("absolute (1 day - 1 week) in waits");
  is_read("(if c then 1 week else 2 weeks) in waits");
  is_read("(first known of 1 month, 2 months) in waits");
  is_read("fee(1 year + 6 months) > £3");
  is_read("fee(if c then 1 week * 2 else 3 weeks - 1 week) > £3");
  CHECK(refused("n * 1 week in waits") == Codes{"P0301"});
}
