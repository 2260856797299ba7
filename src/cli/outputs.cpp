#include "cli/outputs.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "cli/arguments.hpp"

namespace proviso::cli {
namespace {

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

}  // namespace proviso::cli
