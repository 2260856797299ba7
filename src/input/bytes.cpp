#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <istream>

#include "input/source.hpp"

namespace proviso::input {
namespace {

std::string reason() { return std::strerror(errno); }

class FileBytes : public Bytes {
 public:
  explicit FileBytes(int descriptor) : descriptor_(descriptor) {}
  ~FileBytes() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    while (true) {
      const ssize_t count = ::read(descriptor_, to, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return tl::make_unexpected(reason());
    }
  }

 private:
  int descriptor_;
};

class StreamBytes : public Bytes {
 public:
  explicit StreamBytes(std::istream& stream) : stream_(stream) {}

  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    stream_.read(to, static_cast<std::streamsize>(size));
    if (stream_.bad()) return tl::make_unexpected("the stream is bad");
    return static_cast<std::size_t>(stream_.gcount());
  }

 private:
  std::istream& stream_;
};

}  // namespace

tl::expected<std::unique_ptr<Bytes>, std::string> open_bytes(const std::string& path) {
  if (path == "-") return std::make_unique<FileBytes>(STDIN_FILENO);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return tl::make_unexpected(reason());
  return std::make_unique<FileBytes>(descriptor);
}

std::unique_ptr<Bytes> bytes_of(std::istream& stream) { return std::make_unique<StreamBytes>(stream); }

}  // namespace proviso::input
