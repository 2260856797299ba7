#include "service/cds/json_pieces.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace proviso::service {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Goes through sound JSON value by value.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  /// The character after blanks; 0 at the end.
  char next() {
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void pass() { ++at_; }
  JsonPiece value() {
    const char first = next();
    const std::size_t begin = at_;
    if (first == '"') {
      pass_text();
    } else if (first == '{' || first == '[') {
      pass_nested();
    } else {
      at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
    }
    return {text_.substr(begin, at_ - begin)};
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;

  void pass_text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }
  void pass_nested() {
    unsigned depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        pass_text();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
  }
};

}  // namespace

JsonPiece json_piece(std::string_view text) { return Walk(text).value(); }

bool JsonPiece::is_empty() const {
  if (!exists() || is_null() || text == "\"\"") return true;
  return (is_object() || is_array()) && text.find_first_not_of(blanks, 1) == text.size() - 1;
}

std::vector<std::pair<std::string, JsonPiece>> JsonPiece::members() const {
  std::vector<std::pair<std::string, JsonPiece>> found;
  if (!is_object()) return found;
  Walk walk(text);
  walk.pass();
  while (walk.next() == '"') {
    std::string name = walk.value().as_text();
    walk.next();
    walk.pass();
    found.emplace_back(std::move(name), walk.value());
    if (walk.next() == ',') walk.pass();
  }
  return found;
}

std::vector<JsonPiece> JsonPiece::elements() const {
  std::vector<JsonPiece> found;
  if (!is_array()) return found;
  Walk walk(text);
  walk.pass();
  for (char c = walk.next(); c != ']' && c != '\0'; c = walk.next()) {
    found.push_back(walk.value());
    if (walk.next() == ',') walk.pass();
  }
  return found;
}

JsonPiece JsonPiece::member(std::string_view name) const {
  JsonPiece found;
  for (const auto& [key, value] : members()) {
    if (key == name) found = value;
  }
  return found;
}

bool JsonPiece::repeats_a_name() const {
  std::set<std::string, std::less<>> names;
  const auto all = members();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) { return !names.insert(each.first).second; });
}

JsonPiece JsonPiece::at_path(std::string_view path) const {
  const std::size_t dot = path.find('.');
  const JsonPiece found = member(path.substr(0, dot));
  return dot == std::string_view::npos ? found : found.at_path(path.substr(dot + 1));
}

std::string JsonPiece::as_text() const {
  if (!is_text() || text.size() < 2) return {};
  if (text.find('\\') == std::string_view::npos) return std::string(text.substr(1, text.size() - 2));
  const Json value = Json::parse(text, nullptr, false);
  return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace proviso::service
