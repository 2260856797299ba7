#include "service/register/system.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <exception>
#include <utility>

#include "service/register/register.hpp"
#include "value/digest.hpp"

namespace proviso::service {

void fill_random(unsigned char* bytes, std::size_t count) {
  std::size_t filled = 0;
  while (filled < count) {
    const ssize_t got = getrandom(bytes + filled, count - filled, 0);
    if (got < 0 && errno != EINTR) std::terminate();
    if (got > 0) filled += static_cast<std::size_t>(got);
  }
}

std::string time_now() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto milliseconds = now.time_since_epoch().count();
  const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

std::string random_id() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  // Brought in for many: asking the system takes longer than the rest of this.
  constexpr std::size_t count = 10;
  thread_local std::array<unsigned char, 100 * count> bytes{};
  thread_local std::size_t used = bytes.size();
  if (used == bytes.size()) {
    fill_random(bytes.data(), bytes.size());
    used = 0;
  }
  const auto* fresh = reinterpret_cast<const char*>(bytes.data() + std::exchange(used, used + count));
  return fmt::format("{:012x}{}", now.time_since_epoch().count(), value::hexadecimal({fresh, count}));
}

}  // namespace proviso::service
