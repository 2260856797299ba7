#pragma once

#include <functional>
#include <string>
#include <vector>

namespace proviso::cli {

/// Calls `run` now and whenever a file below the paths comes, goes or changes, until the program is interrupted: then
/// it ends with the exit code for all well. On a terminal every run begins on an empty screen. `say_when`: each run is
/// headed by its time on standard output, and said to have ended.
void watch(const std::vector<std::string>& paths, bool say_when, const std::function<void()>& run);

}  // namespace proviso::cli
