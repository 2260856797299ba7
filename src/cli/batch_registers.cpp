#include "cli/batch_registers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/arguments.hpp"
#include "cli/batch.hpp"
#include "cli/batch_report.hpp"
#include "cli/commands.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {
namespace {

bool is_name(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The records of the registers that relations of the record name.
std::vector<std::uint32_t> registers_of(const model::Library& library, std::uint32_t record) {
  std::vector<std::uint32_t> others;
  for (const model::Relation& relation : library.relations) {
    if (relation.record != record || relation.other == record) continue;
    if (std::find(others.begin(), others.end(), relation.other) == others.end()) others.push_back(relation.other);
  }
  return others;
}

/// The record that a file is of: `name`, or without a name the only one that there is.
std::optional<std::uint32_t> record_of(const model::Library& library, std::uint32_t record, const std::string& name,
                                       const std::string& argument) {
  const std::string& own = library.records[record].name;
  const std::vector<std::uint32_t> others = registers_of(library, record);
  const std::vector<std::string> names = register_names(library, record);
  if (others.empty()) {
    complain(fmt::format("--register {}: no relation of `{}` asks for a register", argument, own));
    return {};
  }
  if (name.empty()) {
    if (others.size() == 1) return others.front();
    complain(fmt::format("say what `{}` is a register of: --register {}={}", argument,
                         fmt::join(names, fmt::format("={} or --register ", argument)), argument));
    return {};
  }
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return others[static_cast<std::size_t>(found - names.begin())];
  complain(fmt::format("no relation of `{}` asks for a register of `{}`, but of `{}`", own, name,
                       fmt::join(names, "` and of `")));
  return {};
}

void say_unread(const BatchResult& result, const std::string& path) {
  show_errors(result.errors, path);
  if (result.failed == 0) return;
  fmt::print(stderr, "{}: {} of {} records of the register could not be read{}\n", path, result.failed, result.records,
             result.failed > result.errors.size() ? fmt::format(": the first {} are above", result.errors.size()) : "");
}

/// Tells the relations what of the register is not there, so that nothing is taken to be missing for it; and says it.
/// Whether anything is not, or not all of it.
bool note_missing(const model::Library& library, const Register& file, const BatchResult& result,
                  settle::Relations& relations) {
  for (const model::FactId key : result.without_key) {
    relations.without_key(file.record, key);
    fmt::print(stderr, "{}: error: no record of the register has `{}`, by which lines are found\n", file.path,
               library.records[file.record].facts[key].name);
  }
  const bool incomplete = result.lost > 0 || !result.without_key.empty();
  if (incomplete) {
    fmt::print(stderr, "{}: the register counts as incomplete: that something is not in it is not known\n", file.path);
  }
  return incomplete || result.failed > 0;
}

/// What is not there says nothing, and that is said once.
void warn_of_missing(const model::Library& library, std::uint32_t record, const std::vector<Register>& registers,
                     const std::vector<std::uint32_t>& asked) {
  for (const std::uint32_t other : asked) {
    const bool given =
        std::any_of(registers.begin(), registers.end(), [other](const Register& each) { return each.record == other; });
    if (given || other == record) continue;
    const std::string& name = library.records[other].name;
    fmt::print(stderr,
               "proviso: warning: no register of `{}` is given (--register {}=FILE): what depends on it is unknown\n",
               name, name);
  }
}

}  // namespace

std::vector<std::string> register_names(const model::Library& library, std::uint32_t record) {
  std::vector<std::string> names;
  for (const std::uint32_t other : registers_of(library, record)) names.push_back(library.records[other].name);
  return names;
}

std::optional<std::vector<Register>> register_arguments(const model::Library& library, std::uint32_t record,
                                                        const std::vector<std::string>& arguments) {
  std::vector<Register> registers;
  for (const std::string& argument : arguments) {
    const auto equals = argument.find('=');
    const bool named = equals != std::string::npos && is_name(argument.substr(0, equals));
    Register made;
    made.path = named ? argument.substr(equals + 1) : argument;
    const auto of = record_of(library, record, named ? argument.substr(0, equals) : "", made.path);
    if (!of) return {};
    made.record = *of;
    const auto format = input::format_of(made.path);
    if (!format) {
      complain(fmt::format("the register `{}` must be a .csv, .ndjson or .json file", made.path));
      return {};
    }
    made.format = *format;
    registers.push_back(std::move(made));
  }
  return registers;
}

int gather_registers(const model::Library& library, std::uint32_t record, const std::vector<Register>& registers,
                     std::size_t threads, settle::Relations& relations, bool windows_1252) {
  const std::vector<std::uint32_t> asked = relations.gathered();
  warn_of_missing(library, record, registers, asked);
  int code = all_well;
  std::map<std::uint32_t, std::uint64_t> blocks;  // by record: those of the files before
  for (const Register& file : registers) {
    if (std::find(asked.begin(), asked.end(), file.record) == asked.end()) continue;
    auto source = input::open_source(file.path, file.format);
    if (!source) return complain(fmt::format("`{}`: {}", file.path, source.error()));
    BatchOptions options;
    options.input = file.format;
    options.threads = threads;
    options.windows_1252 = windows_1252;
    const BatchResult result = gather_batch(library, file.record, *source, options, relations, blocks[file.record]);
    if (!result.failure.empty()) return complain(fmt::format("{}: {}", file.path, result.failure));
    blocks[file.record] += result.blocks;
    warn_of_findings(result, file.path, library.records[file.record].name);
    say_unread(result, file.path);
    if (note_missing(library, file, result, relations)) code = some_records_failed;
  }
  return code;
}

}  // namespace proviso::cli
