#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>

#include "check/check.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "trial/drawing/drawn.hpp"
#include "trial/drawing/pool.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

using namespace proviso;

namespace {

/// The pools of a policy with one condition over many kinds of facts.
struct Pools {
  explicit Pools(const std::string& condition, const std::string& definitions = {}) {
    const std::string content = R"(library pools
places { England { BLMK { Luton } Leicester } }
record Line { cost money  drug code dmd }
record Referral {
  referred date  commissioner place  born date  seen date  weight number kg  height number cm  price money
  share percent  wait duration  words text  procedure code opcs4  main code icd10  lines list of Line
  tags list of code icd10  points number  other number
}
codes hips opcs4 { W37.1..W37.9 W93 }
threshold most: number g { may vary from 1 g to 9000 g  2000 from 2019-04-01  in Luton 2500 from 2020-04-01 }
table tariff(setting number) -> money { 3 -> £10  4 -> £20 }
define grown(limit number) = years from born to referred >= limit
policy p "P" on Referral {
  source "Policy" effective 2019-04-01 dated by referred in BLMK
  approve when )" + condition + R"(
  otherwise refuse
}
)" + definitions;
    text::Sources sources;
    text::Diagnostics diagnostics;
    const auto file = sources.add("pools.policy", content);
    std::vector<check::SourceTree> trees;
    trees.push_back({syntax::parse(sources, file, diagnostics), file, "."});
    library = check::check(trees, sources, diagnostics);
    INFO(text::render(diagnostics, sources, text::Format::text, false));
    REQUIRE_FALSE(diagnostics.has_errors());
    record = library.record("Referral");
    const model::Policy& policy = library.policies.front();
    trial::PoolSource source;
    for (const auto& clause : policy.written().clauses) source.roots.push_back(clause.condition.node);
    source.dated_by = policy.dated_by;
    source.placed_by = policy.placed_by;
    pools = trial::pools_of(library, record, {source});
  }

  const trial::Pool* pool(std::string_view name) const { return find(pools, name); }
  const trial::Pool* find(const std::vector<trial::Pool>& among, std::string_view name) const {
    for (const trial::Pool& each : among) {
      if (library.records[record].facts[each.fact].path == name) return &each;
    }
    return nullptr;
  }

  std::set<std::int64_t> values(const trial::Pool* of, std::int32_t deciding = 0) const {
    REQUIRE(of != nullptr);
    std::set<std::int64_t> result;
    for (const auto& each : of->values) {
      if (const auto bits = trial::resolved(each, deciding)) result.insert(*bits);
    }
    return result;
  }
  std::set<std::int64_t> values(std::string_view name, std::int32_t deciding = 0) const {
    return values(pool(name), deciding);
  }

  model::Library library;
  std::uint32_t record = 0;
  std::vector<trial::Pool> pools;
};

std::int32_t day(std::string_view text) { return value::parse_date(text).value(); }
std::int64_t units(std::int64_t whole) { return whole * value::decimal_scale; }

bool has_all(const std::set<std::int64_t>& values, const std::vector<std::int64_t>& wanted) {
  for (const std::int64_t each : wanted) {
    CAPTURE(each);
    CHECK(values.count(each) == 1);
  }
  return true;
}

}  // namespace

TEST_CASE("Limits are found through units, arithmetic and definitions") {
  const Pools kilograms("weight > most");
  has_all(kilograms.values("weight"), {units(2), units(2) + units(1), units(2) + units(1) / 2});
  const Pools sum("points + 2 * other >= 10");
  has_all(sum.values("points"), {units(9), units(10), units(11)});
  has_all(sum.values("other"), {units(4), units(5), units(6)});
  const Pools money("price * 2 > £10.50");
  has_all(money.values("price"), {5'250'000, 5'240'000, 5'260'000});
  const Pools share("share between 10% and 20%");
  has_all(share.values("share"), {100'000, 90'000, 110'000, 200'000, 190'000, 210'000});
  const Pools close("points <= 26 and points < 27");
  has_all(close.values("points"), {units(26) + value::decimal_scale / 2});
  const Pools key("tariff(points) > £15");
  has_all(key.values("points"), {units(3), units(4)});
}

TEST_CASE("Days are found from durations, elapsed units and working days") {
  const std::int32_t deciding = day("2020-02-29");
  const Pools age("grown(18)");
  has_all(age.values("born", deciding), {day("2002-02-27"), day("2002-02-28"), day("2002-03-01"), day("2001-02-28")});
  const Pools within("seen within 6 months before referred");
  has_all(within.values("seen", deciding),
          {day("2019-08-28"), day("2019-08-29"), day("2019-08-30"), deciding, deciding + 1, deciding - 1});
  const Pools working("seen + 10 working days >= referred");
  has_all(working.values("seen", day("2020-02-28")), {day("2020-02-13"), day("2020-02-14"), day("2020-02-15")});
  const Pools weeks("weeks from seen to referred >= 8");
  has_all(weeks.values("seen", deciding), {deciding - 56, deciding - 55, deciding - 57, deciding - 63});
  const Pools fixed("seen >= 2019-10-01");
  has_all(fixed.values("seen"), {day("2019-09-30"), day("2019-10-01"), day("2019-10-02")});
  const Pools waiting("wait >= 6 weeks");
  has_all(waiting.values("wait"), {83, 85, 87});
}

TEST_CASE("Codes are drawn inside and outside a list, and all of them are codes") {
  const Pools hips("procedure in hips and main = icd10:I83.9");
  const auto procedures = hips.values("procedure");
  has_all(procedures,
          {*value::parse_code(value::CodeSystem::opcs4, "W37.1"), *value::parse_code(value::CodeSystem::opcs4, "W93")});
  std::size_t outside = 0;
  for (const std::int64_t each : procedures) {
    const std::string text = value::format_code(value::CodeSystem::opcs4, each);
    CHECK(value::parse_code(value::CodeSystem::opcs4, text) == each);
    if (text.substr(0, 3) != "W37" && text.substr(0, 3) != "W93") ++outside;
  }
  CHECK(outside == 1);
  has_all(hips.values("main"), {*value::parse_code(value::CodeSystem::icd10, "I83.9")});
  CHECK(hips.values("main").size() >= 2);
}

TEST_CASE("Lists are as long as counts ask, texts are those that are mentioned") {
  const Pools lines("(count of x in lines where x.cost > £5) >= 4 and words = \"urgent\"");
  const trial::Pool* list = lines.pool("lines");
  REQUIRE(list != nullptr);
  CHECK(std::set<std::uint32_t>(list->lengths.begin(), list->lengths.end()) == std::set<std::uint32_t>{0, 1, 3, 4, 5});
  has_all(lines.values(lines.find(list->elements, "cost")), {units(5), units(4), units(6)});
  CHECK(lines.find(list->elements, "drug") == nullptr);
  CHECK(lines.values("words").size() == 1);
  CHECK(lines.pool("born") == nullptr);
  CHECK(lines.pool("referred") != nullptr);
  CHECK(lines.pool("commissioner") != nullptr);
}

TEST_CASE("Expressions that share their parts many times over take no longer") {
  std::string definitions = "define d0 = points + other\ndefine t0 = seen + 1 day\n";
  for (int i = 1; i < 60; ++i) {
    definitions += fmt::format("define d{0} = d{1} + d{1}\n", i, i - 1);
    definitions += fmt::format("define t{0} = if points > {0} then t{1} else t{1} + {0} days\n", i, i - 1);
  }
  const Pools many("d59 > 4 and t59 > referred", definitions);
  CHECK(many.values("points").size() > 1);
  CHECK(many.values("seen").size() > 1);
}
