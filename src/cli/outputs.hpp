#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Files that commands write.
namespace proviso::cli {

/// Whether the output is none of the inputs, by whatever name or link: writing it would take from whoever needs them
/// what is read. To be asked before anything is written, of all that the command reads, the files of its library
/// (model::Library::files) among them; complains where it is one. An output that is empty or `-` is standard output, an
/// input `-` standard input; an empty input is none.
bool may_write(const std::string& output, const std::vector<std::string>& inputs);

/// Adds the files of arguments such as `NAME=FILE`. Of one that could be FILE alone, with `=` in its name, both
/// readings.
void add_files_named(const std::vector<std::string>& arguments, std::vector<std::string>& inputs);

/// A file that a command writes: whole, or as it was. Its bytes are put aside, and take the place of what was there
/// once all of them are written; until then, and where that never comes to be, what was there stays. A pipe, a device
/// and standard output are written directly.
class OutputFile {
 public:
  /// Standard output where the path is empty or `-`. Nothing, having complained, where it cannot be written.
  static std::optional<OutputFile> open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  std::FILE* file() const { return file_.get(); }
  /// Whether nothing is written where it is not finished.
  bool is_aside() const { return !aside_.empty(); }
  /// All has been written. False, having complained, where some of it could not be.
  bool finish();

 private:
  struct Closing {
    void operator()(std::FILE* file) const;
  };
  OutputFile(std::string path, std::string target) : path_(std::move(path)), target_(std::move(target)) {}
  bool open_aside();
  bool put_in_place();

  std::string path_;    ///< as it was asked for; empty: standard output
  std::string target_;  ///< what its links lead to
  std::string aside_;   ///< empty: it is written directly
  std::unique_ptr<std::FILE, Closing> file_;
};

/// Writes the bytes as OutputFile does. False, having complained, where they could not be written.
bool write_output(const std::string& path, std::string_view bytes);

}  // namespace proviso::cli
