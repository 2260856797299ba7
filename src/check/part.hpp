#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "check/check.hpp"
#include "model/library.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"

/// What the parts of the checker share, for the files of this folder alone.
namespace proviso::check {

using model::LoopId;
using model::Node;
using model::NodeId;
using model::NodeKind;
using model::none;
using syntax::ExpressionId;
using syntax::ExpressionKind;
using text::Code;
using text::Span;
using value::Kind;
using value::Type;

/// A type that its kind says all about.
inline Type of(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}
inline bool numberlike(const Type& type) { return type.kind == Kind::number || type.kind == Kind::percent; }
/// Whether its values are decimals.
inline bool is_decimal(const Type& type) {
  return numberlike(type) || type.kind == Kind::money || type.kind == Kind::quantity;
}

enum class SymbolKind : std::uint8_t { record, type, codes, definition, table, threshold, hook, policy, agreement };

/// A declared name. `index` is its number in the model's vector of its kind.
struct Symbol {
  SymbolKind kind;
  std::string library;
  std::string name;
  std::uint32_t tree;
  std::uint32_t declaration;
  Span span;
  std::uint32_t index = none;
  bool used = false;
};

/// A name that holds inside an expression alone: a parameter (a node) or the element of a list form (a loop).
struct Binding {
  std::string name;
  NodeId node = none;
  LoopId loop = none;
};

/// Where an expression stands: its file, the record whose facts it sees, and the names bound around it.
struct Context {
  std::uint32_t tree = 0;
  std::uint32_t record = none;
  std::vector<Binding> bindings;
  LoopId innermost = none;
};

/// What a dotted name turned out to be.
struct Resolved {
  enum class Kind : std::uint8_t { nothing, node, fact, symbol, complained } kind = Kind::nothing;
  NodeId node = none;
  model::FactId fact = none;
  LoopId loop = none;
  Symbol* symbol = nullptr;
};

/// Expressions looked at for one policy, definitions each time they are used: more is too_large.
inline constexpr std::uint32_t visit_limit = 1'000'000;
/// What stands inside each other is walked by calls inside each other, here and in what comes later: more is too_deep,
/// and never the end of the stack. Of expressions, definitions put in where they are used.
inline constexpr std::size_t expression_depth_limit = 1'500;
/// Of nodes, which definitions that were checked before make higher than any expression is deep.
inline constexpr std::uint32_t node_height_limit = 4'000;
inline constexpr std::string_view too_deep_definitions = "definitions inside definitions make this too deep to check";
inline constexpr std::string_view shorter_definitions = "say it with fewer definitions, each of which uses the next";
/// Of types that are other names of types.
inline constexpr std::size_t type_depth_limit = 500;
/// Of records inside records.
inline constexpr std::size_t record_depth_limit = 128;
/// Facts that all cases of all scenarios give, elements of lists apart.
inline constexpr std::size_t given_fact_limit = 10'000'000;
/// Facts of one record, nested records laid flat.
inline constexpr std::size_t fact_limit = 20'000;

/// A variation as it was written.
struct WrittenVariation {
  std::uint32_t tree;
  std::uint32_t declaration;
};

/// A relation or group as it was written.
struct WrittenRelation {
  std::uint32_t tree;
  std::uint32_t declaration;
  std::uint32_t relation = none;  ///< of the model; none where its record is not there
  ExpressionId window = syntax::no_expression;
};

/// What was read, what it declares, and the library that is made of it.
struct Workspace {
  const std::vector<SourceTree>& trees;
  const text::Sources& sources;
  text::Diagnostics& diagnostics;
  model::Library library = {};

  std::map<std::pair<std::string, std::string>, Symbol> symbols = {};  ///< by library and name
  std::set<std::string> libraries = {};
  std::map<std::string, std::set<std::string>> uses = {};  ///< what each library uses
  std::vector<Symbol> policies = {};
  std::vector<Symbol> agreements = {};
  std::vector<WrittenVariation> written_variations = {};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> written_scenarios = {};  ///< tree and declaration
  std::vector<WrittenRelation> written_relations = {};
  std::map<std::pair<std::uint32_t, std::uint32_t>, const syntax::PolicyDeclaration*> written_policies =
      {};                                          ///< by span
  std::vector<const Symbol*> record_symbols = {};  ///< by Type::id of a record

  /// Names, and texts in their quotes, that stand in what could not be read or was refused: that they stand for nothing
  /// is not told.
  std::set<std::string, std::less<>> unread = {};
  std::set<std::uint32_t> refused_prices = {};  ///< records with a price that is none, complained about already
  /// Thresholds and code lists with a value that could not be read: no gap in them is complained about.
  std::set<std::pair<SymbolKind, std::uint32_t>> broken = {};

  std::unordered_multimap<std::size_t, NodeId> known_nodes = {};
  std::vector<std::uint32_t> heights = {};  ///< by node
  std::unordered_map<std::string, std::int64_t> texts = {};
  std::map<std::uint32_t, std::size_t> errors = {};  ///< by file
  text::Diagnostic unshown = {};                     ///< where what is said past the limit goes
  bool muted = false;                                ///< while it is only asked what a name stands for
};

/// A part of the checker: what each of them does with the workspace. A part sees the parts that it stands on.
class Part {
 protected:
  explicit Part(Workspace& workspace)
      : workspace_(workspace),
        trees_(workspace.trees),
        sources_(workspace.sources),
        diagnostics_(workspace.diagnostics),
        library_(workspace.library),
        symbols_(workspace.symbols) {}

  // Complaints: complaints.cpp
  text::Diagnostic& complain(Code code, Span span, std::string message);
  void repeated_lines(const std::vector<syntax::Repeated>& lines);
  /// "`patient.bmi` is number kg/m2".
  std::string describe(const Context& context, ExpressionId id, NodeId node) const;
  std::string quoted(Span span) const;
  std::string print(const Context& context, ExpressionId id) const;
  /// `from 2019-04-01 on`.
  static std::string spell_period(model::Period period);
  /// `policy`, `payment`, `agreement`.
  std::string_view noun(const model::Policy& policy) const;
  bool is_broken(Span span) const;
  bool unread_line(Span whole, const std::string& word, bool or_nearly) const;
  bool unread(std::string_view name) const;

  // Declarations: symbols.cpp
  Symbol* find_symbol(std::uint32_t tree, const std::string& name, Span span);
  std::vector<std::string> visible_names(std::uint32_t tree) const;
  const syntax::PolicyDeclaration& written(const model::Policy& policy) const;
  const syntax::Expression& at(const Context& context, ExpressionId id) const;
  template <class Declaration>
  const Declaration& declaration(const Symbol& symbol) const {
    return std::get<Declaration>(trees_[symbol.tree].tree.declarations[symbol.declaration]);
  }

  // Nodes: nodes.cpp
  NodeId make(Node node);
  NodeId leaf(NodeKind kind, Type type, std::vector<NodeId> operands, Span span);
  NodeId constant_node(const Type& type, std::int64_t bits, Span span);
  NodeId unknown_node(const Type& type, Span span);
  NodeId failed(Span span);
  bool is_error(NodeId node) const { return library_.nodes[node].type.kind == Kind::error; }
  const Type& type(NodeId node) const { return library_.nodes[node].type; }
  std::vector<NodeId> reachable_nodes(const std::vector<NodeId>& roots) const;
  std::int64_t text_number(const std::string& text);

  Workspace& workspace_;
  const std::vector<SourceTree>& trees_;
  const text::Sources& sources_;
  text::Diagnostics& diagnostics_;
  model::Library& library_;
  std::map<std::pair<std::string, std::string>, Symbol>& symbols_;
};

}  // namespace proviso::check
