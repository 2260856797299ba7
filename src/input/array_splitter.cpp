#include <algorithm>

#include "input/splitter.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

/// The brackets that are open. One that closes closes with it whatever was opened after its like: so a bracket that is
/// missing or too much spoils its own record alone.
class OpenBrackets {
 public:
  bool any() const { return !open_.empty(); }
  void open(char bracket) {
    // Far deeper than any record may be; of what is deeper yet only the number is kept.
    constexpr std::size_t kept = 4096;
    if (open_.size() == kept) {
      ++deeper_;
      return;
    }
    open_ += bracket;
    if (bracket == '{') ++braces_;
  }
  /// False where its like is not open; then nothing is closed.
  bool close(char bracket) {
    if (deeper_ > 0) {
      --deeper_;
      return true;
    }
    const char like = bracket == '}' ? '{' : '[';
    if ((like == '{' ? braces_ : open_.size() - braces_) == 0) return false;
    while (take_last() != like) {
    }
    return true;
  }
  void clear() {
    open_.clear();
    braces_ = 0;
    deeper_ = 0;
  }

 private:
  char take_last() {
    const char last = open_.back();
    if (last == '{') --braces_;
    open_.pop_back();
    return last;
  }

  std::string open_;
  std::size_t braces_ = 0;  ///< how many of them are `{`
  std::size_t deeper_ = 0;
};

/// A JSON file: an array, whose elements are the records, or else one record that is the whole file. Only brackets and
/// strings are looked at; whether an element is an object is for its reader to say. A `]` that closes nothing in an
/// element closes the array; where the file ends inside the array, what stands there of an element is a record, and
/// that the array is not closed is said in a flawed one after it.
class ArraySplitter : public Splitter {
 public:
  explicit ArraySplitter(std::size_t limit) : limit_(limit) {}

  std::optional<Piece> split(std::string_view unread, bool last) override {
    switch (state_) {
      case State::start:
        return start(unread, last);
      case State::lone:
        return lone(unread, last);
      case State::element:
        return element(unread, last);
      case State::after:
        return after(unread);
      case State::over:
        break;
    }
    if (unread.empty()) return std::nullopt;
    return Piece{unread.size()};
  }

 private:
  enum class State : std::uint8_t { start, lone, element, after, over };

  std::optional<Piece> start(std::string_view unread, bool last) {
    if (const auto blank = skip_blanks(unread)) return blank;
    if (unread.empty()) return last ? std::optional(close(Flaw::empty_file)) : std::nullopt;
    state_ = unread.front() == '[' ? State::element : State::lone;
    if (state_ == State::lone) return lone(unread, last);
    return Piece{1};
  }

  std::optional<Piece> lone(std::string_view unread, bool last) {
    if (unread.size() > limit_) return close(Flaw::too_large);
    if (!last) return std::nullopt;
    state_ = State::over;
    return Piece{unread.size(), true, 0, value::trimmed_end(unread).size(), line_};
  }

  std::optional<Piece> element(std::string_view unread, bool last) {
    if (looked_ == 0 && !oversize_) {
      if (const auto blank = skip_blanks(unread)) return blank;
    }
    if (find_end(unread)) return finish(unread);
    if (looked_ > limit_ && !oversize_) {
      oversize_ = true;
      return consume(unread, Piece{looked_, true, 0, 0, line_, Flaw::too_large});
    }
    if (oversize_ && looked_ > 0) return consume(unread, Piece{looked_});
    if (!last) return std::nullopt;
    if (unread.empty()) return close(Flaw::array_not_closed);
    return consume(unread, Piece{unread.size(), true, 0, value::trimmed_end(unread).size(), line_});
  }

  // At the comma or bracket after an element.
  Piece finish(std::string_view unread) {
    Piece piece{looked_ + 1, !oversize_, 0, 0, line_};
    const bool closes = unread[looked_] == ']';
    piece.end = value::trimmed_end(unread.substr(0, looked_)).size();
    if (piece.end == 0 && piece.record) {
      piece.record = !(closes && first_);
      piece.flaw = Flaw::missing_element;
    } else if (piece.end > limit_) {
      piece.end = 0;
      piece.flaw = Flaw::too_large;
    }
    state_ = closes ? State::after : State::element;
    first_ = false;
    oversize_ = false;
    open_.clear();
    return consume(unread, piece);
  }

  std::optional<Piece> after(std::string_view unread) {
    if (const auto blank = skip_blanks(unread)) return blank;
    if (unread.empty()) return std::nullopt;
    return close(Flaw::after_array, unread.size());
  }

  // Whether the comma or bracket after the element was found, at looked_.
  bool find_end(std::string_view unread) {
    const std::size_t stop = oversize_ ? unread.size() : std::min(unread.size(), limit_ + 1);
    for (; looked_ < stop; ++looked_) {
      const char c = unread[looked_];
      if (in_string_) {
        in_string_ = escaped_ || c != '"';
        escaped_ = !escaped_ && c == '\\';
      } else if (c == '"') {
        in_string_ = true;
      } else if (c == '{' || c == '[') {
        open_.open(c);
      } else if (c == '}') {
        open_.close(c);
      } else if (c == ']') {
        if (!open_.close(c)) return true;
      } else if (c == ',' && !open_.any()) {
        return true;
      }
    }
    return false;
  }

  std::optional<Piece> skip_blanks(std::string_view unread) {
    std::size_t count = 0;
    while (count < unread.size() && value::is_blank(unread[count])) ++count;
    if (count == 0) return std::nullopt;
    return consume(unread, Piece{count});
  }

  Piece close(Flaw flaw, std::size_t consumed = 0) {
    state_ = State::over;
    return Piece{consumed, true, 0, 0, line_, flaw};
  }

  Piece consume(std::string_view unread, Piece piece) {
    const std::string_view gone = unread.substr(0, piece.consumed);
    line_ += static_cast<std::uint64_t>(std::count(gone.begin(), gone.end(), '\n'));
    looked_ = 0;
    return piece;
  }

  std::size_t limit_;
  State state_ = State::start;
  std::size_t looked_ = 0;
  OpenBrackets open_;
  bool in_string_ = false;
  bool escaped_ = false;
  bool first_ = true;
  bool oversize_ = false;
  std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<Splitter> make_array_splitter(std::size_t record_limit) {
  return std::make_unique<ArraySplitter>(record_limit);
}

}  // namespace proviso::input
