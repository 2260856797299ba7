#include "text/source.hpp"

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace proviso::text {
namespace {

std::size_t count_valid_characters(std::string_view bytes) {
  return static_cast<std::size_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string content)
    : path_(std::move(path)), content_(std::move(content)), valid_(!find_invalid_utf8(content_)) {
  line_starts_.push_back(0);
  for (auto end = content_.find('\n'); end != std::string::npos; end = content_.find('\n', end + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(end + 1));
  }
}

Position SourceFile::position(std::uint32_t offset) const {
  const auto size = static_cast<std::uint32_t>(content_.size());
  const std::uint32_t at = std::min(offset, size);
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  const std::uint32_t line_begin = *std::prev(after);
  const std::string_view before = content().substr(line_begin, at - line_begin);
  const std::size_t characters = valid_ ? count_valid_characters(before) : count_characters(before);
  return {static_cast<std::uint32_t>(after - line_starts_.begin()), static_cast<std::uint32_t>(characters + 1)};
}

std::uint32_t SourceFile::line_start(std::uint32_t number) const {
  if (number == 0) return 0;
  if (number > line_count()) return static_cast<std::uint32_t>(content_.size());
  return line_starts_[number - 1];
}

std::string_view SourceFile::line(std::uint32_t number) const {
  if (number == 0 || number > line_count()) return {};
  const std::uint32_t begin = line_start(number);
  std::string_view text = content().substr(begin, line_start(number + 1) - begin);
  if (!text.empty() && text.back() == '\n') {
    text.remove_suffix(1);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  }
  return text;
}

std::uint32_t Sources::add(std::string path, std::string content) {
  files_.emplace_back(std::move(path), std::move(content));
  return size() - 1;
}

std::string_view Sources::text(Span span) const {
  if (!has(span)) return {};
  const std::string_view content = files_[span.file].content();
  if (span.begin >= content.size() || span.end <= span.begin) return {};
  return content.substr(span.begin, span.end - span.begin);
}

Position Sources::start(Span span) const { return has(span) ? files_[span.file].position(span.begin) : Position{}; }

Position Sources::end(Span span) const {
  return has(span) ? files_[span.file].position(std::max(span.begin, span.end)) : Position{};
}

}  // namespace proviso::text
