#include <algorithm>
#include <map>

#include "output/show_values.hpp"
#include "trial/comparison/changes_parts.hpp"

// Tables and hooks: what policies read from files beside them.
namespace proviso::trial {
namespace {

// Of a table the first few rows are told.
constexpr std::size_t rows_told = 5;

/// The table of which place is inside which is nobody's own.
constexpr std::string_view places_table = "(places)";

/// Null for none.
template <class Declared>
const Declared* numbered(const std::vector<Declared>& all, std::uint32_t number) {
  return number == model::none ? nullptr : &all[number];
}

using Rows = std::map<std::string, std::string>;

Rows rows_of(const model::Library& library, const model::Table& table) {
  Rows rows;
  for (const auto& [key, value] : table.rows) {
    std::string name;
    for (std::size_t i = 0; i < key.size(); ++i) {
      name += (i == 0 ? "" : ", ") + model::format(library, {table.keys[i], true, key[i]});
    }
    rows.emplace(std::move(name), model::format(library, {table.value, true, value}));
  }
  return rows;
}

void compare_rows(const Rows& olds, const Rows& news, std::vector<TextChange>& changes) {
  std::size_t found = 0;
  const auto tell = [&](const std::string& name, std::string before, std::string after) {
    if (before == after || found++ >= rows_told) return;
    TextChange change;
    change.what = "rows";
    change.name = name;
    change.before = std::move(before);
    change.after = std::move(after);
    add_change(changes, std::move(change));
  };
  const auto at = [](const Rows& rows, const std::string& name) {
    const auto row = rows.find(name);
    return row == rows.end() ? std::string() : row->second;
  };
  for (const auto& [name, value] : news) tell(name, at(olds, name), value);
  for (const auto& [name, value] : olds) {
    if (news.count(name) == 0) tell(name, value, {});
  }
  if (found <= rows_told) return;
  TextChange& rest = changes.emplace_back();
  rest.what = "rows";
  rest.name = std::to_string(found - rows_told) + " more rows";
  rest.before = std::to_string(olds.size()) + " rows";
  rest.after = std::to_string(news.size()) + " rows";
}

std::string spell_table(const model::Library& library, const model::Table& table) {
  std::string keys;
  for (const auto& key : table.keys) keys += (keys.empty() ? "" : ", ") + model::format(library, key);
  return "(" + keys + ") -> " + model::format(library, table.value);
}

std::string spell_hook(const model::Library& library, const model::Hook& hook) {
  std::string text = "(";
  for (std::size_t i = 0; i < hook.parameters.size(); ++i) {
    text += (i == 0 ? "" : "; ") + hook.parameter_names[i] + " " + model::format(library, hook.parameters[i]);
  }
  text += ") -> " + model::format(library, hook.result);
  if (hook.tendency == model::Tendency::tighten) text += " may only tighten";
  if (hook.tendency == model::Tendency::loosen) text += " may only loosen";
  if (hook.script != model::none) text += " from " + library.scripts[hook.script].file;
  return text;
}

/// Enough of it to tell two apart, as people quote them.
std::string short_digest(const std::string& digest) {
  constexpr std::size_t shown = 19;  // `sha256:` and twelve digits
  return digest.substr(0, shown);
}

std::string script_digest(const model::Library& library, const model::Hook& hook) {
  return hook.script == model::none ? std::string() : short_digest(library.scripts[hook.script].digest);
}

}  // namespace

std::vector<ChangedThing> changed_tables(Compared& compared) {
  std::vector<ChangedThing> result;
  const auto& olds = compared.old_library.tables;
  const auto& news = compared.new_library.tables;
  const auto kind = Readers::Kind::table;
  for (const Matched& matched : match(olds, compared.old_readers, news, compared.new_readers, kind)) {
    if (matched.name == places_table) continue;
    const model::Table* old = numbered(olds, matched.old_number);
    const model::Table* now = numbered(news, matched.new_number);
    ChangedThing thing = thing_of(compared, matched, kind, "table");
    add_change(thing.changes, "type", old == nullptr ? "" : spell_table(compared.old_library, *old),
               now == nullptr ? "" : spell_table(compared.new_library, *now));
    const bool same_file = old != nullptr && now != nullptr && !old->digest.empty() && old->digest == now->digest;
    if (!same_file) {
      add_change(thing.changes, "file", old == nullptr ? "" : short_digest(old->digest),
                 now == nullptr ? "" : short_digest(now->digest));
    }
    if (!same_file && old != nullptr && now != nullptr) {
      compare_rows(rows_of(compared.old_library, *old), rows_of(compared.new_library, *now), thing.changes);
    }
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

std::vector<ChangedThing> changed_hooks(Compared& compared) {
  std::vector<ChangedThing> result;
  const auto& olds = compared.old_library.hooks;
  const auto& news = compared.new_library.hooks;
  const auto kind = Readers::Kind::hook;
  for (const Matched& matched : match(olds, compared.old_readers, news, compared.new_readers, kind)) {
    const model::Hook* old = numbered(olds, matched.old_number);
    const model::Hook* now = numbered(news, matched.new_number);
    ChangedThing thing = thing_of(compared, matched, kind, "hook");
    add_change(thing.changes, "hook", old == nullptr ? "" : spell_hook(compared.old_library, *old),
               now == nullptr ? "" : spell_hook(compared.new_library, *now));
    if (old != nullptr && now != nullptr) {
      add_change(thing.changes, "script", script_digest(compared.old_library, *old),
                 script_digest(compared.new_library, *now));
    }
    if (!thing.changes.empty()) result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
