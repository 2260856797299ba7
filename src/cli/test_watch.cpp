#include "cli/test_watch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <map>
#include <thread>
#include <utility>

#include "cli/commands.hpp"
#include "text/library_files.hpp"

namespace proviso::cli {

namespace {

namespace fs = std::filesystem;

constexpr auto between_looks = std::chrono::milliseconds(200);

struct State {
  fs::file_time_type changed;
  std::uintmax_t size = 0;
  bool operator==(const State& other) const { return changed == other.changed && size == other.size; }
};

/// What is there, file by file. A file that goes away while it is looked at is left out.
using Seen = std::map<std::string, State>;

void add(const fs::path& path, Seen& seen) {
  std::error_code error;
  const auto changed = fs::last_write_time(path, error);
  if (error) return;
  const auto size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  seen[path.string()] = {changed, error ? 0 : size};
}

Seen look(const std::vector<std::string>& paths) {
  Seen seen;
  for (const std::string& path : paths) {
    add(path, seen);
    std::error_code error;
    if (!fs::is_directory(path, error)) continue;
    // A folder's own time also changes when something that is no part of the library comes and goes. What cannot be
    // looked through is said by the run.
    for (const fs::path& each : text::library_files(path).files) add(each, seen);
  }
  return seen;
}

/// Nothing is left to be done: every run flushes what it has written.
extern "C" void end_watching(int) { _exit(all_well); }

void end_when_interrupted() {
  struct sigaction action {};
  action.sa_handler = end_watching;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

}  // namespace

void watch(const std::vector<std::string>& paths, bool say_when, const std::function<void()>& run) {
  end_when_interrupted();
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  while (true) {
    // Looked at before the run, so that what changes during it is run again.
    const Seen before = look(paths);
    if (terminal) fmt::print("\x1b[H\x1b[2J\x1b[3J");
    if (say_when) fmt::print("{}\n", time_of_day());
    run();
    if (say_when && terminal) fmt::print("waiting for a change; Ctrl-C ends\n");
    std::fflush(stdout);
    do {
      std::this_thread::sleep_for(between_looks);
    } while (look(paths) == before);
  }
}

}  // namespace proviso::cli
