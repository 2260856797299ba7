#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostic.hpp"
#include "text/source.hpp"

/// What all golden tests share: files that hold what a person is to read, and text checked as a file would be.
namespace proviso::golden {

/// The folder of these tests.
std::filesystem::path folder();
/// The root of the repository.
std::filesystem::path repository();

std::string read_file(const std::filesystem::path& path);
/// Lines without their line feeds.
std::vector<std::string> lines_of(const std::string& text);
/// The files of a folder with this ending (`.policy`), in the order of their names.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, std::string_view ending);

/// Fails where the file holds something else than `actual`, naming the first line that differs. With UPDATE_GOLDEN=1
/// the file is written instead.
void check_golden(const std::filesystem::path& file, const std::string& actual);

/// What is said about policy files.
struct Checked {
  text::Sources sources;
  text::Diagnostics diagnostics;

  bool says(text::Code code) const;
};
/// Files and folders, checked together. Paths are relative to the current folder, as the messages show them.
Checked check_paths(const std::vector<std::string>& paths);
/// One file that exists in memory alone. Tables that it names are sought nowhere.
Checked check_text(const std::string& text);

/// What the program prints.
struct Printed {
  std::string out;
  int exit_code = 0;
};
/// Runs the built program in `where`. Arguments are passed as they are, not through a shell.
Printed run_program(const std::filesystem::path& where, const std::vector<std::string>& arguments,
                    const std::string& input = {});

/// Stays in a folder while it lives, so that paths in messages do not depend on where the tests stand.
class InFolder {
 public:
  explicit InFolder(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~InFolder() { std::filesystem::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  std::filesystem::path before_;
};

/// A fenced block of a Markdown page: what stands between ```policy and ```.
struct FencedBlock {
  std::string language;
  std::string heading;   ///< the heading above it, without its signs: `Mend`
  std::size_t line = 0;  ///< of its first line, from 1
  std::string text;
};
std::vector<FencedBlock> fenced_blocks(std::string_view page);

}  // namespace proviso::golden
