#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "input/list_table.hpp"
#include "input/mapping.hpp"
#include "model/library.hpp"

/// What `decide` and `diff` share of reading their arguments.
namespace proviso::cli {

/// Says on standard error what is wrong with the command line, and returns the exit code for it.
int complain(const std::string& message);

/// The only record that policies of the libraries are on. Where there are several or none it complains: with
/// `question`, and the options to choose from, or with `nothing`.
std::optional<std::string> only_record(const std::vector<const model::Library*>& libraries, const std::string& question,
                                       const std::string& nothing);

/// The tables of `--list sore_throats=FILE`.
struct Lists {
  std::map<std::string, std::unique_ptr<input::ListTable>> tables;
  std::map<std::string, const input::ListTable*> by_name;
  std::map<std::string, std::string> paths;  ///< by name
};
/// Nothing, having complained, where an argument is no `NAME=FILE`, names a list that is given already, or its file
/// cannot be read. With `windows_1252`, rows that are not UTF-8 are in that.
std::optional<Lists> read_lists(const std::vector<std::string>& arguments, bool windows_1252 = false);
/// Whether records in the format take their lists from files; complains of lists where they do not.
bool take_lists(const std::vector<std::string>& arguments, input::Format format);
/// Says on standard error which rows of the lists could not be read. The exit code.
int report_bad_rows(const Lists& lists);
/// Warns on standard error, once a list, of rows whose record was not there. Once all records are read.
void warn_of_stray_rows(const Lists& lists);

/// The mapping of `--map FILE`; an empty one where no file is named. Nothing, having complained, where it has errors.
std::optional<input::Mapping> read_mapping_file(const std::string& path, const model::Library& library,
                                                std::uint32_t record);
/// `FILE:LINE:COLUMN: error: MESSAGE` for each, on standard error.
void show_mapping_errors(const std::string& path, const std::vector<input::MappingError>& errors);

}  // namespace proviso::cli
