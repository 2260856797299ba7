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
    const syntax::Tree& source = trees_[tree].tree;
    workspace_.libraries.insert(source.library.text);
    workspace_.unread.insert(source.unread.begin(), source.unread.end());
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

/// A name that is taken already gets no number: nothing of the model is made of what was refused.
void Declarations::add_symbol(SymbolKind kind, std::uint32_t tree, std::uint32_t number, const syntax::Name& name) {
  if (name.text.empty()) return;
  const std::string& library = trees_[tree].tree.library.text;
  const auto [it, fresh] = symbols_.emplace(std::pair{library, name.text},
                                            Symbol{kind, library, name.text, tree, number, name.span, none, false});
  if (fresh) {
    it->second.index = add_to_model(kind, name.text);
    return;
  }
  if (kind == SymbolKind::record) {
    workspace_.unread.insert(name.text);
    for (const auto& field : std::get<syntax::RecordDeclaration>(trees_[tree].tree.declarations[number]).fields) {
      workspace_.unread.insert(field.name.text);
    }
  }
  auto& diagnostic = complain(Code::duplicate_name, name.span,
                              fmt::format("`{}` is declared twice in library `{}`", name.text, library));
  diagnostic.notes.push_back(
      {fmt::format("the {} `{}` is declared here", word(it->second.kind), name.text), it->second.span});
}

/// Its number in the model's vector of its kind, where it has one.
std::uint32_t Declarations::add_to_model(SymbolKind kind, const std::string& name) {
  const auto added = [&](auto& all) {
    all.emplace_back().name = name;
    return static_cast<std::uint32_t>(all.size() - 1);
  };
  switch (kind) {
    case SymbolKind::record:
      library_.record_names.push_back(name);
      return static_cast<std::uint32_t>(library_.record_names.size() - 1);
    case SymbolKind::codes:
      return added(library_.code_lists);
    case SymbolKind::definition:
      return added(library_.definitions);
    case SymbolKind::table:
      return added(library_.tables);
    case SymbolKind::threshold:
      return added(library_.thresholds);
    case SymbolKind::hook:
      return added(library_.hooks);
    case SymbolKind::type:
    case SymbolKind::policy:
    case SymbolKind::agreement:
      break;
  }
  return none;
}

void Declarations::check_uses() {
  // A library that is named in what could not be read may be used there.
  for (const auto& source : trees_) {
    for (const auto& name : source.tree.unread) {
      if (workspace_.libraries.count(name) != 0) workspace_.uses[source.tree.library.text].insert(name);
    }
  }
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
