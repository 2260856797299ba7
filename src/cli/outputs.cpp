#include "cli/outputs.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/arguments.hpp"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

bool is_standard(const std::string& path) { return path.empty() || path == "-"; }

/// What tells one file from all others; nothing where there is none, or what is there is no plain file, such as a
/// terminal or /dev/null, which may be read and written.
struct Identity {
  ::dev_t device;
  ::ino_t number;
  bool operator==(const Identity& other) const { return device == other.device && number == other.number; }
};
std::optional<Identity> identity_of(const std::string& path, int standard) {
  struct stat status {};
  const int failed = is_standard(path) ? ::fstat(standard, &status) : ::stat(path.c_str(), &status);
  if (failed != 0 || !S_ISREG(status.st_mode)) return {};
  return Identity{status.st_dev, status.st_ino};
}

/// What is written where the path is: links are followed, also one to a file that is not there yet.
std::string followed(std::string path) {
  constexpr int most_links = 40;
  std::error_code error;
  for (int links = 0; links < most_links && fs::is_symlink(path, error); ++links) {
    path = (fs::path(path).parent_path() / fs::read_symlink(path, error)).string();
  }
  return path;
}

/// A new file beside the target, open for writing, with a name that nobody has; -1 where there can be none.
int make_beside(const std::string& target, ::mode_t mode, std::string& name) {
  for (unsigned number = 0; number < 1000; ++number) {
    name = number == 0 ? target + ".part" : fmt::format("{}.part{}", target, number);
    const int made = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (made >= 0 || errno != EEXIST) return made;
  }
  return -1;
}

/// Nobody may do more with the new file than with the one in whose place it comes.
void take_rights(int made, const struct stat& before) {
  constexpr ::mode_t of_group = S_IRWXG;
  ::mode_t mode = before.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
  if (::fchown(made, static_cast<::uid_t>(-1), before.st_gid) != 0) mode &= ~of_group;
  static_cast<void>(::fchmod(made, mode));  // else it stays with those of its owner alone
}

}  // namespace

bool may_write(const std::string& output, const std::vector<std::string>& inputs) {
  const auto written = identity_of(output, STDOUT_FILENO);
  if (!written) return true;
  for (const std::string& input : inputs) {
    if (input.empty() || identity_of(input, STDIN_FILENO) != written) continue;
    const std::string read = input == "-" ? "standard input" : fmt::format("`{}`", input);
    if (is_standard(output)) {
      complain(fmt::format("standard output is {}, which is read by this command: name another file", read));
    } else {
      complain(fmt::format("`{}` is read by this command, and cannot be written too{}: name another file", output,
                           input == output ? std::string() : fmt::format(" (it is {})", read)));
    }
    return false;
  }
  return true;
}

void add_files_named(const std::vector<std::string>& arguments, std::vector<std::string>& inputs) {
  for (const std::string& argument : arguments) {
    inputs.push_back(argument);
    const auto equals = argument.find('=');
    if (equals != std::string::npos) inputs.push_back(argument.substr(equals + 1));
  }
}

void OutputFile::Closing::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      aside_(std::exchange(other.aside_, {})),
      file_(std::move(other.file_)) {}

OutputFile::~OutputFile() {
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

std::optional<OutputFile> OutputFile::open(const std::string& path) {
  OutputFile output(is_standard(path) ? std::string() : path, followed(path));
  if (is_standard(path)) {
    output.file_.reset(stdout);
  } else if (!output.open_aside()) {
    output.file_.reset(std::fopen(path.c_str(), "wb"));
  }
  if (output.file_) return output;
  complain(fmt::format("`{}` cannot be written", path));
  return {};
}

/// False where it has to be written directly: no plain file, or in a folder where no other file may be made.
bool OutputFile::open_aside() {
  struct stat before {};
  const bool is_there = ::stat(target_.c_str(), &before) == 0;
  // What may not be written is not put out of its place either.
  if (is_there && (!S_ISREG(before.st_mode) || ::access(target_.c_str(), W_OK) != 0)) return false;
  constexpr ::mode_t owner_alone = S_IRUSR | S_IWUSR;
  constexpr ::mode_t as_usual = owner_alone | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  std::string name;
  const int made = make_beside(target_, is_there ? owner_alone : as_usual, name);
  if (made < 0) return false;
  aside_ = name;
  if (is_there) take_rights(made, before);
  file_.reset(::fdopen(made, "wb"));
  if (!file_) ::close(made);
  return true;
}

bool OutputFile::finish() {
  bool written = std::ferror(file_.get()) == 0 && std::fflush(file_.get()) == 0;
  std::FILE* const file = file_.release();
  if (file != stdout && std::fclose(file) != 0) written = false;
  if (written && (aside_.empty() || put_in_place())) return true;
  complain(path_.empty() ? "standard output cannot be written" : fmt::format("`{}` cannot be written", path_));
  return false;
}

bool OutputFile::put_in_place() {
  std::error_code failed;
  fs::rename(aside_, target_, failed);
  // A file may be mounted by itself, and then stays where it is.
  if (failed) return fs::copy_file(aside_, target_, fs::copy_options::overwrite_existing, failed);
  aside_.clear();
  return true;
}

bool write_output(const std::string& path, std::string_view bytes) {
  auto output = OutputFile::open(path);
  if (!output) return false;
  std::fwrite(bytes.data(), 1, bytes.size(), output->file());
  return output->finish();
}

}  // namespace proviso::cli
