#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "property/evaluators.hpp"
#include "property/library.hpp"
#include "property/settings.hpp"

namespace proviso::property {

using TryLibrary = std::function<void(Random&, const Library&, Evaluators&, const std::vector<Json>&)>;

/// Calls `test` with libraries and their records until so many records were tried.
inline void for_each_library(LibraryOptions options, std::uint64_t records_wanted, const TryLibrary& test) {
  Random seeds(seed());
  const std::size_t records_each = 60;
  int written = 0;
  int refused = 0;
  for (std::uint64_t tried = 0; tried < records_wanted;) {
    const std::uint64_t library_seed = number_from_environment("PROVISO_LIBRARY_SEED", seeds.seed());
    Random random(library_seed);
    const Library library = make_library(random, options);
    Evaluators evaluators(library.render());
    refused += evaluators.good() ? 0 : 1;
    REQUIRE_FALSE(is_hopeless(refused, ++written));
    if (evaluators.good()) {
      std::vector<Json> records;
      for (std::size_t i = 0; i < records_each; ++i) {
        records.push_back(
            make_record(random, library.vocabulary, library.pool, static_cast<int>(random.between(5, 40))));
      }
      INFO("library seed " << library_seed);
      test(random, library, evaluators, records);
      tried += records_each;
    }
    if (std::getenv("PROVISO_LIBRARY_SEED") != nullptr) break;
  }
}

inline std::string show_case(const Library& library, const Json& before, const Json& after) {
  std::string out;
  for (const std::string& text : library.render()) out += text + "\n";
  return out + "before: " + before.dump() + "\nafter: " + after.dump() + "\n";
}

}  // namespace proviso::property
