#include <fmt/format.h>

#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "input/layout.hpp"
#include "input/mapping_start.hpp"
#include "input/reader.hpp"
#include "output/show_table.hpp"
#include "output/show_writer.hpp"
#include "text/diagnostic.hpp"
#include "value/format.hpp"

namespace proviso::cli {

namespace {

constexpr std::size_t table_width = 120;

struct Arguments {
  std::vector<std::string> libraries;
  std::string record;
  std::string csv;
  std::string format = "text";
};

/// The record asked for; without asking, the only one that policies are on.
std::optional<std::uint32_t> find_record(const model::Library& library, const std::string& asked) {
  std::string name = asked;
  if (name.empty()) {
    const auto only = only_record({&library}, "say which record", "the library has no policies");
    if (!only) return {};
    name = *only;
  }
  const std::uint32_t record = library.record(name);
  if (record != model::none) return record;
  std::vector<std::string> names;
  for (const auto& other : library.records) names.push_back(other.name);
  const auto close = text::closest(name, names);
  complain(
      fmt::format("the library has no record `{}`{}", name, close ? fmt::format("; did you mean `{}`?", *close) : ""));
  return {};
}

/// `6 months`; empty where a value of any age will do.
std::string valid_for(const model::Fact& fact) {
  return fact.valid > 0 ? value::format_duration(fact.valid, fact.valid_kind) : std::string();
}

std::string measured(const model::Fact& fact) {
  if (!fact.measured) return {};
  return fact.valid > 0 ? "valid " + valid_for(fact) : "yes";
}

std::string assumed(const model::Library& library, const model::Fact& fact) {
  return fact.assumed ? model::format(library, *fact.assumed) : std::string();
}

/// The name of a field as a record gives it. The elements of a list of plain values have the list's.
std::string path_of(const model::Fact& fact) { return fact.path.empty() ? fact.name + " (each)" : fact.name; }

std::string as_text(const model::Library& library, const model::Record& record) {
  std::vector<output::TableRow> rows;
  for (const model::Fact& fact : record.facts) {
    if (!input::comes_from_input(fact)) continue;
    output::TableCell said;
    if (!fact.label.empty()) said.push_back(fact.label);
    if (!fact.ask.empty()) said.push_back(fact.ask);
    if (said.empty()) said.emplace_back();
    rows.push_back(
        {{path_of(fact)}, {model::format(library, fact.type)}, said, {measured(fact)}, {assumed(library, fact)}});
  }
  std::string out = record.name + (record.label.empty() ? "" : ": " + record.label) + "\n\n";
  output::append_table(out, {"field", "type", "label and question", "measured", "assumed"}, rows, table_width, 2);
  return out;
}

std::string as_json(const model::Library& library, const model::Record& record) {
  std::string out;
  output::ShowWriter writer(out);
  writer.open('{');
  writer.field("record", record.name);
  writer.field("label", record.label);
  writer.name("fields");
  writer.open('[');
  for (const model::Fact& fact : record.facts) {
    if (!input::comes_from_input(fact)) continue;
    writer.open('{');
    writer.field("path", fact.name);
    writer.field("type", model::format(library, fact.type));
    const bool quantity = fact.type.kind == value::Kind::quantity;
    writer.field("unit", quantity ? value::spelling(fact.type.unit) : std::string_view());
    writer.field("label", fact.label);
    writer.field("ask", fact.ask);
    writer.field("measured", fact.measured);
    writer.field("valid", valid_for(fact));
    writer.field("assume", assumed(library, fact));
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
  return out + '\n';
}

int start_mapping(const model::Library& library, std::uint32_t record, const std::string& path) {
  auto source = input::open_source(path, input::Format::csv);
  if (!source) return complain(fmt::format("`{}`: {}", path, source.error()));
  const auto start = input::start_csv(*source, nullptr, true);
  if (!start) return complain(fmt::format("{}:{}: {}", path, start.error().line, start.error().message));
  const std::string name = path.substr(path.rfind('/') + 1);
  const std::string mapping = input::start_mapping(library, record, *start, *source, name);
  if (!source->failure().empty()) return complain(fmt::format("`{}`: {}", path, source->failure()));
  fmt::print("{}", mapping);
  return all_well;
}

int run(const Arguments& arguments) {
  const auto library = read_library(arguments.libraries);
  if (!library) return answer_is_no;
  const auto record = find_record(*library, arguments.record);
  if (!record) return wrong_command_line;
  if (!arguments.csv.empty()) return start_mapping(*library, *record, arguments.csv);
  const model::Record& of = library->records[*record];
  fmt::print("{}", arguments.format == "json" ? as_json(*library, of) : as_text(*library, of));
  return all_well;
}

constexpr const char* footer = R"(
Examples:
  proviso schema policies --record Referral                 its fields: what they are, what is asked, what is assumed
  proviso schema policies --record Referral --map FILE.csv > FILE.map   a mapping of the file, started
  proviso decide policies --record Referral --map FILE.map FILE.csv     and used

A mapping says which column gives which field, and how its cells are read. What --map prints holds the columns that
are certain; the likely ones are comments with the reason, and so are dates that could be read two ways.)";

}  // namespace

void add_schema(CLI::App& program, int& exit_code) {
  auto* command =
      program.add_subcommand("schema", "The fields of a record; with --map, a mapping of a CSV file's columns to them");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("LIBRARY", arguments->libraries, "Folders of .policy files, or files")->required();
  command->add_option("--record", arguments->record, "Which record, as Referral");
  auto* map = command->add_option("--map", arguments->csv, "A CSV file (- for standard input): start a mapping of it");
  command->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->excludes(map);
  command->footer(footer);
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
