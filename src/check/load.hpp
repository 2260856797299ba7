#pragma once

#include <string>
#include <vector>

#include "check/check.hpp"
#include "model/library.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace proviso::check {

/// The files under the folders, and the files named, parsed. Folders are searched to any depth for `.policy` files, in
/// the order of their paths, and for `.fhir` files, which are part of the digest alone. What cannot be read is said in
/// `diagnostics`.
struct Loaded {
  std::vector<SourceTree> trees;
  std::vector<std::string> files;  ///< the paths of all of them
  std::string digest;              ///< `sha256:...` over the paths (from their folder) and contents of all files
};
Loaded load(const std::vector<std::string>& paths, text::Sources& sources, text::Diagnostics& diagnostics);

/// Loads and checks: what every command begins with.
model::Library load_library(const std::vector<std::string>& paths, text::Sources& sources,
                            text::Diagnostics& diagnostics);

}  // namespace proviso::check
