#include <algorithm>

#include "input/splitter.hpp"

namespace proviso::input {
namespace {

std::uint64_t count_feeds(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

/// A record ends at a line feed outside quotes; a quote opens only at the start of a cell, and after the one that
/// closes the cell ends. Where the quotes of a record are none of that, its first line alone is the record, and the
/// next line is read as any other: one bad line does not take the good ones after it along. So that no file takes long,
/// lines that were looked at in vain over and over are then records one by one.
class CsvSplitter : public Splitter {
 public:
  explicit CsvSplitter(std::size_t limit) : limit_(limit) {}

  std::optional<Piece> split(std::string_view unread, bool last) override {
    if (unread.empty()) return std::nullopt;
    if (skipping_) return skip(unread);
    if (as_line_ || (position_ < seen_until_ && looks_left_ == 0)) return take_line(unread, last);
    const std::size_t end = find_end(unread, last);
    if (is_broken_ || (end == missing && state_ == State::quoted && (last || looked_ > limit_))) {
      count_looks();
      as_line_ = true;
      return take_line(unread, last);
    }
    if (end == missing) {
      if (looked_ > limit_) return too_large(unread, looked_);
      return last ? std::optional(take(unread, unread.size())) : std::nullopt;
    }
    return end > limit_ ? too_large(unread, end + 1) : take(unread, end);
  }

 private:
  static constexpr std::size_t missing = std::string_view::npos;
  static constexpr std::uint64_t most_looks = 4;
  enum class State : std::uint8_t { cell_start, plain, quoted, closed };

  // The line feed that ends the record. Goes on where it left off, and stops where the quotes are broken.
  std::size_t find_end(std::string_view unread, bool last) {
    if (looked_ == 0) {
      const std::size_t feed = unread.find('\n');
      if (feed != missing && unread.substr(0, feed).find('"') == missing) return feed;
    }
    const std::size_t stop = std::min(unread.size(), limit_ + 1);
    std::size_t end = missing;
    std::size_t at = looked_;
    State state = state_;
    for (; at < stop; ++at) {
      if (state == State::quoted) {
        at = std::min(unread.find('"', at), stop);
        if (at == stop) break;
        if (at + 1 == unread.size() && !last) break;
        if (at + 1 < unread.size() && unread[at + 1] == '"') {
          ++at;
        } else {
          state = State::closed;
        }
        continue;
      }
      const char c = unread[at];
      if (c == '\n') {
        end = at;
        break;
      } else if (c == ',') {
        state = State::cell_start;
      } else if (state == State::closed) {
        if (c == '\r' && at + 1 == unread.size() && !last) break;
        is_broken_ = c != '\r' || (at + 1 < unread.size() && unread[at + 1] != '\n');
        if (is_broken_) break;
      } else {
        state = c == '"' && state == State::cell_start ? State::quoted : State::plain;
      }
    }
    looked_ = at;
    state_ = state;
    return end;
  }

  // Bytes that were looked at in vain may be so a few times more.
  void count_looks() {
    if (position_ >= seen_until_) looks_left_ = 0;
    const std::uint64_t end = position_ + looked_;
    const std::uint64_t seen = std::clamp(seen_until_, position_, end);
    looks_left_ += most_looks * (end - seen);
    looks_left_ -= std::min(looks_left_, seen - position_);
    seen_until_ = std::max(seen_until_, end);
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
    state_ = State::cell_start;
    is_broken_ = false;
    as_line_ = false;
  }

  std::size_t limit_;
  std::size_t looked_ = 0;
  State state_ = State::cell_start;
  bool is_broken_ = false;  ///< more stands after a quote that closed a cell
  bool as_line_ = false;    ///< the record is its first line
  bool skipping_ = false;
  std::uint64_t position_ = 0;    ///< of the first unread byte
  std::uint64_t seen_until_ = 0;  ///< bytes before it were looked at in vain
  std::uint64_t looks_left_ = 0;  ///< how many of those may be looked at again, one counted as often as it is
  std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<Splitter> make_csv_splitter(std::size_t record_limit) {
  return std::make_unique<CsvSplitter>(record_limit);
}

}  // namespace proviso::input
