#include <algorithm>
#include <random>

#include "comparison_support.hpp"
#include "decide/decider.hpp"
#include "input/reader.hpp"
#include "seed.hpp"
#include "tries.hpp"

// Cases decided by two libraries.
namespace proviso::trial::test {
namespace {

Compared before_change() { return Compared::of_folder("tests/golden/diffs/old"); }
Compared after_change() { return Compared::of_folder("tests/golden/diffs/new"); }

std::string cases_of(const Compared& olds, const Compared& news, std::uint64_t seed) {
  return drawn(olds.library, 700, seed) + drawn(news.library, 700, seed + 1);
}

std::uint64_t new_seed() {
  const std::uint64_t seed = random_seed();
  UNSCOPED_INFO("seed " << seed);
  return seed;
}

/// All outcomes of the records by an engine, one after the other.
std::vector<model::Outcome> outcomes(const Compared& compared, const std::string& cases) {
  const decide::Engine engine(compared.library, "Referral");
  decide::Decider decider(engine);
  const auto reader = input::make_json_reader(compared.library, engine.record_index());
  std::istringstream stream(cases);
  input::RecordSource source(input::bytes_of(stream), input::Format::ndjson);
  program::Chunk chunk(compared.library, engine.record_index());
  std::vector<model::Outcome> result;
  input::Block block;
  while (source.next(block)) {
    input::Results results;
    decide::Decisions decisions;
    chunk.clear();
    reader->read(block, chunk, results);
    chunk.finish();
    decider.decide(chunk, decisions);
    for (const auto& record : decisions.records) result.push_back(record.outcome);
  }
  return result;
}

void check_transposed(const Table& one, const Table& other) {
  for (std::size_t was = 0; was < case_outcomes; ++was) {
    for (std::size_t is = 0; is < case_outcomes; ++is) CHECK(one.counts[was][is] == other.counts[is][was]);
  }
  CHECK(one.other_reasons == other.other_reasons);
  CHECK(one.other_needs == other.other_needs);
  REQUIRE(one.changed.size() == other.changed.size());
  for (const ChangedCell& cell : one.changed) {
    const auto found = std::find_if(other.changed.begin(), other.changed.end(), [&](const ChangedCell& each) {
      return each.before == cell.after && each.after == cell.before;
    });
    REQUIRE(found != other.changed.end());
    CHECK(found->count == cell.count);
    REQUIRE(found->cases.size() == cell.cases.size());
    for (std::size_t i = 0; i < cell.cases.size(); ++i) CHECK(found->cases[i].line == cell.cases[i].line);
  }
}

void check_cells(const Table& table, std::size_t first_cases) {
  std::uint64_t changes = 0;
  for (const ChangedCell& cell : table.changed) {
    CHECK(cell.before != cell.after);
    CHECK(cell.count == table.counts[cell.before][cell.after]);
    CHECK(cell.cases.size() == std::min<std::uint64_t>(first_cases, cell.count));
    std::uint64_t caused = 0;
    for (const Cause& cause : cell.causes) {
      caused += cause.count;
      CHECK(!cause.parts.empty());
    }
    CHECK(caused == cell.count);
    for (const FirstCase& each : cell.cases) CHECK(each.cause < cell.causes.size());
    CHECK(std::is_sorted(cell.cases.begin(), cell.cases.end(),
                         [](const FirstCase& a, const FirstCase& b) { return a.line < b.line; }));
    changes += cell.count;
  }
  CHECK(changes == table.changes());
}

const std::string compared_hips = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } } }
record Referral {
  id text  referred date  commissioner place  bmi number kg/m2  pain yes/no  aid yes/no  walks number m
}
threshold max_bmi: number kg/m2 { may vary from 30 to 45  40 from 2019-04-01  in Luton 35 from 2019-10-01 }
define severe = pain and walks < 400 m
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  approve when all {
    bmi    "BMI is within the limit": bmi <= max_bmi
    severe "Severe": severe
  }
  otherwise refuse "No"
}
)";
const std::string case_in_luton =
    R"({"id":"L","referred":"2019-11-01","commissioner":"Luton","bmi":35,"pain":true,"walks":100,"aid":false})"
    "\n";

/// The one cause of the only changed cell of the only policy.
Cause cause(const std::string& after, const std::string& cases = case_in_luton) {
  const CaseComparison result = compare(Compared::of_text(compared_hips), Compared::of_text(after), cases);
  REQUIRE(result.policies.size() == 1);
  REQUIRE(result.policies[0].all.changed.size() == 1);
  REQUIRE(result.policies[0].all.changed[0].causes.size() == 1);
  return result.policies[0].all.changed[0].causes[0];
}

}  // namespace

TEST_CASE("a library never decides otherwise than itself", "[comparison]") {
  const Compared olds = before_change();
  const CaseComparison result = compare(olds, before_change(), drawn(olds.library, 1500, new_seed()));
  CHECK(!result.differs());
  CHECK(result.compared == 1500);
  CHECK(result.overall.total() == 1500);
}

TEST_CASE("the other way round every table is turned over", "[comparison]") {
  const Compared olds = before_change();
  const Compared news = after_change();
  const std::string cases = cases_of(olds, news, new_seed());
  const CaseComparison there = compare(olds, news, cases);
  const CaseComparison back = compare(news, olds, cases);
  CHECK(there.overall.changes() > 0);
  check_transposed(there.overall, back.overall);
  REQUIRE(there.policies.size() == back.policies.size());
  for (std::size_t i = 0; i < there.policies.size(); ++i) {
    CHECK(there.policies[i].policy == back.policies[i].policy);
    check_transposed(there.policies[i].all, back.policies[i].all);
    REQUIRE(there.policies[i].places.size() == back.policies[i].places.size());
    for (const PlaceTable& place : there.policies[i].places) {
      const auto& others = back.policies[i].places;
      const auto found =
          std::find_if(others.begin(), others.end(), [&](const PlaceTable& each) { return each.place == place.place; });
      REQUIRE(found != others.end());
      check_transposed(place.table, found->table);
    }
  }
}

TEST_CASE("the tables are what the two engines decide", "[comparison]") {
  const Compared olds = before_change();
  const Compared news = after_change();
  const std::string cases = cases_of(olds, news, new_seed());
  ComparisonOptions options;
  options.first_cases = 3;
  const CaseComparison result = compare(olds, news, cases, options);
  const auto was = outcomes(olds, cases);
  const auto is = outcomes(news, cases);
  REQUIRE(was.size() == is.size());
  Table expected;
  for (std::size_t i = 0; i < was.size(); ++i) ++expected.counts[as_case(was[i])][as_case(is[i])];
  CHECK(result.overall.counts == expected.counts);
  check_cells(result.overall, options.first_cases);
  for (const PolicyTable& policy : result.policies) {
    check_cells(policy.all, options.first_cases);
    std::uint64_t total = 0;
    for (const PlaceTable& place : policy.places) {
      check_cells(place.table, options.first_cases);
      total += place.table.total();
    }
    CHECK(total == policy.all.total());
  }
}

TEST_CASE("threads change nothing", "[comparison]") {
  const Compared olds = before_change();
  const Compared news = after_change();
  std::string cases;
  for (std::uint64_t seed = 1; seed < 8; ++seed) cases += cases_of(olds, news, seed);
  ComparisonOptions options;
  const CaseComparison one = compare(olds, news, cases, options);
  options.threads = 3;
  const CaseComparison three = compare(olds, news, cases, options);
  CHECK(one.overall.counts == three.overall.counts);
  REQUIRE(one.policies.size() == three.policies.size());
  for (std::size_t i = 0; i < one.policies.size(); ++i) {
    const auto& changed = one.policies[i].all.changed;
    REQUIRE(changed.size() == three.policies[i].all.changed.size());
    for (std::size_t j = 0; j < changed.size(); ++j) {
      const ChangedCell& other = three.policies[i].all.changed[j];
      REQUIRE(changed[j].cases.size() == other.cases.size());
      for (std::size_t k = 0; k < other.cases.size(); ++k) {
        CHECK(changed[j].cases[k].id == other.cases[k].id);
        CHECK(changed[j].cases[k].cause == other.cases[k].cause);
      }
      REQUIRE(changed[j].causes.size() == other.causes.size());
      for (std::size_t k = 0; k < other.causes.size(); ++k) CHECK(changed[j].causes[k].count == other.causes[k].count);
    }
  }
}

TEST_CASE("a moved limit is the cause, with both values", "[comparison]") {
  const Cause found = cause(with(compared_hips, "in Luton 35", "in Luton 34"));
  REQUIRE(found.parts.size() == 1);
  CHECK(found.parts[0].what == "criterion");
  CHECK(found.parts[0].name == "bmi");
  CHECK(found.parts[0].before == "yes");
  CHECK(found.parts[0].after == "no");
  REQUIRE(found.parts[0].details.size() == 1);
  CHECK(found.parts[0].details[0].what == "threshold");
  CHECK(found.parts[0].details[0].before == "35 kg/m2");
  CHECK(found.parts[0].details[0].after == "34 kg/m2");
}

TEST_CASE("criteria that are new or gone, and definitions behind them, are causes", "[comparison]") {
  const Cause added = cause(with(compared_hips, "    severe \"", "    aid \"Aid\": aid\n    severe \""));
  REQUIRE(added.parts.size() == 1);
  CHECK(added.parts[0].name == "aid");
  CHECK(added.parts[0].before == "not there");
  CHECK(added.parts[0].after == "no");
  const Cause reworded = cause(with(compared_hips, "bmi <= max_bmi", "bmi < max_bmi"));
  REQUIRE(reworded.parts.size() == 1);
  CHECK(reworded.parts[0].details[0].what == "expression");
  CHECK(reworded.parts[0].details[0].after == "bmi < max_bmi");
  const Cause defined = cause(with(compared_hips, "walks < 400 m", "walks < 90 m"));
  REQUIRE(defined.parts.size() == 1);
  CHECK(defined.parts[0].name == "severe");
  REQUIRE(defined.parts[0].details.size() == 1);
  CHECK(defined.parts[0].details[0].what == "definition");
  CHECK(defined.parts[0].details[0].name == "severe");
}

TEST_CASE("that a policy no longer holds, or a clause gives another outcome, is a cause", "[comparison]") {
  const Cause ended = cause(with(compared_hips, "effective 2019-04-01", "effective 2019-04-01 to 2019-10-31"));
  REQUIRE(ended.parts.size() == 1);
  CHECK(ended.parts[0].what == "holds");
  CHECK(ended.parts[0].after == "does not hold");
  const std::string refused = with(case_in_luton, "\"bmi\":35", "\"bmi\":36");
  const Cause review = cause(with(compared_hips, "otherwise refuse", "otherwise review"), refused);
  REQUIRE(review.parts.size() == 1);
  CHECK(review.parts[0].what == "clause");
  CHECK(review.parts[0].before == "otherwise refuse");
  CHECK(review.parts[0].after == "otherwise review");
  const Cause gone = cause(with(compared_hips, "  source \"Policy\"", "  source \"Policy\" applies when aid"));
  REQUIRE(gone.parts.size() == 1);
  CHECK(gone.parts[0].what == "applies");
  CHECK(gone.parts[0].after == "no");
}

TEST_CASE("what one library cannot read is counted there, and left out", "[comparison]") {
  const Compared olds = Compared::of_text(compared_hips);
  const Compared news = Compared::of_text(with(compared_hips, "aid yes/no", "aid date"));
  const CaseComparison result = compare(olds, news, case_in_luton + with(case_in_luton, ",\"aid\":false", ""));
  CHECK(result.records == 2);
  CHECK(result.compared == 1);
  CHECK(result.unreadable[before] == 0);
  REQUIRE(result.unreadable[after] == 1);
  CHECK(result.first_unreadable[after][0].field == "aid");
  CHECK(!result.differs());
}

TEST_CASE("the same outcome for other reasons, and other needs, are counted apart", "[comparison]") {
  const std::string refused = with(case_in_luton, "\"bmi\":35", "\"bmi\":36");
  const auto by = [&](const std::string& text, const std::string& cases) {
    return compare(Compared::of_text(compared_hips), Compared::of_text(text), cases).policies.at(0).all;
  };
  const Table reasons = by(with(compared_hips, "walks < 400 m", "walks < 90 m"), refused);
  CHECK(reasons.changes() == 0);
  CHECK(reasons.other_reasons == 1);
  const std::string open = with(case_in_luton, "\"walks\":100,", "");
  const Table needs =
      by(with(compared_hips, "pain and walks < 400 m", "pain and aid"), with(open, ",\"aid\":false", ""));
  CHECK(needs.changes() == 0);
  CHECK(needs.other_needs == 1);
}

TEST_CASE("where the clause that decides gives another outcome, criteria that changed nothing are no causes",
          "[comparison]") {
  const std::string refused =
      with(with(case_in_luton, "\"bmi\":35", "\"bmi\":34.5"), "\"pain\":true", "\"pain\":false");
  const std::string stricter =
      with(with(compared_hips, "in Luton 35", "in Luton 34"), "otherwise refuse", "otherwise review");
  const Cause found = cause(stricter, refused);
  REQUIRE(found.parts.size() == 1);
  CHECK(found.parts[0].what == "clause");
  CHECK(found.parts[0].before == "otherwise refuse");
}

TEST_CASE("causes pair clauses as the words do", "[comparison]") {
  const std::string two = with(compared_hips, "  otherwise",
                               "  approve when aid \"Aid\"\n  approve when walks > 900 m \"Far\"\n  otherwise");
  const std::string with_aid = with(with(case_in_luton, "\"aid\":false", "\"aid\":true"), "\"bmi\":35", "\"bmi\":39");
  const auto result =
      compare(Compared::of_text(two), Compared::of_text(with(two, "approve when aid", "refuse when aid")), with_aid);
  REQUIRE(result.policies.at(0).all.changed.size() == 1);
  const auto& parts = result.policies[0].all.changed[0].causes.at(0).parts;
  REQUIRE(parts.size() == 2);
  for (const CausePart& part : parts) CHECK(part.label == "Aid");
}

TEST_CASE("a criterion that moved to another clause without a name is the cause", "[comparison]") {
  const std::string two = with(compared_hips, "  otherwise",
                               "  approve when any { aid \"Aid\": aid  far \"Far\": walks > 900 m }\n  otherwise");
  const std::string moved = with(with(two, "aid \"Aid\": aid ", ""), "severe \"Severe\": severe",
                                 "severe \"Severe\": severe  aid \"Aid\": aid");
  const std::string with_aid = with(with(case_in_luton, "\"aid\":false", "\"aid\":true"), "\"bmi\":35", "\"bmi\":39");
  const auto result = compare(Compared::of_text(two), Compared::of_text(moved), with_aid);
  REQUIRE(result.policies.at(0).all.changed.size() == 1);
  const auto& parts = result.policies[0].all.changed[0].causes.at(0).parts;
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].name == "aid");
  REQUIRE(parts[0].details.size() == 1);
  CHECK(parts[0].details[0].before == "in approve (aid, far)");
}

TEST_CASE("in which order criteria stand makes no difference", "[comparison]") {
  const std::string turned = with(with(compared_hips, "    severe \"Severe\": severe\n", ""), "    bmi ",
                                  "    severe \"Severe\": severe\n    bmi ");
  const Compared olds = Compared::of_text(compared_hips);
  const CaseComparison result = compare(olds, Compared::of_text(turned), drawn(olds.library, 500, new_seed()));
  CHECK(!result.differs());
  CHECK(result.policies.at(0).all.other_needs == 0);
  CHECK(result.policies.at(0).all.other_reasons == 0);
}

namespace {

/// A library whose every part is one of a few, by the numbers that are drawn for it.
class MadeLibrary {
 public:
  explicit MadeLibrary(std::vector<unsigned> numbers) : numbers_(std::move(numbers)) {}

  std::string text() {
    std::string out = with(compared_hips.substr(0, compared_hips.find("define severe")), "40 from",
                           std::to_string(38 + next(3)) + " from");
    out += "define severe = pain and walks < " + std::to_string(400 + next(2)) + " m\n";
    out += "define far = walks > " + std::to_string(800 + next(2)) + " m\n";
    out +=
        "policy hips \"Hip replacement\" on Referral { source \"Policy\" effective 2019-04-01 dated by referred in "
        "BLMK\n";
    out += "approve when " + group("a") + "\n";
    out += (next(2) == 0 ? "approve when " : "review when ") + group("b") + "\n";
    out += (next(2) == 0 ? "approve when " : "refuse when ") + condition() + " \"C\"\n";
    out += next(2) == 0 ? "otherwise refuse \"No\" }\n" : "otherwise review \"No\" }\n";
    out += "variation of hips in Bedfordshire { from 2019-04-01 source \"B\" replace a1 \"R\": " + group("d") + " }\n";
    return out;
  }

  static constexpr std::size_t how_many = 32;

 private:
  std::vector<unsigned> numbers_;
  std::size_t at_ = 0;

  unsigned next(unsigned of) { return numbers_.at(at_++) % of; }
  std::string condition() {
    static const std::vector<std::string> all = {"bmi <= max_bmi", "severe", "far", "aid", "walks < 300 m", "not pain"};
    return all[next(6)];
  }
  std::string group(const std::string& name) {
    static const std::vector<std::string> words = {"all", "any", "at least 2 of", "none of"};
    std::string out = words[next(4)] + " {";
    for (int i = 1; i < 4; ++i) out += " " + name + std::to_string(i) + " \"L\": " + condition();
    return out + " }";
  }
};

}  // namespace

TEST_CASE("another amount, code or strength is a change though the outcome is the same", "[comparison]") {
  const std::string text =
      "library example record Referral { id text started date b yes/no d yes/no charge money price }\n"
      "payment p \"P\" on Referral { source \"S\" effective 2018-04-01 dated by started\n"
      "  pay charge * 0.5 half when b\n  withhold must w when d\n  otherwise recount as hrg:BZ34A pay £3 }\n";
  // The first is paid in half, the second withheld, the third counted as another.
  const std::string cases =
      "{\"id\":\"1\",\"started\":\"2019-01-01\",\"b\":true,\"d\":false,\"charge\":100}\n"
      "{\"id\":\"2\",\"started\":\"2019-01-01\",\"b\":false,\"d\":true,\"charge\":100}\n"
      "{\"id\":\"3\",\"started\":\"2019-01-01\",\"b\":false,\"d\":false,\"charge\":100}\n";
  const auto table = [&](const std::string& from, const std::string& to) {
    const CaseComparison result = compare(Compared::of_text(text), Compared::of_text(with(text, from, to)), cases);
    REQUIRE(result.policies.size() == 1);
    REQUIRE(result.failure.empty());
    CHECK(result.differs());
    CHECK(result.overall.changes() == 0);
    const Table& all = result.policies[0].all;
    return std::vector<std::uint64_t>{all.other_amounts, all.other_codes, all.other_strengths, all.other_terms};
  };
  CHECK(table("charge * 0.5", "charge * 0.6") == std::vector<std::uint64_t>{1, 0, 0, 1});
  CHECK(table("BZ34A pay £3", "BZ34B pay £3") == std::vector<std::uint64_t>{0, 1, 0, 1});
  CHECK(table("BZ34A pay £3", "BZ34B pay £4") == std::vector<std::uint64_t>{1, 1, 0, 1});
  CHECK(table("withhold must", "withhold may") == std::vector<std::uint64_t>{0, 0, 1, 1});
}

TEST_CASE("whenever cases change, the words say so, and every change has its cause", "[comparison]") {
  const std::uint64_t seed = new_seed();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int compared = 0; compared < tries(40);) {
    std::vector<unsigned> numbers(MadeLibrary::how_many);
    for (unsigned& each : numbers) each = static_cast<unsigned>(random() % 1000);
    const std::string before_text = MadeLibrary(numbers).text();
    const auto changed = 1 + random() % 3;
    for (std::size_t i = 0; i < changed; ++i)
      numbers[random() % numbers.size()] = static_cast<unsigned>(random() % 1000);
    const std::string after_text = MadeLibrary(numbers).text();
    INFO(before_text << "\nbecame\n" << after_text);
    const Compared olds = Compared::unchecked({before_text});
    const Compared news = Compared::unchecked({after_text});
    // Some have clauses that no record reaches.
    if (olds.diagnostics.has_errors() || news.diagnostics.has_errors()) continue;
    ++compared;
    const CaseComparison result = compare(olds, news, cases_of(olds, news, random() % 1000));
    const bool told = compare_libraries(olds.revision(), news.revision()).differs();
    CHECK((!told || before_text != after_text));
    for (const PolicyTable& policy : result.policies) {
      check_cells(policy.all, 5);
      CHECK((told || policy.all.changes() + policy.all.other_needs + policy.all.other_reasons == 0));
      for (const ChangedCell& cell : policy.all.changed) {
        for (const Cause& each : cell.causes) CHECK(each.parts.at(0).what != "needs");
      }
    }
  }
}

}  // namespace proviso::trial::test
