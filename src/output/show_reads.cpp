#include "output/show_reads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "decide/version.hpp"
#include "output/spelled_node.hpp"
#include "value/format.hpp"

namespace proviso::output {
namespace {

// Enough to see what a table says; more would hide the policy.
constexpr std::size_t rows_shown = 20;

std::string comma_list(const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, ", ")); }

TableView view_table(const model::Library& library, const model::Table& table) {
  TableView view;
  view.name = table.name;
  std::vector<std::string> types;
  for (const model::Type& key : table.keys) types.push_back(model::format(library, key));
  view.type = comma_list(types) + " -> " + model::format(library, table.value);
  std::vector<const std::pair<const std::vector<std::int64_t>, std::int64_t>*> rows;
  for (const auto& row : table.rows) rows.push_back(&row);
  const std::size_t shown = std::min(rows.size(), rows_shown);
  // The first by their keys: of a long table not all are put in order for a page.
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(),
                    [](const auto* a, const auto* b) { return a->first < b->first; });
  for (std::size_t i = 0; i < shown; ++i) {
    TableView::Row& row = view.rows.emplace_back();
    for (std::size_t key = 0; key < table.keys.size(); ++key) {
      row.keys.push_back(model::format(library, {table.keys[key], true, rows[i]->first[key]}));
    }
    row.value = model::format(library, {table.value, true, rows[i]->second});
  }
  view.further = rows.size() - shown;
  return view;
}

/// `Activity by patient.nhs_number, started ordered by id`.
std::string spell_own_group(const model::Record& record, const model::Relation& relation) {
  std::vector<std::string> keys;
  for (const auto& [own, other] : relation.keys) keys.push_back(record.facts[own].path);
  std::vector<std::string> order;
  for (const model::FactId fact : relation.order) order.push_back(record.facts[fact].path);
  return record.name + " by " + comma_list(keys) + (order.empty() ? "" : " ordered by " + comma_list(order));
}

/// `e in Authorisation where e.code = code and e.issued within 30 days before admitted`.
std::string spell_relation(const model::Library& library, const model::Record& record,
                           const model::Relation& relation) {
  const model::Record& other = library.records[relation.other];
  std::string out = "e in " + other.name + " where ";
  for (std::size_t i = 0; i < relation.keys.size(); ++i) {
    const auto& [own, theirs] = relation.keys[i];
    if (i != 0) out += " and ";
    out += "e." + other.facts[theirs].path + " = " + record.facts[own].path;
  }
  if (!relation.window) return out;
  const model::Relation::Window& window = *relation.window;
  return out + " and e." + other.facts[window.other].path + " within " +
         value::format_duration(window.length, window.kind) + (window.before ? " before " : " after ") +
         record.facts[window.own].path;
}

}  // namespace

std::vector<NamedView> view_definitions(const model::Library& library, const model::Record& record,
                                        const Reads& reads) {
  // One that is used in several ways is written out where another uses it, for its name would not say which.
  std::map<std::uint32_t, std::size_t> ways;
  for (const Reads::Use& each : reads.definitions) ++ways[library.nodes[each.node].index];
  std::set<std::uint32_t> in_several_ways;
  for (const auto& [number, count] : ways) {
    if (count > 1) in_several_ways.insert(number);
  }
  std::vector<NamedView> views;
  for (const Reads::Use& each : reads.definitions) {
    const model::Node& node = library.nodes[each.node];
    if (in_several_ways.count(node.index) != 0 && !each.directly) continue;
    NamedView view{library.definitions[node.index].name,
                   spell_node(library, record, node.operands[0], in_several_ways)};
    const bool there = std::any_of(views.begin(), views.end(), [&](const NamedView& other) {
      return other.name == view.name && other.expression == view.expression;
    });
    if (!there) views.push_back(std::move(view));
  }
  return views;
}

std::vector<TableView> view_tables(const model::Library& library, const Reads& reads) {
  std::vector<TableView> views;
  for (const std::uint32_t each : reads.tables) {
    const model::Table& table = library.tables[each];
    if (decide::is_declared(table)) views.push_back(view_table(library, table));
  }
  return views;
}

std::vector<NamedView> view_relations(const model::Library& library, const model::Record& record, const Reads& reads) {
  std::vector<NamedView> views;
  std::vector<std::uint32_t> seen;
  for (const model::FactId fact : reads.facts) {
    const std::uint32_t number = record.facts[fact].relation;
    if (number == model::none || std::find(seen.begin(), seen.end(), number) != seen.end()) continue;
    seen.push_back(number);
    const model::Relation& relation = library.relations[number];
    views.push_back({relation.name,
                     relation.group ? spell_own_group(record, relation) : spell_relation(library, record, relation),
                     relation.group});
  }
  return views;
}

std::string spell(const TableView::Row& row) { return comma_list(row.keys) + " -> " + row.value; }

std::string spell_further(const TableView& table) {
  if (table.further == 0) return {};
  return "and " + std::to_string(table.further) + (table.further == 1 ? " more row" : " more rows");
}

}  // namespace proviso::output
