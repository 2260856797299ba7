#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "output/json_writer.hpp"
#include "program/chunk.hpp"

namespace proviso::output {

/// Writes results as CSV, one line a decision: `because` holds the names of the criteria, `needs` those of the facts,
/// with blanks between them. Where there are payments, `amount` is what the decision allows, and `price` and
/// `line_amount`, the same on each line of a record, what the record asks and what it is paid. A record without
/// decisions, or with an error, has one line. Lines end in a line feed. It never changes, so threads share it; the
/// engine must outlive it.
class CsvWriter {
 public:
  explicit CsvWriter(const decide::Engine& engine);

  void append_header(std::string& out) const;
  void append(std::string& out, const program::Chunk& chunk, const decide::Decisions& decisions, std::size_t record,
              std::uint64_t line) const;
  void append(std::string& out, const RecordError& error) const;

 private:
  const decide::Engine& engine_;
  std::vector<std::string> policies_;  ///< by version
  bool payments_;                      ///< there are columns for what is paid

  void append_decision(std::string& out, const decide::Decisions& decisions, const decide::Decision& decision) const;
  void append_payment(std::string& out, const program::Chunk& chunk, std::size_t record,
                      const decide::RecordDecision& of_record, const decide::Decision* decision) const;
};

/// Appends a field, in quotes where it holds a comma, a quote or the end of a line.
void append_csv(std::string& out, std::string_view text);

}  // namespace proviso::output
