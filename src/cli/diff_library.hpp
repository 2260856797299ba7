#pragma once

#include <optional>
#include <string>

#include "model/library.hpp"
#include "text/source.hpp"

namespace proviso::cli {

/// One of the two libraries that `diff` compares.
struct DiffLibrary {
  std::string name;  ///< as the command line gives it
  text::Sources sources;
  model::Library library;
};

/// Reads a folder, a file or `REV:FOLDER`; nothing, with what is wrong on standard error, where it has errors. Files of
/// a revision are named `REV:FOLDER/FILE`. `side` is `before` or `after`, for messages.
std::optional<DiffLibrary> read_diff_library(const std::string& argument, const std::string& side);

}  // namespace proviso::cli
