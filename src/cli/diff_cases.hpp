#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "input/source.hpp"
#include "model/library.hpp"

namespace proviso::cli {

/// What records are drawn for.
struct DrawnFor {
  const model::Library* library = nullptr;
  std::vector<std::string> policies;  ///< by full name; empty: all on the record
};

/// That many records drawn around the edges of the policies, in turn for the first and the second, as lines of JSON.
/// The same seed draws the same records. `keep`, where it is not null, gets a copy of every line.
std::unique_ptr<input::Bytes> draw_cases(const DrawnFor& first, const DrawnFor& second, const std::string& record,
                                         std::uint64_t count, std::uint64_t seed, std::FILE* keep);

}  // namespace proviso::cli
