#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"

namespace proviso::output {

/// Writes the facts of records as JSON input gives them: what was read can be read again. It keeps how the record's
/// objects nest; the library must outlive it, and threads share it.
class RecordJson {
 public:
  RecordJson(const model::Library& library, std::uint32_t record);

  /// Appends one object with the record's facts that are known and were not assumed. `wanted`, by fact, leaves others
  /// out; empty: all. A list is written where it is wanted itself, with those facts of its elements that are. `id`,
  /// where it is not empty, stands in the place of the record's own.
  void append(std::string& out, const program::Chunk& chunk, std::size_t row, const std::vector<bool>& wanted = {},
              std::string_view id = {}) const;

 private:
  const model::Library& library_;
  const model::Record& record_;
  std::vector<std::vector<model::FactId>> by_path_;  ///< by level: its facts, those of one object side by side
  /// By fact: the names in its path, each as JSON writes it before a value: `"patient":`, `"bmi":`.
  std::vector<std::vector<std::string>> names_;

  friend class RecordJsonText;
};

}  // namespace proviso::output
