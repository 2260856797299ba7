#include <fmt/format.h>

#include "check/checker.hpp"

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

void Checker::declare_files() {
  for (std::uint32_t tree = 0; tree < trees_.size(); ++tree) {
    libraries_.insert(trees_[tree].tree.library.text);
    for (std::uint32_t i = 0; i < trees_[tree].tree.declarations.size(); ++i) declare(tree, i);
  }
}

void Checker::declare(std::uint32_t tree, std::uint32_t number) {
  const auto& source = trees_[tree].tree;
  std::visit(
      [&](const auto& declaration) {
        using D = std::decay_t<decltype(declaration)>;
        if constexpr (std::is_same_v<D, syntax::Use>) {
          uses_[source.library.text].insert(declaration.library.text);
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
          written_variations_.push_back({tree, number});
        } else if constexpr (std::is_same_v<D, syntax::ScenarioDeclaration>) {
          written_scenarios_.emplace_back(tree, number);
        } else if constexpr (std::is_same_v<D, syntax::RelationDeclaration> ||
                             std::is_same_v<D, syntax::GroupDeclaration>) {
          written_relations_.push_back({tree, number});
        } else if constexpr (std::is_same_v<D, syntax::AgreementDeclaration>) {
          const auto& name = declaration.name;
          agreements_.push_back(
              {SymbolKind::agreement, source.library.text, name.text, tree, number, name.span, none, false});
        } else if constexpr (std::is_same_v<D, syntax::PolicyDeclaration>) {
          const auto& name = declaration.name;
          policies_.push_back(
              {SymbolKind::policy, source.library.text, name.text, tree, number, name.span, none, false});
        }
      },
      source.declarations[number]);
}

void Checker::add_symbol(SymbolKind kind, std::uint32_t tree, std::uint32_t number, const syntax::Name& name) {
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

void Checker::check_uses() {
  for (const auto& source : trees_) {
    for (const auto& declaration : source.tree.declarations) {
      const auto* use = std::get_if<syntax::Use>(&declaration);
      if (!use || use->library.text.empty() || libraries_.count(use->library.text)) continue;
      auto& diagnostic =
          complain(Code::unknown_library, use->library.span,
                   fmt::format("there is no library `{}` among the files that were read", use->library.text));
      const std::vector<std::string> names(libraries_.begin(), libraries_.end());
      if (const auto close = text::closest(use->library.text, names)) {
        diagnostic.help = fmt::format("did you mean `{}`?", *close);
      }
    }
  }
}

/// `name`, or `library.name`. A name that two used libraries have is ambiguous unless the file's own has it too.
Symbol* Checker::find_symbol(std::uint32_t tree, const std::string& name, Span span) {
  const std::string& own = trees_[tree].tree.library.text;
  if (const auto it = symbols_.find({own, name}); it != symbols_.end()) return &it->second;
  static const std::set<std::string> no_uses;
  const auto entry = uses_.find(own);
  const std::set<std::string>& uses = entry == uses_.end() ? no_uses : entry->second;
  Symbol* found = nullptr;
  for (const auto& library : uses) {
    const auto it = symbols_.find({library, name});
    if (it == symbols_.end()) continue;
    if (found) {
      auto& diagnostic = complain(Code::ambiguous_name, span,
                                  fmt::format("`{}` is in both `{}` and `{}`", name, found->library, library));
      diagnostic.help = fmt::format("write `{}.{}` or `{}.{}`", found->library, name, library, name);
      diagnostic.notes.push_back({fmt::format("in `{}`", found->library), found->span});
      diagnostic.notes.push_back({fmt::format("in `{}`", library), it->second.span});
      return found;
    }
    found = &it->second;
  }
  if (found) return found;
  const auto dot = name.rfind('.');
  if (dot == std::string::npos) return nullptr;
  const std::string library = name.substr(0, dot);
  if (library != own && !uses.count(library)) return nullptr;
  const auto it = symbols_.find({library, name.substr(dot + 1)});
  return it == symbols_.end() ? nullptr : &it->second;
}

std::vector<std::string> Checker::visible_names(std::uint32_t tree) const {
  const std::string& own = trees_[tree].tree.library.text;
  const auto uses = uses_.find(own);
  std::vector<std::string> names;
  for (const auto& [key, symbol] : symbols_) {
    if (key.first == own || (uses != uses_.end() && uses->second.count(key.first))) names.push_back(key.second);
  }
  return names;
}

}  // namespace proviso::check
