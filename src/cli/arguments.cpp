#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/batch_report.hpp"
#include "cli/commands.hpp"
#include "input/given.hpp"
#include "input/source.hpp"
#include "text/file.hpp"

namespace proviso::cli {

int complain(const std::string& message) {
  fmt::print(stderr, "proviso: {}\n", message);
  return wrong_command_line;
}

std::optional<std::string> only_record(const std::vector<const model::Library*>& libraries, const std::string& question,
                                       const std::string& nothing) {
  std::vector<std::string> names;
  for (const model::Library* library : libraries) {
    for (const model::Policy& policy : library->policies) {
      const std::string& name = library->records[policy.record].name;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  if (names.size() == 1) return names.front();
  complain(names.empty() ? nothing : fmt::format("{}: --record {}", question, fmt::join(names, " or --record ")));
  return {};
}

std::optional<Lists> read_lists(const std::vector<std::string>& arguments, bool windows_1252) {
  Lists lists;
  for (const std::string& argument : arguments) {
    const auto equals = argument.find('=');
    if (equals == std::string::npos) {
      complain(fmt::format("--list wants NAME=FILE, not `{}`", argument));
      return {};
    }
    const std::string name = argument.substr(0, equals);
    const std::string path = argument.substr(equals + 1);
    const auto [before, is_new] = lists.paths.emplace(name, path);
    if (!is_new) {
      complain(fmt::format("--list {}: the list `{}` is given already, in `{}`", argument, name, before->second));
      return {};
    }
    auto source = input::open_source(path, input::Format::csv);
    if (!source) {
      complain(fmt::format("`{}`: {}", path, source.error()));
      return {};
    }
    auto table = input::ListTable::load(*source, windows_1252);
    if (!table) {
      complain(fmt::format("{}:{}: {}", path, table.error().line, table.error().message));
      return {};
    }
    lists.tables[name] = std::make_unique<input::ListTable>(std::move(*table));
    lists.by_name[name] = lists.tables[name].get();
  }
  return lists;
}

bool take_lists(const std::vector<std::string>& arguments, input::Format format) {
  if (arguments.empty() || format == input::Format::csv) return true;
  complain(fmt::format("--list {}: lists are joined to records in CSV; other records have theirs in them",
                       arguments.front()));
  return false;
}

int report_bad_rows(const Lists& lists) {
  int code = all_well;
  for (const auto& [name, table] : lists.tables) {
    if (table->bad_rows() == 0) continue;
    code = some_records_failed;
    const std::string& path = lists.paths.at(name);
    show_errors(table->errors(), path);
    const bool one = table->bad_rows() == 1;
    fmt::print(
        stderr, "{}: {} {} of the list `{}` could not be read{}: the lists that {} may be of count as incomplete\n",
        path, table->bad_rows(), one ? "row" : "rows", name,
        table->bad_rows() > table->errors().size() ? fmt::format(" (the first {} are above)", table->errors().size())
                                                   : "",
        one ? "it" : "they");
  }
  return code;
}

void warn_of_stray_rows(const Lists& lists) {
  for (const auto& [name, table] : lists.tables) {
    const input::ListTable::WithoutRecord stray = table->without_record();
    if (stray.rows == 0) continue;
    const bool one = stray.rows == 1;
    fmt::print(stderr, "{}: warning: {} {} of the list `{}` {} no record: {} in line {}, {}\n", lists.paths.at(name),
               stray.rows, one ? "row" : "rows", name, one ? "joins" : "join", one ? "it is" : "the first is",
               stray.line, "with the id " + input::excerpt(stray.id));
  }
}

std::optional<input::Mapping> read_mapping_file(const std::string& path, const model::Library& library,
                                                std::uint32_t record) {
  if (path.empty()) return input::Mapping();
  const auto text = text::read_file(path);
  if (!text) {
    complain(fmt::format("`{}` cannot be read: {}", path, text.error()));
    return {};
  }
  auto mapping = input::read_mapping(*text, library, record);
  if (mapping) return std::move(*mapping);
  show_mapping_errors(path, mapping.error());
  return {};
}

void show_mapping_errors(const std::string& path, const std::vector<input::MappingError>& errors) {
  for (const auto& error : errors) {
    fmt::print(stderr, "{}:{}:{}: error: {}\n", path, error.line, error.column, error.message);
  }
}

}  // namespace proviso::cli
