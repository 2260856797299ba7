#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

/// Libraries as they stand in a revision of a git repository: `main:policies`.
namespace proviso::cli {

/// A private folder that is taken away with all in it when it goes out of scope.
class TemporaryFolder {
 public:
  /// The error says why there is none.
  static tl::expected<TemporaryFolder, std::string> make();
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept {
    path_.swap(other.path_);
    return *this;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// A folder or file of a revision, written out for reading.
struct CheckedOut {
  TemporaryFolder folder;
  std::string path;  ///< of the folder or file, inside `folder`
};

/// Whether the argument is to be read through git: it names nothing that exists, and has the form `REV:FOLDER`.
bool names_revision(const std::string& argument);

/// Writes out what the revision has in the folder, which is relative to the current folder as every other argument is
/// (`git` itself writes that `REV:./FOLDER`). Files are as a checkout would write them, but what symbolic
/// links lead to in the revision stands in their place. A file has the folder around it. Nothing in the repository
/// changes. The error says what is not there.
tl::expected<CheckedOut, std::string> check_out(const std::string& argument);

}  // namespace proviso::cli
