#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "golden.hpp"
#include "text/render.hpp"

using namespace proviso;
using nlohmann::json;

namespace {

std::vector<golden::FencedBlock> blocks_of(const std::string& language) {
  std::vector<golden::FencedBlock> found;
  for (const char* name : {"reference.md", "hooks.md", "scenarios.md"}) {
    const auto page = golden::read_file(golden::repository() / "grammar" / name);
    for (auto& block : golden::fenced_blocks(page)) {
      if (block.language == language) found.push_back(std::move(block));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every library of the language reference checks", "[reference]") {
  const auto blocks = blocks_of("policy");
  CHECK(blocks.size() >= 5);
  for (const auto& block : blocks) {
    const auto checked = golden::check_text(block.text);
    INFO("the block of line " << block.line << "\n"
                              << render(checked.diagnostics, checked.sources, text::Format::text));
    CHECK_FALSE(checked.diagnostics.has_errors());
  }
}

TEST_CASE("every expression of the language reference has the value behind its arrow", "[reference]") {
  struct Line {
    std::string expression;
    std::string expected;
    std::size_t number;
  };
  std::vector<Line> lines;
  for (const auto& block : blocks_of("expression")) {
    std::size_t number = block.line;
    for (const auto& text : golden::lines_of(block.text)) {
      const auto arrow = text.find("# => ");
      INFO("grammar/reference.md:" << number << ": " << text);
      REQUIRE((text.empty() || arrow != std::string::npos));
      if (!text.empty()) lines.push_back({text.substr(0, arrow), text.substr(arrow + 5), number});
      ++number;
    }
  }
  CHECK(lines.size() >= 20);
  std::string batch;
  for (const auto& line : lines) batch += json{{"id", line.number}, {"expression", line.expression}}.dump() + '\n';
  const auto answers = golden::lines_of(golden::run_program(golden::folder(), {"eval", "--batch", "-"}, batch).out);
  REQUIRE(answers.size() == lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    INFO("grammar/reference.md:" << lines[i].number << ": " << lines[i].expression << "\n" << answers[i]);
    const auto answer = json::parse(answers[i]);
    CHECK(answer.value("value", "error " + answer.value("error", "")) == lines[i].expected);
  }
}
