#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace proviso {

/// A new folder, which is removed with all that is in it.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "proviso_test_XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  /// Writes a file in it, and gives the file's path.
  std::string write(std::string_view name, std::string_view bytes) const {
    std::string file = path_ + '/' + std::string(name);
    std::ofstream out(file, std::ios::binary);
    if (!(out << bytes).flush()) throw std::runtime_error(file + " is not written");
    return file;
  }

 private:
  std::string path_;
};

}  // namespace proviso
