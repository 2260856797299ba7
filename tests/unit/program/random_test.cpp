#include <catch2/catch.hpp>
#include <random>

#include "naive.hpp"
#include "seed.hpp"
#include "tries.hpp"
#include "value/calendar.hpp"

// Random programs over random chunks: against the plain evaluator, all at once against record by record.
namespace {

using namespace proviso::program;
using namespace proviso::program::support;
namespace value = proviso::value;

/// Grows expressions of any type over a record with lists in it.
class Grower {
 public:
  explicit Grower(std::uint64_t seed) : random_(seed) {
    make_facts(0);
    lines_ = builder.list("lines");
    make_facts(builder.elements(lines_));
    parts_ = builder.list("parts", builder.elements(lines_));
    make_facts(builder.elements(parts_));
    visits_ = builder.list("visits");
    make_facts(builder.elements(visits_));
    codes_ = builder.plain_list("codes", code_type);
    make_table();
    make_codes();
  }

  NodeId grow(Type type, int depth) {
    if (depth <= 0 || below(8) == 0) return leaf(type);
    const auto operand = [&](Type wanted) { return grow(wanted, depth - 1); };
    if (below(10) == 0)
      return builder.node(NodeKind::conditional, type, {operand(truth_type), operand(type), operand(type)});
    if (below(12) == 0) return builder.node(NodeKind::first_known, type, {operand(type), operand(type)});
    if (below(12) == 0) return builder.node(NodeKind::definition, type, {operand(type)});
    switch (type.kind) {
      case Kind::truth:
        return grow_truth(depth);
      case Kind::number:
        return grow_number(depth);
      case Kind::date:
        return grow_date(depth);
      case Kind::duration:
        return grow_duration(type, depth);
      default:
        return leaf(type);
    }
  }

  Chunk fill(std::size_t records) {
    Chunk chunk(builder.library, 0);
    for (std::size_t record = 0; record < records; ++record) {
      fill_row(chunk, 0, chunk.add_row(0));
      fill_lists(chunk, 0, record);
    }
    chunk.finish();
    return chunk;
  }

  Builder builder;
  std::mt19937_64& random() { return random_; }

 private:
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

  std::vector<Type> types() {
    return {truth_type, number_type, date_type, months_type, days_type, either_type, code_type};
  }

  void make_facts(LevelId level) {
    for (const Type& type : types()) {
      builder.fact("f" + std::to_string(builder.library.records[0].facts.size()), type, level);
      if (below(2) == 0)
        builder.measured("m", type, static_cast<std::int32_t>(below(3) * 6), value::DurationKind::months, level);
    }
  }
  void make_table() {
    proviso::model::Table table;
    table.name = "prices";
    table.keys = {code_type, truth_type};
    table.value = number_type;
    for (std::int64_t code = 0; code < 12; ++code) table.rows[{code, code % 2}] = number(code);
    builder.library.tables.push_back(table);
  }
  void make_codes() {
    for (const std::size_t count : {2u, 40u}) {
      proviso::model::CodeList list;
      list.name = "codes";
      list.system = value::CodeSystem::opcs4;
      proviso::model::CodeBlock block;
      for (std::size_t i = 0; i < count; ++i) {
        block.firsts.push_back(static_cast<std::int64_t>(i * 3));
        block.lasts.push_back(static_cast<std::int64_t>(i * 3 + below(2)));
      }
      list.blocks.push_back(block);
      builder.library.code_lists.push_back(list);
    }
  }

  std::int64_t bits_of(Type type) {
    switch (type.kind) {
      case Kind::truth:
        return static_cast<std::int64_t>(below(2));
      case Kind::number:
        if (below(20) == 0) return below(2) == 0 ? INT64_MAX - static_cast<std::int64_t>(below(9)) : -INT64_MAX;
        if (below(3) == 0) return static_cast<std::int64_t>(below(4'000'000)) - 2'000'000;
        return number(static_cast<std::int64_t>(below(9)) - 3);
      case Kind::date:
        if (below(20) == 0) return below(2) == 0 ? value::first_date : value::last_date;
        return date("2019-01-01") + static_cast<std::int64_t>(below(800));
      case Kind::duration:
        if (below(30) == 0) return below(2) == 0 ? value::duration_limit - 1 : -value::duration_limit;
        return static_cast<std::int64_t>(below(40)) - 5;
      default:
        return static_cast<std::int64_t>(below(14));
    }
  }

  void fill_row(Chunk& chunk, LevelId level, std::size_t row) {
    for (const FactId id : builder.library.records[0].levels[level].facts) {
      const proviso::model::Fact& fact = builder.library.records[0].facts[id];
      if (fact.type.kind == Kind::list || below(5) == 0) continue;
      const std::int64_t bits = bits_of(fact.type);
      fact.type.kind == Kind::truth ? chunk.set_truth(id, row, bits != 0) : chunk.set_value(id, row, bits);
      if (fact.measured && below(3) != 0) {
        chunk.set_measured_on(id, row, static_cast<std::int32_t>(bits_of(date_type)));
      }
    }
  }
  void fill_lists(Chunk& chunk, LevelId level, std::size_t row) {
    const proviso::model::Record& record = builder.library.records[0];
    for (const FactId id : record.levels[level].facts) {
      if (record.facts[id].type.kind != Kind::list || below(6) == 0) continue;
      chunk.begin_list(id, row);
      const LevelId inner = record.facts[id].elements;
      for (std::size_t left = below(5); left > 0; --left) {
        const std::size_t element = chunk.add_row(inner);
        fill_row(chunk, inner, element);
        fill_lists(chunk, inner, element);
      }
    }
  }

  /// A fact of the record or of a loop around, a constant, or (seldom) unknown.
  NodeId leaf(Type type) {
    if (below(5) == 0) return builder.constant(type, bits_of(type));
    if (below(30) == 0) return builder.unknown(type);
    const std::size_t which = below(loops_.size() + 1);
    const LoopId loop = which == loops_.size() ? proviso::model::none : loops_[which];
    const LevelId level = loop == proviso::model::none ? 0 : builder.library.loops[loop].level;
    std::vector<FactId> fitting;
    for (const FactId id : builder.library.records[0].levels[level].facts) {
      if (builder.library.records[0].facts[id].type == type) fitting.push_back(id);
    }
    if (fitting.empty()) return builder.constant(type, bits_of(type));
    return builder.of(fitting[below(fitting.size())], loop);
  }

  Type any_type() {
    const std::vector<Type> all = types();
    return all[below(all.size())];
  }

  NodeId grow_truth(int depth) {
    const auto operand = [&](Type wanted) { return grow(wanted, depth - 1); };
    const auto truth = [&] { return grow(truth_type, depth - 1); };
    switch (below(16)) {
      case 0:
        return builder.truth(NodeKind::negation, {truth()});
      case 1:
        return builder.truth(NodeKind::conjunction, {truth(), truth(), truth()});
      case 2:
        return builder.truth(NodeKind::disjunction, {truth(), truth()});
      case 3:
        return builder.truth(NodeKind::none_of, {truth(), truth()});
      case 4: {
        const std::vector<NodeId> operands = {truth(), truth(), truth(), truth()};
        return builder.at_least(static_cast<std::int64_t>(below(6)), operands);
      }
      case 5:
        return builder.truth(NodeKind::is_known, {operand(any_type())});
      case 6:
        return builder.truth(NodeKind::between, {operand(number_type), operand(number_type), operand(number_type)});
      case 7:
        return builder.truth(NodeKind::in_set,
                             {operand(number_type), leaf(number_type), leaf(number_type), operand(number_type)});
      case 8:
        return grow_scaled(depth);
      case 9: {
        const NodeId id = builder.truth(NodeKind::in_codes, {leaf(code_type)});
        builder[id].index = static_cast<std::uint32_t>(below(2));
        return id;
      }
      case 10:
        return builder.truth(NodeKind::in_list, {leaf(code_type), builder.of(codes_)});
      case 11:
      case 12:
        return grow_list(below(2) == 0 ? NodeKind::any : NodeKind::every, truth_type, depth);
      case 13: {
        const Type type = below(2) == 0 ? date_type : months_type;
        const NodeId a = operand(type);
        return builder.compare(static_cast<Comparison>(below(6)), a, operand(type));
      }
      case 14: {
        const NodeId a = truth();
        return builder.compare(static_cast<Comparison>(below(2)), a, truth());
      }
      default:
        break;
    }
    const NodeId a = operand(number_type);
    return builder.compare(static_cast<Comparison>(below(6)), a, operand(number_type));
  }

  NodeId grow_scaled(int depth) {
    const NodeId a = grow(number_type, depth - 1);
    const NodeId b = grow(number_type, depth - 1);
    const NodeId id = builder.truth(NodeKind::compare_scaled, {a, b});
    builder[id].word = static_cast<std::uint8_t>(below(6));
    const std::int64_t factors[] = {1, 3, 1000, 1'000'000'000};
    builder[id].value = factors[below(4)];
    builder[id].second = factors[below(4)];
    return id;
  }

  NodeId grow_number(int depth) {
    const auto operand = [&](Type wanted) { return grow(wanted, depth - 1); };
    const auto binary = [&](NodeKind kind) {
      const NodeId a = operand(number_type);
      return builder.node(kind, number_type, {a, operand(number_type)});
    };
    switch (below(16)) {
      case 0:
        return binary(NodeKind::add);
      case 1:
        return binary(NodeKind::subtract);
      case 2:
        return binary(NodeKind::multiply);
      case 3:
        return binary(NodeKind::divide);
      case 4:
        return binary(NodeKind::modulo);
      case 5:
        return binary(NodeKind::minimum);
      case 6:
        return binary(NodeKind::maximum);
      case 7:
        return builder.node(NodeKind::negate, number_type, {operand(number_type)});
      case 8:
        return builder.node(NodeKind::absolute, number_type, {operand(number_type)});
      case 9: {
        const NodeId id = builder.node(NodeKind::rounded, number_type, {operand(number_type)});
        builder[id].word = static_cast<std::uint8_t>(below(7));
        builder[id].value = below(2) == 0 ? number(1) : 250'000;
        return id;
      }
      case 10: {
        const NodeId a = operand(date_type);
        const NodeId id = builder.node(NodeKind::elapsed, number_type, {a, operand(date_type)});
        builder[id].word = static_cast<std::uint8_t>(below(5));
        return id;
      }
      case 11:
        return builder.node(below(2) == 0 ? NodeKind::month_of : NodeKind::year_of, number_type, {operand(date_type)});
      case 12: {
        const NodeId id = builder.node(NodeKind::lookup, number_type, {leaf(code_type), grow(truth_type, depth - 1)});
        builder[id].index = 0;
        return id;
      }
      case 13:
        return grow_list(NodeKind::sum, number_type, depth);
      case 14:
        return grow_list(below(2) == 0 ? NodeKind::least : NodeKind::greatest, number_type, depth);
      default:
        return grow_list(NodeKind::count, number_type, depth);
    }
  }

  NodeId grow_date(int depth) {
    const auto operand = [&](Type wanted) { return grow(wanted, depth - 1); };
    switch (below(8)) {
      case 0:
      case 1: {
        const Type durations[] = {months_type, days_type, either_type};
        const NodeId a = operand(date_type);
        const NodeKind kind = below(2) == 0 ? NodeKind::add_duration : NodeKind::subtract_duration;
        return builder.node(kind, date_type, {a, operand(durations[below(3)])});
      }
      case 2: {
        const NodeId a = operand(date_type);
        const NodeKind kind = below(2) == 0 ? NodeKind::add_working_days : NodeKind::subtract_working_days;
        return builder.node(kind, date_type, {a, operand(number_type)});
      }
      case 3:
        return builder.node(NodeKind::financial_year_of, date_type, {operand(date_type)});
      case 4:
        return builder.node(below(2) == 0 ? NodeKind::start_of_month_of : NodeKind::end_of_month_of, date_type,
                            {operand(date_type)});
      case 5: {
        const NodeId a = operand(number_type);
        return builder.node(NodeKind::working_day_of_month_of, date_type, {a, operand(date_type)});
      }
      case 6:
        return grow_list(below(2) == 0 ? NodeKind::least : NodeKind::greatest, date_type, depth);
      default: {
        const NodeId a = operand(date_type);
        return builder.node(below(2) == 0 ? NodeKind::minimum : NodeKind::maximum, date_type, {a, operand(date_type)});
      }
    }
  }

  NodeId grow_duration(Type type, int depth) {
    if (type == either_type) return leaf(type);
    const auto operand = [&](Type wanted) { return grow(wanted, depth - 1); };
    switch (below(5)) {
      case 0: {
        const NodeId a = operand(type);
        return builder.node(below(2) == 0 ? NodeKind::add : NodeKind::subtract, type, {a, operand(type)});
      }
      case 1: {
        const NodeId a = operand(type);
        return builder.node(NodeKind::duration_times, type, {a, operand(number_type)});
      }
      case 2: {
        const NodeId id = builder.node(NodeKind::narrow_duration, type, {leaf(either_type)});
        builder[id].word = static_cast<std::uint8_t>(type.duration);
        return id;
      }
      case 3:
        return builder.node(NodeKind::negate, type, {operand(type)});
      default:
        return grow_list(NodeKind::sum, type, depth);
    }
  }

  /// Over a list of the record, or of an element of a loop around.
  NodeId grow_list(NodeKind kind, Type type, int depth) {
    if (loops_.size() >= 3) return leaf(type);
    LoopId owner = proviso::model::none;
    FactId list = below(2) == 0 ? lines_ : visits_;
    for (const LoopId around : loops_) {
      if (builder.library.loops[around].list == lines_ && below(2) == 0) {
        owner = around;
        list = parts_;
      }
    }
    const LoopId loop = builder.loop(list, loops_.empty() ? proviso::model::none : loops_.back(), owner);
    loops_.push_back(loop);
    std::vector<NodeId> operands;
    const bool has_value = kind == NodeKind::sum || kind == NodeKind::least || kind == NodeKind::greatest;
    if (has_value) operands.push_back(grow(type, depth - 2));
    if (kind == NodeKind::every || below(4) != 0) operands.push_back(grow(truth_type, depth - 1));
    loops_.pop_back();
    return builder.list_form(kind, type, loop, operands);
  }

  std::mt19937_64 random_;
  FactId lines_ = 0;
  FactId parts_ = 0;
  FactId visits_ = 0;
  FactId codes_ = 0;
  std::vector<LoopId> loops_;
};

constexpr const char* kinds[] = {
#define PROVISO_NODE(name, meaning) #name,
#include "model/node_kinds.def"
#undef PROVISO_NODE
};

std::string written(const proviso::model::Library& library, NodeId id) {
  const proviso::model::Node& node = library.nodes[id];
  std::string out = kinds[static_cast<std::size_t>(node.kind)];
  if (node.kind == NodeKind::constant) out.append(" ").append(std::to_string(node.value));
  if (node.kind == NodeKind::fact) out.append(" ").append(library.records[0].facts[node.index].name);
  if (node.loop != proviso::model::none) out.append(" of ").append(std::to_string(node.loop));
  if (node.operands.empty()) return out;
  out += '(';
  for (const NodeId each : node.operands) out.append(written(library, each)).append("; ");
  return out += ')';
}

/// True when all is as it should be.
bool agrees(const Grower& grower, const Run& run, const Chunk& chunk, std::optional<std::int32_t> given,
            FactId dated_by) {
  const proviso::model::Library& library = grower.builder.library;
  for (std::size_t record = 0; record < chunk.rows(); ++record) {
    std::optional<std::int32_t> deciding = given;
    if (dated_by != proviso::model::none && bit(chunk.column(dated_by).known, record)) {
      deciding = chunk.column(dated_by).narrow[record];
    }
    for (NodeId node = 0; node < library.nodes.size(); ++node) {
      if (!run.program.has(node) || library.nodes[node].type.kind == Kind::list) continue;
      if (run.program.space(node) != proviso::model::none) continue;
      Naive naive(library, chunk, record, deciding, 0);
      Answer expected;
      try {
        expected = naive.of(node);
      } catch (const std::out_of_range&) {
        continue;  // a part of a loop's body that came out the same for every element
      }
      const proviso::model::Constant answer = run.workspace.constant(node, record);
      if (answer.known == expected.known && (!answer.known || answer.bits == expected.bits)) continue;
      UNSCOPED_INFO(written(library, node));
      UNSCOPED_INFO("record " << record << ", node " << node << ": "
                              << (answer.known ? std::to_string(answer.bits) : "unknown") << " in place of "
                              << (expected.known ? std::to_string(expected.bits) : "unknown"));
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("random programs give what the plain evaluator gives") {
  const std::uint64_t first = proviso::random_seed();
  constexpr int programs = proviso::tries(150);
  const std::size_t sizes[] = {0, 1, 2, 63, 64, 65, 130};
  for (int n = 0; n < programs; ++n) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(n);
    INFO("seed " << seed);
    Grower grower(seed);
    std::vector<NodeId> roots;
    for (int root = 0; root < 4; ++root) roots.push_back(grower.grow(truth_type, 5));
    roots.push_back(grower.grow(number_type, 5));
    roots.push_back(grower.grow(date_type, 5));
    const Chunk chunk = grower.fill(sizes[static_cast<std::size_t>(n) % std::size(sizes)]);
    Deciding deciding;
    FactId dated_by = proviso::model::none;
    std::optional<std::int32_t> given;
    if (n % 3 == 1) {
      given = date("2020-01-15");
      deciding = {Deciding::Kind::given, *given};
    } else if (n % 3 == 2) {
      for (FactId id = 0; dated_by == proviso::model::none; ++id) {
        const proviso::model::Fact& fact = grower.builder.library.records[0].facts[id];
        if (fact.type == date_type && !fact.measured) dated_by = id;
      }
    }
    const Run run(grower.builder, roots, chunk, deciding, dated_by);
    const bool same = agrees(grower, run, chunk, given, dated_by);
    if (!same) UNSCOPED_INFO(run.program.listing());
    REQUIRE(same);
  }
}

TEST_CASE("a full chunk") {
  const std::uint64_t seed = proviso::random_seed();
  INFO("seed " << seed);
  Grower grower(seed);
  const std::vector<NodeId> roots = {grower.grow(truth_type, 5), grower.grow(truth_type, 5)};
  const Chunk chunk = grower.fill(chunk_capacity);
  const Run run(grower.builder, roots, chunk);
  REQUIRE(agrees(grower, run, chunk, std::nullopt, proviso::model::none));
}
