#include <catch2/catch.hpp>
#include <set>

#include "golden.hpp"
#include "text/render.hpp"

namespace fs = std::filesystem;
using namespace proviso;
using golden::check_golden;
using golden::Checked;

namespace {

/// P09 is about records that are read, not about policy text.
bool is_about_policy_text(text::Code code) { return static_cast<int>(code) < 900; }

/// `name.policy` is checked alone; `name.paths` lists files and folders that are checked together, one a line.
Checked check_case(const fs::path& path) {
  if (path.extension() == ".paths") return golden::check_paths(golden::lines_of(golden::read_file(path)));
  return golden::check_paths({path.filename().string()});
}

std::vector<fs::path> all_cases() {
  auto cases = golden::files_in(golden::folder() / "diagnostics", ".policy");
  const auto more = golden::files_in(golden::folder() / "diagnostics", ".paths");
  cases.insert(cases.end(), more.begin(), more.end());
  return cases;
}

fs::path with_ending(fs::path path, const char* ending) { return path.replace_extension(ending); }

}  // namespace

TEST_CASE("every diagnostic reads as its golden file does", "[diagnostics]") {
  const golden::InFolder here(golden::folder() / "diagnostics");
  std::set<text::Code> seen;
  for (const auto& path : all_cases()) {
    const Checked checked = check_case(path);
    INFO(path.filename().string());
    check_golden(with_ending(path, ".golden"), render(checked.diagnostics, checked.sources, text::Format::text));
    for (const auto& diagnostic : checked.diagnostics.all()) seen.insert(diagnostic.code);
    // A file named for a code gives it, and no other error.
    const auto named = text::code_by_name(path.filename().string().substr(0, 5));
    if (!named) continue;
    CHECK(checked.says(*named));
    for (const auto& diagnostic : checked.diagnostics.all()) {
      INFO(text::code_name(diagnostic.code) << ": " << diagnostic.message);
      CHECK(diagnostic.code == *named);
    }
  }
  for (const auto code : text::all_codes()) {
    INFO(text::code_name(code) << " (" << text::kind_name(code) << ") has no golden file");
    if (is_about_policy_text(code)) CHECK(seen.count(code) == 1);
  }
}

TEST_CASE("a file with five mistakes gives five errors, each on its line", "[diagnostics]") {
  const golden::InFolder here(golden::folder() / "diagnostics");
  const fs::path path = "five_mistakes.policy";
  const Checked checked = check_case(path);
  // The lines with a mistake say so, and which.
  std::vector<std::string> expected;
  std::vector<std::string> actual;
  std::size_t number = 0;
  for (const auto& line : golden::lines_of(golden::read_file(path))) {
    ++number;
    const auto mark = line.find("# mistake: ");
    if (mark != std::string::npos) expected.push_back(std::to_string(number) + " " + line.substr(mark + 11));
  }
  for (const auto& diagnostic : checked.diagnostics.sorted()) {
    actual.push_back(std::to_string(checked.sources.start(diagnostic.span).line) + " " +
                     std::string(text::kind_name(diagnostic.code)));
  }
  CHECK(expected.size() == 5);
  CHECK(actual == expected);
  check_golden("five_mistakes.plain.golden", render(checked.diagnostics, checked.sources, text::Format::plain));
  check_golden("five_mistakes.json.golden", render(checked.diagnostics, checked.sources, text::Format::json));
  check_golden("five_mistakes.sarif.golden", render(checked.diagnostics, checked.sources, text::Format::sarif));
}
