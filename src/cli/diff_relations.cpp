#include "cli/diff_relations.hpp"

#include <algorithm>

#include "cli/batch_registers.hpp"
#include "cli/commands.hpp"

namespace proviso::cli {
namespace {

using trial::after;
using trial::before;
using trial::both_sides;
using trial::Side;

bool names_one_of(const std::string& argument, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return argument.rfind(name + "=", 0) == 0; });
}

}  // namespace

DiffRelations::DiffRelations(const model::Library& old_library, const model::Library& new_library,
                             const std::string& record)
    : libraries_{&old_library, &new_library},
      records_{old_library.record(record), new_library.record(record)},
      relations_{settle::Relations(old_library, records_[before]), settle::Relations(new_library, records_[after])} {}

bool DiffRelations::asks_for_cases(Side side) const {
  const std::vector<std::uint32_t> gathered = relations_[side].gathered();
  return std::find(gathered.begin(), gathered.end(), records_[side]) != gathered.end();
}

bool DiffRelations::ask_for_cases() const { return asks_for_cases(before) || asks_for_cases(after); }

/// A register that one of the libraries alone knows is not asked of the other; one that neither knows is the new
/// library's to complain of.
std::array<std::vector<std::string>, 2> DiffRelations::sorted(const std::vector<std::string>& arguments) const {
  std::array<std::vector<std::string>, 2> result;
  std::array<std::vector<std::string>, 2> names;
  for (const Side side : both_sides) names[side] = register_names(*libraries_[side], records_[side]);
  for (const std::string& argument : arguments) {
    const bool named = names_one_of(argument, names[before]) || names_one_of(argument, names[after]);
    for (const Side side : both_sides) {
      if (named ? names_one_of(argument, names[side]) : !names[side].empty()) result[side].push_back(argument);
    }
    if (names[before].empty() && names[after].empty()) result[after].push_back(argument);
  }
  return result;
}

int DiffRelations::gather_registers(const std::vector<std::string>& arguments, std::size_t threads) {
  int code = all_well;
  const auto by_side = sorted(arguments);
  for (const Side side : both_sides) {
    const auto registers = register_arguments(*libraries_[side], records_[side], by_side[side]);
    if (!registers) return wrong_command_line;
    const int of_side = cli::gather_registers(*libraries_[side], records_[side], *registers, threads, relations_[side]);
    if (of_side == wrong_command_line) return wrong_command_line;
    code = std::max(code, of_side);
  }
  return code;
}

void DiffRelations::gather_cases(const RepeatedInput& cases, const BatchOptions& options) {
  for (const Side side : both_sides) {
    if (!asks_for_cases(side)) continue;
    input::RecordSource source = cases.source(options.input);
    // What cannot be read is told when the cases are decided.
    gather_batch(*libraries_[side], records_[side], source, options, relations_[side]);
  }
}

void DiffRelations::complete(trial::ComparisonOptions& options) {
  for (const Side side : both_sides) {
    relations_[side].complete();
    if (relations_[side].empty()) continue;
    options.fill[side] = [this, side](program::Chunk& chunk, std::uint64_t block) {
      relations_[side].fill(chunk, block);
    };
  }
}

}  // namespace proviso::cli
