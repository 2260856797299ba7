#include "cli/batch_input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace proviso::cli {
namespace {

std::string reason() { return std::strerror(errno); }

std::string write_all(int descriptor, const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, from, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return reason();
    from += written;
    size -= static_cast<std::size_t>(written);
  }
  return {};
}

/// A file that only its descriptor leads to.
int open_nameless() {
  const char* const folder = std::getenv("TMPDIR");
  std::string name = fmt::format("{}/proviso.XXXXXX", folder != nullptr && *folder != '\0' ? folder : "/tmp");
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

/// Why the copy failed; empty where it did not.
std::string copy(input::Bytes& from, int to) {
  std::vector<char> buffer(std::size_t{1} << 20);
  while (true) {
    const auto count = from.read(buffer.data(), buffer.size());
    if (!count) return count.error();
    if (*count == 0) return {};
    if (std::string error = write_all(to, buffer.data(), *count); !error.empty()) {
      return "it cannot be kept to be read twice: " + error;
    }
  }
}

}  // namespace

class RepeatedInput::Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// Has a place in the file of its own, so that nothing need be wound back.
class RepeatedInput::FileBytes : public input::Bytes {
 public:
  explicit FileBytes(std::shared_ptr<const Descriptor> file) : file_(std::move(file)) {}

  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    while (true) {
      const ssize_t count = ::pread(file_->number(), to, size, at_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return tl::make_unexpected(reason());
      at_ += count;
      return static_cast<std::size_t>(count);
    }
  }

 private:
  std::shared_ptr<const Descriptor> file_;
  ::off_t at_ = 0;
};

tl::expected<RepeatedInput, std::string> RepeatedInput::open(const std::string& path) {
  RepeatedInput input;
  struct stat status {};
  if (path != "-" && ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
    input.file_ = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (input.file_->number() < 0) return tl::make_unexpected(reason());
  } else {
    auto bytes = input::open_bytes(path);
    if (!bytes) return tl::make_unexpected(bytes.error());
    input.file_ = std::make_shared<Descriptor>(open_nameless());
    if (input.file_->number() < 0) return tl::make_unexpected("it cannot be kept to be read twice: " + reason());
    if (std::string error = copy(**bytes, input.file_->number()); !error.empty()) return tl::make_unexpected(error);
  }
  if (::fstat(input.file_->number(), &status) != 0) return tl::make_unexpected(reason());
  input.size_ = static_cast<std::uint64_t>(status.st_size);
  input.written_seconds_ = status.st_mtim.tv_sec;
  input.written_nanoseconds_ = status.st_mtim.tv_nsec;
  return input;
}

input::RecordSource RepeatedInput::source(input::Format format, input::SourceLimits limits) const {
  return input::RecordSource(std::make_unique<FileBytes>(file_), format, limits);
}

bool RepeatedInput::unchanged() const {
  struct stat status {};
  return ::fstat(file_->number(), &status) == 0 && static_cast<std::uint64_t>(status.st_size) == size_ &&
         status.st_mtim.tv_sec == written_seconds_ && status.st_mtim.tv_nsec == written_nanoseconds_;
}

}  // namespace proviso::cli
