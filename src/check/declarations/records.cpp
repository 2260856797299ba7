#include "check/declarations/records.hpp"

#include <fmt/format.h>

#include <algorithm>

// Records laid out as columns: nested records flat, a level for each list.
namespace proviso::check {

struct Records::Layout {
  model::Record record;
  std::vector<std::uint32_t> open;  // records being laid out, to find one inside itself
  bool full = false;
};

void Records::lay_out_records() {
  library_.records.resize(library_.record_names.size());
  workspace_.record_symbols.resize(library_.record_names.size());
  for (const auto& [key, symbol] : symbols_) {
    if (symbol.kind != SymbolKind::record) continue;
    workspace_.record_symbols[symbol.index] = &symbol;
    check_fields(symbol);
  }
  for (const auto& [key, symbol] : symbols_) {
    if (symbol.kind != SymbolKind::record) continue;
    Layout layout;
    layout.record.name = symbol.name;
    layout.record.label = declaration<syntax::RecordDeclaration>(symbol).label;
    layout.record.levels.emplace_back();
    lay_out(layout, symbol, 0, "", "");
    const auto identifier = layout.record.find(0, "id");
    if (identifier != none && layout.record.facts[identifier].type.kind == Kind::text) {
      layout.record.identifier = identifier;
    }
    library_.records[symbol.index] = std::move(layout.record);
  }
}

/// What is wrong with a record's own fields, said once however often the record is nested.
void Records::check_fields(const Symbol& symbol) {
  std::map<std::string, Span> seen;
  for (const auto& field : declaration<syntax::RecordDeclaration>(symbol).fields) {
    if (field.name.text.empty()) continue;
    const auto [it, fresh] = seen.emplace(field.name.text, field.name.span);
    if (fresh) continue;
    auto& diagnostic = complain(Code::duplicate_name, field.name.span,
                                fmt::format("record `{}` has the field `{}` twice", symbol.name, field.name.text));
    diagnostic.notes.push_back({"first declared here", it->second});
  }
}

void Records::lay_out(Layout& layout, const Symbol& symbol, model::LevelId level, const std::string& path,
                      const std::string& name) {
  layout.open.push_back(symbol.index);
  for (const auto& field : declaration<syntax::RecordDeclaration>(symbol).fields) {
    if (layout.full) break;
    if (field.name.text.empty() || layout.record.find(level, path + field.name.text) != none) continue;
    lay_out_field(layout, symbol, field, level, path + field.name.text, name + field.name.text);
  }
  layout.open.pop_back();
}

void Records::lay_out_field(Layout& layout, const Symbol& symbol, const syntax::Field& field, model::LevelId level,
                            const std::string& path, const std::string& name) {
  auto& record = layout.record;
  const Type type = types_.resolve_type(symbol.tree, field.type);
  if (type.kind == Kind::error) {
    workspace_.unread.insert(field.name.text);
    return;
  }
  if (record.facts.size() >= fact_limit) {
    layout.full = true;
    complain(Code::too_large, layout.record.facts.empty() ? symbol.span : field.name.span,
             fmt::format("a record has more than {} facts once nested records are laid flat", fact_limit));
    return;
  }
  const auto may_hold = [&](std::uint32_t index) {
    const bool inside_itself = std::find(layout.open.begin(), layout.open.end(), index) != layout.open.end();
    if (!inside_itself && layout.open.size() < record_depth_limit) return true;
    if (inside_itself) {
      complain(Code::circular_record, field.type.span,
               fmt::format("record `{}` would stand inside itself", library_.record_names[index]));
    } else {
      layout.full = true;
      complain(Code::too_deep, field.type.span,
               fmt::format("more than {} records stand inside each other", record_depth_limit));
    }
    return false;
  };
  if (type.kind == Kind::record) {
    refuse_of_record(symbol, field, type);
    if (may_hold(type.id)) lay_out(layout, *workspace_.record_symbols[type.id], level, path + '.', name + '.');
    return;
  }
  const auto fact_id = static_cast<model::FactId>(record.facts.size());
  model::Fact fact;
  fact.path = path;
  fact.name = name;
  fact.type = type;
  fact.level = level;
  fact.label = field.label;
  fact.ask = field.ask;
  field_attributes(symbol, field, type, fact);
  if (field.price) price(layout, field, type, level);
  record.facts.push_back(std::move(fact));
  record.levels[level].facts.push_back(fact_id);
  if (type.kind != Kind::list) return;

  const auto below = static_cast<model::LevelId>(record.levels.size());
  record.facts[fact_id].elements = below;
  record.levels.push_back({level, fact_id, false, {}});
  const Type element = library_.list_types[type.id];
  if (element.kind == Kind::record) {
    if (may_hold(element.id)) lay_out(layout, *workspace_.record_symbols[element.id], below, "", name + '.');
    return;
  }
  model::Fact plain;
  plain.name = name;
  plain.type = element;
  plain.level = below;
  plain.ask = field.ask;
  record.levels[below].plain = true;
  record.levels[below].facts.push_back(static_cast<model::FactId>(record.facts.size()));
  record.facts.push_back(std::move(plain));
}

void Records::refuse(const syntax::Field& field, const Type& type, Span attribute, std::string_view why) {
  complain(Code::bad_attribute, attribute,
           fmt::format("{}; `{}` is {}", why, field.name.text, model::format(library_, type)));
}

/// What belongs to a value alone: a record within has none of its own, its fields do.
void Records::refuse_of_record(const Symbol& symbol, const syntax::Field& field, const Type& type) {
  const auto& tree = trees_[symbol.tree].tree;
  if (field.measured) refuse(field, type, field.name.span, "only a single value is measured");
  if (field.assume != syntax::no_expression) {
    refuse(field, type, tree.expression(field.assume).span, "only a single value is assumed");
  }
  if (!field.check.text.empty()) refuse(field, type, field.check.span, "only a text is checked");
  if (field.price) refuse(field, type, *field.price, "a price is money");
}

/// The fact that is laid out next is the price asked.
void Records::price(Layout& layout, const syntax::Field& field, const Type& type, model::LevelId level) {
  if (type.kind != Kind::money) {
    refuse(field, type, *field.price, "a price is money");
    workspace_.refused_prices.insert(layout.open.front());
  } else if (layout.record.price != none) {
    complain(Code::bad_attribute, *field.price,
             fmt::format("record `{}` has a price already: `{}`", layout.record.name,
                         layout.record.facts[layout.record.price].name));
  } else if (level == 0) {
    layout.record.price = static_cast<model::FactId>(layout.record.facts.size());
  }
}

void Records::field_attributes(const Symbol& symbol, const syntax::Field& field, const Type& type, model::Fact& fact) {
  fact.in_percent = field.type.word == "number" && field.type.unit == "%";
  fact.measured = field.measured;
  if (field.measured && (type.kind == Kind::list || type.kind == Kind::place)) {
    refuse(field, type, field.name.span, "only a single value is measured");
    fact.measured = false;
  }
  if (field.valid != syntax::no_expression) {
    const auto& written = trees_[symbol.tree].tree.expression(field.valid);
    const NodeId node = literals_.length_of_time(written);
    if (!is_error(node)) {
      fact.valid = static_cast<std::int32_t>(library_.nodes[node].value);
      fact.valid_kind = library_.nodes[node].type.duration;
      if (fact.valid <= 0) complain(Code::bad_attribute, written.span, "a measurement is valid for at least a day");
    }
  }
  if (!field.check.text.empty()) {
    if (field.check.text != "nhs_number") {
      auto& diagnostic =
          complain(Code::bad_attribute, field.check.span, fmt::format("there is no check `{}`", field.check.text));
      diagnostic.help = "the check that there is: `check nhs_number`";
    } else if (type.kind != Kind::text) {
      refuse(field, type, field.check.span, "an NHS number is text");
    } else {
      fact.nhs_number = true;
    }
  }
  if (field.assume == syntax::no_expression) return;
  if (type.kind == Kind::list) {
    refuse(field, type, trees_[symbol.tree].tree.expression(field.assume).span, "only a single value is assumed");
    return;
  }
  fact.assumed = literals_.constant(symbol.tree, field.assume, type);
  if (fact.assumed && !fact.assumed->known) fact.assumed.reset();
}

}  // namespace proviso::check
