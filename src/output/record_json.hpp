#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"

namespace proviso::output {

/// A set of facts of one record, in the order in which RecordJson writes them.
class WrittenFacts {
 public:
  void add(const WrittenFacts& others) {
    for (std::size_t word = 0; word < words_.size(); ++word) words_[word] |= others.words_[word];
  }

 private:
  std::vector<std::uint64_t> words_;  ///< a bit for each place in the order
  friend class RecordJson;
  friend class RecordJsonText;
};

/// Writes the facts of records as JSON input gives them: what was read can be read again. It keeps how the record's
/// objects nest; the library must outlive it, and threads share it.
class RecordJson {
 public:
  RecordJson(const model::Library& library, std::uint32_t record);

  /// `wanted`: by fact.
  WrittenFacts written(const std::vector<bool>& wanted) const;
  WrittenFacts all() const { return written(std::vector<bool>(record_.facts.size(), true)); }

  /// Appends one object with the record's facts that are known and were not assumed, those of `facts` alone. A list is
  /// written where it is wanted itself, with those facts of its elements that are. `id`, where it is not empty, stands
  /// in the place of the record's own.
  void append(std::string& out, const program::Chunk& chunk, std::size_t row, const WrittenFacts& facts,
              std::string_view id = {}) const;

 private:
  const model::Library& library_;
  const model::Record& record_;
  std::vector<model::FactId> order_;  ///< level by level its facts, those of one object side by side
  std::vector<std::size_t> begins_;   ///< by level: where its facts begin in the order; at last the end
  /// By fact: the names in its path, each as JSON writes it before a value: `"patient":`, `"bmi":`.
  std::vector<std::vector<std::string>> names_;

  friend class RecordJsonText;
};

}  // namespace proviso::output
