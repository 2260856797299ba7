#include <fmt/format.h>

#include <utility>

#include "check/expressions/expressions.hpp"
#include "model/authorisation.hpp"

// Declarations that nothing uses.
namespace proviso::check {

void Expressions::check_unused_definitions() {
  // Beside errors nobody wants to hear of it: what uses the name may be what could not be read.
  const bool errors = diagnostics_.has_errors();
  for (auto& [key, symbol] : symbols_) {
    if (symbol.used || errors) continue;
    const bool lists =
        symbol.kind == SymbolKind::codes || symbol.kind == SymbolKind::table || symbol.kind == SymbolKind::threshold;
    if (lists || symbol.kind == SymbolKind::definition) {
      if (symbol.name == model::authorisation_validity) continue;  // no policy reads it: whoever approves does
      complain(Code::unused_definition, symbol.span, fmt::format("`{}` is never used", symbol.name));
    }
  }
  for (auto& [key, symbol] : symbols_) {
    if (symbol.kind != SymbolKind::definition || symbol.used) continue;
    const auto& definition = declaration<syntax::Definition>(symbol);
    std::vector<std::uint32_t> records;
    for (std::uint32_t i = 0; i < library_.records.size(); ++i) records.push_back(i);
    if (records.empty()) records.push_back(none);
    std::optional<text::Diagnostics> fewest;
    const auto errors_before = workspace_.errors;
    text::Diagnostics& real = diagnostics_;
    for (const auto record : records) {
      text::Diagnostics trial;
      std::swap(real, trial);
      Context context;
      context.tree = symbol.tree;
      context.record = record;
      for (const auto& parameter : definition.parameters) {
        const Type wanted = types_.resolve_type(symbol.tree, parameter.type);
        context.bindings.push_back({parameter.name.text, unknown_node(wanted, parameter.name.span), none});
      }
      definition_body(context, symbol);
      std::swap(real, trial);
      if (!fewest || trial.count(text::Severity::error) < fewest->count(text::Severity::error))
        fewest = std::move(trial);
      workspace_.errors = errors_before;
      if (!fewest->has_errors()) break;
    }
    for (const auto& found : fewest->all()) {
      auto& kept = diagnostics_.add(found.code, found.span, found.message);
      kept.notes = found.notes;
      kept.help = found.help;
    }
  }
}

}  // namespace proviso::check
