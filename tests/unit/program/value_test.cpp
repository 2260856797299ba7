#include <catch2/catch.hpp>

#include "support.hpp"
#include "value/decimal.hpp"

namespace {

using namespace proviso::program;
using namespace proviso::program::support;
using proviso::model::Elapsed;
using proviso::model::none;
using Reasons = std::vector<std::string>;
namespace value = proviso::value;

/// One record of a few facts.
struct OneRecord {
  Builder b;
  FactId n = b.fact("n", number_type);
  FactId m = b.fact("m", number_type);
  FactId d = b.fact("d", date_type);
  FactId missing = b.fact("missing", number_type);
  NodeId node_n = b.of(n);
  NodeId node_m = b.of(m);
  NodeId node_d = b.of(d);
  std::int64_t n_bits = number(7);
  std::int64_t m_bits = number(2);
  std::int32_t d_bits = date("2020-02-29");

  NodeId binary(NodeKind kind) { return b.node(kind, number_type, {node_n, node_m}); }
  NodeId constant(std::int64_t bits) { return b.constant(number_type, bits); }

  Run run(NodeId root) {
    Chunk chunk(b.library, 0);
    const std::size_t row = chunk.add_row(0);
    chunk.set_value(n, row, n_bits);
    chunk.set_value(m, row, m_bits);
    chunk.set_value(d, row, d_bits);
    chunk.finish();
    return Run(b, {root}, chunk, {}, none, date("2020-01-01"));
  }
  std::optional<std::int64_t> value_of(NodeId root) { return run(root).value(root); }
  Truth truth_of(NodeId root) { return run(root).truth(root); }
  Reasons problems_of(NodeId root) { return run(root).problems(); }
};

}  // namespace

TEST_CASE("decimals") {
  OneRecord r;
  CHECK(r.value_of(r.binary(NodeKind::add)) == number(9));
  CHECK(r.value_of(r.binary(NodeKind::subtract)) == number(5));
  CHECK(r.value_of(r.binary(NodeKind::multiply)) == number(14));
  CHECK(r.value_of(r.binary(NodeKind::divide)) == 3'500'000);
  CHECK(r.value_of(r.binary(NodeKind::modulo)) == number(1));
  CHECK(r.value_of(r.binary(NodeKind::minimum)) == number(2));
  CHECK(r.value_of(r.binary(NodeKind::maximum)) == number(7));
  CHECK(r.value_of(r.b.node(NodeKind::negate, number_type, {r.node_n})) == number(-7));
  CHECK_FALSE(r.value_of(r.b.node(NodeKind::add, number_type, {r.node_n, r.b.of(r.missing)})).has_value());
  r.n_bits = 1;
  r.m_bits = 500'000;  // half of the last place: to even
  CHECK(r.value_of(r.binary(NodeKind::multiply)) == 0);
}

TEST_CASE("what leaves the range is unknown, with the reason on the record") {
  OneRecord r;
  r.n_bits = value::decimal_limit;
  CHECK_FALSE(r.value_of(r.binary(NodeKind::add)).has_value());
  CHECK(r.problems_of(r.binary(NodeKind::add)) == Reasons{"number out of range"});
  CHECK(r.problems_of(r.binary(NodeKind::multiply)) == Reasons{"number out of range"});
  CHECK(r.problems_of(r.binary(NodeKind::subtract)).empty());
  r.m_bits = 0;
  CHECK(r.problems_of(r.binary(NodeKind::divide)) == Reasons{"division by zero"});
  CHECK(r.problems_of(r.binary(NodeKind::modulo)) == Reasons{"division by zero"});
  // Nothing is reported where an operand is missing.
  CHECK(r.problems_of(r.b.node(NodeKind::divide, number_type, {r.b.of(r.missing), r.node_m})).empty());
}

TEST_CASE("a problem among constants is one of every record") {
  Builder b;
  const FactId a = b.fact("a", truth_type);
  const NodeId quotient =
      b.node(NodeKind::divide, number_type, {b.constant(number_type, number(1)), b.constant(number_type, 0)});
  const NodeId above = b.compare(Comparison::greater, quotient, b.constant(number_type, number(1)));
  const NodeId both = b.truth(NodeKind::conjunction, {b.of(a), above});
  Chunk chunk(b.library, 0);
  for (const bool yes : {true, false}) chunk.set_truth(a, chunk.add_row(0), yes);
  chunk.finish();
  const Run run(b, {both}, chunk);
  CHECK(run.truth(both, 0) == Truth::unknown);
  CHECK(run.truth(both, 1) == Truth::no);
  CHECK(run.problems(0) == Reasons{"division by zero"});
  CHECK(run.problems(1) == Reasons{"division by zero"});
  CHECK(run.workspace.problems()[0].node == quotient);
}

TEST_CASE("equal expressions share a register, and a problem is that of each") {
  OneRecord r;
  r.m_bits = 0;
  const NodeId first = r.binary(NodeKind::divide);
  const NodeId second = r.binary(NodeKind::divide);
  const NodeId same = r.b.compare(Comparison::equal, first, second);
  const Run run = r.run(same);
  REQUIRE(run.workspace.problems().size() == 2);
  CHECK(run.workspace.problems()[0].node == first);
  CHECK(run.workspace.problems()[1].node == second);
  CHECK(run.program.listing().find("divide", run.program.listing().find("divide") + 1) == std::string::npos);
}

TEST_CASE("rounding by each mode") {
  OneRecord r;
  r.n_bits = -2'500'000;
  const std::int64_t expected[] = {number(-2), number(-3), number(-2), number(-3), number(-2), number(-3), number(-2)};
  for (std::uint8_t mode = 0; mode < 7; ++mode) {
    INFO("mode " << int{mode});
    const NodeId id = r.b.node(NodeKind::rounded, number_type, {r.node_n});
    r.b[id].value = number(1);
    r.b[id].word = mode;
    CHECK(r.value_of(id) == expected[mode]);
  }
}

TEST_CASE("units: rescaled values, comparisons across units, durations as quantities") {
  OneRecord r;
  const NodeId grams = r.b.node(NodeKind::rescale, number_type, {r.node_n});
  r.b[grams].value = 1000;
  CHECK(r.value_of(grams) == number(7000));
  const NodeId hours = r.b.node(NodeKind::rescale, number_type, {r.node_n});
  r.b[hours].value = 1;
  r.b[hours].second = 60;
  CHECK_FALSE(r.value_of(hours).has_value());
  CHECK(r.problems_of(hours) == Reasons{"more than six places after the point in the unit that is needed"});
  // Such a value is there, and `first known of` does not pass it over.
  CHECK_FALSE(r.value_of(r.b.node(NodeKind::first_known, number_type, {hours, r.node_m})).has_value());
  CHECK(r.value_of(r.b.node(NodeKind::first_known, number_type, {r.node_m, hours})) == number(2));
  const auto scaled = [&](Comparison comparison, NodeId a, std::int64_t factor_a, NodeId b, std::int64_t factor_b) {
    const NodeId id = r.b.truth(NodeKind::compare_scaled, {a, b});
    r.b[id].word = static_cast<std::uint8_t>(comparison);
    r.b[id].value = factor_a;
    r.b[id].second = factor_b;
    return r.truth_of(id);
  };
  // 7 km against 7000 m and 6999.999999 m
  CHECK(scaled(Comparison::equal, r.node_n, 1000, r.constant(number(7000)), 1) == Truth::yes);
  CHECK(scaled(Comparison::less, r.node_n, 1000, r.constant(number(7000)), 1) == Truth::no);
  CHECK(scaled(Comparison::less_or_equal, r.node_n, 1000, r.constant(number(7000)), 1) == Truth::yes);
  CHECK(scaled(Comparison::greater, r.node_n, 1000, r.constant(number(7000) - 1), 1) == Truth::yes);
  CHECK(scaled(Comparison::equal, r.node_n, 1000, r.constant(number(7000) - 1), 1) == Truth::no);
  CHECK(scaled(Comparison::greater, r.constant(number(7001)), 1, r.node_n, 1000) == Truth::yes);
  CHECK(scaled(Comparison::less, r.node_n, 1'000'000'000, r.constant(value::decimal_limit), 1) == Truth::yes);
  CHECK(scaled(Comparison::less, r.node_n, 1, r.constant(value::decimal_limit), 1'000'000'000) == Truth::yes);
  CHECK(scaled(Comparison::less, r.node_m, 1000, r.node_n, 1) == Truth::no);
  const NodeId years = r.b.node(NodeKind::duration_as_decimal, number_type, {r.b.constant(months_type, 18)});
  r.b[years].value = 1;
  r.b[years].second = 12;
  CHECK(r.value_of(years) == 1'500'000);
}

TEST_CASE("dates and durations") {
  OneRecord r;
  const auto moved = [&](NodeKind kind, Type type, std::int64_t count) {
    return r.value_of(r.b.node(kind, date_type, {r.node_d, r.b.constant(type, count)}));
  };
  CHECK(moved(NodeKind::add_duration, months_type, 12) == date("2021-02-28"));
  CHECK(moved(NodeKind::subtract_duration, days_type, 29) == date("2020-01-31"));
  CHECK(moved(NodeKind::add_duration, either_type, 2) == date("2020-03-29"));       // one month
  CHECK(moved(NodeKind::subtract_duration, either_type, 3) == date("2020-02-28"));  // one day
  CHECK(moved(NodeKind::add_duration, either_type, -1) == date("2020-02-28"));      // less one day
  CHECK(moved(NodeKind::add_working_days, number_type, number(1)) == date("2020-03-02"));
  CHECK(moved(NodeKind::subtract_working_days, number_type, number(2)) == date("2020-02-27"));
  const auto of_date = [&](NodeKind kind, Type type) { return r.value_of(r.b.node(kind, type, {r.node_d})); };
  CHECK(of_date(NodeKind::month_of, number_type) == number(2));
  CHECK(of_date(NodeKind::year_of, number_type) == number(2020));
  CHECK(of_date(NodeKind::financial_year_of, date_type) == date("2019-04-01"));
  CHECK(of_date(NodeKind::start_of_month_of, date_type) == date("2020-02-01"));
  CHECK(of_date(NodeKind::end_of_month_of, date_type) == date("2020-02-29"));
  CHECK(r.value_of(r.b.node(NodeKind::working_day_of_month_of, date_type, {r.node_m, r.node_d})) == date("2020-02-04"));
  const auto elapsed = [&](Elapsed unit, std::string_view to) {
    const NodeId id = r.b.node(NodeKind::elapsed, number_type, {r.node_d, r.b.constant(date_type, date(to))});
    r.b[id].word = static_cast<std::uint8_t>(unit);
    return r.value_of(id);
  };
  CHECK(elapsed(Elapsed::years, "2021-02-28") == 0);
  CHECK(elapsed(Elapsed::years, "2021-03-01") == number(1));
  CHECK(elapsed(Elapsed::months, "2020-01-28") == number(-1));
  CHECK(elapsed(Elapsed::weeks, "2020-03-14") == number(2));
  CHECK(elapsed(Elapsed::days, "2020-03-01") == number(1));
  CHECK(elapsed(Elapsed::working_days, "2020-03-03") == number(2));
  const NodeId narrowed = r.b.node(NodeKind::narrow_duration, days_type, {r.b.constant(either_type, 15)});
  r.b[narrowed].word = static_cast<std::uint8_t>(value::DurationKind::days);
  CHECK(r.value_of(narrowed) == 7);
}

TEST_CASE("dates and durations that cannot be are unknown, with the reason") {
  OneRecord r;
  const auto problems = [&](NodeKind kind, Type type, std::int64_t count) {
    return r.problems_of(r.b.node(kind, date_type, {r.node_d, r.b.constant(type, count)}));
  };
  CHECK(problems(NodeKind::add_duration, months_type, 12 * 8000) == Reasons{"date out of range"});
  CHECK(problems(NodeKind::add_working_days, number_type, 500'000) == Reasons{"not a whole number"});
  CHECK(problems(NodeKind::add_working_days, number_type, number(100'000)) ==
        Reasons{"outside the known bank holidays"});
  CHECK(r.problems_of(r.b.node(NodeKind::working_day_of_month_of, date_type, {r.constant(number(25)), r.node_d})) ==
        Reasons{"no such working day in the month"});
  const NodeId narrowed = r.b.node(NodeKind::narrow_duration, days_type, {r.b.constant(either_type, 14)});
  r.b[narrowed].word = static_cast<std::uint8_t>(value::DurationKind::days);
  CHECK(r.problems_of(narrowed) == Reasons{"a duration in months where one in days is needed"});
  const auto times = [&](std::int64_t decimal) {
    return r.b.node(NodeKind::duration_times, days_type, {r.b.constant(days_type, 7), r.constant(decimal)});
  };
  CHECK(r.value_of(times(number(3))) == 21);
  CHECK(r.problems_of(times(1'500'000)) == Reasons{"not a whole number"});
  CHECK(r.problems_of(times(number(1'000'000'000))) == Reasons{"duration out of range"});
}

TEST_CASE("comparisons at the ends of the range") {
  OneRecord r;
  r.n_bits = value::decimal_limit;
  for (const std::int64_t bits :
       {value::decimal_limit, value::decimal_limit - 1, -value::decimal_limit, std::int64_t{0}}) {
    INFO(bits);
    const auto against = [&](Comparison comparison) {
      return r.truth_of(r.b.compare(comparison, r.constant(bits), r.node_n)) == Truth::yes;
    };
    CHECK(against(Comparison::less) == (bits < r.n_bits));
    CHECK(against(Comparison::less_or_equal) == (bits <= r.n_bits));
    CHECK(against(Comparison::greater) == (bits > r.n_bits));
    CHECK(against(Comparison::greater_or_equal) == (bits >= r.n_bits));
  }
}

TEST_CASE("sets, code lists, thresholds and tables hold as of the date") {
  OneRecord r;
  proviso::model::CodeList list;
  list.blocks.push_back({{date("2019-01-01"), date("2019-12-31")}, none, {1}, {9}, {}, {}});
  list.blocks.push_back({{date("2020-01-01"), INT32_MAX}, none, {5, 20}, {5, 29}, {}, {}});
  r.b.library.code_lists.push_back(list);
  const auto in_codes = [&](std::int64_t code) {
    const NodeId id = r.b.truth(NodeKind::in_codes, {r.b.constant(code_type, code)});
    r.b[id].index = 0;
    return r.truth_of(id);
  };
  CHECK(in_codes(5) == Truth::yes);
  CHECK(in_codes(4) == Truth::no);
  CHECK(in_codes(29) == Truth::yes);
  const NodeId set = r.b.truth(NodeKind::in_set, {r.node_n, r.constant(number(1)), r.b.of(r.missing)});
  CHECK(r.truth_of(set) == Truth::unknown);
  const NodeId found = r.b.truth(NodeKind::in_set, {r.node_n, r.constant(number(7)), r.b.of(r.missing)});
  CHECK(r.truth_of(found) == Truth::yes);
  proviso::model::Threshold threshold;
  threshold.values.push_back({{number_type, true, number(40)}, {date("2019-01-01"), INT32_MAX}, none, {}, {}});
  threshold.values.push_back({{number_type, true, number(7)}, {date("2020-01-01"), INT32_MAX}, none, {}, {}});
  r.b.library.thresholds.push_back(threshold);
  const NodeId limit = r.b.node(NodeKind::threshold, number_type);
  r.b[limit].index = 0;
  CHECK(r.truth_of(r.b.compare(Comparison::less_or_equal, r.node_n, limit)) == Truth::yes);
  proviso::model::Table table;
  table.name = "tariff";
  table.keys = {number_type};
  table.value = number_type;
  table.rows[{number(7)}] = number(352);
  r.b.library.tables.push_back(table);
  const auto look_up = [&](NodeId key) {
    const NodeId id = r.b.node(NodeKind::lookup, number_type, {key});
    r.b[id].index = 0;
    return id;
  };
  CHECK(r.value_of(look_up(r.node_n)) == number(352));
  CHECK(r.problems_of(look_up(r.node_m)) == Reasons{"no row in table `tariff`"});
  CHECK(r.problems_of(look_up(r.constant(0))) == Reasons{"no row in table `tariff`"});
  CHECK(r.problems_of(look_up(r.b.of(r.missing))).empty());
}

TEST_CASE("a measured fact counts if it was taken in time before the deciding date") {
  Builder b;
  const FactId bmi = b.measured("bmi", number_type, 12, value::DurationKind::months);
  const FactId referred = b.fact("referred", date_type);
  const NodeId node = b.of(bmi);
  Chunk chunk(b.library, 0);
  for (const char* on : {"", "2019-11-01", "2018-11-01", "2018-10-31", "2019-11-02"}) {
    const std::size_t row = chunk.add_row(0);
    chunk.set_value(bmi, row, number(36));
    chunk.set_value(referred, row, date("2019-11-01"));
    if (*on != '\0') chunk.set_measured_on(bmi, row, date(on));
  }
  const std::size_t undated = chunk.add_row(0);
  chunk.set_value(bmi, undated, number(36));
  chunk.set_measured_on(bmi, undated, date("2019-11-01"));
  chunk.finish();
  const Run by_record(b, {node}, chunk, {}, referred);
  const bool expected[] = {true, true, true, false, false, false};
  for (std::size_t row = 0; row < 6; ++row) CHECK(by_record.value(node, row).has_value() == expected[row]);
  const Run given(b, {node}, chunk, {Deciding::Kind::given, date("2019-10-31")}, referred);
  const bool expected_given[] = {true, false, true, true, false, false};
  for (std::size_t row = 0; row < 6; ++row) CHECK(given.value(node, row).has_value() == expected_given[row]);
  const Run unknown(b, {node}, chunk, {Deciding::Kind::unknown, 0}, referred);
  for (std::size_t row = 0; row < 6; ++row) CHECK(unknown.value(node, row).has_value() == (row == 0));
}
