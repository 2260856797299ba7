#include "check/declarations/tables.hpp"

#include <fmt/format.h>

#include <csv.h>
#include <algorithm>
#include <tl/expected.hpp>

#include "check/named_files.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"
#include "value/digest.hpp"
#include "value/format.hpp"

// Look-up tables, inline or from a CSV file beside the policy.
namespace proviso::check {

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
  Rows rows;
  std::vector<std::string> row;
};

void end_of_cell(void* cell, std::size_t length, void* state) {
  static_cast<Reading*>(state)->row.emplace_back(static_cast<const char*>(cell), length);
}

void end_of_row(int, void* state) {
  auto* reading = static_cast<Reading*>(state);
  reading->rows.push_back(std::move(reading->row));
  reading->row.clear();
}

/// Nothing where the text is not CSV.
std::optional<Rows> read_csv(const std::string& text) {
  csv_parser parser;
  Reading reading;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return {};
  const bool good = csv_parse(&parser, text.data(), text.size(), end_of_cell, end_of_row, &reading) == text.size() &&
                    csv_fini(&parser, end_of_cell, end_of_row, &reading) == 0;
  csv_free(&parser);
  if (!good) return {};
  return std::move(reading.rows);
}

/// Where in the header the columns of the keys stand and, last, that of the value: `value`, or the table's name, or the
/// only one that is no key's. The error says which is not there, or could be two.
tl::expected<std::vector<std::size_t>, std::string> find_columns(const std::vector<std::string>& header,
                                                                 const std::vector<std::string>& keys,
                                                                 const std::string& table) {
  std::vector<std::size_t> columns;
  for (const std::string& key : keys) {
    const auto count = std::count(header.begin(), header.end(), key);
    if (count == 0) return tl::unexpected(fmt::format("its header has no column `{}`", key));
    if (count > 1) return tl::unexpected(fmt::format("its header has two columns `{}`", key));
    columns.push_back(static_cast<std::size_t>(std::find(header.begin(), header.end(), key) - header.begin()));
  }
  std::vector<std::size_t> named;
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (std::find(columns.begin(), columns.end(), i) != columns.end()) continue;
    others.push_back(i);
    if (header[i] == "value" || header[i] == table) named.push_back(i);
  }
  if (named.size() > 1 && header[named[0]] == header[named[1]]) {
    return tl::unexpected(fmt::format("its header has two columns `{}`", header[named[0]]));
  }
  if (named.size() > 1) {
    return tl::unexpected(fmt::format("its header has two columns for the value, `value` and `{}`", table));
  }
  if (named.empty() && others.size() != 1) {
    return tl::unexpected(fmt::format("its header has no column `value` or `{}`", table));
  }
  columns.push_back(named.empty() ? others.front() : named.front());
  return columns;
}

/// A cell as a column holds it; nothing where it has not the type's form. Texts and enumerations are the caller's.
std::optional<std::int64_t> cell_value(const Type& type, std::string_view cell) {
  const auto decimal = [&](std::string_view text) { return value::parse_decimal(text).value; };
  switch (type.kind) {
    case Kind::number:
      return decimal(cell);
    case Kind::quantity: {
      const std::string ending = ' ' + std::string(value::spelling(type.unit));
      if (cell.size() > ending.size() && cell.substr(cell.size() - ending.size()) == ending) {
        cell.remove_suffix(ending.size());
      }
      return decimal(cell);
    }
    case Kind::money:
      if (cell.substr(0, 2) == "\xC2\xA3") cell.remove_prefix(2);
      return decimal(cell);
    case Kind::percent:
      if (!cell.empty() && cell.back() == '%') {
        cell.remove_suffix(1);
        const auto found = decimal(cell);
        return found && *found % 100 == 0 ? std::optional<std::int64_t>(*found / 100) : std::nullopt;
      }
      return decimal(cell);
    case Kind::date:
      if (const auto found = value::parse_date(cell)) return *found;
      return {};
    case Kind::duration:
      if (const auto found = value::parse_duration(cell)) {
        return found->first * 2 + (found->second == value::DurationKind::days ? 1 : 0);
      }
      return {};
    case Kind::code:
      return value::parse_code(type.system, cell);
    case Kind::truth:
      if (cell == "yes") return 1;
      if (cell == "no") return 0;
      return {};
    default:
      return {};
  }
}

}  // namespace

void Tables::check_table(Symbol& symbol) {
  const auto& written = declaration<syntax::TableDeclaration>(symbol);
  model::Table table;
  table.name = symbol.name;
  for (const auto& key : written.keys) table.keys.push_back(types_.resolve_type(symbol.tree, key.type));
  table.value = types_.resolve_type(symbol.tree, written.value);
  const auto usable = [](const Type& type) {
    return type.kind != Kind::error && type.kind != Kind::list && type.kind != Kind::record;
  };
  bool good = usable(table.value) && std::all_of(table.keys.begin(), table.keys.end(), usable);
  if (good) {
    if (written.file.empty()) {
      inline_rows(written, symbol.tree, table);
    } else {
      file_rows(written, trees_[symbol.tree], table);
    }
  } else if (table.value.kind == Kind::error || std::any_of(table.keys.begin(), table.keys.end(),
                                                            [](const Type& key) { return key.kind == Kind::error; })) {
    // What is wrong with the type has been said.
  } else {
    complain(Code::type_mismatch, symbol.span, "a table's keys and value are single values");
  }
  library_.tables[symbol.index] = std::move(table);
}

void Tables::inline_rows(const syntax::TableDeclaration& written, std::uint32_t tree, model::Table& table) {
  for (const auto& row : written.rows) {
    if (row.keys.size() != table.keys.size()) {
      complain(Code::wrong_arguments, row.span,
               fmt::format("the row has {} key{}; table `{}` is looked up by {}", row.keys.size(),
                           row.keys.size() == 1 ? "" : "s", table.name, table.keys.size()));
      continue;
    }
    std::vector<std::int64_t> key;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      if (const auto found = literals_.constant(tree, row.keys[i], table.keys[i])) key.push_back(found->bits);
    }
    const auto value = literals_.constant(tree, row.value, table.value);
    if (key.size() != row.keys.size() || !value || !value->known) continue;
    if (!table.rows.emplace(std::move(key), value->bits).second) {
      complain(Code::duplicate_key, row.span, fmt::format("table `{}` has a row for these keys already", table.name));
    }
  }
}

void Tables::file_rows(const syntax::TableDeclaration& written, const SourceTree& tree, model::Table& table) {
  const auto fail = [&](const std::string& why) {
    complain(Code::table_file, written.file_span, fmt::format("`{}`: {}", written.file, why));
  };
  auto [path, text, problem] = read_beside(sources_, tree, written.file);
  if (!problem.empty()) return fail(problem);
  library_.files.push_back(path);
  table.digest = value::sha256(text);
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
  const auto rows = read_csv(text);
  if (!rows) return fail("it is not a CSV file: a quote is out of place");
  if (rows->empty()) return fail("it has no header line");
  const auto& header = rows->front();
  std::vector<std::string> keys;
  for (const auto& key : written.keys) keys.push_back(key.name.text);
  const auto found_columns = find_columns(header, keys, table.name);
  if (!found_columns) return fail(found_columns.error());
  const std::vector<std::size_t>& columns = *found_columns;
  std::vector<Type> types = table.keys;
  types.push_back(table.value);
  for (std::size_t line = 1; line < rows->size(); ++line) {
    const auto& row = (*rows)[line];
    if (row.size() != header.size())
      return fail(fmt::format("row {} has {} cells, the header {}", line, row.size(), header.size()));
    std::vector<std::int64_t> bits;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& cell = row[columns[i]];
      std::optional<std::int64_t> found;
      if (types[i].kind == Kind::text) {
        found = text_number(cell);
      } else if (ValueNames::names_values(types[i])) {
        if (const auto value = value_names_.named_value(types[i], cell)) found = *value;
      } else {
        found = cell_value(types[i], cell);
      }
      if (!found) return fail(fmt::format("row {}: `{}` is not {}", line, cell, model::format(library_, types[i])));
      bits.push_back(*found);
    }
    const std::int64_t value = bits.back();
    bits.pop_back();
    if (!table.rows.emplace(std::move(bits), value).second)
      return fail(fmt::format("row {} has the keys of an earlier row", line));
  }
}

}  // namespace proviso::check
