#pragma once

#include <string>

#include "check/check.hpp"

namespace proviso::check {

/// The content of a file that a policy file names, or why it is not to be had.
struct NamedFile {
  std::string path;
  std::string content;
  std::string problem;
};

/// Where that file is: in the folder of the file that names it, or else in one around it up to that of the library.
std::string path_beside(const text::Sources& sources, const SourceTree& tree, const std::string& file);
NamedFile read_beside(const text::Sources& sources, const SourceTree& tree, const std::string& file);

}  // namespace proviso::check
