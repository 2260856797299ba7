#include "text/library_files.hpp"

#include <set>
#include <system_error>
#include <utility>

namespace proviso::text {
namespace {

namespace fs = std::filesystem;

class FolderWalk {
 public:
  LibraryFiles run(const fs::path& folder) {
    folders_.push_back(folder);
    while (true) {
      while (!folders_.empty()) {
        const fs::path path = std::move(folders_.back());
        folders_.pop_back();
        if (is_new(path)) look_through(path);
      }
      if (links_.empty()) return std::move(found_);
      folders_.push_back(std::move(links_.extract(links_.begin()).value()));
    }
  }

 private:
  LibraryFiles found_;
  std::vector<fs::path> folders_;
  /// Followed last, so that what is also there without one is found without; and the first of two to one folder first.
  std::set<fs::path> links_;
  std::set<fs::path> seen_;

  bool is_new(const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    return seen_.insert(error ? folder : real).second;
  }

  void look_through(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      std::error_code unknown;
      if (!entry->is_directory(unknown)) {
        found_.files.push_back(entry->path());
      } else if (entry->is_symlink(unknown)) {
        links_.insert(entry->path());
      } else {
        folders_.push_back(entry->path());
      }
    }
    if (!error) return;
    const bool denied = error == std::errc::permission_denied;
    found_.unreadable.push_back({folder, denied ? "permission denied" : error.message()});
  }
};

}  // namespace

LibraryFiles library_files(const fs::path& folder) { return FolderWalk().run(folder); }

}  // namespace proviso::text
