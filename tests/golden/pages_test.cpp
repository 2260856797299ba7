#include <algorithm>
#include <catch2/catch.hpp>

#include "golden.hpp"
#include "text/explain.hpp"
#include "text/render.hpp"

using namespace proviso;
using golden::Checked;

namespace {

/// The first block of policy text under a heading.
const golden::FencedBlock* policy_under(const std::vector<golden::FencedBlock>& blocks, const std::string& heading) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const auto& block) {
    return block.language == "policy" && block.heading == heading;
  });
  return found == blocks.end() ? nullptr : &*found;
}

std::string rendered(const Checked& checked) {
  return render(checked.diagnostics, checked.sources, text::Format::text);
}

}  // namespace

TEST_CASE("the page of every diagnostic keeps what it promises", "[pages]") {
  for (const auto code : text::all_codes()) {
    const std::string page(text::page_of(code));
    INFO(text::code_name(code));
    REQUIRE_FALSE(page.empty());
    CHECK(golden::lines_of(page).front() == "# " + text::code_name(code) + ": " + std::string(text::title_of(code)));
    const auto blocks = golden::fenced_blocks(page);
    if (const auto* example = policy_under(blocks, "Example")) {
      const Checked checked = golden::check_text(example->text);
      INFO("the example gives\n" << rendered(checked));
      CHECK(checked.says(code));
      // Nothing else is wrong with it, so that what it shows is that alone.
      for (const auto& diagnostic : checked.diagnostics.all()) CHECK(diagnostic.code == code);
    }
    if (const auto* mend = policy_under(blocks, "Mend")) {
      const Checked checked = golden::check_text(mend->text);
      INFO("the mend gives\n" << rendered(checked));
      CHECK_FALSE(checked.diagnostics.has_errors());
      CHECK_FALSE(checked.says(code));
    }
  }
}

TEST_CASE("every diagnostic about one file of text has an example and a mend", "[pages]") {
  // Their cause is a file or a folder, or text too long or too odd to print on a page.
  const std::vector<text::Code> without = {text::Code::unreadable_file, text::Code::not_utf8,
                                           text::Code::forbidden_character, text::Code::no_policy_files,
                                           text::Code::too_many_errors};
  for (const auto code : text::all_codes()) {
    if (static_cast<int>(code) >= 900 || std::count(without.begin(), without.end(), code) > 0) continue;
    INFO(text::code_name(code));
    const auto blocks = golden::fenced_blocks(text::page_of(code));
    CHECK(policy_under(blocks, "Example") != nullptr);
    CHECK(policy_under(blocks, "Mend") != nullptr);
  }
}
