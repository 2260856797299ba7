#include "input/mapping_tokens.hpp"

#include <algorithm>

#include "input/given.hpp"
#include "text/diagnostic.hpp"
#include "text/utf8.hpp"
#include "value/text.hpp"

namespace proviso::input {
namespace {

constexpr std::string_view ends_of_words = " \t\r\"=,#";
constexpr std::string_view ends_beside_brackets = " \t\r\"=,#()";
constexpr std::string_view marks = "=,()";

TokenKind kind_of_mark(char mark) {
  return mark == '='   ? TokenKind::equals
         : mark == ',' ? TokenKind::comma
         : mark == '(' ? TokenKind::open
                       : TokenKind::close;
}

// From the opening quote to the closing one; npos where there is none.
std::size_t closing_quote(std::string_view line, std::size_t open) {
  for (std::size_t at = open + 1; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == '"') {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<MappingToken> cut_mapping_line(std::string_view line, std::optional<MappingError>& error, bool brackets) {
  const std::string_view own = marks.substr(0, brackets ? marks.size() : 2);
  std::vector<MappingToken> tokens;
  std::size_t at = 0;
  const auto column = [&] { return static_cast<std::uint32_t>(text::count_characters(line.substr(0, at)) + 1); };
  while (true) {
    at = std::min(line.find_first_not_of(" \t\r", at), line.size());
    if (at == line.size() || line[at] == '#') {
      tokens.push_back({TokenKind::end, {}, column()});
      return tokens;
    }
    if (own.find(line[at]) != std::string_view::npos) {
      tokens.push_back({kind_of_mark(line[at]), std::string(1, line[at]), column()});
      ++at;
    } else if (line[at] == '"') {
      const std::size_t close = closing_quote(line, at);
      if (close == std::string_view::npos) {
        error = MappingError{0, column(), "the quote is never closed"};
        return tokens;
      }
      auto inside = value::unquote(line.substr(at, close + 1 - at));
      if (!inside) {
        error = MappingError{0, column(), R"(found an escape other than `\"`, `\\`, `\n` and `\t`)"};
        return tokens;
      }
      tokens.push_back({TokenKind::text, std::move(*inside), column()});
      at = close + 1;
    } else {
      const std::size_t end =
          std::min(line.find_first_of(brackets ? ends_beside_brackets : ends_of_words, at), line.size());
      tokens.push_back({TokenKind::word, std::string(line.substr(at, end - at)), column()});
      at = end;
    }
  }
}

std::string describe(const MappingToken& token) {
  return token.kind == TokenKind::end ? "the end of the line" : excerpt(token.text);
}

std::string with_help(std::string message, std::string_view word, const std::vector<std::string>& names) {
  if (const auto close = text::closest(word, names)) message += "; did you mean " + excerpt(*close) + "?";
  return message;
}

}  // namespace proviso::input
