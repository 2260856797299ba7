#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "../unit/input/sample.hpp"
#include "text/utf8.hpp"

/// What the fuzz targets of the record readers share.
namespace proviso::input::fuzz {

/// Stops the fuzzer where something does not hold.
inline void must(bool holds) {
  if (!holds) std::abort();
}

/// The first byte chooses how the rest is cut into blocks and how long a record may be.
inline SourceLimits limits_from(std::uint8_t choice) {
  SourceLimits limits;
  limits.records = 1 + choice % 4;
  limits.bytes = 1 + choice % 64;
  if (choice % 16 == 15) limits.record = 32;
  return limits;
}

/// Reads all blocks and checks that each record became a row or an error.
inline void read_all(RecordSource& source, RecordReader& reader, program::Chunk& chunk) {
  Results results;
  Block block;
  std::uint64_t line = 0;
  while (source.next(block)) {
    chunk.clear();
    results.clear();
    reader.read(block, chunk, results);
    chunk.finish();
    must(results.records.size() == block.records.size());
    must(chunk.rows() + results.errors.size() == results.records.size());
    std::uint32_t row = 0;
    for (const ReadRecord& record : results.records) {
      must((record.row == model::none) != (record.error == model::none));
      must(record.line >= line);
      line = record.line;
      if (record.row != model::none) must(record.row == row++);
    }
    for (const RecordError& error : results.errors) {
      must(!error.message.empty() && !error.id.empty());
      must(!text::find_invalid_utf8(error.message + error.field + error.id));
    }
  }
  for (const std::string& name : reader.undeclared_fields()) must(!text::find_invalid_utf8(name));
}

}  // namespace proviso::input::fuzz
