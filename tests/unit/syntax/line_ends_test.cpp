#include <catch2/catch.hpp>

#include "reading.hpp"

using reading::Lines;
using reading::said;
using reading::shape_of_file;

namespace {

/// On one line, as a person reads it aloud.
std::string joined(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

/// The lines of a payment and of a policy, which may be broken anywhere but before a unit.
void reads_alike(const std::string& declarations) {
  INFO(declarations);
  CHECK(said(declarations) == Lines{});
  CHECK(shape_of_file(declarations) == shape_of_file(joined(declarations)));
}

void reads_alike_in_a_policy(const std::string& lines) { reads_alike("policy p on R {\n" + lines + "\n}\n"); }

}  // namespace

TEST_CASE("the price of what is counted otherwise may stand on the next line") {
  reads_alike_in_a_policy("recount as hrg:AA01A\npay £7 when b");
  reads_alike_in_a_policy("otherwise recount as hrg:AA01A\npay £7");
}

TEST_CASE("a value may stand at the start of a line, whatever comes behind it") {
  reads_alike_in_a_policy("pay minimum of charge,\namt when b");
  reads_alike_in_a_policy("adjust to\namt when b");
  reads_alike_in_a_policy("pay charge +\namt half when b");
  reads_alike_in_a_policy("approve when smoking =\nnever refuse when n = 3");
  reads_alike_in_a_policy("applies when\nb exempt when b \"X\"");
  reads_alike_in_a_policy("approve when\npay or\nquery or\nadjust refuse when b");
}

TEST_CASE("a criterion may be called what begins a clause, at the start of its line too") {
  reads_alike_in_a_policy("approve when all {\npay \"Paid\": b\nadd \"More\": b\nreplace: b\n}");
  reads_alike("record R {\ngroup Patient\ntype Kind\nrecord Other\n}\n");
}

TEST_CASE("a hook is called in the first column too") {
  reads_alike("define z =\nhook lu.f(n)\n");
  reads_alike("define z = a +\nhook\nlu.f\n(n)\n");
}

TEST_CASE("the rank in a group is asked over lines") {
  reads_alike("define z = rank in\nscans > 1\n");
  reads_alike("define z = rank\nin scans > 1\n");
  reads_alike("scenario \"s\" of p { given { rank\nin\nscans = 2 } expect pay about rank\nin scans }\n");
}

TEST_CASE("the price that is asked may be said on a line of its own") {
  reads_alike("record R { charge money\nprice name text other\ndate }\n");
  CHECK(shape_of_file("record R {\n  charge money\n  price Amount\n  other text\n}\n").find("price") !=
        std::string::npos);
}

TEST_CASE("a share above an amount may be broken") {
  reads_alike("agreement a on R {\nshare above\n£100 in\na year commissioner 70%, provider 30%\n}\n");
}

TEST_CASE("what lacks something ends where the next line begins one of its own") {
  CHECK(said("define z =\ndefine y = 3\n") == Lines{"2:11 P0101 expected a value or a condition, found `define`"});
  CHECK(said("policy p on R {\n  approve when b =\n  refuse when c\n}\n") ==
        Lines{"3:19 P0101 expected a value, found `refuse`"});
  CHECK(said("policy p on R {\n  approve\n  refuse when c\n}\n") ==
        Lines{"3:10 P0101 expected `when`, found `refuse`"});
  CHECK(said("policy p on R {\n  approve when all {\n    a: b =\n    c: d\n  }\n}\n") ==
        Lines{"4:11 P0101 expected a value, found `c`"});
}
