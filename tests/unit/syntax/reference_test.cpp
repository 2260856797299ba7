#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "reading.hpp"
#include "syntax/print.hpp"

using namespace proviso::syntax;

namespace {

struct Block {
  std::string language;
  std::string text;
};

std::vector<Block> blocks_of_the_reference() {
  std::vector<Block> blocks;
  for (const char* page : {"/grammar/reference.md", "/grammar/hooks.md", "/grammar/scenarios.md"}) {
    std::ifstream in(std::string(PROVISO_SOURCE_DIR) + page);
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
      if (line.rfind("```", 0) == 0) {
        if (!inside) blocks.push_back({line.substr(3), {}});
        inside = !inside;
      } else if (inside) {
        blocks.back().text += line + '\n';
      }
    }
  }
  return blocks;
}

}  // namespace

TEST_CASE("the examples of the reference are read, and print as the same tree") {
  std::size_t files = 0;
  std::size_t expressions = 0;
  for (const auto& block : blocks_of_the_reference()) {
    CAPTURE(block.text);
    if (block.language == "policy") {
      ++files;
      const auto file = reading::read_file(block.text);
      CHECK(file.complaints == std::vector<std::string>{});
      const std::string printed = print(file.tree);
      const auto again = reading::read_file(printed);
      CHECK(reading::shape(again.tree) == reading::shape(file.tree));
      CHECK(print(again.tree) == printed);
    } else if (block.language != "lua") {
      REQUIRE(block.language == "expression");
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line);) {
        ++expressions;
        CAPTURE(line);
        CHECK(line.find("# => ") != std::string::npos);
        CHECK(reading::read_expression(line).complaints == std::vector<std::string>{});
      }
    }
  }
  CHECK(files >= 10);
  CHECK(expressions >= 50);
}
