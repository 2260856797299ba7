#include "input/fhir_numbers.hpp"

#include "input/json_text.hpp"
#include "value/decimal.hpp"

namespace proviso::input::fhir {
namespace {

/// A whole number of so many characters is exact in simdjson's tree.
constexpr std::size_t safe_length = 18;

bool stays_exact(std::string_view number) {
  return number.size() <= safe_length && number.find_first_of(".eE") == std::string_view::npos;
}

/// Goes through JSON from one text or bare word to the next.
class Marking {
 public:
  explicit Marking(std::string_view json) : json_(json) {}

  MarkedJson run() {
    marked_.bytes.reserve(json_.size() + json_.size() / 8 + simdjson::SIMDJSON_PADDING);
    while (at_ < json_.size()) {
      if (json_[at_] == '"') {
        pass_text();
      } else if (is_between(json_[at_])) {
        marked_.bytes += json_[at_++];
      } else {
        pass_word();
      }
    }
    marked_.length = marked_.bytes.size();
    marked_.bytes.append(simdjson::SIMDJSON_PADDING, '\0');
    return std::move(marked_);
  }

 private:
  /// Neither of a text nor of a bare word.
  static bool is_between(char c) {
    switch (c) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
      case ',':
      case ':':
      case '[':
      case ']':
      case '{':
      case '}':
        return true;
      default:
        return false;
    }
  }

  static constexpr std::string_view blanks = " \t\r\n";

  std::string_view json_;
  std::size_t at_ = 0;
  MarkedJson marked_;

  void pass_text() {
    const std::size_t begin = at_;
    for (++at_; at_ < json_.size() && json_[at_] != '"'; ++at_) {
      if (json_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, json_.size());
    const std::string_view text = json_.substr(begin, at_ - begin);
    marked_.forged = marked_.forged || text.substr(1, escaped_mark.size()) == escaped_mark;
    marked_.bytes += text;
  }

  void pass_word() {
    const std::size_t begin = at_;
    while (at_ < json_.size() && json_[at_] != '"' && !is_between(json_[at_])) ++at_;
    const std::string_view word = json_.substr(begin, at_ - begin);
    const std::size_t next = json_.find_first_not_of(blanks, at_);
    // A number in the place of a name is an error, which a text would hide.
    const bool names = next != std::string_view::npos && json_[next] == ':';
    if (names || stays_exact(word) || !is_json_number(word)) {
      marked_.bytes += word;
    } else {
      marked_.bytes.append("\"").append(escaped_mark).append(word).append("\"");
    }
  }

  static constexpr std::string_view escaped_mark = "\\u0001";
};

}  // namespace

MarkedJson with_marked_numbers(std::string_view json) { return Marking(json).run(); }

std::optional<std::string> number_text(dom::element element) {
  if (element.is_int64()) return std::to_string(std::int64_t(element));
  std::string_view text;
  if (element.get_string().get(text) != simdjson::SUCCESS || !is_marked(text)) return std::nullopt;
  text.remove_prefix(1);
  const auto decimal = value::parse_decimal(text, true);
  return decimal.value ? value::format_decimal(*decimal.value) : std::string(text);
}

}  // namespace proviso::input::fhir
