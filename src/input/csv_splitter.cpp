#include <algorithm>

#include "input/splitter.hpp"

namespace proviso::input {
namespace {

std::uint64_t count_feeds(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

/// A record ends at a line feed outside quotes; a quote opens only at the start of a cell. Where a quote is never
/// closed, its first line alone is the record, and so is every line of those that were looked at for the closing one:
/// one bad line does not take the good ones after it along, and no byte is looked at a third time.
class CsvSplitter : public Splitter {
 public:
  explicit CsvSplitter(std::size_t limit) : limit_(limit) {}

  std::optional<Piece> split(std::string_view unread, bool last) override {
    if (unread.empty()) return std::nullopt;
    if (skipping_) return skip(unread);
    if (position_ < single_until_) return take_line(unread, last);
    const std::size_t end = find_end(unread, last);
    if (end == missing) {
      if (looked_ > limit_) return quoted_ ? fall_back(unread, last) : too_large(unread, looked_);
      if (!last) return std::nullopt;
      return quoted_ ? fall_back(unread, last) : take(unread, unread.size());
    }
    return end > limit_ ? too_large(unread, end + 1) : take(unread, end);
  }

 private:
  static constexpr std::size_t missing = std::string_view::npos;

  // The line feed that ends the record. Goes on where it left off.
  std::size_t find_end(std::string_view unread, bool last) {
    if (looked_ == 0) {
      const std::size_t feed = unread.find('\n');
      if (feed != missing && unread.substr(0, feed).find('"') == missing) return feed;
    }
    const std::size_t stop = std::min(unread.size(), limit_ + 1);
    for (; looked_ < stop; ++looked_) {
      const char c = unread[looked_];
      if (quoted_) {
        if (c != '"') continue;
        if (looked_ + 1 == unread.size() && !last) return missing;
        if (looked_ + 1 < unread.size() && unread[looked_ + 1] == '"') {
          ++looked_;
        } else {
          quoted_ = false;
        }
      } else if (c == '\n') {
        return looked_;
      } else {
        quoted_ = c == '"' && cell_start_;
        cell_start_ = c == ',';
      }
    }
    return missing;
  }

  Piece take(std::string_view unread, std::size_t end) {
    Piece piece{std::min(end + 1, unread.size()), true, 0, without_return(unread, end), line_};
    advance(unread, piece.consumed);
    return piece;
  }

  Piece too_large(std::string_view unread, std::size_t consumed) {
    skipping_ = consumed == 0 || unread[consumed - 1] != '\n';
    const Piece piece{consumed, true, 0, 0, line_, Flaw::too_large};
    advance(unread, consumed);
    return piece;
  }

  std::optional<Piece> fall_back(std::string_view unread, bool last) {
    single_until_ = position_ + looked_;
    return take_line(unread, last);
  }

  std::optional<Piece> take_line(std::string_view unread, bool last) {
    const std::size_t feed = unread.find('\n');
    if (feed == missing && !last && unread.size() <= limit_) return std::nullopt;
    const std::size_t end = std::min(feed, unread.size());
    if (end > limit_) return too_large(unread, std::min(end + 1, unread.size()));
    return take(unread, end);
  }

  std::optional<Piece> skip(std::string_view unread) {
    const std::size_t feed = unread.find('\n');
    skipping_ = feed == missing;
    const Piece piece{skipping_ ? unread.size() : feed + 1};
    advance(unread, piece.consumed);
    return piece;
  }

  void advance(std::string_view unread, std::size_t consumed) {
    line_ += count_feeds(unread.substr(0, consumed));
    position_ += consumed;
    looked_ = 0;
    quoted_ = false;
    cell_start_ = true;
  }

  std::size_t limit_;
  std::size_t looked_ = 0;
  bool quoted_ = false;
  bool cell_start_ = true;
  bool skipping_ = false;
  std::uint64_t position_ = 0;      ///< of the first unread byte
  std::uint64_t single_until_ = 0;  ///< records that start before it are single lines
  std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<Splitter> make_csv_splitter(std::size_t record_limit) {
  return std::make_unique<CsvSplitter>(record_limit);
}

}  // namespace proviso::input
