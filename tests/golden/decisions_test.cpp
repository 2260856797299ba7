#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "golden.hpp"

namespace fs = std::filesystem;
using namespace proviso;
using nlohmann::ordered_json;

namespace {

/// The results for the case's records, in order: referrals, but lines of activity where there are payments. The
/// library's digest is left out: it says nothing to a reader.
std::vector<ordered_json> decide(const fs::path& folder, const std::string& explain) {
  const std::string record = folder.filename() == "payments" ? "Activity" : "Referral";
  const auto printed = golden::run_program(
      folder, {"decide", "library.policy", "--record", record, "--explain", explain, "records.ndjson"});
  CHECK(printed.exit_code == 0);
  std::vector<ordered_json> results;
  for (const auto& line : golden::lines_of(printed.out)) {
    results.push_back(ordered_json::parse(line));
    CHECK(results.back()["library"].get<std::string>().substr(0, 7) == "sha256:");
    results.back().erase("library");
  }
  return results;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '\t');) found.push_back(cell);
  return found;
}

/// Names with blanks between; `-` for none. What is there but too old says so.
std::string names_of(const ordered_json& facts) {
  std::string names;
  for (const auto& fact : facts) {
    if (!names.empty()) names += ' ';
    names += fact["fact"].get<std::string>();
    if (fact.contains("state") && fact["state"] == "out of date") names += " (out of date)";
  }
  return names.empty() ? "-" : names;
}

/// expected.tsv, worked out by hand: id, outcome, clause, needs, assumed, and where there are payments the amount of
/// the line. A clause of `*` is any; without one, the outcome alone is compared.
void check_expected(const fs::path& folder, const std::vector<ordered_json>& results) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : golden::lines_of(golden::read_file(folder / "expected.tsv"))) {
    if (!line.empty() && line.front() != '#') rows.push_back(cells(line));
  }
  REQUIRE(rows.size() == results.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto& result = results[i];
    INFO(folder.filename().string() << ", record " << row[0] << "\n" << result.dump(2));
    CHECK(result["id"] == row[0]);
    CHECK(result["line"] == i + 1);
    CHECK(result["outcome"] == row[1]);
    CHECK(result.contains("amount") == (row.size() > 5));
    if (row.size() > 5) CHECK((result["amount"].is_null() ? "-" : result["amount"].get<std::string>()) == row[5]);
    if (row[2].empty()) continue;
    if (row[1] == "not applicable") {
      CHECK(result["decisions"].empty());
      continue;
    }
    REQUIRE_FALSE(result["decisions"].empty());
    const auto& decision = result["decisions"][0];
    CHECK(decision["outcome"] == row[1]);
    const auto clause =
        decision.contains("clause") && decision["clause"].is_string() ? decision["clause"].get<std::string>() : "-";
    if (row[2] != "*") CHECK(clause == row[2]);
    CHECK(names_of(decision["needs"]) == row[3]);
    CHECK(names_of(decision["assumed"]) == row[4]);
    // A need has its question, unless the record has none for it.
    for (const auto& need : decision["needs"]) CHECK(need.contains("why"));
  }
}

std::string readable(const std::vector<ordered_json>& results) {
  std::string text;
  for (const auto& result : results) text += result.dump(2) + "\n";
  return text;
}

}  // namespace

TEST_CASE("decisions and their reasons", "[decisions]") {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(golden::folder() / "decisions")) cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  REQUIRE(cases.size() >= 5);
  for (const auto& folder : cases) {
    INFO(folder.filename().string());
    const auto results = decide(folder, "reasons");
    check_expected(folder, results);
    golden::check_golden(folder / "reasons.golden", readable(results));

    // In full, for some of them: all criteria of all clauses.
    const auto ids = golden::lines_of(golden::read_file(folder / "full.ids"));
    std::vector<ordered_json> full;
    for (auto& result : decide(folder, "full")) {
      if (std::count(ids.begin(), ids.end(), result["id"].get<std::string>()) > 0) full.push_back(std::move(result));
    }
    CHECK(full.size() == ids.size());
    golden::check_golden(folder / "full.golden", readable(full));
  }
}

TEST_CASE("explanations change no outcome", "[decisions]") {
  for (const auto& entry : fs::directory_iterator(golden::folder() / "decisions")) {
    const auto reasons = decide(entry.path(), "reasons");
    for (const std::string explain : {"none", "full"}) {
      const auto other = decide(entry.path(), explain);
      REQUIRE(other.size() == reasons.size());
      for (std::size_t i = 0; i < other.size(); ++i) {
        INFO(entry.path().filename().string() << ", " << explain << ", " << reasons[i]["id"]);
        CHECK(other[i]["outcome"] == reasons[i]["outcome"]);
        CHECK(other[i].value("amount", ordered_json()) == reasons[i].value("amount", ordered_json()));
      }
    }
  }
}
