#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/existing_register.hpp"
#include "cli/outputs.hpp"
#include "input/source.hpp"
#include "output/csv_writer.hpp"

namespace proviso::cli {

namespace {

using Json = nlohmann::ordered_json;

int verify(const std::string& where) {
  const auto kept = open_existing(where);
  if (!kept) return wrong_command_line;
  const auto found = kept->verify();
  if (!found) return complain(found.error());
  for (const std::string& fault : found->faults) fmt::print("{}\n", fault);
  const auto entries = fmt::format("{} {}", found->entries, found->entries == 1 ? "entry" : "entries");
  if (!found->faults.empty()) {
    fmt::print("{}, {} {}\n", entries, found->faults.size(), found->faults.size() == 1 ? "fault" : "faults");
    return answer_is_no;
  }
  fmt::print("{}, no faults{}\n", entries, found->last.empty() ? "" : "; the last is " + found->last);
  return all_well;
}

/// Facts by their paths.
using Facts = std::map<std::string, Json>;

/// `{"patient": {"nhs_number": "..."}}` and `{"patient.nhs_number": "..."}` alike. A code with its system, and a
/// quantity, is one value.
void add_facts(Facts& facts, const std::string& path, const Json& value) {
  if (!value.is_object() || value.contains("code") || value.contains("value")) {
    if (!value.is_null()) facts[path] = value;
    return;
  }
  for (const auto& [name, member] : value.items()) {
    add_facts(facts, path.empty() ? name : fmt::format("{}.{}", path, name), member);
  }
}

Facts facts_of(const service::Authorisation& authorisation) {
  Facts facts;
  const Json bound = Json::parse(authorisation.bound, nullptr, false);
  if (bound.is_object()) add_facts(facts, "", bound);
  return facts;
}

/// The fields of the record `Authorisation` that say what an authorisation is good for. What else it is bound to comes
/// after them.
const std::vector<std::string> usual_facts = {"patient.nhs_number", "procedure", "molecule", "provider"};

/// The columns for facts: the usual ones, and those that some authorisation is bound to besides.
service::Register::Result<std::vector<std::string>> fact_columns(service::Register& kept) {
  std::set<std::string> others;
  const auto read = kept.each_authorisation([&](const service::Authorisation& authorisation) {
    for (const auto& [path, value] : facts_of(authorisation)) others.insert(path);
  });
  if (!read) return tl::unexpected(read.error());
  std::vector<std::string> columns = usual_facts;
  for (const std::string& usual : usual_facts) others.erase(usual);
  columns.insert(columns.end(), others.begin(), others.end());
  return columns;
}

/// What was withdrawn approves nothing any more, and payments accept only what was granted.
const char* decision_of(const service::Authorisation& authorisation) {
  return authorisation.withdrawn ? "declined" : "granted";
}

std::string csv_value(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("code")) return csv_value(value["code"]);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_csv_line(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    output::append_csv(out, cells[i]);
  }
  out += '\n';
}

std::string csv_header(const std::vector<std::string>& columns) {
  std::vector<std::string> cells = {"id", "authorisation_code"};
  cells.insert(cells.end(), columns.begin(), columns.end());
  cells.insert(cells.end(), {"decision", "decided", "valid_from", "valid_to", "uses", "retrospective"});
  std::string out;
  append_csv_line(out, cells);
  return out;
}

std::string csv_line(const service::Authorisation& authorisation, const std::vector<std::string>& columns) {
  const Facts facts = facts_of(authorisation);
  std::vector<std::string> cells = {authorisation.code, authorisation.code};
  for (const std::string& column : columns) {
    const auto fact = facts.find(column);
    cells.push_back(fact == facts.end() ? "" : csv_value(fact->second));
  }
  cells.insert(cells.end(),
               {decision_of(authorisation), authorisation.decided, authorisation.valid_from, authorisation.valid_to,
                std::to_string(authorisation.uses), authorisation.retrospective ? "yes" : "no"});
  std::string out;
  append_csv_line(out, cells);
  return out;
}

std::string json_line(const service::Authorisation& authorisation) {
  Json line = {{"id", authorisation.code}, {"authorisation_code", authorisation.code}};
  for (const auto& [path, value] : facts_of(authorisation)) {
    Json* place = &line;
    std::string_view rest = path;
    for (std::size_t dot = 0; (dot = rest.find('.')) != std::string_view::npos; rest.remove_prefix(dot + 1)) {
      place = &(*place)[std::string(rest.substr(0, dot))];
    }
    (*place)[std::string(rest)] = value;
  }
  line["decision"] = decision_of(authorisation);
  for (const auto& [name, day] :
       {std::pair("decided", &authorisation.decided), std::pair("valid_from", &authorisation.valid_from),
        std::pair("valid_to", &authorisation.valid_to)}) {
    line[name] = day->empty() ? Json() : Json(*day);
  }
  line["uses"] = authorisation.uses;
  line["retrospective"] = authorisation.retrospective;
  return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct Export {
  std::string where;
  std::string format;
  std::string output;

  bool to_file() const { return !output.empty() && output != "-"; }
  bool csv() const {
    if (!format.empty()) return format == "csv";
    return !to_file() || input::format_of(output) == input::Format::csv;
  }
};

/// Writes all of them; what could not be done, empty where all was.
std::string write_authorisations(service::Register& kept, bool csv, std::FILE* file) {
  const auto columns = fact_columns(kept);
  if (!columns) return columns.error();
  const auto write = [&](const std::string& line) { std::fwrite(line.data(), 1, line.size(), file); };
  if (csv) write(csv_header(*columns));
  const auto read = kept.each_authorisation([&](const service::Authorisation& authorisation) {
    write(csv ? csv_line(authorisation, *columns) : json_line(authorisation));
  });
  return read ? "" : read.error();
}

/// The files of a register: SQLite keeps more beside the one that is named.
std::vector<std::string> files_of(const std::string& where) {
  return {where, where + "-wal", where + "-shm", where + "-journal"};
}

int export_authorisations(const Export& wanted) {
  if (!may_write(wanted.output, files_of(wanted.where))) return wrong_command_line;
  const auto kept = open_existing(wanted.where);
  if (!kept) return wrong_command_line;
  // A register that is cut short would have its authorisations not paid.
  auto output = OutputFile::open(wanted.output);
  if (!output) return wrong_command_line;
  const std::string problem = write_authorisations(*kept, wanted.csv(), output->file());
  if (!problem.empty()) return complain(problem);
  return output->finish() ? all_well : wrong_command_line;
}

constexpr const char* verify_footer = R"(
Every entry of the log carries the digest of the one before it. Found are entries that were changed, are missing or
stand twice, authorisations that are not as the log issued them, and uses that their history does not show.
Whoever writes down the digest of the last entry can tell later whether the log up to it is still the same.

Exits with 0 where there are no faults, with 1 where there are.)";

constexpr const char* export_footer = R"(
Examples:
  proviso authorisations register.db --output authorisations.csv
  proviso decide policies activity.csv --record Activity --register authorisations.csv

What was withdrawn is told as declined. How often each was used is not told: payments count the lines that quote it.
Without patients' numbers, where the service does not keep them, nothing can be looked up by patient.)";

}  // namespace

void add_verify(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("verify", "Whether the log of a register is as it was written");
  auto where = std::make_shared<std::string>();
  command->add_option("REGISTER", *where, "The file, or postgres://...")->required();
  command->footer(verify_footer);
  command->callback([where, &exit_code] { exit_code = verify(*where); });
}

void add_authorisations(CLI::App& program, int& exit_code) {
  auto* command =
      program.add_subcommand("authorisations", "The authorisations of a register, in the form that payments read");
  auto wanted = std::make_shared<Export>();
  command->add_option("REGISTER", wanted->where, "The file, or postgres://...")->required();
  command->add_option("--format", wanted->format, "csv or json; without it, as the file's ending says, or csv")
      ->check(CLI::IsMember({"csv", "json"}));
  command->add_option("--output", wanted->output, "The file to write");
  command->footer(export_footer);
  command->callback([wanted, &exit_code] { exit_code = export_authorisations(*wanted); });
}

}  // namespace proviso::cli
