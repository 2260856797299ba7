#include "input/json_id.hpp"

#include <optional>

#include <simdjson.h>

#include "input/json_text.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

/// Takes JSON from the front of a text, piece by piece, and believes what it need not look at.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {}

  /// One character, after blanks.
  bool take(char c) {
    skip_blanks();
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// `"..."`, after blanks, with its quotes.
  std::optional<std::string_view> take_text() {
    skip_blanks();
    return text_.empty() || text_.front() != '"' ? std::nullopt : cut(end_of_text(0));
  }
  /// Nothing where it may go on after the end of the text.
  std::optional<std::string_view> take_value() {
    skip_blanks();
    if (text_.empty()) return std::nullopt;
    if (text_.front() == '"') return take_text();
    if (text_.front() == '{' || text_.front() == '[') return cut(end_of_brackets());
    return cut(text_.find_first_of(",}] \t\r\n"));
  }

 private:
  void skip_blanks() {
    while (!text_.empty() && value::is_blank(text_.front())) text_.remove_prefix(1);
  }
  std::optional<std::string_view> cut(std::size_t end) {
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view piece = text_.substr(0, end);
    text_.remove_prefix(end);
    return piece;
  }
  /// Behind the quote that closes the one at `start`.
  std::size_t end_of_text(std::size_t start) const {
    for (std::size_t i = start + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '"') {
        return i + 1;
      }
    }
    return std::string_view::npos;
  }
  std::size_t end_of_brackets() const {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"') {
        i = end_of_text(i);
        if (i == std::string_view::npos) return i;
        --i;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return std::string_view::npos;
  }

  std::string_view text_;
};

bool is_json(std::string_view piece) {
  if (piece == "true" || piece == "false" || is_json_number(piece)) return true;
  if (piece.empty() || (piece.front() != '"' && piece.front() != '{' && piece.front() != '[')) return false;
  simdjson::dom::parser parser;
  return parser.parse(simdjson::padded_string(piece)).error() == simdjson::SUCCESS;
}

bool is_key(std::string_view key, std::string_view name) {
  if (key.find('\\') == std::string_view::npos) return key.substr(1, key.size() - 2) == name;
  simdjson::dom::parser parser;
  std::string_view plain;
  const simdjson::padded_string padded(key);
  return parser.parse(padded).get_string().get(plain) == simdjson::SUCCESS && plain == name;
}

}  // namespace

std::string id_in(std::string_view text, std::string_view name) {
  Pieces pieces(text);
  if (!pieces.take('{')) return "null";
  do {
    const auto key = pieces.take_text();
    if (!key || !pieces.take(':')) break;
    const auto value = pieces.take_value();
    if (!value) break;
    if (is_key(*key, name)) return is_json(*value) ? std::string(*value) : "null";
  } while (pieces.take(','));
  return "null";
}

}  // namespace proviso::input
