#pragma once

#include <chrono>
#include <cstdint>

namespace proviso::cli {

/// A line on the terminal that says how far a batch is, once it has taken more than a second. Not for several threads
/// at once.
class Progress {
 public:
  /// `shown`: standard error is a terminal. `bytes`: how many there are in all, or 0.
  Progress(bool shown, std::uint64_t bytes);
  void update(std::uint64_t bytes_read, std::uint64_t records);
  /// Takes the line away.
  void end();

 private:
  bool shown_;
  std::uint64_t bytes_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point next_;
  bool written_ = false;
};

}  // namespace proviso::cli
