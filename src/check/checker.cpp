#include "check/checker.hpp"

namespace proviso::check {

void Checker::declare_all() {
  declarations_.declare_files();
  value_names_.declare_places();
  declarations_.check_uses();
  types_.resolve_types();
  records_.lay_out_records();
  relations_.lay_out_relations();
  for (auto& [key, symbol] : symbols_) {
    if (symbol.kind == SymbolKind::threshold) thresholds_.check_threshold(symbol);
    if (symbol.kind == SymbolKind::codes) code_lists_.check_code_list(symbol);
    if (symbol.kind == SymbolKind::table) tables_.check_table(symbol);
    if (symbol.kind == SymbolKind::hook) hooks_.check_hook(symbol);
    if (symbol.kind == SymbolKind::definition) {
      types_.check_parameters(declaration<syntax::Definition>(symbol).parameters);
    }
  }
  hooks_.examine_scripts();
}

model::Library Checker::run() {
  declare_all();
  relations_.check_relations();
  policies_.check_policies();
  variations_.check_variations();
  for (auto& policy : library_.policies) {
    deciding_.deciding_date(policy, written(policy).dated_by, policy.has_start || versions_.uses_dates(policy));
  }
  versions_.check_versions();
  for (auto& policy : library_.policies) {
    placements_.place(policy, policy.effective);
    deciding_.deciding_place(policy, written(policy).placed_by);
    placements_.check_tightness(policy);
    // What could not be read is not known, and so may be told apart from what else is not.
    if (workspace_.unread.empty()) policies_.check_reach(policy);
  }
  placements_.check_outside();
  if (workspace_.unread.empty()) placements_.warn_of_no_effect();
  agreements_.check_agreements();
  expressions_.check_unused_definitions();
  scenarios_.check_scenarios();
  return std::move(library_);
}

}  // namespace proviso::check
