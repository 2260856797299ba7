#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "program/chunk.hpp"
#include "syntax/parse.hpp"
#include "trial/coverage/goals.hpp"

namespace proviso::trial::test {

/// A library of one file, or of a second one that uses it, without errors.
struct Written {
  text::Sources sources;
  text::Diagnostics diagnostics;
  model::Library library;

  explicit Written(const std::string& content, const std::string& local = {}) {
    std::vector<check::SourceTree> trees;
    const auto add = [&](const char* name, const std::string& text) {
      const std::uint32_t file = sources.add(name, text);
      trees.push_back({syntax::parse(sources, file, diagnostics), file, std::string(PROVISO_SOURCE_DIR)});
    };
    add("example.policy", content);
    if (!local.empty()) add("local.policy", local);
    library = check::check(trees, sources, diagnostics);
    for (const text::Diagnostic& diagnostic : diagnostics.all()) UNSCOPED_INFO(diagnostic.message);
    REQUIRE(!diagnostics.has_errors());
  }
};

/// Records of the library's `Referral`, each an object of JSON.
inline program::Chunk records(const model::Library& library, const std::vector<std::string>& objects) {
  program::Chunk chunk(library, library.record("Referral"));
  input::Block block;
  for (const std::string& object : objects) {
    const std::size_t begin = block.bytes.size();
    block.bytes += object;
    block.records.push_back({begin, block.bytes.size(), block.records.size() + 1, input::Flaw::none});
    block.bytes += '\n';
  }
  block.bytes.append(input::block_padding, ' ');
  input::Results results;
  input::make_json_reader(library, library.record("Referral"))->read(block, chunk, results);
  for (const input::RecordError& error : results.errors) UNSCOPED_INFO(error.message);
  REQUIRE(results.errors.empty());
  chunk.finish();
  return chunk;
}

/// What the records of a policy show, each goal by what it says.
class Shown {
 public:
  Shown(const Written& written, const std::string& policy, const std::vector<std::string>& objects,
        bool with_drafts = false)
      : goals_(written.library, policy, with_drafts) {
    goals_.shown_by(records(written.library, objects), shown_);
  }

  std::vector<std::string> all() const {
    std::vector<std::string> whats;
    for (const Goal& goal : goals_.all()) whats.push_back(goal.what);
    return whats;
  }
  /// Whether there is such a goal.
  bool has(std::string_view what) const {
    for (const Goal& goal : goals_.all()) {
      if (goal.what == what) return true;
    }
    return false;
  }
  std::vector<std::string> by(std::size_t record) const {
    std::vector<std::string> whats;
    for (const std::uint32_t goal : shown_.at(record)) whats.push_back(goals_.all()[goal].what);
    return whats;
  }
  /// Whether the record shows it; there must be such a goal.
  bool shows(std::size_t record, std::string_view what) const {
    INFO("goal: " << what);
    REQUIRE(has(what));
    for (const std::string& each : by(record)) {
      if (each == what) return true;
    }
    return false;
  }
  const Goals& goals() const { return goals_; }

 private:
  Goals goals_;
  std::vector<std::vector<std::uint32_t>> shown_;
};

}  // namespace proviso::trial::test
