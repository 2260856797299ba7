#include <catch2/catch.hpp>

#include "support.hpp"

namespace {

using namespace proviso::program;
using namespace proviso::program::support;
using proviso::model::none;
using Reasons = std::vector<std::string>;

/// Records with a list of lines: the amount of each (or unknown), whether it is urgent (or unknown).
struct Lines {
  struct Line {
    std::optional<std::int64_t> amount;
    Truth urgent;
  };

  Builder b;
  FactId lines = b.list("lines");
  FactId amount = b.fact("amount", number_type, b.elements(lines));
  FactId urgent = b.fact("urgent", truth_type, b.elements(lines));
  LoopId loop = b.loop(lines);
  NodeId condition = b.of(urgent, loop);
  NodeId value = b.of(amount, loop);
  Chunk chunk{b.library, 0};

  void add_unknown() { chunk.add_row(0); }
  void add(const std::vector<Line>& elements) {
    chunk.begin_list(lines, chunk.add_row(0));
    for (const Line& each : elements) {
      const std::size_t row = chunk.add_row(b.elements(lines));
      if (each.amount) chunk.set_value(amount, row, number(*each.amount));
      if (each.urgent != Truth::unknown) chunk.set_truth(urgent, row, each.urgent == Truth::yes);
    }
  }
  void fill() {
    add_unknown();
    add({});
    add({{1, Truth::yes}, {2, Truth::no}, {3, Truth::yes}});
    add({{1, Truth::yes}, {2, Truth::unknown}});
    add({{std::nullopt, Truth::no}, {2, Truth::yes}});
    add({{std::nullopt, Truth::yes}, {2, Truth::yes}});
    add({{5, Truth::no}});
    chunk.finish();
  }
};

std::vector<Truth> truths(const Run& run, NodeId node) {
  std::vector<Truth> all;
  for (std::size_t row = 0; row < 7; ++row) all.push_back(run.truth(node, row));
  return all;
}

std::vector<std::optional<std::int64_t>> values(const Run& run, NodeId node) {
  std::vector<std::optional<std::int64_t>> all;
  for (std::size_t row = 0; row < 7; ++row) all.push_back(run.value(node, row));
  return all;
}

constexpr Truth yes = Truth::yes;
constexpr Truth no = Truth::no;
constexpr Truth unknown = Truth::unknown;
constexpr std::nullopt_t nothing = std::nullopt;

}  // namespace

TEST_CASE("any and every, over lists that are unknown, empty or partly unknown") {
  Lines l;
  const NodeId any = l.b.list_form(NodeKind::any, truth_type, l.loop, {l.condition});
  const NodeId every = l.b.list_form(NodeKind::every, truth_type, l.loop, {l.condition});
  const NodeId there = l.b.list_form(NodeKind::any, truth_type, l.loop, {});
  l.fill();
  const Run run(l.b, {any, every, there}, l.chunk);
  CHECK(truths(run, any) == std::vector<Truth>{unknown, no, yes, yes, yes, yes, no});
  CHECK(truths(run, every) == std::vector<Truth>{unknown, yes, no, unknown, no, yes, no});
  CHECK(truths(run, there) == std::vector<Truth>{unknown, no, yes, yes, yes, yes, yes});
}

TEST_CASE("of an incomplete list only what its elements show is known") {
  Lines l;
  const NodeId any = l.b.list_form(NodeKind::any, truth_type, l.loop, {l.condition});
  const NodeId every = l.b.list_form(NodeKind::every, truth_type, l.loop, {l.condition});
  const NodeId there = l.b.list_form(NodeKind::any, truth_type, l.loop, {});
  const NodeId count = l.b.list_form(NodeKind::count, number_type, l.loop, {l.condition});
  const NodeId sum = l.b.list_form(NodeKind::sum, number_type, l.loop, {l.value, l.condition});
  const NodeId none_of_them = l.b.compare(Comparison::equal, count, l.b.constant(number_type, 0));
  const NodeId one_or_more = l.b.compare(Comparison::greater_or_equal, count, l.b.constant(number_type, number(1)));
  const NodeId none_or_more = l.b.compare(Comparison::greater_or_equal, count, l.b.constant(number_type, 0));
  const NodeId under_two = l.b.compare(Comparison::less, count, l.b.constant(number_type, number(2)));
  l.fill();
  for (std::size_t row = 0; row < 7; ++row) clear_bit(l.chunk.column(l.lines).known, row);
  const Run run(l.b, {any, every, there, count, sum, none_of_them, one_or_more, none_or_more, under_two}, l.chunk);
  CHECK(truths(run, any) == std::vector<Truth>{unknown, unknown, yes, yes, yes, yes, unknown});
  CHECK(truths(run, every) == std::vector<Truth>{unknown, unknown, no, unknown, no, unknown, no});
  CHECK(truths(run, there) == std::vector<Truth>{unknown, unknown, yes, yes, yes, yes, yes});
  // Of the elements that are there, one meets the condition in rows 2 to 5; there may always be another.
  CHECK(truths(run, none_of_them) == std::vector<Truth>{unknown, unknown, no, no, no, no, unknown});
  CHECK(truths(run, one_or_more) == std::vector<Truth>{unknown, unknown, yes, yes, yes, yes, unknown});
  CHECK(truths(run, none_or_more) == std::vector<Truth>(7, yes));
  CHECK(truths(run, under_two) == std::vector<Truth>{unknown, unknown, no, unknown, unknown, no, unknown});
  for (std::size_t row = 0; row < 7; ++row) {
    CHECK_FALSE(run.value(count, row).has_value());
    CHECK_FALSE(run.value(sum, row).has_value());
    CHECK(run.problems(row).empty());
  }
}

TEST_CASE("a count is not between limits that have no whole number between them, though they be counts themselves") {
  Lines l;
  const auto count_of = [&](std::vector<NodeId> of) {
    return l.b.list_form(NodeKind::count, number_type, l.loop, std::move(of));
  };
  // By record: unknown, 0, 2, 1 to 2, 1, 2, 0 of unknown, 0, 3, 2, 2, 2, 1 are urgent.
  const NodeId size = count_of({});
  const NodeId urgent = count_of({l.condition});
  const NodeId patient = count_of({l.b.truth(NodeKind::negation, {l.condition})});
  const auto halves = [&](std::int64_t count) { return l.b.constant(number_type, number(count) / 2); };
  // The fourth: at least 2 and at most 1.5; at least 1 and at most 0.5; at least 1.5 and at most 1.
  const NodeId above_size = l.b.truth(NodeKind::between, {urgent, size, halves(3)});
  const NodeId above_count = l.b.truth(NodeKind::between, {patient, urgent, halves(1)});
  const NodeId below_count = l.b.truth(NodeKind::between, {urgent, halves(3), patient});
  const NodeId itself = l.b.truth(NodeKind::between, {urgent, urgent, size});
  l.fill();
  const Run run(l.b, {above_size, above_count, below_count, itself}, l.chunk);
  CHECK(truths(run, above_size) == std::vector<Truth>{unknown, yes, no, no, no, no, no});
  CHECK(truths(run, above_count) == std::vector<Truth>{unknown, yes, no, no, no, no, no});
  CHECK(truths(run, below_count) == std::vector<Truth>{unknown, no, no, no, no, no, no});
  // It is not seen that a count is no less than itself.
  CHECK(truths(run, itself) == std::vector<Truth>{unknown, yes, yes, unknown, yes, yes, yes});
}

TEST_CASE("sums, least and greatest need every condition, and the values of what meets it") {
  Lines l;
  const NodeId sum = l.b.list_form(NodeKind::sum, number_type, l.loop, {l.value, l.condition});
  const NodeId least = l.b.list_form(NodeKind::least, number_type, l.loop, {l.value, l.condition});
  const NodeId greatest = l.b.list_form(NodeKind::greatest, number_type, l.loop, {l.value, l.condition});
  l.fill();
  const Run run(l.b, {sum, least, greatest}, l.chunk);
  using Values = std::vector<std::optional<std::int64_t>>;
  CHECK(values(run, sum) == Values{nothing, 0, number(4), nothing, number(2), nothing, 0});
  CHECK(values(run, least) == Values{nothing, nothing, number(1), nothing, number(2), nothing, nothing});
  CHECK(values(run, greatest) == Values{nothing, nothing, number(3), nothing, number(2), nothing, nothing});
  CHECK(run.problems(0).empty());  // an unknown list is missing, not wrong
  CHECK(run.problems(1) == Reasons{"no elements to choose from", "no elements to choose from"});
  CHECK(run.problems(3).empty());
}

TEST_CASE("a count has bounds, and comparisons decide by them") {
  Lines l;
  const NodeId count = l.b.list_form(NodeKind::count, number_type, l.loop, {l.condition});
  const NodeId named = l.b.node(NodeKind::definition, number_type, {count});
  const auto constant = [&](std::int64_t whole) { return l.b.constant(number_type, number(whole)); };
  const NodeId one_or_more = l.b.compare(Comparison::greater_or_equal, named, constant(1));
  const NodeId is_one = l.b.compare(Comparison::equal, constant(1), count);
  const NodeId is_not_three = l.b.compare(Comparison::not_equal, count, constant(3));
  const NodeId one_to_two = l.b.truth(NodeKind::between, {count, constant(1), constant(2)});
  const NodeId twice = l.b.node(NodeKind::add, number_type, {count, count});
  const NodeId known = l.b.truth(NodeKind::is_known, {named});
  // Counts are whole.
  const NodeId half = l.b.constant(number_type, number(3) / 2);
  const NodeId is_half = l.b.compare(Comparison::equal, half, count);
  const NodeId is_not_half = l.b.compare(Comparison::not_equal, named, half);
  const NodeId from_a_half = l.b.truth(
      NodeKind::between, {count, l.b.constant(number_type, number(5) / 4), l.b.constant(number_type, number(7) / 4)});
  const NodeId half_or_seven = l.b.truth(NodeKind::in_set, {count, half, constant(7)});
  l.fill();
  const Run run(
      l.b,
      {one_or_more, is_one, is_not_three, one_to_two, twice, known, is_half, is_not_half, from_a_half, half_or_seven},
      l.chunk);
  // Whatever is in a list of which nothing is known, too.
  CHECK(truths(run, is_half) == std::vector<Truth>(7, no));
  CHECK(truths(run, is_not_half) == std::vector<Truth>(7, yes));
  CHECK(truths(run, from_a_half) == std::vector<Truth>(7, no));
  CHECK(truths(run, half_or_seven) == std::vector<Truth>{unknown, no, no, no, no, no, no});
  const auto bounds = run.workspace.bounds(count, 3);
  REQUIRE(bounds.has_value());
  CHECK(bounds->first == number(1));
  CHECK(bounds->second == number(2));
  CHECK_FALSE(run.workspace.bounds(count, 0).has_value());
  CHECK(run.workspace.bounds(named, 1)->second == 0);
  CHECK(truths(run, one_or_more) == std::vector<Truth>{unknown, no, yes, yes, yes, yes, no});
  CHECK(truths(run, is_one) == std::vector<Truth>{unknown, no, no, unknown, yes, no, no});
  CHECK(truths(run, is_not_three) == std::vector<Truth>{unknown, yes, yes, yes, yes, yes, yes});
  CHECK(truths(run, one_to_two) == std::vector<Truth>{unknown, no, yes, yes, yes, yes, no});
  CHECK(truths(run, known) == std::vector<Truth>{no, yes, yes, no, yes, yes, yes});
  CHECK(run.value(count, 2) == number(2));
  CHECK_FALSE(run.value(count, 3).has_value());
  CHECK(run.value(twice, 2) == number(4));
  CHECK_FALSE(run.value(twice, 3).has_value());
}

TEST_CASE("two counts are compared by both their bounds") {
  Lines l;
  const NodeId urgent = l.b.list_form(NodeKind::count, number_type, l.loop, {l.condition});
  const NodeId other =
      l.b.list_form(NodeKind::count, number_type, l.loop, {l.b.truth(NodeKind::negation, {l.condition})});
  const NodeId more = l.b.compare(Comparison::greater, urgent, other);
  const NodeId same = l.b.compare(Comparison::equal, urgent, other);
  l.fill();
  const Run run(l.b, {more, same}, l.chunk);
  CHECK(truths(run, more) == std::vector<Truth>{unknown, no, yes, unknown, no, yes, no});
  CHECK(truths(run, same) == std::vector<Truth>{unknown, yes, no, unknown, yes, no, no});
}

TEST_CASE("in a list: yes as soon as one is equal, no if all are known and unequal, or there are none") {
  Builder b;
  const FactId codes = b.plain_list("codes", code_type);
  const FactId code = b.fact("code", code_type);
  const NodeId in = b.truth(NodeKind::in_list, {b.of(code), b.of(codes)});
  const NodeId seven = b.truth(NodeKind::in_list, {b.constant(code_type, 7), b.of(codes)});
  Chunk chunk(b.library, 0);
  const auto add = [&](std::optional<std::int64_t> searched, const std::vector<std::optional<std::int64_t>>& elements) {
    const std::size_t row = chunk.add_row(0);
    if (searched) chunk.set_value(code, row, *searched);
    chunk.begin_list(codes, row);
    for (const auto& each : elements) {
      const std::size_t element = chunk.add_row(b.elements(codes));
      if (each) chunk.set_value(chunk.record().find(b.elements(codes), ""), element, *each);
    }
  };
  add(7, {1, 7, nothing});
  add(7, {1, nothing});
  add(7, {1, 2});
  add(nothing, {1, 2});
  add(nothing, {});
  add(3, {});
  chunk.add_row(0);
  chunk.finish();
  const Run run(b, {in, seven}, chunk);
  CHECK(truths(run, in) == std::vector<Truth>{yes, unknown, no, unknown, no, no, unknown});
  CHECK(truths(run, seven) == std::vector<Truth>{yes, unknown, no, no, no, no, unknown});
}

TEST_CASE("loops in loops: an element's own list, and each with each") {
  Builder b;
  const FactId spells = b.list("spells");
  const FactId ward = b.fact("ward", number_type, b.elements(spells));
  const FactId moves = b.list("moves", b.elements(spells));
  const FactId to = b.fact("to", number_type, b.elements(moves));
  const FactId visits = b.list("visits");
  const FactId clinic = b.fact("clinic", number_type, b.elements(visits));

  const LoopId s = b.loop(spells);
  const LoopId m = b.loop(moves, s, s);
  const LoopId v = b.loop(visits, s);
  const NodeId own = b.compare(Comparison::equal, b.of(to, m), b.of(ward, s));
  const NodeId moved = b.list_form(NodeKind::any, truth_type, m, {own});
  const NodeId returned = b.list_form(NodeKind::any, truth_type, s, {moved});
  const NodeId match = b.compare(Comparison::equal, b.of(clinic, v), b.of(ward, s));
  const NodeId matches = b.list_form(NodeKind::count, number_type, v, {match});
  const NodeId total = b.list_form(NodeKind::sum, number_type, s, {matches});

  Chunk chunk(b.library, 0);
  for (const int spells_of_record : {2, 0, 3}) {
    const std::size_t record = chunk.add_row(0);
    chunk.begin_list(spells, record);
    for (int i = 0; i < spells_of_record; ++i) {
      const std::size_t spell = chunk.add_row(b.elements(spells));
      chunk.set_value(ward, spell, number(i));
      chunk.begin_list(moves, spell);
      chunk.set_value(to, chunk.add_row(b.elements(moves)), number(spells_of_record - 1));
    }
    chunk.begin_list(visits, record);
    for (const int each : {1, 1, 2}) chunk.set_value(clinic, chunk.add_row(b.elements(visits)), number(each));
  }
  chunk.finish();
  const Run run(b, {returned, total}, chunk);
  CHECK(run.truth(returned, 0) == yes);
  CHECK(run.truth(returned, 1) == no);
  CHECK(run.value(total, 0) == number(2));  // ward 0 and ward 1: none, two
  CHECK(run.value(total, 1) == 0);
  CHECK(run.value(total, 2) == number(3));
  CHECK(run.program.space(match) == v);
  CHECK(run.program.space(matches) == s);
  CHECK(run.program.space(total) == none);

  const auto [first, last] = run.workspace.rows_of(s, 2);
  REQUIRE(last - first == 3);
  CHECK(run.value(matches, first + 1, s) == number(2));
  const auto [inner, inner_end] = run.workspace.rows_of(v, first + 1);
  REQUIRE(inner_end - inner == 3);
  CHECK(run.truth(match, inner, v) == yes);
  CHECK(run.truth(match, inner + 2, v) == no);
  CHECK(run.workspace.element(v, inner) == 6);  // the first visit of the third record
  CHECK(run.workspace.record_of(inner, v) == 2);
}

TEST_CASE("a list form that does not depend on the loop around it is worked out once for each record") {
  Builder b;
  const FactId outer = b.list("outer");
  const FactId x = b.fact("x", number_type, b.elements(outer));
  const FactId inner = b.list("inner");
  const FactId y = b.fact("y", number_type, b.elements(inner));
  const LoopId o = b.loop(outer);
  const LoopId i = b.loop(inner, o);
  const NodeId greatest = b.list_form(NodeKind::greatest, number_type, i, {b.of(y, i)});
  const NodeId any = b.list_form(NodeKind::any, truth_type, o, {b.compare(Comparison::greater, b.of(x, o), greatest)});
  Chunk chunk(b.library, 0);
  chunk.begin_list(outer, chunk.add_row(0));
  chunk.set_value(x, chunk.add_row(b.elements(outer)), number(3));
  chunk.begin_list(inner, 0);
  chunk.set_value(y, chunk.add_row(b.elements(inner)), number(2));
  chunk.finish();
  const Run run(b, {any}, chunk);
  CHECK(run.program.space(greatest) == none);
  CHECK(run.truth(any) == yes);
  const auto [outer_row, outer_end] = run.workspace.rows_of(o, 0);
  REQUIRE(outer_end == outer_row + 1);
  CHECK(run.workspace.rows_of(i, outer_row) == std::pair<std::size_t, std::size_t>(0, 1));
}

TEST_CASE("too many combinations are unknown, with the reason") {
  Builder b;
  const FactId left = b.list("left");
  const FactId x = b.fact("x", number_type, b.elements(left));
  const FactId right = b.list("right");
  const FactId y = b.fact("y", number_type, b.elements(right));
  const LoopId l = b.loop(left);
  const LoopId r = b.loop(right, l);
  const NodeId same = b.compare(Comparison::equal, b.of(x, l), b.of(y, r));
  const NodeId some = b.list_form(NodeKind::any, truth_type, r, {same});
  const NodeId every = b.list_form(NodeKind::every, truth_type, l, {some});
  Chunk chunk(b.library, 0);
  for (const int size : {3, 2100}) {
    const std::size_t record = chunk.add_row(0);
    for (const FactId list : {left, right}) {
      chunk.begin_list(list, record);
      for (int n = 0; n < size; ++n) chunk.set_value(list == left ? x : y, chunk.add_row(b.elements(list)), number(n));
    }
  }
  chunk.finish();
  Workspace workspace;
  const Program program = compile(b.library, 0, {every}, {}, none);
  workspace.run(program, chunk);
  CHECK(workspace.truth(every, 0) == yes);
  CHECK(workspace.truth(every, 1) == unknown);
  REQUIRE(workspace.problems().size() == 1);
  CHECK(workspace.problems()[0].row == 1);
  CHECK(workspace.problems()[0].node == some);
  CHECK(workspace.problems()[0].reason == "too many combinations");
}
