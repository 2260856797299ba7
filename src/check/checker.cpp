#include "check/checker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/parse.hpp"
#include "syntax/print.hpp"

namespace proviso::check {

Checker::Checker(const std::vector<SourceTree>& trees, const text::Sources& sources, text::Diagnostics& diagnostics)
    : trees_(trees), sources_(sources), diagnostics_(diagnostics) {}

void Checker::declare_all() {
  declare_files();
  declare_places();
  check_uses();
  resolve_types();
  lay_out_records();
  lay_out_relations();
  for (auto& [key, symbol] : symbols_) {
    if (symbol.kind == SymbolKind::threshold) check_threshold(symbol);
    if (symbol.kind == SymbolKind::codes) check_code_list(symbol);
    if (symbol.kind == SymbolKind::table) check_table(symbol);
    if (symbol.kind == SymbolKind::hook) check_hook(symbol);
    if (symbol.kind == SymbolKind::definition) {
      check_parameters(declaration<syntax::Definition>(symbol).parameters);
    }
  }
  examine_scripts();
}

model::Library Checker::run() {
  declare_all();
  check_relations();
  check_policies();
  check_variations();
  for (auto& policy : library_.policies) {
    deciding_date(policy, written(policy).dated_by, policy.has_start || uses_dates(policy));
  }
  check_versions();
  for (auto& policy : library_.policies) {
    place(policy, policy.effective);
    deciding_place(policy, written(policy).placed_by);
    check_tightness(policy);
    check_reach(policy);
  }
  check_outside();
  warn_of_no_effect();
  check_agreements();
  check_unused_definitions();
  check_scenarios();
  return std::move(library_);
}

namespace {

std::size_t combine(std::size_t seed, std::uint64_t value) {
  return seed ^ (static_cast<std::size_t>(value) * 0x9E3779B97F4A7C15ULL + (seed << 6) + (seed >> 2));
}

std::size_t hash_of(const Node& node) {
  std::size_t hash = static_cast<std::size_t>(node.kind);
  hash = combine(hash, static_cast<std::uint64_t>(node.type.kind));
  hash = combine(hash, static_cast<std::uint64_t>(node.value));
  hash = combine(hash, static_cast<std::uint64_t>(node.second));
  hash = combine(hash, node.index);
  hash = combine(hash, node.loop);
  hash = combine(hash, node.word);
  for (const NodeId operand : node.operands) hash = combine(hash, operand);
  return hash;
}

bool same(const Node& a, const Node& b) {
  return a.kind == b.kind && a.type == b.type && a.value == b.value && a.second == b.second && a.index == b.index &&
         a.loop == b.loop && a.word == b.word && a.operands == b.operands;
}

}  // namespace

/// Equal nodes are one node, so that what is asked twice is worked out once. One that would be too high is unknown.
NodeId Checker::make(Node node) {
  const std::size_t hash = hash_of(node);
  const auto [first, last] = known_nodes_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    if (same(library_.nodes[it->second], node)) return it->second;
  }
  std::uint32_t height = 1;
  for (const NodeId operand : node.operands) height = std::max(height, heights_[operand] + 1);
  if (height > node_height_limit) {
    complain(Code::too_deep, node.span, std::string(too_deep_definitions)).help = shorter_definitions;
    return unknown_node(node.type, node.span);
  }
  const auto id = static_cast<NodeId>(library_.nodes.size());
  library_.nodes.push_back(std::move(node));
  heights_.push_back(height);
  known_nodes_.emplace(hash, id);
  return id;
}

NodeId Checker::leaf(NodeKind kind, Type type, std::vector<NodeId> operands, Span span) {
  Node node{kind, type, std::move(operands), 0, 1, none, none, 0, span};
  return make(std::move(node));
}

NodeId Checker::constant_node(const Type& type, std::int64_t bits, Span span) {
  Node node{NodeKind::constant, type, {}, bits, 1, none, none, 0, span};
  return make(std::move(node));
}

NodeId Checker::unknown_node(const Type& type, Span span) { return leaf(NodeKind::unknown, type, {}, span); }

NodeId Checker::failed(Span span) { return unknown_node(Type{}, span); }

const syntax::Expression& Checker::at(const Context& context, ExpressionId id) const {
  return trees_[context.tree].tree.expression(id);
}

text::Diagnostic& Checker::complain(Code code, Span span, std::string message) {
  if (muted_) return unshown_ = {};
  if (text::severity_of(code) == text::Severity::error) {
    const auto count = ++errors_[span.file];
    if (count > syntax::error_limit) {
      if (count == syntax::error_limit + 1) {
        diagnostics_.add(Code::too_many_errors, span,
                         fmt::format("more than {} errors: the others are not shown", syntax::error_limit));
      }
      return unshown_ = {};
    }
  }
  return diagnostics_.add(code, span, std::move(message));
}

void Checker::repeated_lines(const std::vector<syntax::Repeated>& lines) {
  for (const auto& [span, first] : lines) {
    const auto line = sources_.text(span);
    complain(Code::repeated_line, span,
             fmt::format("`{}` is given twice", line.substr(0, line.find_first_of(" \t\r\n"))))
        .notes.push_back({"the first is here", first});
  }
}

std::string Checker::quoted(Span span) const {
  std::string out = "`";
  bool blank = false;
  for (const char c : sources_.text(span)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
    if (out.size() > 60) return out + "...`";
  }
  return out + '`';
}

std::string Checker::describe(const Context& context, ExpressionId id, NodeId node) const {
  return fmt::format("{} is {}", quoted(at(context, id).span), model::format(library_, type(node)));
}

std::string Checker::print(const Context& context, ExpressionId id) const {
  return syntax::print(trees_[context.tree].tree, id);
}

}  // namespace proviso::check
