#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

using model::Node;
using model::NodeKind;

/// A policy that approves where the expression is yes.
Checked approved_when(const std::string& expression) {
  return check_text(R"(library example
record Referral {
  on date  other date  notice duration  pause duration  wait number hours
  left one of left, right  right one of left, right  worse one of left, right  both one of left, right, neither
  current yes/no  smoking one of never, ex, current
  colour one of red, green  grade scale low < middle < high  urgent yes/no
}
policy p "P" on Referral {
  source "Paper" effective 2019-04-01 dated by on
  approve when )" + expression +
                    "\n  otherwise refuse \"Not funded\"\n}\n");
}

Codes codes(const std::string& expression) { return approved_when(expression).codes(); }

/// What the condition is, with values as numbers: `worse = 0`.
std::string spelled(const model::Library& library, const Node& node) {
  if (node.kind == NodeKind::constant) return std::to_string(node.value);
  if (node.kind == NodeKind::fact) return library.records[static_cast<std::size_t>(node.value)].facts[node.index].path;
  std::string out =
      node.kind == NodeKind::compare ? "" : std::string("(") + std::to_string(static_cast<int>(node.kind));
  for (const auto operand : node.operands) out += (out.empty() ? "" : " ") + spelled(library, library.nodes[operand]);
  return out + (node.kind == NodeKind::compare ? "" : ")");
}

std::string read(const std::string& expression) {
  const auto checked = approved_when(expression);
  INFO(checked.first_message());
  REQUIRE(checked.codes().empty());
  const auto node = checked.library.policies.front().forms.front().clauses.front().condition.node;
  return spelled(checked.library, checked.library.nodes[node]);
}

}  // namespace

TEST_CASE("a name that is both a value and a fact is a value beside a fact of its type, on either side") {
  CHECK(read("worse = left") == "worse 0");
  CHECK(read("left = worse") == "0 worse");
  CHECK(read("worse != right") == "worse 1");
  CHECK(read("right != worse") == "1 worse");
  CHECK(read("smoking = current") == "smoking 2");
  CHECK(read("current = smoking") == "2 smoking");
  CHECK(read("both = neither") == "both 2");
}

TEST_CASE("one name on both sides asks whether the fact has the value of its name") {
  CHECK(read("left = left") == "left 0");
}

TEST_CASE("two names that may each be a value of the other are said to be ambiguous, and quotes tell") {
  for (const std::string text : {"left = right", "right = left", "right != left"}) {
    INFO(text);
    CHECK(codes(text) == Codes{"P0210"});
  }
  CHECK(approved_when("left = right").first_message() ==
        "`left` and `right` are both facts and values, so that either can be read as a value of the other");
  CHECK(read("left = \"right\"") == "left 1");
  CHECK(read("\"left\" = right") == "0 right");
}

TEST_CASE("a name before `in` is a fact, and what it could be a value of is said to be ambiguous") {
  CHECK(codes("left in { right, worse }") == Codes{"P0210"});
  CHECK(codes("left in { worse }") == Codes{"P0210"});
  CHECK(codes("left in { left, right }").empty());
  CHECK(codes("worse in { left, right }").empty());
}

TEST_CASE("values within `if` and `first known of` are read as the type of the other side asks") {
  for (const std::string text :
       {"grade >= (if urgent then low else high)", "(if urgent then low else high) <= grade",
        "colour = (if urgent then red else green)", "(if urgent then red else green) = colour",
        "(first known of red, colour) = red", "red = (first known of red, colour)", "(minimum of low, grade) = low",
        "(if urgent then red else colour) = green", "grade between (if urgent then low else middle) and high",
        "(if urgent then (if current then red else green) else red) != colour"}) {
    INFO(text);
    CHECK(codes(text).empty());
  }
  CHECK(codes("(if urgent then red else green) = (if current then green else red)") == Codes(4, "P0201"));
}

TEST_CASE("a duration of either kind is multiplied, negated and added as the other side says") {
  for (const std::string text :
       {"notice * 2 > 1 year", "1 year < notice * 2", "2 * notice <= 6 weeks", "-notice < 1 year",
        "absolute notice > 1 month", "1 month < absolute (-notice * 2)", "notice * 2 + 1 month > 1 year",
        "1 week - notice * 3 < 2 weeks", "notice + pause > 6 months", "-(notice - pause) < 6 weeks",
        "notice * 2 between 6 months and pause", "(maximum of notice * 2, 6 months) = 1 year", "pause in { 6 weeks }",
        "notice * 2 = (if urgent then 6 weeks else 2 weeks)", "(if urgent then notice * 2 else notice) > 6 weeks",
        "on + (notice * 2 + 1 month) > other"}) {
    INFO(text);
    INFO(approved_when(text).first_message());
    CHECK(codes(text).empty());
  }
}

TEST_CASE("where nothing says the kind of a duration, it is said that something must") {
  for (const std::string text : {"notice * 2 = pause", "on + notice * 2 > other", "-notice is known"}) {
    INFO(text);
    CHECK(codes(text) == Codes{"P0305"});
  }
  const auto checked = approved_when("notice * 2 = pause");
  CHECK(checked.first_message() ==
        "`notice` may be in months or in days, and is multiplied only where something says which");
  CHECK(checked.diagnostics.sorted().front().help ==
        "a duration that it is compared with or added to says so: `6 months`, `6 weeks`");
}

TEST_CASE("a duration of either kind is not compared with both kinds at once") {
  for (const std::string text :
       {"notice between 1 week and 1 month", "notice between 1 month and 1 week", "notice in { 1 week, 2 months }",
        "notice in { pause, 2 months, 1 week }", "1 week between notice and 1 month"}) {
    INFO(text);
    CHECK(codes(text) == Codes{"P0305"});
  }
  CHECK(approved_when("notice between 1 week and 1 month").first_message() ==
        "`1 week` is counted in days, but `1 month` in months");
  CHECK(codes("notice between 1 week and 10 days").empty());
  CHECK(codes("notice in { 1 year, 2 months, pause }").empty());
}

TEST_CASE("a duration written out is a quantity of time beside one") {
  for (const std::string text :
       {"wait > 1.5 days", "1.5 days < wait", "wait = -0.5 weeks", "wait / 1 day = 18", "1 week / wait > 2",
        "wait mod 4 days > 1 day", "(wait rounded to 1 day up) > 1 day", "wait between 0.5 days and 1.5 days",
        "wait in { 1.5 days, 2 weeks }", "wait + 0.5 days > 1 week", "0.5 days - wait < 1 day",
        "(first known of wait, 0.5 days) > 1 hour", "wait > (if urgent then 0.5 days else 1.5 days)"}) {
    INFO(text);
    INFO(approved_when(text).first_message());
    CHECK(codes(text).empty());
  }
  CHECK(codes("notice > 1.5 weeks") == Codes{"P0311"});
  CHECK(codes("wait > 1.5 months") == Codes{"P0311"});
  CHECK(codes("on > other + 1.5 weeks") == Codes{"P0311"});
  const std::string limit = "library a\nthreshold limit: number weeks { 1.5 weeks from 2019-04-01 }\n";
  CHECK(check_text(limit).codes() == Codes{"P0208"});  // never used, and right
}

TEST_CASE("what is not rounded, and what is rounded to what its unit cannot hold, is said as it is") {
  CHECK(approved_when("(18 months rounded to 1 year up) = 2 years").first_message() ==
        "`18 months` is duration, which is not rounded");
  const auto inexact = approved_when("(wait rounded to 20 minutes up) > 2 hours");
  CHECK(inexact.codes() == Codes{"P0310"});
  CHECK(inexact.first_message() == "`20 minutes` cannot be written exactly in hours");
  CHECK(codes("(wait rounded to 30 minutes up) > 2 hours").empty());
  CHECK(approved_when("(wait rounded to wait up) > 2 hours").first_message() ==
        "`wait` is not a unit to round to: it must be a value written out, above nought");
}

TEST_CASE("a threshold's value that its unit cannot hold is said as it is") {
  const auto limit = [](const std::string& value) {
    return check_text("library a\nthreshold limit: number hours { " + value + " from 2019-04-01 }\n");
  };
  CHECK(limit("30 minutes").codes() == Codes{"P0208"});  // never used, and right
  CHECK(limit("20 minutes").codes() == Codes{"P0302"});
  CHECK(limit("20 minutes").first_message() == "`20 minutes` cannot be written exactly in hours");
  CHECK(limit("2 months").first_message() == "`2 months` is duration; number hours is wanted here");
}

TEST_CASE("of what could not be read nothing more is said") {
  CHECK(codes("all { bmi_low \"Low\" current  }") == Codes{"P0101"});
  CHECK(codes("at least 2 of { a \"A\" current\n b \"B\": urgent }") == Codes{"P0101"});
  CHECK(codes("wait > 5\n hours") == Codes{"P0108"});
  CHECK(codes("wait > 5 stone") == Codes{"P0101"});
  CHECK(codes("wait > 5 HOURS and urgent") == Codes{"P0101"});
  CHECK(codes("on > other + 1 fortnight") == Codes{"P0101"});
}
