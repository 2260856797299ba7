#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "property/random.hpp"
#include "property/settings.hpp"
#include "property/tree_dump.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"

// Line ends are white space, but a unit stands on the line of its number.
namespace proviso::syntax {
namespace {

struct Token {
  std::string gap;  ///< what stands before it
  std::string text;
};

/// The parts of a file between white space, without its comments.
std::vector<Token> tokens_of(const std::string& content) {
  std::vector<Token> tokens;
  std::string gap;
  for (std::size_t at = 0; at < content.size();) {
    std::size_t end = at;
    if (content[at] == '#') {
      at = std::min(content.find('\n', at), content.size());
      continue;
    }
    if (std::isspace(static_cast<unsigned char>(content[at])) != 0) {
      gap += content[at++];
      continue;
    }
    if (content[at] == '"') {
      for (++end; content.at(end) != '"'; ++end) {
        if (content[end] == '\\') ++end;
      }
      ++end;
    } else {
      end = std::min(content.find_first_of(" \t\r\n#\"", at), content.size());
    }
    tokens.push_back({gap, content.substr(at, end - at)});
    gap.clear();
    at = end;
  }
  return tokens;
}

/// Puts other white space where there is some. What white space means something for stays: a number and what may be its
/// unit, lines that say where a policy or an agreement holds, and rows and outcomes of scenarios.
std::string reflowed(const std::vector<Token>& tokens, property::Random& random) {
  const int breaks = static_cast<int>(random.pick<long>({2, 10, 30, 60, 100}));
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const bool has_agreement =
      std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.text == "agreement"; });
  bool in_scenario = false;
  int row_depth = -1;  // braces open since `vary`
  std::string out;
  std::string before;
  for (const auto& [gap, text] : tokens) {
    if (text == "scenario") in_scenario = true;
    const bool number = !before.empty() && (std::isdigit(static_cast<unsigned char>(before.back())) != 0 ||
                                            (before.size() >= 6 && before.substr(before.size() - 6) == "number"));
    const bool is_line_word = text == "in" || text == "between";
    const bool stays = gap.empty() || row_depth >= 0 ||
                       (is_line_word && (has_agreement || gap.find('\n') != std::string::npos)) ||
                       (number && (is_letter(text.front()) || text.front() == '%')) ||
                       (in_scenario && (before == "pay" || before == "withhold"));
    const std::string other = random.chance(breaks) ? random.pick<std::string>({"\n", "\n  ", " # so\n"}) : " ";
    out += (stays ? gap : other) + text;
    if (in_scenario && text == "vary") row_depth = 0;
    if (row_depth >= 0 && text.front() != '"') {
      const int opened = static_cast<int>(std::count(text.begin(), text.end(), '{'));
      const int closed = static_cast<int>(std::count(text.begin(), text.end(), '}'));
      row_depth += opened - closed;
      if (closed > 0 && row_depth <= 0) row_depth = -1;
    }
    before = text;
  }
  return out + "\n";
}

/// What a text says, or the complaints about it.
std::string read(const std::string& text) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  Tree tree = parse(sources, sources.add("policy", text), diagnostics);
  tree.comments.clear();
  return text::render_plain(diagnostics, sources) + Dump(tree).text();
}

TEST_CASE("policies whose lines are broken elsewhere say the same", "[property]") {
  property::Random seeds(property::seed());
  const std::uint64_t rounds = std::max<std::uint64_t>(property::record_count(30'000) / 10'000, 1);
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(PROVISO_SOURCE_DIR) / "policies")) {
    if (entry.path().extension() != ".policy") continue;
    std::ifstream file(entry.path());
    std::ostringstream content;
    content << file.rdbuf();
    const std::string said = read(content.str());
    const std::vector<Token> tokens = tokens_of(content.str());
    for (std::uint64_t round = 0; round < rounds; ++round) {
      const std::uint64_t seed = property::number_from_environment("PROVISO_LINES_SEED", seeds.seed());
      property::Random random(seed);
      const std::string text = reflowed(tokens, random);
      INFO(entry.path() << ", lines seed " << seed);
      REQUIRE(read(text) == said);
    }
  }
}

}  // namespace
}  // namespace proviso::syntax
