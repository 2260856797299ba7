#include <fmt/format.h>

#include <set>

#include "check/part.hpp"

// What names of declarations stand for.
namespace proviso::check {

/// `name`, or `library.name`. A name that two used libraries have is ambiguous unless the file's own has it too.
Symbol* Part::find_symbol(std::uint32_t tree, const std::string& name, Span span) {
  const std::string& own = trees_[tree].tree.library.text;
  if (const auto it = symbols_.find({own, name}); it != symbols_.end()) return &it->second;
  static const std::set<std::string> no_uses;
  const auto entry = workspace_.uses.find(own);
  const std::set<std::string>& uses = entry == workspace_.uses.end() ? no_uses : entry->second;
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

std::vector<std::string> Part::visible_names(std::uint32_t tree) const {
  const std::string& own = trees_[tree].tree.library.text;
  const auto uses = workspace_.uses.find(own);
  std::vector<std::string> names;
  for (const auto& [key, symbol] : symbols_) {
    if (key.first == own || (uses != workspace_.uses.end() && uses->second.count(key.first)))
      names.push_back(key.second);
  }
  return names;
}

const syntax::PolicyDeclaration& Part::written(const model::Policy& policy) const {
  return *workspace_.written_policies.at({policy.span.file, policy.span.begin});
}

const syntax::Expression& Part::at(const Context& context, ExpressionId id) const {
  return trees_[context.tree].tree.expression(id);
}

}  // namespace proviso::check
