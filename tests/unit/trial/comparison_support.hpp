#pragma once

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "check/load.hpp"
#include "input/source.hpp"
#include "syntax/parse.hpp"
#include "trial/comparison/changes.hpp"
#include "trial/comparison/comparison.hpp"
#include "trial/drawing/drawn.hpp"
#include "trial/scenarios/given.hpp"

namespace proviso::trial::test {

/// A library without errors, of one text or of the files of a folder.
struct Compared {
  text::Sources sources;
  text::Diagnostics diagnostics;
  model::Library library;

  static Compared of_text(const std::string& content) { return of_texts({content}); }
  static Compared of_texts(const std::vector<std::string>& contents) {
    Compared result = unchecked(contents);
    result.require_good();
    return result;
  }
  /// Errors are left to the caller.
  static Compared unchecked(const std::vector<std::string>& contents) {
    Compared result;
    std::vector<check::SourceTree> trees;
    for (const std::string& content : contents) {
      const std::uint32_t file = result.sources.add("example" + std::to_string(trees.size()) + ".policy", content);
      trees.push_back({syntax::parse(result.sources, file, result.diagnostics), file,
                       std::string(PROVISO_SOURCE_DIR) + "/tests/golden/diffs/old"});
    }
    result.library = check::check(trees, result.sources, result.diagnostics);
    return result;
  }
  static Compared of_folder(const std::string& folder) {
    Compared result;
    const std::string path = std::string(PROVISO_SOURCE_DIR) + "/" + folder;
    result.library = check::load_library({path}, result.sources, result.diagnostics);
    result.require_good();
    return result;
  }

  Revision revision() const { return {"library", &library, &sources}; }

 private:
  void require_good() const {
    for (const text::Diagnostic& diagnostic : diagnostics.all()) UNSCOPED_INFO(diagnostic.message);
    REQUIRE(!diagnostics.has_errors());
  }
};

/// The text with something else in one place of it.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// Lines of JSON drawn around the edges of the library.
inline std::string drawn(const model::Library& library, std::size_t count, std::uint64_t seed) {
  const std::uint32_t record = library.record("Referral");
  Drawing drawing(library, record, {}, seed);
  GivenJson json(library, record);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    json.append(text, drawing.next(), "case-" + std::to_string(i));
    text += '\n';
  }
  return text;
}

inline CaseComparison compare(const Compared& olds, const Compared& news, const std::string& cases,
                              const ComparisonOptions& options = {}) {
  std::istringstream stream(cases);
  input::RecordSource source(input::bytes_of(stream), options.format);
  return compare_cases(olds.library, news.library, "Referral", source, options);
}

}  // namespace proviso::trial::test
