#pragma once

#include <string>
#include <vector>

/// Files that commands write.
namespace proviso::cli {

/// Whether the output is none of the inputs, by whatever name or link: opening it for writing would empty what is read.
/// To be asked before anything is opened for writing; complains where it is one. An output that is empty or `-` is
/// standard output, an input `-` standard input; an empty input is none.
bool may_write(const std::string& output, const std::vector<std::string>& inputs);

/// Adds the files of arguments such as `NAME=FILE`. Of one that could be FILE alone, with `=` in its name, both
/// readings.
void add_files_named(const std::vector<std::string>& arguments, std::vector<std::string>& inputs);

}  // namespace proviso::cli
