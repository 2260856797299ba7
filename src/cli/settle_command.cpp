#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/batch_registers.hpp"
#include "cli/batch_report.hpp"
#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "cli/outputs.hpp"
#include "cli/settle_earlier.hpp"
#include "cli/settle_ledger.hpp"
#include "cli/settle_window.hpp"
#include "output/words.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {

namespace {

enum class Form : std::uint8_t { text, json, csv, html };

struct Arguments {
  std::vector<std::string> libraries;
  std::vector<std::string> ledgers;
  std::string record;
  std::vector<std::string> agreements;
  std::vector<std::string> parties;
  std::string from;
  std::string to;
  std::string output;
  bool lines = false;
  std::vector<std::string> settled;
  std::vector<std::string> registers;
  std::string mapping;
  std::string encoding;
  std::string format;
  std::size_t threads = 0;
  bool with_drafts = false;
};

/// Where the statement goes: a form by name to standard output, or a file in the form that its ending says.
struct Output {
  Form form = Form::text;
  std::string file;  ///< empty: standard output
};

std::optional<Output> output_of(const std::string& argument) {
  if (argument.empty() || argument == "-" || argument == "text") return Output{};
  if (argument == "json") return Output{Form::json, ""};
  if (argument == "csv") return Output{Form::csv, ""};
  if (argument == "html") return Output{Form::html, ""};
  const auto ends_with = [&](std::string_view ending) {
    return argument.size() > ending.size() &&
           std::string_view(argument).substr(argument.size() - ending.size()) == ending;
  };
  if (ends_with(".txt")) return Output{Form::text, argument};
  if (ends_with(".json") || ends_with(".ndjson") || ends_with(".jsonl")) return Output{Form::json, argument};
  if (ends_with(".csv")) return Output{Form::csv, argument};
  if (ends_with(".html")) return Output{Form::html, argument};
  complain(fmt::format("--output wants text, json, csv, html, or a file with such an ending, not `{}`", argument));
  return {};
}

/// Whether the statement may be written: over none of the files that it is made of.
bool may_write_statement(const Arguments& arguments, const Output& output, const model::Library& library) {
  std::vector<std::string> inputs = {arguments.mapping};
  for (const auto* files : {&arguments.ledgers, &arguments.settled, &library.files}) {
    inputs.insert(inputs.end(), files->begin(), files->end());
  }
  add_files_named(arguments.registers, inputs);
  return may_write(output.file, inputs);
}

/// The record that the ledger is of: that asked for, or the only one that agreements are on.
std::optional<std::uint32_t> record_of(const model::Library& library, const std::string& asked) {
  std::vector<std::string> names;
  for (const model::Agreement& agreement : library.agreements) {
    const std::string& name = library.records[agreement.lines.record].name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.empty()) {
    complain("the library has no agreements");
    return {};
  }
  if (asked.empty() && names.size() == 1) return library.record(names.front());
  if (asked.empty()) {
    complain(fmt::format("say what the lines of the ledger are: --record {}", fmt::join(names, " or --record ")));
    return {};
  }
  if (std::find(names.begin(), names.end(), asked) != names.end()) return library.record(asked);
  if (library.record(asked) != model::none) {
    complain(fmt::format("no agreement is on `{}`", asked));
    return {};
  }
  const auto close = text::closest(asked, library.record_names);
  complain(
      fmt::format("the library has no record `{}`{}", asked, close ? fmt::format("; did you mean `{}`?", *close) : ""));
  return {};
}

bool is_csv(const std::string& path) { return input::format_of(path) == input::Format::csv; }

/// Each to be read again where relations ask for the other lines.
std::optional<std::vector<Ledger>> ledgers_of(const Arguments& arguments, bool repeated) {
  const bool csv_register = std::any_of(arguments.registers.begin(), arguments.registers.end(), is_csv);
  std::vector<Ledger> ledgers;
  for (const std::string& path : arguments.ledgers) {
    auto format = arguments.format.empty() ? input::format_of(path) : input::format_by_name(arguments.format);
    if (!format && path == "-") format = input::Format::ndjson;
    if (!format) {
      complain(fmt::format("say what `{}` is: --format ndjson, json or csv", path));
      return {};
    }
    const bool says_encoding = !arguments.encoding.empty() && !csv_register;
    if (*format != input::Format::csv && (!arguments.mapping.empty() || says_encoding)) {
      complain("--map and --encoding are for CSV");
      return {};
    }
    auto ledger = open_ledger(path, *format, repeated);
    if (!ledger) {
      complain(fmt::format("`{}`: {}", path, ledger.error()));
      return {};
    }
    ledgers.push_back(std::move(*ledger));
  }
  return ledgers;
}

void say_unread(const BatchResult& result, const std::string& path) {
  show_errors(result.errors, path);
  if (result.failed == 0) return;
  fmt::print(stderr, "{}: {} of {} lines could not be read, and are in no settlement{}\n", path, result.failed,
             result.records, result.failed > result.errors.size() ? "; the first of them are above" : "");
}

constexpr const char* nothing_of_a_part = "nothing is settled of a part of a ledger";

/// What reading the ledgers came to.
struct Booked {
  int code = all_well;
  bool complete = true;  ///< else no statement is to be written: it would miss lines that nothing tells of
  std::vector<settle::LedgerFile> files;
  std::uint64_t lost = 0;  ///< lines of which nothing could be read
};

/// Reads all ledgers into the accounts.
Booked book(const model::Library& library, std::uint32_t record, std::vector<Ledger>& ledgers, BatchOptions options,
            const Arguments& arguments, settle::Accounts& accounts) {
  Booked booked;
  for (std::size_t i = 0; i < ledgers.size() && booked.complete; ++i) {
    const std::string& path = ledgers[i].path;
    options.input = ledgers[i].format;
    const BatchResult result =
        book_batch(library, record, ledgers[i], options, accounts, static_cast<std::uint32_t>(i));
    options.bytes_before += result.bytes;
    show_mapping_errors(arguments.mapping, result.mapping_errors);
    warn_of_findings(result, path, library.records[record].name);
    say_unread(result, path);
    if (!result.without_column.empty()) {
      fmt::print(stderr, "{}: warning: the file has no column for `{}`, which the agreements ask for\n", path,
                 fmt::join(result.without_column, "`, `"));
    }
    booked.files.push_back({path, result.records, result.failed});
    booked.lost += result.lost;
    booked.complete = result.failure.empty();
    if (!booked.complete) {
      fmt::print(stderr, "proviso: {}: {}: {}\n", path, result.failure, nothing_of_a_part);
    }
    if (!booked.complete || result.failed > 0) booked.code = some_records_failed;
  }
  return booked;
}

/// Gathers what relations and groups bring the lines, from the registers and from all lines of the ledger.
Booked gather(const model::Library& library, std::uint32_t record, std::vector<Ledger>& ledgers,
              const std::vector<Register>& registers, BatchOptions& options, const Arguments& arguments,
              const settle::Accounts& accounts, settle::Relations& relations) {
  Booked gathered;
  gathered.code = gather_registers(library, record, registers, options.threads, relations, options.windows_1252);
  gathered.complete = gathered.code != wrong_command_line;
  if (!gathered.complete) return gathered;
  if (ask_for_ledger(relations, record)) {
    const BatchResult result = gather_ledgers(library, record, ledgers, options, accounts, relations);
    if (!result.failure.empty()) {
      show_mapping_errors(arguments.mapping, result.mapping_errors);
      fmt::print(stderr, "proviso: {}: {}\n", result.failure, nothing_of_a_part);
      return {some_records_failed, false, {}, 0};
    }
    for (const Ledger& ledger : ledgers) options.bytes_before += ledger.bytes_gathered;
  }
  relations.complete();
  warn_of_keys(relations, library, record, ledgers.size() == 1 ? ledgers.front().path : "proviso");
  if (!relations.empty()) options.relations = &relations;
  return gathered;
}

/// Whether the same lines count for all agreements: what a group brings one of them it brings all. Complains where they
/// do not.
bool agree_on_corrections(const settle::Accounts& accounts, const settle::Relations& relations, std::uint32_t record) {
  if (accounts.corrections().size() == 1 || !ask_for_ledger(relations, record)) return true;
  complain(
      fmt::format("agreements that ask relations or groups for other lines have to be `corrected by` the same fact "
                  "to be settled together: settle {} apart",
                  fmt::format("--agreement {}", fmt::join(accounts.agreements(), " and --agreement "))));
  return false;
}

/// Lines of which nothing could be read may be of any settlement, and each says so.
void note_lost(std::uint64_t lost, settle::Statement& statement) {
  if (lost == 0) return;
  for (settle::Settlement& each : statement.settlements) {
    each.notes.push_back(
        fmt::format("{} of the ledger could not be read at all, and may be of it", output::counted(lost, "line")));
  }
}

int write(const Output& output, const model::Library& library, const settle::Statement& statement, bool lines) {
  std::string written;
  switch (output.form) {
    case Form::text:
      written = settle::statement_text(library, statement, lines);
      break;
    case Form::json:
      written = settle::statement_json(library, statement, lines);
      break;
    case Form::csv:
      written = settle::statement_csv(library, statement, lines);
      break;
    case Form::html:
      written = settle::statement_html(library, statement, lines, title_of(statement, library));
      break;
  }
  return write_output(output.file, written) ? all_well : wrong_command_line;
}

/// Whether there is something to settle; complains where there is not.
bool has_agreements(const settle::Accounts& accounts, const std::string& record) {
  for (const std::string& name : accounts.unknown_agreements()) {
    complain(fmt::format("there is no agreement `{}` on `{}`", name, record));
    return false;
  }
  if (!accounts.empty()) return true;
  complain(fmt::format("no agreement on `{}` is in force: --with-drafts settles drafts too", record));
  return false;
}

/// A ledger of another kind, or with another separator, looks like this.
void warn_of_nothing_covered(const settle::Statement& statement) {
  if (statement.records == 0 || statement.not_covered + statement.undecided < statement.records) return;
  fmt::print(stderr, "proviso: warning: no line of the ledger is known to be covered by an agreement\n");
}

int settle_ledgers(const Arguments& arguments, const model::Library& library, std::uint32_t record,
                   const StatementWindow& window, const Output& output) {
  const auto mapping = read_mapping_file(arguments.mapping, library, record);
  if (!mapping) return wrong_command_line;
  BatchOptions options;
  options.threads = arguments.threads > 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
  settle::Accounts accounts(library, record,
                            {arguments.agreements, arguments.with_drafts, arguments.lines, options.threads});
  if (!has_agreements(accounts, library.records[record].name)) return wrong_command_line;
  settle::Relations relations(library, record, accounts.policies());
  if (!agree_on_corrections(accounts, relations, record)) return wrong_command_line;
  const auto registers = register_arguments(library, record, arguments.registers);
  if (!registers) return wrong_command_line;
  auto ledgers = ledgers_of(arguments, ask_for_ledger(relations, record));
  if (!ledgers) return wrong_command_line;
  const auto before = read_settled(library, arguments.settled, accounts.agreements());
  if (!before) return wrong_command_line;
  options.mapping = &*mapping;
  options.windows_1252 = arguments.encoding == "windows-1252";
  options.progress = isatty(STDERR_FILENO) != 0;
  for (const Ledger& ledger : *ledgers) options.bytes += ledger.bytes;
  const Booked gathered = gather(library, record, *ledgers, *registers, options, arguments, accounts, relations);
  if (!gathered.complete) return gathered.code;
  Booked booked = book(library, record, *ledgers, options, arguments, accounts);
  if (!booked.complete) return booked.code;
  booked.code = std::max(booked.code, gathered.code);
  settle::Statement statement = accounts.settle(arguments.ledgers, *before, booked.lost);
  note_lost(booked.lost, statement);
  if (!accounts.other_agreements().empty()) {
    for (const std::string& name : accounts.agreements()) statement.part.push_back("--agreement " + name);
  }
  warn_of_nothing_covered(statement);
  if (!take_parties(statement, library, window.parties)) {
    fmt::print(stderr, "proviso: no settlement or target is of {}: nothing is written\n",
               fmt::join(arguments.parties, " and "));
    return booked.code;
  }
  take_days(statement, library, window.days);
  const bool all_settled = std::all_of(statement.settlements.begin(), statement.settlements.end(), settle::is_settled);
  if (output.form == Form::json || output.form == Form::csv) {
    // These have no place for what is of no settlement.
    for (const std::string& note : statement.notes) fmt::print(stderr, "proviso: warning: {}\n", note);
  }
  statement.files = std::move(booked.files);
  const int code = write(output, library, statement, arguments.lines);
  if (code != all_well) return code;
  return all_settled ? booked.code : some_records_failed;
}

int run(const Arguments& arguments) {
  const auto output = output_of(arguments.output);
  if (!output) return wrong_command_line;
  StatementWindow window;
  window.days = days_between(arguments.from, arguments.to);
  const auto library = read_library(arguments.libraries);
  if (!library) return answer_is_no;
  if (!may_write_statement(arguments, *output, *library)) return wrong_command_line;
  const auto record = record_of(*library, arguments.record);
  if (!record) return wrong_command_line;
  auto parties = parties_wanted(*library, arguments.parties);
  if (!parties) return wrong_command_line;
  window.parties = std::move(*parties);
  return settle_ledgers(arguments, *library, *record, window, *output);
}

void add_input_options(CLI::App* command, const std::shared_ptr<Arguments>& arguments) {
  command->add_option("LIBRARY", arguments->libraries, "Folders of .policy files")->required();
  command
      ->add_option("--ledger", arguments->ledgers,
                   "The lines: a .csv, .ndjson or .json file, or - for standard input; may be given again, the later "
                   "lines last")
      ->required()
      ->allow_extra_args(false);
  command->add_option("--record", arguments->record, "What the lines are, as DrugLine");
  command->add_option("--format", arguments->format, "The ledger's form, if its ending does not say: ndjson, json, csv")
      ->check(CLI::IsMember({"ndjson", "json", "csv"}));
  command
      ->add_option("--register", arguments->registers,
                   "RECORD=FILE, or FILE: the records of a register that relations ask for; may be given again")
      ->allow_extra_args(false);
  command->add_option("--map", arguments->mapping,
                      "A file that says which columns of CSV give which fields, as `proviso schema --map` starts it");
  command->add_option("--encoding", arguments->encoding, "Of CSV that is not UTF-8, registers too: windows-1252")
      ->check(CLI::IsMember({"utf-8", "windows-1252"}));
  command->add_option("--threads", arguments->threads, "How many to use (all of the machine's)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
}

}  // namespace

void add_settle(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("settle", "Settle the agreements over a ledger, and write the statements");
  auto arguments = std::make_shared<Arguments>();
  add_input_options(command, arguments);
  command->add_option("--agreement", arguments->agreements, "Only this agreement; may be given again")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--party", arguments->parties,
          "NAME=VALUE: only statements of this party, as provider=RXA01; may be given again, for another party")
      ->allow_extra_args(false);
  command->add_option("--from", arguments->from,
                      "A date or a month (2018-12): only settlements of which some day is then or later are written, "
                      "each of them whole; all lines are read");
  command->add_option("--to", arguments->to,
                      "A date or a month: only settlements of which some day is then or earlier are written, each of "
                      "them whole");
  command->add_option("--output", arguments->output,
                      "text (without it), json, csv or html; or a file, whose ending (.txt, .json, .csv, .html) says "
                      "its form");
  command->add_flag("--lines", arguments->lines, "With every line that the settlements are made of");
  command
      ->add_option("--settled", arguments->settled,
                   "What the last `settle --output json` wrote: the statement says what is still to be settled. Each "
                   "run without --from, --to, --party and --agreement writes the whole state, so only its latest file "
                   "is to be given, and a part of it will not do; may be given again for other settlements")
      ->allow_extra_args(false);
  command->add_flag("--with-drafts", arguments->with_drafts, "Draft agreements are settled too");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
