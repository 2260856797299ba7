#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace proviso::service {

/// Reads a body that comes in chunks. What clients say beside the bytes (extensions of chunks, headers after the last)
/// must be well formed, and is dropped.
class ChunkReader {
 public:
  enum class Stage : unsigned char { size, data, data_end, after, complete, malformed, line_too_long, body_too_large };

  /// `line_limit` holds for a chunk's first line, and for all that follows the last chunk.
  ChunkReader(std::size_t line_limit, std::size_t body_limit) : line_limit_(line_limit), body_limit_(body_limit) {}

  /// Takes what it can from the beginning of the bytes, appends what is of the body, and says how many it took. What it
  /// leaves must be given again, with more after it.
  std::size_t take(std::string_view bytes, std::string& body);
  Stage stage() const { return stage_; }

 private:
  void take_size(std::string_view line, std::size_t body_size);
  void take_header(std::string_view line);

  Stage stage_ = Stage::size;
  std::size_t line_limit_;
  std::size_t body_limit_;
  std::uint64_t left_ = 0;  ///< of the chunk
  std::size_t after_ = 0;   ///< bytes after the last chunk
};

}  // namespace proviso::service
