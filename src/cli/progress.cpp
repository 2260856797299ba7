#include "cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace proviso::cli {

namespace {

/// `1,234,567`.
std::string with_commas(std::uint64_t number) {
  const std::string digits = fmt::format("{}", number);
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) out += ',';
    out += digits[at];
  }
  return out;
}

}  // namespace

Progress::Progress(bool shown, std::uint64_t bytes)
    : shown_(shown), bytes_(bytes), start_(std::chrono::steady_clock::now()), next_(start_ + std::chrono::seconds(1)) {}

void Progress::update(std::uint64_t bytes_read, std::uint64_t records) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string line = fmt::format("\r\x1b[K{} records, {} a second", with_commas(records),
                                 with_commas(static_cast<std::uint64_t>(static_cast<double>(records) / seconds)));
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
