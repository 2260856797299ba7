#include "support.hpp"

#include <catch2/catch.hpp>

#include "value/calendar.hpp"

namespace proviso::program::support {

std::int32_t date(std::string_view text) { return value::parse_date(text).value(); }

Builder::Builder() {
  library.records.emplace_back();
  library.records[0].name = "Referral";
  library.records[0].levels.emplace_back();
}

FactId Builder::fact(std::string name, Type type, LevelId level) {
  model::Record& record = library.records[0];
  model::Fact fact;
  fact.path = name;
  fact.name = std::move(name);
  fact.type = type;
  fact.level = level;
  record.facts.push_back(fact);
  const auto id = static_cast<FactId>(record.facts.size() - 1);
  record.levels[level].facts.push_back(id);
  return id;
}

FactId Builder::measured(std::string name, Type type, std::int32_t valid, value::DurationKind kind, LevelId level) {
  const FactId id = fact(std::move(name), type, level);
  model::Fact& made = library.records[0].facts[id];
  made.measured = true;
  made.valid = valid;
  made.valid_kind = kind;
  return id;
}

FactId Builder::list(std::string name, LevelId level) {
  library.list_types.push_back({.kind = Kind::record});
  const FactId id = fact(std::move(name),
                         {.kind = Kind::list, .id = static_cast<std::uint32_t>(library.list_types.size() - 1)}, level);
  model::Record& record = library.records[0];
  record.facts[id].elements = static_cast<LevelId>(record.levels.size());
  model::Level inner;
  inner.parent = level;
  inner.list = id;
  record.levels.push_back(inner);
  return id;
}

FactId Builder::plain_list(std::string name, Type element, LevelId level) {
  const FactId id = list(std::move(name), level);
  library.records[0].levels[elements(id)].plain = true;
  fact("", element, elements(id));
  return id;
}

LoopId Builder::loop(FactId list, LoopId enclosing, LoopId owner) {
  library.loops.push_back({"e", list, elements(list), enclosing, owner});
  return static_cast<LoopId>(library.loops.size() - 1);
}

NodeId Builder::node(NodeKind kind, Type type, std::vector<NodeId> operands) {
  model::Node made{};
  made.kind = kind;
  made.type = type;
  made.operands = std::move(operands);
  library.nodes.push_back(made);
  return static_cast<NodeId>(library.nodes.size() - 1);
}

NodeId Builder::constant(Type type, std::int64_t bits) {
  const NodeId id = node(NodeKind::constant, type);
  library.nodes[id].value = bits;
  return id;
}

NodeId Builder::of(FactId fact, LoopId loop) {
  const NodeId id = node(NodeKind::fact, library.records[0].facts[fact].type);
  library.nodes[id].index = fact;
  library.nodes[id].loop = loop;
  return id;
}

NodeId Builder::compare(Comparison comparison, NodeId a, NodeId b) {
  const NodeId id = truth(NodeKind::compare, {a, b});
  library.nodes[id].word = static_cast<std::uint8_t>(comparison);
  return id;
}

NodeId Builder::at_least(std::int64_t wanted, std::vector<NodeId> operands) {
  const NodeId id = truth(NodeKind::at_least, std::move(operands));
  library.nodes[id].value = wanted;
  return id;
}

NodeId Builder::list_form(NodeKind kind, Type type, LoopId loop, std::vector<NodeId> operands) {
  const NodeId id = node(kind, type, std::move(operands));
  library.nodes[id].loop = loop;
  return id;
}

namespace {

std::string described(const Workspace& workspace, const model::Library& library, NodeId node, std::size_t row,
                      LoopId at) {
  std::string out = "  node " + std::to_string(node) + ": ";
  if (library.nodes[node].type.kind == Kind::truth) {
    const Truth answer = workspace.truth(node, row, at);
    return out + (answer == Truth::unknown ? "unknown" : answer == Truth::yes ? "yes" : "no") + "\n";
  }
  const std::optional<std::int64_t> bits = workspace.value(node, row, at);
  out += bits ? std::to_string(*bits) : "unknown";
  if (const auto bounds = workspace.bounds(node, row, at)) {
    out += " from " + std::to_string(bounds->first) + " to " + std::to_string(bounds->second);
  }
  return out + "\n";
}

void describe_space(std::string& out, const Program& program, const Workspace& workspace, const model::Library& library,
                    std::size_t row, LoopId at) {
  for (NodeId node = 0; node < library.nodes.size(); ++node) {
    if (program.has(node) && program.space(node) == at) out += described(workspace, library, node, row, at);
  }
  for (LoopId loop = 0; loop < library.loops.size(); ++loop) {
    bool used = false;
    for (NodeId node = 0; node < library.nodes.size(); ++node) {
      const model::Node& each = library.nodes[node];
      used |= program.has(node) && each.kind != NodeKind::fact && each.loop == loop;
    }
    if (!used || library.loops[loop].enclosing != at) continue;
    const auto [first, last] = workspace.rows_of(loop, row);
    for (std::size_t inner = first; inner < last; ++inner) {
      out += " element " + std::to_string(inner - first) + " of loop " + std::to_string(loop) + "\n";
      describe_space(out, program, workspace, library, inner, loop);
    }
  }
}

}  // namespace

std::string describe(const Program& program, const Workspace& workspace, const model::Library& library,
                     std::size_t row) {
  std::string out;
  describe_space(out, program, workspace, library, row, model::none);
  for (const Problem& problem : workspace.problems()) {
    if (problem.row != row) continue;
    out += "  problem of node " + std::to_string(problem.node) + ": " + std::string(problem.reason) + "\n";
  }
  return out;
}

Run::Run(const Builder& builder, const std::vector<NodeId>& roots, const Chunk& chunk, const Deciding& deciding,
         FactId dated_by, std::int32_t on)
    : program(compile(builder.library, 0, roots, {model::none, on}, dated_by)) {
  workspace.run(program, chunk, deciding);
  std::vector<std::string> expected;
  for (std::size_t row = 0; row < chunk.rows(); ++row) {
    expected.push_back(describe(program, workspace, builder.library, row));
  }
  INFO(program.listing());
  for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
    Workspace other(set);
    other.run(program, chunk, deciding);
    bool same = true;
    for (std::size_t row = 0; same && row < chunk.rows(); ++row) {
      INFO("instruction set " << static_cast<int>(set) << ", record " << row);
      same = describe(program, other, builder.library, row) == expected[row];
      if (!same) CHECK(describe(program, other, builder.library, row) == expected[row]);
    }
    for (std::size_t row = 0; same && row < chunk.rows(); ++row) {
      other.run_row(program, chunk, row, deciding);
      INFO("one record: " << row);
      same = describe(program, other, builder.library, 0) == expected[row];
      if (!same) CHECK(describe(program, other, builder.library, 0) == expected[row]);
    }
    if (!same) FAIL("runs differ");
  }
}

std::vector<std::string> Run::problems(std::size_t row) const {
  std::vector<std::string> reasons;
  for (const Problem& problem : workspace.problems()) {
    if (problem.row == row) reasons.emplace_back(problem.reason);
  }
  return reasons;
}

}  // namespace proviso::program::support
