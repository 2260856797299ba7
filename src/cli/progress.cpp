#include "cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "trial/scenarios/words.hpp"

namespace proviso::cli {

Progress::Progress(bool shown, std::uint64_t bytes)
    : shown_(shown), bytes_(bytes), start_(std::chrono::steady_clock::now()), next_(start_ + std::chrono::seconds(1)) {}

void Progress::update(std::uint64_t bytes_read, std::uint64_t records) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string line =
      fmt::format("\r\x1b[K{} records, {} a second", trial::with_commas(records),
                  trial::with_commas(static_cast<std::uint64_t>(static_cast<double>(records) / seconds)));
  if (bytes_ > 0) line += fmt::format(", {}% of the file", bytes_read * 100 / bytes_);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  written_ = true;
}

void Progress::end() {
  if (!written_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace proviso::cli
