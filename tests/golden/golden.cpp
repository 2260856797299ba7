#include "golden.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "check/load.hpp"
#include "syntax/parse.hpp"

namespace proviso::golden {

namespace fs = std::filesystem;

fs::path repository() { return PROVISO_SOURCE_DIR; }
fs::path folder() { return repository() / "tests" / "golden"; }

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<fs::path> files_in(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > ending.size() && std::string_view(name).substr(name.size() - ending.size()) == ending) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

namespace {

bool updating() {
  const char* update = std::getenv("UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

std::string first_difference(const std::string& expected, const std::string& actual) {
  const auto wanted = lines_of(expected);
  const auto got = lines_of(actual);
  for (std::size_t i = 0; i < std::max(wanted.size(), got.size()); ++i) {
    const std::string left = i < wanted.size() ? wanted[i] : "(the end)";
    const std::string right = i < got.size() ? got[i] : "(the end)";
    if (left != right) return "line " + std::to_string(i + 1) + "\n  expected: " + left + "\n  actual:   " + right;
  }
  return "the end of the last line";
}

}  // namespace

void check_golden(const fs::path& file, const std::string& actual) {
  if (updating()) {
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  INFO(file.string() << "; UPDATE_GOLDEN=1 rewrites it");
  if (!fs::exists(file)) {
    FAIL_CHECK("there is no such file; what it would hold:\n" << actual);
    return;
  }
  const std::string expected = read_file(file);
  if (expected != actual) FAIL_CHECK("it differs at " << first_difference(expected, actual));
  CHECK(true);
}

bool Checked::says(text::Code code) const {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(), [&](const auto& diagnostic) { return diagnostic.code == code; });
}

Checked check_paths(const std::vector<std::string>& paths) {
  Checked checked;
  check::load_library(paths, checked.sources, checked.diagnostics);
  return checked;
}

Checked check_text(const std::string& text) {
  Checked checked;
  const auto file = checked.sources.add("example.policy", text);
  std::vector<check::SourceTree> trees;
  trees.push_back(
      {syntax::parse(checked.sources, file, checked.diagnostics), file, (folder() / "diagnostics").string()});
  check::check(trees, checked.sources, checked.diagnostics);
  return checked;
}

Printed run_program(const fs::path& where, const std::vector<std::string>& arguments, const std::string& input) {
  // Through files rather than pipes: neither side ever waits for the other.
  std::FILE* in = std::tmpfile();
  std::FILE* out = std::tmpfile();
  REQUIRE(in != nullptr);
  REQUIRE(out != nullptr);
  std::fwrite(input.data(), 1, input.size(), in);
  std::rewind(in);
  std::vector<char*> words;
  std::string program = PROVISO_BINARY;
  words.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (auto& copy : copies) words.push_back(copy.data());
  words.push_back(nullptr);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(fileno(in), STDIN_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    if (chdir(where.c_str()) == 0) execv(program.c_str(), words.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Printed printed;
  printed.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::rewind(out);
  char buffer[65536];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, out)) > 0;)
    printed.out.append(buffer, count);
  std::fclose(in);
  std::fclose(out);
  return printed;
}

std::vector<FencedBlock> fenced_blocks(std::string_view page) {
  std::vector<FencedBlock> blocks;
  std::string heading;
  bool inside = false;
  std::size_t number = 0;
  for (const auto& line : lines_of(std::string(page))) {
    ++number;
    if (line.rfind("```", 0) == 0) {
      if (!inside) blocks.push_back({line.substr(3), heading, number + 1, {}});
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + '\n';
    } else if (!line.empty() && line.front() == '#') {
      heading = line.substr(line.find_first_not_of("# "));
    }
  }
  return blocks;
}

}  // namespace proviso::golden
