#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "golden.hpp"

using namespace proviso;
using nlohmann::json;

namespace {

struct Line {
  std::size_t number = 0;
  std::string expression;
  std::string facts;
  std::string expected;
};

std::vector<Line> read_table(const std::filesystem::path& path) {
  std::vector<Line> table;
  std::size_t number = 0;
  for (const auto& text : golden::lines_of(golden::read_file(path))) {
    ++number;
    if (text.empty() || text.front() == '#') continue;
    const auto first = text.find('\t');
    const auto second = text.find('\t', first + 1);
    INFO("line " << number << ": " << text);
    REQUIRE(second != std::string::npos);
    table.push_back(
        {number, text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)});
  }
  return table;
}

/// An answer, written as the table writes what it expects.
std::string as_expected(const json& answer, const std::string& expected) {
  if (answer.contains("error")) {
    return expected == "error" ? "error" : "error " + answer["error"].get<std::string>();
  }
  const auto value = answer["value"].get<std::string>();
  return value == "unknown" && answer.contains("notes") ? "unknown, because" : value;
}

}  // namespace

TEST_CASE("expressions give the values that the language defines", "[eval]") {
  const auto here = golden::folder() / "eval";
  const auto table = read_table(here / "eval.tsv");
  std::string batch;
  for (const auto& line : table) {
    json question = {{"id", line.number}, {"expression", line.expression}};
    if (line.facts != "-") question["facts"] = json::parse(line.facts);
    batch += question.dump() + '\n';
  }
  const auto printed = golden::run_program(here, {"eval", "library.policy", "--batch", "-"}, batch);
  const auto answers = golden::lines_of(printed.out);
  REQUIRE(answers.size() == table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto answer = json::parse(answers[i]);
    INFO("eval.tsv:" << table[i].number << ": " << table[i].expression << "   " << table[i].facts << "\n"
                     << answers[i]);
    CHECK(answer["id"] == table[i].number);
    CHECK(as_expected(answer, table[i].expected) == table[i].expected);
  }
}

TEST_CASE("one expression is evaluated as a line of a batch is", "[eval]") {
  const auto here = golden::folder() / "eval";
  const auto one = golden::run_program(here, {"eval", "2019-01-31 + 1 month"});
  CHECK(one.out == "2019-02-28\n");
  CHECK(one.exit_code == 0);
  const auto with_facts = golden::run_program(here, {"eval", "--facts", R"({"bmi": "36 kg/m2"})", "bmi <= 35 kg/m2"});
  CHECK(with_facts.out == "no\n");
  const auto with_library = golden::run_program(here, {"eval", "library.policy", "twice(21)"});
  CHECK(with_library.out == "42\n");
  const auto negative = golden::run_program(here, {"eval", "--", "-2 + 1"});
  CHECK(negative.out == "-1\n");
}
