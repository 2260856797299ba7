#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "service/register/register.hpp"

namespace proviso::service {

/// A folder that is gone with it.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("proviso_test_" + random_id())) {
    std::filesystem::create_directory(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace proviso::service
