#include <catch2/catch.hpp>

#include "support.hpp"

// Hooks as instructions: which rows they are called for, what they are given, and what becomes of their answers.
namespace {

using namespace proviso;
using namespace proviso::program;
using namespace proviso::program::support;
using model::none;

constexpr const char* script = R"lua(
return {
  negates = function(a) if a == nil then return nil end return not a, "turned round" end,
  doubles = function(a) if a == nil then return nil end return a + a end,
  day_after = function(a) if a == nil then return nil end return a + 0 end,
  is_ward = function(a) if a == nil then return nil end return a == "ward 1" end,
  known = function(a) return a ~= nil end,
  fails = function(a) error("boom") end,
  says_nothing = function(a) return nil end,
  yes = function() return true end,
}
)lua";

NodeId call(Builder& b, const std::string& field, Type result, std::vector<NodeId> operands) {
  if (b.library.scripts.empty()) b.library.scripts.push_back({"hooks/test.lua", "sha256:0", script});
  model::Hook hook;
  hook.library = "test";
  hook.name = "test." + field;
  hook.field = field;
  hook.script = 0;
  hook.result = result;
  for (const NodeId operand : operands) {
    hook.parameters.push_back(b.library.nodes[operand].type);
    hook.parameter_names.push_back("p");
  }
  b.library.hooks.push_back(std::move(hook));
  const NodeId id = b.node(NodeKind::hook, result, std::move(operands));
  b[id].index = static_cast<std::uint32_t>(b.library.hooks.size() - 1);
  return id;
}

}  // namespace

TEST_CASE("a hook's answer fills a register of its type") {
  Builder b;
  const FactId a = b.fact("a", truth_type);
  const FactId n = b.fact("n", number_type);
  const FactId on = b.fact("on", date_type);
  const NodeId negated = call(b, "negates", truth_type, {b.of(a)});
  const NodeId doubled = call(b, "doubles", number_type, {b.of(n)});
  const NodeId same_day = call(b, "day_after", date_type, {b.of(on)});
  const NodeId small = b.compare(Comparison::less, doubled, b.constant(number_type, number(10)));
  Chunk chunk(b.library, 0);
  for (int row = 0; row < 130; ++row) {
    chunk.add_row(0);
    const auto at = static_cast<std::size_t>(row);
    if (row % 3 != 0) chunk.set_truth(a, at, row % 2 == 0);
    if (row % 5 != 0) chunk.set_value(n, at, number(row));
  }
  chunk.finish();
  const Run run(b, {negated, small, same_day}, chunk);
  for (int row = 0; row < 130; ++row) {
    INFO("row " << row);
    const auto at = static_cast<std::size_t>(row);
    const Truth expected = row % 3 == 0 ? Truth::unknown : row % 2 == 0 ? Truth::no : Truth::yes;
    REQUIRE(run.truth(negated, at) == expected);
    REQUIRE(run.value(doubled, at) == (row % 5 == 0 ? std::nullopt : std::optional(number(2 * row))));
    REQUIRE(run.truth(small, at) == (row % 5 == 0 ? Truth::unknown : 2 * row < 10 ? Truth::yes : Truth::no));
  }
  const hooks::Answer* answer = run.workspace.answer(negated, 1);
  REQUIRE(answer != nullptr);
  CHECK(answer->sentence == "turned round");
  CHECK(run.workspace.answer(small, 1) == nullptr);
  CHECK(run.program.calls_hooks());
  CHECK(run.program.listing().find("hook `test.negates`") != std::string::npos);
}

TEST_CASE("a hook is given texts, constants and unknowns") {
  Builder b;
  const FactId ward = b.fact("ward", {.kind = Kind::text});
  const NodeId is_ward = call(b, "is_ward", truth_type, {b.of(ward)});
  const NodeId of_nothing = call(b, "known", truth_type, {b.unknown(number_type)});
  const NodeId of_constant = call(b, "doubles", number_type, {b.constant(number_type, number(21))});
  const NodeId without = call(b, "yes", truth_type, {});
  Chunk chunk(b.library, 0);
  for (int row = 0; row < 3; ++row) chunk.add_row(0);
  chunk.set_value(ward, 0, chunk.text_number("ward 1"));
  chunk.set_value(ward, 1, chunk.text_number("ward 2"));
  chunk.finish();
  const Run run(b, {is_ward, of_nothing, of_constant, without}, chunk);
  CHECK(run.truth(is_ward, 0) == Truth::yes);
  CHECK(run.truth(is_ward, 1) == Truth::no);
  CHECK(run.truth(is_ward, 2) == Truth::unknown);
  CHECK(run.truth(of_nothing, 2) == Truth::no);
  CHECK(run.value(of_constant, 1) == number(42));
  CHECK(run.truth(without, 2) == Truth::yes);
}

TEST_CASE("hooks are called for the elements of lists") {
  Builder b;
  const FactId visits = b.list("visits");
  const FactId severe = b.fact("severe", truth_type, b.elements(visits));
  const LoopId loop = b.loop(visits);
  const NodeId negated = call(b, "negates", truth_type, {b.of(severe, loop)});
  const NodeId any = b.list_form(NodeKind::any, truth_type, loop, {negated});
  Chunk chunk(b.library, 0);
  for (std::size_t row = 0; row < 70; ++row) {
    chunk.add_row(0);
    chunk.begin_list(visits, row);
    for (std::size_t element = 0; element < row % 4; ++element) {
      const std::size_t at = chunk.add_row(b.elements(visits));
      chunk.set_truth(severe, at, !(row % 8 == 3 && element == 1));
    }
  }
  chunk.finish();
  const Run run(b, {any}, chunk);
  for (std::size_t row = 0; row < 70; ++row) {
    INFO("row " << row);
    REQUIRE(run.truth(any, row) == (row % 8 == 3 ? Truth::yes : Truth::no));
  }
  // Only the selected records' elements.
  Plane selected(2, 0);
  set_bit(selected, 3);
  Workspace workspace;
  workspace.run(run.program, chunk, {}, &selected);
  CHECK(workspace.truth(any, 3) == Truth::yes);
  CHECK(workspace.truth(any, 11) == Truth::unknown);
  const auto [first, last] = workspace.rows_of(loop, 3);
  CHECK(workspace.answer(negated, first, loop) != nullptr);
  CHECK(last - first == 3);
  CHECK(workspace.answer(negated, workspace.rows_of(loop, 11).first, loop) == nullptr);
}

TEST_CASE("hooks run for the selected records alone; everything else is filled for all") {
  Builder b;
  const FactId a = b.fact("a", truth_type);
  const NodeId negated = call(b, "negates", truth_type, {b.of(a)});
  const NodeId failed = call(b, "fails", truth_type, {b.of(a)});
  const NodeId plain = b.truth(NodeKind::negation, {b.of(a)});
  const Program program = compile(b.library, 0, {negated, failed, plain}, {}, none);
  Chunk chunk(b.library, 0);
  for (std::size_t row = 0; row < 100; ++row) {
    chunk.add_row(0);
    chunk.set_truth(a, row, false);
  }
  chunk.finish();
  Plane selected(2, 0);
  set_bit(selected, 7);
  set_bit(selected, 99);
  Workspace workspace;
  for (int repeat = 0; repeat < 2; ++repeat) {
    workspace.run(program, chunk);
    CHECK(workspace.problems().size() == 100);
    CHECK(workspace.truth(negated, 50) == Truth::yes);
    workspace.run(program, chunk, {}, &selected);
    for (std::size_t row = 0; row < 100; ++row) {
      INFO("row " << row);
      const bool runs = row == 7 || row == 99;
      REQUIRE(workspace.truth(negated, row) == (runs ? Truth::yes : Truth::unknown));
      REQUIRE((workspace.answer(negated, row) != nullptr) == runs);
      REQUIRE(workspace.truth(plain, row) == Truth::yes);
    }
    REQUIRE(workspace.problems().size() == 2);
    CHECK(workspace.problems()[0].row == 7);
    CHECK(workspace.problems()[1].row == 99);
  }
}

TEST_CASE("a hook that fails leaves its reason, one that says nothing a silent one") {
  Builder b;
  const FactId a = b.fact("a", truth_type);
  const NodeId failed = call(b, "fails", truth_type, {b.of(a)});
  const NodeId silent = call(b, "says_nothing", truth_type, {b.of(a)});
  Chunk chunk(b.library, 0);
  chunk.add_row(0);
  chunk.add_row(0);
  chunk.finish();
  const Run run(b, {failed, silent}, chunk);
  const std::vector<Problem>& problems = run.workspace.problems();
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].node == failed);
  CHECK(problems[0].reason.find("boom") != std::string_view::npos);
  CHECK_FALSE(problems[0].silent);
  CHECK(problems[1].node == silent);
  CHECK(problems[1].reason == "hook `test.says_nothing` gave no answer");
  CHECK(problems[1].silent);
  CHECK(problems[2].row == 1);
}

TEST_CASE("equal calls are one call, whose answer is that of both nodes") {
  Builder b;
  const FactId a = b.fact("a", truth_type);
  const NodeId read = b.of(a);
  const NodeId first = call(b, "negates", truth_type, {read});
  const NodeId second = b.node(NodeKind::hook, truth_type, {read});
  b[second].index = b[first].index;
  Chunk chunk(b.library, 0);
  chunk.add_row(0);
  chunk.set_truth(a, 0, true);
  chunk.finish();
  const Run run(b, {first, second}, chunk);
  CHECK(run.workspace.answer(first, 0) == run.workspace.answer(second, 0));
  CHECK(run.truth(second) == Truth::no);
}

TEST_CASE("a program has the values of its place") {
  Builder b;
  model::Place place;
  place.name = "Luton";
  place.last = 0;
  b.library.places.push_back(place);
  model::Threshold threshold;
  threshold.values.push_back({{number_type, true, number(40)}, {}, none, {}, {}});
  threshold.values.push_back({{number_type, true, number(35)}, {date("2019-10-01"), INT32_MAX}, 0, {}, {}});
  b.library.thresholds.push_back(threshold);
  model::CodeList list;
  list.blocks.push_back({{}, none, {1}, {9}, {}, {}});
  list.blocks.push_back({{}, 0, {1}, {5}, {}, {}});
  b.library.code_lists.push_back(list);
  const NodeId limit = b.node(NodeKind::threshold, number_type);
  b[limit].index = 0;
  const NodeId in = b.truth(NodeKind::in_codes, {b.constant(code_type, 7)});
  b[in].index = 0;
  Chunk chunk(b.library, 0);
  chunk.add_row(0);
  chunk.finish();
  Workspace workspace;
  const auto run = [&](model::PlaceId where, const char* when) {
    const Program program = compile(b.library, 0, {limit, in}, {where, date(when)}, none);
    workspace.run(program, chunk);
    return std::pair(workspace.value(limit, 0), workspace.truth(in, 0));
  };
  CHECK(run(none, "2019-11-01") == std::pair(std::optional(number(40)), Truth::yes));
  CHECK(run(0, "2019-11-01") == std::pair(std::optional(number(35)), Truth::no));
  CHECK(run(0, "2019-09-30") == std::pair(std::optional(number(40)), Truth::no));
}

TEST_CASE("nodes far apart in a large library are found as those close together") {
  Builder b;
  const FactId n = b.fact("n", number_type);
  const NodeId first = b.of(n);
  const NodeId one = b.constant(number_type, number(1));
  const NodeId early = b.compare(Comparison::less, first, one);
  for (int i = 0; i < 100'000; ++i) b.constant(number_type, i);
  const NodeId late = b.truth(NodeKind::negation, {early});
  Chunk chunk(b.library, 0);
  chunk.add_row(0);
  chunk.set_value(n, 0, number(3));
  chunk.finish();
  const Program program = compile(b.library, 0, {late}, {}, none);
  Workspace workspace;
  workspace.run(program, chunk);
  CHECK(workspace.truth(late, 0) == Truth::yes);
  CHECK(workspace.value(first, 0) == number(3));
  CHECK(program.has(early));
  CHECK_FALSE(program.has(one + 5));
  CHECK_FALSE(program.has(late + 1));
}
