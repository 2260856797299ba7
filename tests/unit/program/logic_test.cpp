#include <catch2/catch.hpp>

#include "support.hpp"

namespace {

using namespace proviso::program;
using namespace proviso::program::support;
using proviso::value::both;
using proviso::value::either;
using proviso::value::negated;

constexpr Truth all[] = {Truth::no, Truth::yes, Truth::unknown};

void set(Chunk& chunk, FactId fact, std::size_t row, Truth truth) {
  if (truth != Truth::unknown) chunk.set_truth(fact, row, truth == Truth::yes);
}

/// Every combination of `a`, `b` and `c`, a record each.
struct Triples {
  Builder builder;
  FactId a = builder.fact("a", truth_type);
  FactId b = builder.fact("b", truth_type);
  FactId c = builder.fact("c", truth_type);
  NodeId node_a = builder.of(a);
  NodeId node_b = builder.of(b);
  NodeId node_c = builder.of(c);

  template <typename Expected>
  void check(NodeId root, Expected expected) {
    Chunk chunk(builder.library, 0);
    for (const Truth x : all) {
      for (const Truth y : all) {
        for (const Truth z : all) {
          const std::size_t row = chunk.add_row(0);
          set(chunk, a, row, x);
          set(chunk, b, row, y);
          set(chunk, c, row, z);
        }
      }
    }
    chunk.finish();
    const Run run(builder, {root}, chunk);
    std::size_t row = 0;
    for (const Truth x : all) {
      for (const Truth y : all) {
        for (const Truth z : all) {
          INFO("a " << static_cast<int>(x) << ", b " << static_cast<int>(y) << ", c " << static_cast<int>(z));
          CHECK(run.truth(root, row++) == expected(x, y, z));
        }
      }
    }
  }
};

int count_of(Truth what, Truth x, Truth y, Truth z) { return (x == what) + (y == what) + (z == what); }

Truth at_least_of(int wanted, Truth x, Truth y, Truth z) {
  if (count_of(Truth::yes, x, y, z) >= wanted) return Truth::yes;
  return count_of(Truth::yes, x, y, z) + count_of(Truth::unknown, x, y, z) < wanted ? Truth::no : Truth::unknown;
}

}  // namespace

TEST_CASE("and, or, none of and not follow Kleene's tables") {
  Triples t;
  t.check(t.builder.truth(NodeKind::conjunction, {t.node_a, t.node_b, t.node_c}),
          [](Truth x, Truth y, Truth z) { return both(both(x, y), z); });
  t.check(t.builder.truth(NodeKind::disjunction, {t.node_a, t.node_b, t.node_c}),
          [](Truth x, Truth y, Truth z) { return either(either(x, y), z); });
  t.check(t.builder.truth(NodeKind::none_of, {t.node_a, t.node_b, t.node_c}),
          [](Truth x, Truth y, Truth z) { return negated(either(either(x, y), z)); });
  t.check(t.builder.truth(NodeKind::negation, {t.node_b}), [](Truth, Truth y, Truth) { return negated(y); });
  t.check(t.builder.truth(NodeKind::conjunction, {t.node_c}), [](Truth, Truth, Truth z) { return z; });
}

TEST_CASE("constants fold into logic without changing it") {
  Triples t;
  Builder& b = t.builder;
  t.check(b.truth(NodeKind::conjunction, {t.node_a, b.yes()}), [](Truth x, Truth, Truth) { return x; });
  t.check(b.truth(NodeKind::conjunction, {t.node_a, b.no()}), [](Truth, Truth, Truth) { return Truth::no; });
  t.check(b.truth(NodeKind::conjunction, {t.node_a, b.unknown(truth_type)}),
          [](Truth x, Truth, Truth) { return both(x, Truth::unknown); });
  t.check(b.truth(NodeKind::disjunction, {t.node_a, b.unknown(truth_type), t.node_b}),
          [](Truth x, Truth y, Truth) { return either(either(x, y), Truth::unknown); });
  t.check(b.truth(NodeKind::disjunction, {b.no(), b.no()}), [](Truth, Truth, Truth) { return Truth::no; });
  t.check(b.truth(NodeKind::negation, {b.truth(NodeKind::negation, {t.node_a})}),
          [](Truth x, Truth, Truth) { return x; });
  t.check(b.at_least(2, {t.node_a, b.yes(), t.node_b, b.no(), b.unknown(truth_type)}), [](Truth x, Truth y, Truth) {
    if (x == Truth::yes || y == Truth::yes) return Truth::yes;
    return Truth::unknown;
  });
}

TEST_CASE("at least counts what is yes and what may be") {
  Triples t;
  for (const int wanted : {0, 1, 2, 3, 4}) {
    INFO("at least " << wanted);
    t.check(t.builder.at_least(wanted, {t.node_a, t.node_b, t.node_c}),
            [&](Truth x, Truth y, Truth z) { return at_least_of(wanted, x, y, z); });
  }
  t.check(t.builder.at_least(2, {t.node_a, t.node_a, t.node_b}),
          [](Truth x, Truth y, Truth) { return at_least_of(2, x, x, y); });
  // More than the digits of one counter would hold in two bits.
  std::vector<NodeId> many(9, t.node_a);
  many.push_back(t.node_b);
  many.push_back(t.node_c);
  t.check(t.builder.at_least(10, many), [](Truth x, Truth y, Truth z) {
    if (x == Truth::no) return Truth::no;
    const Truth one = either(y, z);
    return x == Truth::yes ? one : (one == Truth::no ? Truth::no : Truth::unknown);
  });
}

TEST_CASE("a conditional with an unknown condition is unknown unless both branches are the same") {
  Triples t;
  t.check(t.builder.truth(NodeKind::conditional, {t.node_a, t.node_b, t.node_c}), [](Truth x, Truth y, Truth z) {
    if (x == Truth::yes) return y;
    if (x == Truth::no) return z;
    return y == z ? y : Truth::unknown;
  });
}

TEST_CASE("first known, is known and equality of truth") {
  Triples t;
  t.check(t.builder.truth(NodeKind::first_known, {t.node_a, t.node_b, t.node_c}), [](Truth x, Truth y, Truth z) {
    return x != Truth::unknown ? x : y != Truth::unknown ? y : z;
  });
  t.check(t.builder.truth(NodeKind::is_known, {t.node_a}),
          [](Truth x, Truth, Truth) { return x == Truth::unknown ? Truth::no : Truth::yes; });
  t.check(t.builder.truth(NodeKind::is_known, {t.builder.truth(NodeKind::conjunction, {t.node_a, t.node_b})}),
          [](Truth x, Truth y, Truth) { return both(x, y) == Truth::unknown ? Truth::no : Truth::yes; });
  const auto same = [](Truth x, Truth y) {
    if (x == Truth::unknown || y == Truth::unknown) return Truth::unknown;
    return x == y ? Truth::yes : Truth::no;
  };
  t.check(t.builder.compare(Comparison::equal, t.node_a, t.node_b),
          [&](Truth x, Truth y, Truth) { return same(x, y); });
  t.check(t.builder.compare(Comparison::not_equal, t.node_a, t.builder.yes()),
          [&](Truth x, Truth, Truth) { return negated(same(x, Truth::yes)); });
}

TEST_CASE("unknown is never in, and in is known where it can be") {
  Triples t;
  t.check(t.builder.truth(NodeKind::in_set, {t.node_a, t.node_b, t.builder.yes()}), [](Truth x, Truth y, Truth) {
    if (x == Truth::unknown) return Truth::unknown;
    if (x == Truth::yes || x == y) return Truth::yes;
    return y == Truth::unknown ? Truth::unknown : Truth::no;
  });
}
