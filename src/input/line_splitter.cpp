#include "input/splitter.hpp"

namespace proviso::input {
namespace {

class LineSplitter : public Splitter {
 public:
  explicit LineSplitter(std::size_t limit) : limit_(limit) {}

  std::optional<Piece> split(std::string_view unread, bool last) override {
    const std::size_t feed = unread.find('\n', looked_);
    const bool found = feed != std::string_view::npos;
    if (skipping_) return skip(unread, found ? feed + 1 : unread.size(), found);
    const std::size_t length = found ? feed : unread.size();
    if (length > limit_) {
      skipping_ = !found;
      return take(Piece{found ? feed + 1 : length, true, 0, 0, line_, Flaw::too_large});
    }
    if (!found && (!last || unread.empty())) {
      looked_ = unread.size();
      return std::nullopt;
    }
    return take(Piece{found ? feed + 1 : length, true, 0, without_return(unread, length), line_});
  }

 private:
  Piece take(Piece piece) {
    looked_ = 0;
    ++line_;
    return piece;
  }

  // The rest of a line that is too large.
  std::optional<Piece> skip(std::string_view unread, std::size_t length, bool found) {
    if (unread.empty()) return std::nullopt;
    skipping_ = !found;
    return Piece{length};
  }

  std::size_t limit_;
  std::size_t looked_ = 0;
  std::uint64_t line_ = 1;
  bool skipping_ = false;
};

}  // namespace

std::unique_ptr<Splitter> make_line_splitter(std::size_t record_limit) {
  return std::make_unique<LineSplitter>(record_limit);
}

}  // namespace proviso::input
