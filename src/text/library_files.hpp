#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace proviso::text {

/// A folder that could not be looked through.
struct UnreadableFolder {
  std::filesystem::path path;
  std::string why;  ///< `permission denied`
};

/// What is under a folder, whatever the ending of its name.
struct LibraryFiles {
  /// In no order. All that is no folder: pipes too, and links that lead nowhere.
  std::vector<std::filesystem::path> files;
  std::vector<UnreadableFolder> unreadable;
};

/// The files under the folder, to any depth. Links to folders are followed, and no folder is looked through twice: what
/// is reached by a link and without one goes by its path without. The folder itself may be unreadable, or none.
LibraryFiles library_files(const std::filesystem::path& folder);

}  // namespace proviso::text
