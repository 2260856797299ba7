#include "check/declarations/declare.hpp"

#include <fmt/format.h>

// Which names there are, and which a file can see: those of its own library and of the libraries that it uses.
namespace proviso::check {

namespace {

std::string_view word(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::record:
      return "record";
    case SymbolKind::type:
      return "type";
    case SymbolKind::codes:
      return "code list";
    case SymbolKind::definition:
      return "definition";
    case SymbolKind::table:
      return "table";
    case SymbolKind::threshold:
      return "threshold";
    case SymbolKind::hook:
      return "hook";
    case SymbolKind::policy:
      return "policy";
    case SymbolKind::agreement:
      return "agreement";
  }
  return "name";
}

}  // namespace

void Declarations::declare_files() {
  for (std::uint32_t tree = 0; tree < trees_.size(); ++tree) {
    workspace_.libraries.insert(trees_[tree].tree.library.text);
    for (std::uint32_t i = 0; i < trees_[tree].tree.declarations.size(); ++i) declare(tree, i);
  }
}

void Declarations::declare(std::uint32_t tree, std::uint32_t number) {
  const auto& source = trees_[tree].tree;
  std::visit(
      [&](const auto& declaration) {
        using D = std::decay_t<decltype(declaration)>;
        if constexpr (std::is_same_v<D, syntax::Use>) {
          workspace_.uses[source.library.text].insert(declaration.library.text);
        } else if constexpr (std::is_same_v<D, syntax::RecordDeclaration>) {
          add_symbol(SymbolKind::record, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::TypeDeclaration>) {
          add_symbol(SymbolKind::type, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::CodesDeclaration>) {
          add_symbol(SymbolKind::codes, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::Definition>) {
          add_symbol(SymbolKind::definition, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::TableDeclaration>) {
          add_symbol(SymbolKind::table, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::ThresholdDeclaration>) {
          add_symbol(SymbolKind::threshold, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::HookDeclaration>) {
          add_symbol(SymbolKind::hook, tree, number, declaration.name);
        } else if constexpr (std::is_same_v<D, syntax::VariationDeclaration>) {
          workspace_.written_variations.push_back({tree, number});
        } else if constexpr (std::is_same_v<D, syntax::ScenarioDeclaration>) {
          workspace_.written_scenarios.emplace_back(tree, number);
        } else if constexpr (std::is_same_v<D, syntax::RelationDeclaration> ||
                             std::is_same_v<D, syntax::GroupDeclaration>) {
          workspace_.written_relations.push_back({tree, number});
        } else if constexpr (std::is_same_v<D, syntax::AgreementDeclaration>) {
          const auto& name = declaration.name;
          workspace_.agreements.push_back(
              {SymbolKind::agreement, source.library.text, name.text, tree, number, name.span, none, false});
        } else if constexpr (std::is_same_v<D, syntax::PolicyDeclaration>) {
          const auto& name = declaration.name;
          workspace_.policies.push_back(
              {SymbolKind::policy, source.library.text, name.text, tree, number, name.span, none, false});
        }
      },
      source.declarations[number]);
}

void Declarations::add_symbol(SymbolKind kind, std::uint32_t tree, std::uint32_t number, const syntax::Name& name) {
  if (name.text.empty()) return;
  const std::string& library = trees_[tree].tree.library.text;
  Symbol symbol{kind, library, name.text, tree, number, name.span, none, false};
  switch (kind) {
    case SymbolKind::record:
      symbol.index = static_cast<std::uint32_t>(library_.record_names.size());
      library_.record_names.push_back(name.text);
      break;
    case SymbolKind::codes:
      symbol.index = static_cast<std::uint32_t>(library_.code_lists.size());
      library_.code_lists.emplace_back().name = name.text;
      break;
    case SymbolKind::definition:
      symbol.index = static_cast<std::uint32_t>(library_.definitions.size());
      library_.definitions.push_back({name.text});
      break;
    case SymbolKind::table:
      symbol.index = static_cast<std::uint32_t>(library_.tables.size());
      library_.tables.emplace_back().name = name.text;
      break;
    case SymbolKind::threshold:
      symbol.index = static_cast<std::uint32_t>(library_.thresholds.size());
      library_.thresholds.emplace_back().name = name.text;
      break;
    case SymbolKind::hook:
      symbol.index = static_cast<std::uint32_t>(library_.hooks.size());
      library_.hooks.emplace_back().name = name.text;
      break;
    case SymbolKind::type:
    case SymbolKind::policy:
    case SymbolKind::agreement:
      break;
  }
  const auto [it, fresh] = symbols_.emplace(std::pair{library, name.text}, symbol);
  if (fresh) return;
  auto& diagnostic = complain(Code::duplicate_name, name.span,
                              fmt::format("`{}` is declared twice in library `{}`", name.text, library));
  diagnostic.notes.push_back(
      {fmt::format("the {} `{}` is declared here", word(it->second.kind), name.text), it->second.span});
}

void Declarations::check_uses() {
  for (const auto& source : trees_) {
    for (const auto& declaration : source.tree.declarations) {
      const auto* use = std::get_if<syntax::Use>(&declaration);
      if (!use || use->library.text.empty() || workspace_.libraries.count(use->library.text)) continue;
      auto& diagnostic =
          complain(Code::unknown_library, use->library.span,
                   fmt::format("there is no library `{}` among the files that were read", use->library.text));
      const std::vector<std::string> names(workspace_.libraries.begin(), workspace_.libraries.end());
      if (const auto close = text::closest(use->library.text, names)) {
        diagnostic.help = fmt::format("did you mean `{}`?", *close);
      }
    }
  }
}

}  // namespace proviso::check
