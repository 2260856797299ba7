#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/batch.hpp"
#include "cli/batch_input.hpp"
#include "cli/batch_registers.hpp"
#include "cli/batch_report.hpp"
#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "cli/outputs.hpp"
#include "decide/engine.hpp"
#include "input/fhir_files.hpp"
#include "input/fhir_records.hpp"
#include "input/reader.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> paths;  // libraries, then the input
  std::string record;
  std::string format;
  std::string explain = "reasons";
  std::vector<std::string> policies;
  std::string on;
  std::size_t threads = 0;
  std::string output;
  std::vector<std::string> lists;
  std::vector<std::string> registers;
  std::string mapping;
  std::string encoding;
  bool with_drafts = false;
};

/// The record asked for; without asking, the only one that policies are on.
std::optional<std::string> record_name(const model::Library& library, const std::string& asked) {
  if (asked.empty()) {
    return only_record({&library}, "say which records are decided", "the library has no policies");
  }
  if (library.record(asked) != model::none) return asked;
  const auto close = text::closest(asked, library.record_names);
  complain(
      fmt::format("the library has no record `{}`{}", asked, close ? fmt::format("; did you mean `{}`?", *close) : ""));
  return {};
}

/// Resources are a file of one, or a line each.
bool is_fhir(const Arguments& arguments) { return arguments.format == "fhir"; }

std::optional<input::Format> input_format(const Arguments& arguments, const std::string& path) {
  if (is_fhir(arguments)) {
    return input::format_of(path) == input::Format::ndjson ? input::Format::ndjson : input::Format::json;
  }
  if (!arguments.format.empty()) return input::format_by_name(arguments.format);
  if (path == "-") return input::Format::ndjson;
  const auto format = input::format_of(path);
  if (!format) complain(fmt::format("say what `{}` is: --format ndjson, json, csv or fhir", path));
  return format;
}

ResultFormat result_format(const std::string& output) {
  const auto format = input::format_of(output);
  if (format == input::Format::csv) return ResultFormat::csv;
  return format == input::Format::json ? ResultFormat::json : ResultFormat::ndjson;
}

int report(const BatchResult& result, const std::string& path, const std::string& record) {
  warn_of_findings(result, path, record);
  if (result.failed > 0) {
    fmt::print(stderr, "{}: {} of {} records could not be read; their results say why\n", path, result.failed,
               result.records);
  }
  if (!result.failure.empty()) {
    fmt::print(stderr, "proviso: {}: {}\n", path, result.failure);
    return some_records_failed;
  }
  return result.failed > 0 ? some_records_failed : all_well;
}

/// Those whose relations are asked: not the policies that do not decide.
std::vector<const model::Policy*> deciding_policies(const decide::Engine& engine) {
  std::vector<const model::Policy*> policies;
  for (const decide::Edition& edition : engine.editions()) policies.push_back(&edition.policy());
  return policies;
}

bool is_windows_1252(const Arguments& arguments) { return arguments.encoding == "windows-1252"; }

/// Whether what is said of CSV is said of some; complains where it is not.
bool are_for_csv(const Arguments& arguments, input::Format format) {
  if (format == input::Format::csv) return true;
  const bool of_register = std::any_of(arguments.registers.begin(), arguments.registers.end(),
                                       [](const auto& each) { return input::format_of(each) == input::Format::csv; });
  if ((!arguments.encoding.empty() && !of_register) || (!arguments.mapping.empty() && !is_fhir(arguments))) {
    complain("--map and --encoding are for CSV, and --map for FHIR");
    return false;
  }
  return take_lists(arguments.lists, format);
}

/// Whether the results may be written: over none of the files that they are made of.
bool may_write_results(const Arguments& arguments, const std::string& path, const model::Library& library) {
  std::vector<std::string> inputs = {path, arguments.mapping};
  add_files_named(arguments.lists, inputs);
  add_files_named(arguments.registers, inputs);
  inputs.insert(inputs.end(), library.files.begin(), library.files.end());
  return may_write(arguments.output, inputs);
}

/// Whether each of the lists may be given; complains of one that may not.
bool are_given(const Lists& lists, const model::Record& record) {
  for (const auto& list : lists.by_name) {
    const model::FactId fact = record.find(0, list.first);
    if (fact == model::none || record.facts[fact].type.kind != value::Kind::list) {
      complain(fmt::format("--list {}: `{}` has no list `{}`", list.first, record.name, list.first));
      return false;
    }
    if (record.facts[fact].relation == model::none) continue;
    complain(fmt::format("--list {}: `{}` is filled from other records, and not from a file", list.first, list.first));
    return false;
  }
  return true;
}

/// The records to decide, which are read once, or first for what relations ask of the other lines.
class Input {
 public:
  static tl::expected<Input, std::string> open(const std::string& path, input::Format format,
                                               input::SourceLimits limits, bool repeated) {
    Input input;
    input.limits_ = limits;
    if (repeated) {
      auto opened = RepeatedInput::open(path);
      if (!opened) return tl::make_unexpected(fmt::format("`{}`: {}", path, opened.error()));
      input.source_.emplace(opened->source(format, limits));
      input.repeated_.emplace(std::move(*opened));
      return input;
    }
    auto source = input::open_source(path, format, limits);
    if (!source) return tl::make_unexpected(fmt::format("`{}`: {}", path, source.error()));
    input.source_.emplace(std::move(*source));
    struct stat status {};
    if (path != "-" && stat(path.c_str(), &status) == 0) input.size_ = static_cast<std::uint64_t>(status.st_size);
    return input;
  }

  input::RecordSource& source() { return *source_; }
  /// Of all readings, as far as it is known.
  std::uint64_t size() const { return repeated_ ? 2 * repeated_->size() : size_; }
  bool is_repeated() const { return repeated_.has_value(); }
  void start_again(input::Format format) { source_.emplace(repeated_->source(format, limits_)); }
  bool unchanged() const { return repeated_->unchanged(); }

 private:
  std::optional<RepeatedInput> repeated_;
  std::optional<input::RecordSource> source_;
  input::SourceLimits limits_;
  std::uint64_t size_ = 0;
};

/// Reads the input once or twice, and decides it.
BatchResult decide_input(const decide::Engine& engine, Input& input, std::FILE* out, BatchOptions& options,
                         settle::Relations& relations, const std::string& path) {
  BatchResult first;
  if (input.is_repeated()) {
    first = gather_batch(engine.library(), engine.record_index(), input.source(), options, relations);
    if (!first.failure.empty()) return first;
    options.bytes_before = first.bytes;
    input.start_again(options.input);
  }
  relations.complete();
  warn_of_lost(first.lost, path);
  warn_of_keys(relations, engine.library(), engine.record_index(), path);
  if (!relations.empty()) options.relations = &relations;
  BatchResult result = decide_batch(engine, input.source(), out, options);
  if (input.is_repeated() && result.failure.empty() && (result.bytes != first.bytes || !input.unchanged())) {
    result.failure = "the file changed while it was read twice, so its results are not to be relied on";
  }
  return result;
}

/// Which column gives which field, or which resource.
struct Mappings {
  input::Mapping columns;
  std::optional<input::FhirMapping> fhir;
};

/// Nothing, having complained, where there is none or it has errors.
std::optional<Mappings> read_mappings(const Arguments& arguments, const model::Library& library, std::uint32_t record) {
  Mappings made;
  if (!is_fhir(arguments)) {
    auto columns = read_mapping_file(arguments.mapping, library, record);
    if (!columns) return {};
    made.columns = std::move(*columns);
    return made;
  }
  auto fhir = arguments.mapping.empty() ? input::find_fhir_mapping(arguments.paths, library, record)
                                        : input::read_fhir_file(arguments.mapping, library);
  if (!fhir) {
    if (fhir.error().errors.empty()) complain(fhir.error().message);
    show_mapping_errors(fhir.error().path, fhir.error().errors);
    return {};
  }
  if (fhir->record_index() != record) {
    complain(fmt::format("`{}` maps FHIR to `{}`, and the records are `{}`", arguments.mapping, fhir->record().name,
                         library.records[record].name));
    return {};
  }
  made.fhir = std::move(*fhir);
  return made;
}

int decide_records(const Arguments& arguments, const std::string& path, const decide::Engine& engine,
                   const Lists& lists, const Mappings& mappings, input::Format format) {
  const model::Library& library = engine.library();
  const std::uint32_t record = engine.record_index();
  const auto registers = register_arguments(library, record, arguments.registers);
  if (!registers) return wrong_command_line;
  BatchOptions batch;
  batch.input = format;
  batch.output = result_format(arguments.output);
  batch.threads = arguments.threads > 0 ? arguments.threads : std::max(1U, std::thread::hardware_concurrency());
  batch.lists = lists.by_name;
  batch.mapping = &mappings.columns;
  if (mappings.fhir) batch.fhir = &*mappings.fhir;
  batch.windows_1252 = is_windows_1252(arguments);
  batch.progress = isatty(STDERR_FILENO) != 0;
  settle::Relations relations(library, record, deciding_policies(engine));
  const int register_code = gather_registers(library, record, *registers, batch.threads, relations, batch.windows_1252);
  if (register_code == wrong_command_line) return wrong_command_line;
  const std::vector<std::uint32_t> gathered = relations.gathered();
  auto input = Input::open(path, format, mappings.fhir ? input::fhir_limits : input::SourceLimits(),
                           std::find(gathered.begin(), gathered.end(), record) != gathered.end());
  if (!input) return complain(input.error());
  batch.bytes = input->size();
  auto output = OutputFile::open(arguments.output);
  if (!output) return wrong_command_line;
  const BatchResult result = decide_input(engine, *input, output->file(), batch, relations, path);
  show_mapping_errors(arguments.mapping, result.mapping_errors);
  const int list_code = report_bad_rows(lists);
  if (result.failure.empty()) warn_of_stray_rows(lists);
  const int code = std::max({register_code, list_code, report(result, path, engine.record().name)});
  if (result.failure.empty()) return output->finish() ? code : wrong_command_line;
  if (output->is_aside()) fmt::print(stderr, "proviso: `{}` is not written: results are missing\n", arguments.output);
  return code;
}

int run(Arguments& arguments) {
  if (arguments.paths.size() < 2) return complain("decide wants a LIBRARY and an INPUT");
  const std::string path = arguments.paths.back();
  arguments.paths.pop_back();
  decide::Options options;
  options.on = date_argument("--on", arguments.on);
  options.policies = arguments.policies;
  options.with_drafts = arguments.with_drafts;
  options.explain = arguments.explain == "none"   ? decide::Explain::none
                    : arguments.explain == "full" ? decide::Explain::full
                                                  : decide::Explain::reasons;
  const auto format = input_format(arguments, path);
  if (!format) return wrong_command_line;
  const auto library = read_library(arguments.paths);
  if (!library) return answer_is_no;
  if (!may_write_results(arguments, path, *library)) return wrong_command_line;
  const auto record = record_name(*library, arguments.record);
  if (!record) return wrong_command_line;
  const auto lists = read_lists(arguments.lists, is_windows_1252(arguments));
  if (!lists || !are_given(*lists, library->records[library->record(*record)])) return wrong_command_line;
  if (!are_for_csv(arguments, *format)) return wrong_command_line;
  const auto mappings = read_mappings(arguments, *library, library->record(*record));
  if (!mappings) return wrong_command_line;
  const decide::Engine engine(*library, *record, options);
  for (const auto& name : engine.unknown_policies()) {
    return complain(fmt::format("no policy `{}` on `{}` decides", name, *record));
  }
  return decide_records(arguments, path, engine, *lists, *mappings, *format);
}

}  // namespace

void add_decide(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("decide", "Decide every record of the input, one result each, in its order");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("PATHS", arguments->paths,
                   "LIBRARY... INPUT: folders of .policy files, then the records: a .ndjson, .json or .csv file, or - "
                   "for standard input")
      ->required();
  command->add_option("--record", arguments->record, "What the records are, as Referral");
  command
      ->add_option(
          "--format", arguments->format,
          "The input's form, if its ending does not say: ndjson, json, csv; or fhir: resources and bundles, one in "
          "a file, or one a line in a .ndjson file")
      ->check(CLI::IsMember({"ndjson", "json", "csv", "fhir"}));
  command
      ->add_option("--explain", arguments->explain, "none, reasons (the criteria that decided) or full (all of them)")
      ->check(CLI::IsMember({"none", "reasons", "full"}));
  command
      ->add_option("--policy", arguments->policies,
                   "Only this policy or payment; may be given again. The amount of a line is then by these alone")
      ->allow_extra_args(false);
  command->add_option("--on", arguments->on, "The deciding date, whatever the records say");
  command->add_option("--threads", arguments->threads, "How many to use (all of the machine's)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
  command->add_option("--output", arguments->output, "Where results go; .csv and .json choose their form");
  command->add_option("--list", arguments->lists, "NAME=FILE: a CSV file with the elements of a list, joined by id")
      ->allow_extra_args(false);
  command
      ->add_option("--register", arguments->registers,
                   "RECORD=FILE, or FILE: the records of a register that relations ask for; may be given again")
      ->allow_extra_args(false);
  command->add_option(
      "--map", arguments->mapping,
      "A file that says which columns of CSV give which fields, as `proviso schema --map` starts it; of "
      "FHIR, which elements do, in the place of the library's .fhir file");
  command
      ->add_option("--encoding", arguments->encoding, "Of CSV that is not UTF-8, lists and registers too: windows-1252")
      ->check(CLI::IsMember({"utf-8", "windows-1252"}));
  command->add_flag("--with-drafts", arguments->with_drafts, "Draft policies decide too");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
