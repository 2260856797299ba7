#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

/// A policy in England with the clauses before its `otherwise`; what else the file says stands before it.
std::string policy_of(const std::string& clauses, const std::string& before = "") {
  return R"(library example
places { England { North ods:01A South ods:01B } }
record Referral { referred date  commissioner place  a yes/no  b yes/no  n number }
)" + before +
         R"(
policy w "W" on Referral {
  source "Paper" effective 2019-01-01 dated by referred in England
)" + clauses +
         "\n  otherwise refuse \"Not funded\"\n}\n";
}

std::string in_north(const std::string& changes) {
  return "variation of w in North { from 2019-06-01 source \"Paper\"\n" + changes + "\n}\n";
}

Codes library_codes(const std::string& text) { return check_text(text).codes(); }

/// `define x0 = a`, `define x1 = x0 and x0`, ...: read by writing each out, the last would be more than a billion
/// names.
std::string chain(const std::string& name, const std::string& first, const std::string& before,
                  const std::string& between, const std::string& after) {
  std::string text = "define " + name + "0 = " + first + "\n";
  for (int i = 1; i <= 40; ++i) {
    const std::string last = name + std::to_string(i - 1);
    text += "define " + name + std::to_string(i) + " = " + before + last + between + last + after + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("definitions built on one another are looked at once each") {
  using Shape = std::tuple<const char*, const char*, const char*, bool>;
  for (const auto& [before, between, after, seen] : {Shape{"", " and ", "", true},
                                                     {"", " or ", "", true},
                                                     {"(", " and b) or ", "", true},
                                                     {"not ", " and not ", "", false}}) {
    const std::string first = chain("x", "a", before, between, after);
    const std::string second = chain("y", "a", before, between, after);
    CHECK(library_codes(policy_of("approve when x40", first)).empty());
    CHECK(library_codes(policy_of("review when x40\n  approve when not x40", first)).empty());
    CHECK(library_codes(policy_of("review when x40\n  approve when y40", first + second)) ==
          (seen ? Codes{"P0502"} : Codes{}));
  }
  const std::string known = chain("x", "yes", "", " and ", "");
  CHECK(library_codes(policy_of("approve when x40", known)) == Codes{"P0508"});
}

TEST_CASE("definitions built on one another are compared once each with those of another place") {
  const std::string threshold =
      "threshold most: number { may vary from 0 to 9  5 from 2019-01-01 in North 4 from 2019-06-01 }\n";
  const auto compared = [&](const std::string& chains, const std::string& criterion, const std::string& fresh) {
    return library_codes(policy_of("approve when all { c \"C\": " + criterion + " }", threshold + chains) +
                         in_north("replace c \"D\": " + fresh + " must not be looser than England"));
  };
  const std::string first = chain("x", "n <= most", "", " and ", "");
  const std::string second = chain("y", "n < most", "", " and ", "");
  CHECK(compared(first + second, "x40", "y40").empty());
  CHECK(compared(first, "x40", "x40 and b").empty());
  CHECK(compared(first + second, "y40", "x40 or b") == Codes{"P0712"});
  CHECK(compared(chain("x", "most", "", " + ", ""), "n <= x40", "n <= x40 and b") == Codes{"P0712"});
}

TEST_CASE("a clause is unreachable only where it is in every form that variations make of the policy") {
  const std::string clauses = "exempt ex when a\n  review when a";
  CHECK(library_codes(policy_of(clauses)) == Codes{"P0502"});
  CHECK(library_codes(policy_of(clauses) + in_north("remove ex")).empty());
  CHECK(library_codes(policy_of(clauses) + in_north("replace exempt ex when a and b")).empty());
  CHECK(library_codes(policy_of(clauses) + in_north("replace exempt ex when a or b")) == Codes{"P0502"});
  CHECK(library_codes(policy_of(clauses) + in_north("add exempt other when b")) == Codes{"P0502"});
  CHECK(library_codes(policy_of(clauses) + in_north("omit policy")) == Codes{"P0502"});
}

TEST_CASE("a variation may make a clause of its place unreachable") {
  CHECK(library_codes(policy_of("exempt ex when b\n  review when a") + in_north("replace exempt ex when a")).empty());
}

TEST_CASE("a condition is always the same only where it is in every form that variations make of the policy") {
  const std::string clauses = "exempt ex when no\n  review when a";
  CHECK(library_codes(policy_of(clauses)) == Codes{"P0508"});
  CHECK(library_codes(policy_of(clauses) + in_north("replace exempt ex when b")).empty());
  CHECK(library_codes(policy_of("approve when any { c \"C\": no }\n  review when a") + in_north("add d \"D\": b"))
            .empty());
  CHECK(library_codes(policy_of("exempt ex when yes\n  review when a") + in_north("remove ex")) == Codes{"P0508"});
}
