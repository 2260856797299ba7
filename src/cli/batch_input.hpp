#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "input/source.hpp"

namespace proviso::cli {

/// Records that are read more than once, each time the same. What cannot be read again, as standard input and pipes
/// cannot, is first copied to a file without a name, which is gone when the program ends, however it ends.
class RepeatedInput {
 public:
  /// `-` is standard input. The error says why it cannot be read.
  static tl::expected<RepeatedInput, std::string> open(const std::string& path);

  /// From its start.
  input::RecordSource source(input::Format format, input::SourceLimits limits = {}) const;
  std::uint64_t size() const { return size_; }
  /// Whether it is still what it was when it was opened, by its size and when it was last written.
  bool unchanged() const;

 private:
  class Descriptor;
  class FileBytes;
  RepeatedInput() = default;

  std::shared_ptr<const Descriptor> file_;
  std::uint64_t size_ = 0;
  std::int64_t written_seconds_ = 0;
  std::int64_t written_nanoseconds_ = 0;
};

}  // namespace proviso::cli
