#include "service/http/chunk_reader.hpp"

#include <algorithm>
#include <charconv>

namespace proviso::service {
namespace {

bool is_control(char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f'; }

}  // namespace

std::size_t ChunkReader::take(std::string_view bytes, std::string& body) {
  std::size_t taken = 0;
  for (;;) {
    const std::string_view rest = bytes.substr(taken);
    if (stage_ == Stage::data) {
      const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size()));
      body.append(rest.substr(0, count));
      taken += count;
      left_ -= count;
      if (left_ > 0) return taken;
      stage_ = Stage::data_end;
      continue;
    }
    if (stage_ >= Stage::complete) return taken;
    const std::size_t end = rest.find('\n');
    if (after_ + std::min(end, rest.size()) > line_limit_) {
      stage_ = Stage::line_too_long;
      return taken;
    }
    if (end == std::string_view::npos) return taken;
    taken += end + 1;
    const std::string_view line = rest.substr(0, end == 0 ? 0 : end - 1);
    if (end == 0 || rest[end - 1] != '\r' || std::any_of(line.begin(), line.end(), is_control)) {
      stage_ = Stage::malformed;
    } else if (stage_ == Stage::size) {
      take_size(line, body.size());
    } else if (stage_ == Stage::data_end) {
      stage_ = line.empty() ? Stage::size : Stage::malformed;
    } else {
      after_ += end + 1;
      take_header(line);
    }
  }
}

void ChunkReader::take_size(std::string_view line, std::size_t body_size) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
  const auto digits = static_cast<std::size_t>(end - line.data());
  if (error != std::errc() || (digits < line.size() && line[digits] != ';')) {
    stage_ = Stage::malformed;
  } else if (left_ > body_limit_ - body_size) {
    stage_ = Stage::body_too_large;
  } else {
    stage_ = left_ == 0 ? Stage::after : Stage::data;
  }
}

void ChunkReader::take_header(std::string_view line) {
  if (line.empty()) {
    stage_ = Stage::complete;
  } else if (line.find_first_of(": \t") == 0 || line.find(':') == std::string_view::npos) {
    stage_ = Stage::malformed;
  }
}

}  // namespace proviso::service
