#include "hooks/equality.hpp"

#include <algorithm>
#include <cctype>

#include "hooks/convert.hpp"

// Reads a script by its tokens: Lua asks no metamethod where an exact value meets a plain number, so such a comparison
// can only be found where it is written.
namespace proviso::hooks {
namespace {

struct Token {
  enum class Kind : std::uint8_t { name, number, text, sign, end } kind = Kind::end;
  std::string_view text;
  int line = 0;
};

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The tokens of a script that Lua has read already: nothing in it is amiss.
class Tokens {
 public:
  explicit Tokens(std::string_view script) : rest_(script) {}

  Token next() {
    pass_blanks();
    if (rest_.empty()) return {Token::Kind::end, {}, line_};
    const char c = rest_.front();
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return take(Token::Kind::number, number_length());
    if (is_name_character(c)) return take(Token::Kind::name, word_length());
    if (c == '"' || c == '\'') return take(Token::Kind::text, quoted_length(c));
    if (const std::size_t size = long_length(rest_); size > 0) return take(Token::Kind::text, size);
    for (const std::string_view sign : {"...", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", ".."}) {
      if (rest_.substr(0, sign.size()) == sign) return take(Token::Kind::sign, sign.size());
    }
    return take(Token::Kind::sign, 1);
  }

 private:
  std::string_view rest_;
  int line_ = 1;

  Token take(Token::Kind kind, std::size_t size) {
    const Token token{kind, rest_.substr(0, size), line_};
    pass(size);
    return token;
  }
  void pass(std::size_t size) {
    size = std::min(size, rest_.size());
    line_ += static_cast<int>(std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
    rest_.remove_prefix(size);
  }
  void pass_blanks() {
    while (!rest_.empty()) {
      if (std::isspace(static_cast<unsigned char>(rest_.front())) != 0) {
        pass(1);
      } else if (rest_.substr(0, 2) == "--") {
        const std::size_t size = long_length(rest_.substr(2));
        pass(size > 0 ? size + 2 : rest_.find('\n'));
      } else {
        return;
      }
    }
  }
  std::size_t word_length() const {
    return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_name_character) - rest_.begin());
  }
  /// `3`, `0.5`, `1e-7`, `0xA.8p1`.
  std::size_t number_length() const {
    const bool hexadecimal = rest_.size() > 1 && (rest_[1] == 'x' || rest_[1] == 'X');
    const char exponent = hexadecimal ? 'p' : 'e';
    std::size_t size = 1;
    for (; size < rest_.size(); ++size) {
      const char c = rest_[size];
      const bool signed_exponent =
          (c == '+' || c == '-') && std::tolower(static_cast<unsigned char>(rest_[size - 1])) == exponent;
      if (!is_name_character(c) && c != '.' && !signed_exponent) break;
    }
    return size;
  }
  std::size_t quoted_length(char quote) const {
    std::size_t size = 1;
    while (size < rest_.size() && rest_[size] != quote) size += rest_[size] == '\\' ? 2 : 1;
    return size + 1;
  }
  /// Of a text or comment in long brackets, `[==[ ... ]==]`; 0 where none begins.
  static std::size_t long_length(std::string_view rest) {
    if (rest.empty() || rest.front() != '[') return 0;
    const std::size_t level = std::min(rest.find_first_not_of('=', 1), rest.size()) - 1;
    if (level + 1 >= rest.size() || rest[level + 1] != '[') return 0;
    const std::size_t close = rest.find(']' + std::string(level, '=') + ']', level + 2);
    return close == std::string_view::npos ? rest.size() : close + level + 2;
  }
};

bool is_sign(const Token& token, std::string_view sign) {
  return token.kind == Token::Kind::sign && token.text == sign;
}

/// A sign behind which what stands there is part of something larger than an operand of `==`.
bool binds_what_follows(const Token& token) {
  constexpr std::string_view signs[] = {"+",  "-", "*", "/", "//", "%", "^", "..", "<",  ">",  "<=",
                                        ">=", "~", "&", "|", "#",  ".", ":", "<<", ">>", "==", "~="};
  return token.kind == Token::Kind::sign &&
         std::find(std::begin(signs), std::end(signs), token.text) != std::end(signs);
}

/// The same for what stands before it: a bracket or a text there is a call.
bool binds_what_precedes(const Token& token) {
  return token.kind == Token::Kind::text || binds_what_follows(token) || is_sign(token, "(") || is_sign(token, "[") ||
         is_sign(token, "{");
}

class Equalities {
 public:
  Equalities(std::string_view script, int first_line, int last_line) {
    Tokens tokens(script);
    for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
      if (token.line >= first_line && token.line <= last_line) tokens_.push_back(token);
    }
  }

  std::vector<Mistake> find(const std::vector<Parameter>& parameters) const {
    std::vector<Mistake> mistakes;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!is_sign(tokens_[at], "==") && !is_sign(tokens_[at], "~=")) continue;
      for (const Parameter& parameter : parameters) {
        const bool before = is_name(at, -1, parameter.name) && !binds_what_follows(token(at, -2));
        const bool after = is_name(at, 1, parameter.name) && !binds_what_precedes(token(at, 2));
        if (!before && !after) continue;
        const std::string literal = before ? literal_behind(at) : literal_before(at);
        if (literal.empty() || (parameter.plain == Plain::text && is_quoted(literal))) continue;
        if (is_bound_again(parameter.name)) continue;
        mistakes.push_back(
            {message(parameter, tokens_[at].text == "==", literal), static_cast<std::uint32_t>(tokens_[at].line)});
      }
    }
    return mistakes;
  }

 private:
  std::vector<Token> tokens_;

  static bool is_quoted(const std::string& literal) {
    return literal.front() == '"' || literal.front() == '\'' || literal.front() == '[';
  }
  const Token& token(std::size_t at, int offset) const {
    static const Token none;
    const auto wanted = static_cast<std::ptrdiff_t>(at) + offset;
    const bool is_there = wanted >= 0 && wanted < static_cast<std::ptrdiff_t>(tokens_.size());
    return is_there ? tokens_[static_cast<std::size_t>(wanted)] : none;
  }
  bool is_name(std::size_t at, int offset, const std::string& name) const {
    return token(at, offset).kind == Token::Kind::name && token(at, offset).text == name;
  }

  /// The number or text that is the whole of what stands there; empty where there is none.
  std::string literal_behind(std::size_t at) const {
    const bool minus = is_sign(token(at, 1), "-");
    const Token& found = token(at, minus ? 2 : 1);
    if (binds_what_precedes(token(at, minus ? 3 : 2))) return {};
    return spelled(found, minus);
  }
  std::string literal_before(std::size_t at) const {
    const bool minus = is_sign(token(at, -2), "-");
    // `1 - 3` ends in no literal of its own.
    const Token& before = token(at, minus ? -3 : -2);
    const bool operand = before.kind == Token::Kind::number || is_sign(before, ")") || is_sign(before, "]") ||
                         (minus && before.kind == Token::Kind::name && !is_word(before.text));
    if (operand || binds_what_follows(before)) return {};
    return spelled(token(at, -1), minus);
  }
  static std::string spelled(const Token& literal, bool minus) {
    if (literal.kind == Token::Kind::number) return (minus ? "-" : "") + std::string(literal.text);
    return literal.kind == Token::Kind::text && !minus ? std::string(literal.text) : std::string();
  }
  /// Words of Lua behind which an expression begins.
  static bool is_word(std::string_view word) {
    constexpr std::string_view words[] = {"and", "or", "not", "if", "elseif", "while", "until", "return"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  }

  /// Whether the name is assigned to, or declared by more than the function itself.
  bool is_bound_again(const std::string& name) const {
    int declared = 0;
    bool in_parameters = false;
    bool in_names = false;  // of `local` or `for`
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const Token& here = tokens_[at];
      if (here.text == "local" || here.text == "for") in_names = true;
      if (here.text == "function") in_parameters = true;
      if (in_names && (is_sign(here, "=") || here.text == "in" || here.text == "function")) in_names = false;
      if (is_name(at, 0, name)) {
        if (in_parameters || in_names) ++declared;
        const bool is_field = is_sign(token(at, -1), ".") || is_sign(token(at, -1), ":");
        const bool in_list = is_sign(token(at, 1), ",") && !in_parameters;
        if (!is_field && (is_sign(token(at, 1), "=") || (in_list && is_assigned_in_list(at)))) return true;
      }
      if (in_parameters && is_sign(here, ")")) in_parameters = false;
    }
    return declared > 1;
  }
  /// `a, b = 1, 2`, and not `f(a, b)`.
  bool is_assigned_in_list(std::size_t at) const {
    while (token(at, 0).kind == Token::Kind::name && is_sign(token(at, 1), ",")) at += 2;
    return token(at, 0).kind == Token::Kind::name && is_sign(token(at, 1), "=");
  }

  static std::string message(const Parameter& parameter, bool equal, const std::string& literal) {
    const std::string& name = parameter.name;
    std::string text = "`" + name + (equal ? " == " : " ~= ") + shown(literal) + "` is " +
                       (equal ? "never" : "always") + " true: `" + name + "` is ";
    if (parameter.plain == Plain::boolean) return text + "a boolean";
    if (parameter.plain == Plain::text) return text + "a text";
    text += "an exact value, which `==` finds equal to exact values alone";
    if (parameter.plain != Plain::number || is_quoted(literal)) return text;
    return text + ": write `" + (equal ? "" : "not ") + name + ":is(" + literal + ")`";
  }
};

}  // namespace

std::vector<Mistake> idle_equalities(std::string_view script, int first_line, int last_line,
                                     const std::vector<Parameter>& parameters) {
  return Equalities(script, first_line, last_line).find(parameters);
}

}  // namespace proviso::hooks
