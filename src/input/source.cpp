#include "input/source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "input/splitter.hpp"
#include "text/byte_order_mark.hpp"

namespace proviso::input {
namespace {

constexpr std::size_t first_size = 64 * 1024;
constexpr std::size_t least_read = 16 * 1024;

bool ends_with(std::string_view text, std::string_view ending) {
  if (text.size() < ending.size()) return false;
  text.remove_prefix(text.size() - ending.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != ending[i]) return false;
  }
  return true;
}

std::unique_ptr<Splitter> make_splitter(Format format, std::size_t record_limit) {
  switch (format) {
    case Format::ndjson:
      return make_line_splitter(record_limit);
    case Format::json:
      return make_array_splitter(record_limit);
    case Format::csv:
      return make_csv_splitter(record_limit);
  }
  return make_line_splitter(record_limit);
}

}  // namespace

std::optional<Format> format_of(std::string_view file_name) {
  if (ends_with(file_name, ".ndjson") || ends_with(file_name, ".jsonl")) return Format::ndjson;
  if (ends_with(file_name, ".json")) return Format::json;
  if (ends_with(file_name, ".csv")) return Format::csv;
  return std::nullopt;
}

std::optional<Format> format_by_name(std::string_view name) {
  if (name == "ndjson") return Format::ndjson;
  if (name == "json") return Format::json;
  if (name == "csv") return Format::csv;
  return std::nullopt;
}

RecordSource::RecordSource(std::unique_ptr<Bytes> bytes, Format format, SourceLimits limits)
    : bytes_(std::move(bytes)), splitter_(make_splitter(format, limits.record)), limits_(limits) {}
RecordSource::~RecordSource() = default;
RecordSource::RecordSource(RecordSource&&) noexcept = default;
RecordSource& RecordSource::operator=(RecordSource&&) noexcept = default;

bool RecordSource::next(Block& block) {
  if (!ahead_) return take_block(block);
  std::swap(block, *ahead_);
  ahead_.reset();
  return true;
}

const Block* RecordSource::look_ahead() {
  if (ahead_) return &*ahead_;
  Block block;
  if (!take_block(block)) return nullptr;
  return &ahead_.emplace(std::move(block));
}

bool RecordSource::take_block(Block& block) {
  block.bytes.clear();
  block.records.clear();
  while (block.records.size() < limits_.records && block.bytes.size() < limits_.bytes && take(block)) {
  }
  if (block.records.empty()) return false;
  block.bytes.append(block_padding, '\0');
  block.number = blocks_++;
  return true;
}

std::optional<std::string> RecordSource::take_first() {
  Block block;
  if (!take(block)) return std::nullopt;
  return std::string(block.text(block.records.front()));
}

bool RecordSource::take(Block& block) {
  if (!started_) {
    started_ = true;
    while (end_ < text::byte_order_mark.size() && fill()) {
    }
    start_ = end_ - text::without_byte_order_mark(std::string_view(buffer_).substr(0, end_)).size();
  }
  while (true) {
    const std::string_view unread = std::string_view(buffer_).substr(start_, end_ - start_);
    // Where reading failed the rest is no record: of `1200` it may be `12`.
    const std::optional<Piece> piece = splitter_->split(unread, at_end_ && failure_.empty());
    if (!piece) {
      if (at_end_) return false;
      fill();
      continue;
    }
    start_ += piece->consumed;
    if (!piece->record) continue;
    const std::size_t begin = block.bytes.size();
    block.bytes.append(unread.substr(piece->begin, piece->end - piece->begin));
    block.records.push_back({begin, block.bytes.size(), piece->line, piece->flaw});
    block.bytes += '\n';
    return true;
  }
}

// Makes room by moving the unread bytes to the front, or else by growing: no more than the longest record asks for.
bool RecordSource::fill() {
  if (at_end_) return false;
  if (start_ == end_) {
    start_ = end_ = 0;
  } else if (start_ > 0 && buffer_.size() - end_ < least_read) {
    std::memmove(buffer_.data(), buffer_.data() + start_, end_ - start_);
    end_ -= start_;
    start_ = 0;
  }
  if (buffer_.size() - end_ < least_read) buffer_.resize(std::max(2 * buffer_.size(), first_size));
  const auto count = bytes_->read(buffer_.data() + end_, buffer_.size() - end_);
  if (!count) failure_ = count.error();
  at_end_ = !count || *count == 0;
  if (at_end_) return false;
  end_ += *count;
  bytes_read_ += *count;
  return true;
}

tl::expected<RecordSource, std::string> open_source(const std::string& path, Format format, SourceLimits limits) {
  auto bytes = open_bytes(path);
  if (!bytes) return tl::make_unexpected(bytes.error());
  return RecordSource(std::move(*bytes), format, limits);
}

}  // namespace proviso::input
