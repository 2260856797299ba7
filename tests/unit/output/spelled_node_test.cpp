#include <catch2/catch.hpp>

#include "../decide/support.hpp"
#include "output/show_reads.hpp"
#include "output/spelled_node.hpp"

using namespace proviso;
using namespace proviso::decide::test;

namespace {

std::string spelled(const World& world, NodeId node) {
  return output::spell_node(world.library, world.library.records[0], node);
}

}  // namespace

TEST_CASE("a node is spelled with the brackets that its expression needs") {
  World world;
  const NodeId a = world.read("a");
  const NodeId b = world.read("b");
  const NodeId x = world.read("x");
  const NodeId y = world.read("y");
  const auto sum = [&](NodeId left, NodeId right) { return world.node(NodeKind::add, Kind::number, {left, right}); };
  CHECK(spelled(world, world.all({world.any({a, b}), world.not_(a)})) == "(a or b) and not a");
  CHECK(spelled(world, world.not_(world.all({a, b}))) == "not (a and b)");
  CHECK(spelled(world, world.less(sum(x, y), world.number(3))) == "x + y < 3");
  CHECK(spelled(world, sum(x, sum(x, y))) == "x + (x + y)");
  CHECK(spelled(world, sum(sum(x, y), x)) == "x + y + x");
  CHECK(spelled(world, world.divide(sum(x, y), x)) == "(x + y) / x");
  CHECK(spelled(world, sum(world.divide(x, y), x)) == "x / y + x");
  const NodeId weeks =
      world.node(NodeKind::elapsed, Kind::number, {world.read(world.referred), world.read(world.listed)});
  world.library.nodes[weeks].word = static_cast<std::uint8_t>(model::Elapsed::weeks);
  CHECK(spelled(world, world.less(weeks, x)) == "weeks from referred to listed < x");
  CHECK(spelled(world, world.divide(weeks, x)) == "(weeks from referred to listed) / x");
  const NodeId rounded = world.node(NodeKind::rounded, Kind::number, {sum(x, y)});
  world.library.nodes[rounded].value = decimal(5);
  world.library.nodes[rounded].word = static_cast<std::uint8_t>(value::Rounding::half_up);
  CHECK(spelled(world, sum(rounded, x)) == "(x + y rounded to 5 half up) + x");
  const NodeId first = world.node(NodeKind::first_known, Kind::number, {x, world.number(2)});
  CHECK(spelled(world, world.less(first, y)) == "(first known of x, 2) < y");
  const model::LoopId loop = world.loop_over_visits();
  const NodeId severe = world.over(NodeKind::any, loop, {world.read(world.visit_severe, loop)});
  CHECK(spelled(world, world.all({severe, a})) == "(any v in visits where v.severe) and a");
}

TEST_CASE("a definition is written out where another uses it in one of several ways") {
  World world;
  const NodeId limit = world.less(world.read("x"), world.number(8));
  const NodeId wider = world.less(world.read("x"), world.number(9));
  world.library.definitions.push_back({"below"});
  const auto below = [&](NodeId body) {
    const NodeId made = world.node(NodeKind::definition, Kind::truth, {body});
    world.library.nodes[made].index = 0;
    return made;
  };
  const NodeId outer = world.defined(world.all({below(limit), world.read("a")}));
  const auto views = output::view_definitions(world.library, world.library.records[0],
                                              output::reads_of(world.library, {outer, below(wider)}));
  REQUIRE(views.size() == 2);
  CHECK(views[0].name == "defined");
  CHECK(views[0].expression == "x < 8 and a");
  CHECK(views[1].name == "below");
  CHECK(views[1].expression == "x < 9");
}
