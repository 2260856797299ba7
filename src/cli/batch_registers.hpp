#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "input/source.hpp"
#include "model/library.hpp"
#include "settle/relations.hpp"

/// Registers: files of other records that relations bring lines from.
namespace proviso::cli {

/// `--register Authorisation=FILE`.
struct Register {
  std::uint32_t record = model::none;
  std::string path;
  input::Format format = input::Format::csv;
};

/// The names of the records whose registers relations of the record ask for, each once.
std::vector<std::string> register_names(const model::Library& library, std::uint32_t record);

/// Reads the arguments of `--register`. Without `RECORD=` a file is of the only other record that relations of `record`
/// name. Nothing, having complained, where an argument is not to be understood.
std::optional<std::vector<Register>> register_arguments(const model::Library& library, std::uint32_t record,
                                                        const std::vector<std::string>& arguments);

/// Gathers what the relations ask of the registers, and says which lines could not be read, or have no key: what is
/// then not in the register is not known. Warns once of a register that they ask and that is not there. The exit code:
/// wrong_command_line, having complained, where a file cannot be read; some_records_failed where some lines could not,
/// or no line of a file has a key. With `windows_1252`, lines of CSV that are not UTF-8 are in that.
int gather_registers(const model::Library& library, std::uint32_t record, const std::vector<Register>& registers,
                     std::size_t threads, settle::Relations& relations, bool windows_1252 = false);

}  // namespace proviso::cli
