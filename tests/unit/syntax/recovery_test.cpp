#include <catch2/catch.hpp>

#include "reading.hpp"

using reading::read_file;
using namespace proviso::syntax;

namespace {

std::vector<std::string> lines_of(const reading::File& file) {
  std::vector<std::string> lines;
  for (const auto& complaint : file.complaints) lines.push_back(complaint.substr(0, complaint.find(':')));
  return lines;
}

}  // namespace

TEST_CASE("six mistakes are six errors, each on its line") {
  const auto file = read_file(R"(library x
define a = 1 +
define b = 2
record R {
  c text
  d number kg ask how
  e date
}
policy p "P" on R {
  category threshold
  aprove when a = 1
  approve when all {
    f: a == 1
    h: b <= 2
    i "I" b
    j: at least 1 of {
      k: (b
      n: a = 1
    }
  }
  otherwise refuse
}
define o = 3
)");
  CHECK(lines_of(file) == std::vector<std::string>{"2", "6", "11", "13", "15", "17"});
  // What could be read is there.
  CHECK(file.tree.declarations.size() == 4);
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(2));
  REQUIRE(policy.clauses.size() == 2);
  CHECK(policy.clauses[0].condition.criteria.size() == 3);
}

TEST_CASE("the brace of a set in which there is a mistake closes no group") {
  for (const std::string set : {"{a.1, b}", "{ \"}\", a.1, b }", "{\n      a.1,\n      b\n    }"}) {
    INFO(set);
    const auto file = read_file("library x\npolicy p on R {\n  approve when all {\n    c: d in " + set +
                                "\n    e: f\n  }\n  otherwise refuse\n}\ndefine other = 1\n");
    CHECK(file.complaints.size() == 1);
    REQUIRE(file.tree.declarations.size() == 2);
    const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations[0]);
    REQUIRE(policy.clauses.size() == 2);
    REQUIRE(policy.clauses[0].condition.criteria.size() == 1);
    CHECK(policy.clauses[0].condition.criteria[0].name.text == "e");
  }
}

TEST_CASE("a set that is not closed takes nothing of what follows") {
  const auto file = read_file(
      "library x\npolicy p on R {\n  approve when all {\n    c: d in { a.1, b\n    e: f\n  }\n  otherwise refuse\n}\n");
  CHECK(lines_of(file) == std::vector<std::string>{"4"});
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(0));
  REQUIRE(policy.clauses.size() == 2);
  CHECK(policy.clauses[0].condition.criteria.size() == 1);
}

TEST_CASE("a mistake in a nested group leaves the criteria round it alone") {
  const auto file = read_file(R"(library x
policy p on R {
  approve when all {
    a: b
    c: any {
      d: = 3
      e: f
    }
    h: i
  }
  otherwise refuse
}
)");
  CHECK(lines_of(file) == std::vector<std::string>{"6"});
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(0));
  REQUIRE(policy.clauses.size() == 2);
  REQUIRE(policy.clauses[0].condition.criteria.size() == 3);
  CHECK(policy.clauses[0].condition.criteria[1].condition.criteria.size() == 1);
}

TEST_CASE("a missing brace is read as though it were there") {
  const auto file = read_file("library x\npolicy p on R {\n  approve when all\n    a: b\n  }\n  otherwise refuse\n}\n");
  CHECK(file.complaints == std::vector<std::string>{"3:19 P0101 expected `{`, found `a`"});
  CHECK(std::get<PolicyDeclaration>(file.tree.declarations.at(0)).clauses.size() == 2);
}

TEST_CASE("a mistake in a threshold or a table leaves the other lines alone") {
  const auto file = read_file(
      "library x\nthreshold t: number {\n  in Luton 35 2019-10-01\n  in Bedford 3 from 2019-10-01\n}\n"
      "table u(a number) -> number {\n  1 > 2\n  3 -> 4\n}\n");
  CHECK(lines_of(file) == std::vector<std::string>{"3", "7"});
  CHECK(std::get<ThresholdDeclaration>(file.tree.declarations.at(0)).values.size() == 1);
  CHECK(std::get<TableDeclaration>(file.tree.declarations.at(1)).rows.size() == 1);
}

TEST_CASE("after twenty errors the rest is left unread") {
  std::string text = "library x\n";
  for (int i = 0; i < 30; ++i) text += "define = 1\n";
  const auto file = read_file(text);
  REQUIRE(file.complaints.size() == 21);
  CHECK(file.complaints[19].substr(0, 2) == "21");
  CHECK(file.complaints[20] == "22:8 P0006 more than 20 errors: the rest of the file is left unread");
}
