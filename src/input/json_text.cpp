#include "input/json_text.hpp"

#include <cstring>

#include "input/foreign_file.hpp"
#include "text/utf8.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// What the text is a part of, where its first bytes say that this is no JSON in UTF-8; else empty. In UTF-16 every
/// line has NULs, and the first may have no mark.
std::string_view other_file(std::string_view text) {
  if (text.size() > 1 && (text[0] == '\0') != (text[1] == '\0')) return foreign_file("\xFF\xFE");
  return text.front() == '{' ? std::string_view() : foreign_file(text);
}

bool contains(std::string_view text, char c) { return std::memchr(text.data(), c, text.size()) != nullptr; }

/// The object at the start of the text, up to the bracket that closes it; all of the text where none does.
std::string_view object_in(std::string_view text) {
  unsigned depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') in_text = !in_text;
    if (in_text) {
      if (c == '\\') ++i;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
      return text.substr(0, i + 1);
    }
  }
  return text;
}

}  // namespace

// RFC 8259, section 6.
bool is_json_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t first = i;
    while (i < text.size() && value::is_digit(text[i])) ++i;
    return i > first;
  };
  if (i < text.size() && text[i] == '-') ++i;
  const std::size_t whole = i;
  if (!digits() || (text[whole] == '0' && i - whole > 1)) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

bool valid_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

// Large enough for almost every record, so that few ask for more; where there is no memory now, `open` says so.
JsonText::JsonText() {
  if (parser_.allocate(16 * 1024)) return;
}

bool JsonText::open(std::string_view text, std::size_t readable, ondemand::object& root) {
  text_ = text;
  more_ = nullptr;
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    message_ = "found nothing, expected a JSON object";
    return false;
  }
  if (const std::string_view other = other_file(text); !other.empty()) {
    message_ = other;
    return false;
  }
  auto error = parser_.iterate(text.data(), text.size(), readable).get(document_);
  if (!error && text[first] != '{') {
    message_ = "found " + excerpt(text.substr(first)) + ", expected a JSON object";
    return false;
  }
  if (!error) error = document_.get_object().get(root);
  return !error || open_first(text, readable, root) || malformed(error);
}

// simdjson looks at the end of the text before it reads. Where the object ends earlier, it is read all the same.
bool JsonText::open_first(std::string_view text, std::size_t readable, ondemand::object& root) {
  const std::string_view object = object_in(text);
  const std::size_t more = text.find_first_not_of(blanks, object.size());
  if (more == std::string_view::npos || !valid_utf8(text)) return false;
  if (parser_.iterate(object.data(), object.size(), readable).get(document_)) return false;
  if (document_.get_object().get(root)) return false;
  more_ = text.data() + more;
  return true;
}

bool JsonText::close() {
  const char* where = more_;
  if (where == nullptr && document_.current_location().get(where)) return true;  // it has no location past the end
  return malformed("found more after the object", where);
}

bool JsonText::key(ondemand::field& field, std::string_view& name) {
  const char* const start = field.key().raw();
  const char* end = start;
  while (*end != '"' && *end != '\\') ++end;  // simdjson has seen the closing quote
  if (*end == '"') {
    name = {start, static_cast<std::size_t>(end - start)};
    return true;
  }
  if (field.unescaped_key().get(name) || !valid_utf8(name)) return malformed("bad escape in a name", start - 1);
  return true;
}

bool JsonText::read(ondemand::value& value, Given& given) {
  const std::string_view token = value::trimmed_end(value.raw_json_token());
  given.text = {};
  const auto is = [&](std::string_view word, Form form) {
    given.form = form;
    return token == word || malformed("found " + excerpt(token) + ", expected a value", token.data());
  };
  switch (token.empty() ? '\0' : token.front()) {
    case '"':
      return read_text(value, token, given);
    case '{':
      given.form = Form::object;
      return true;
    case '[':
      given.form = Form::list;
      return true;
    case 't':
      return is("true", Form::yes);
    case 'f':
      return is("false", Form::no);
    case 'n':
      return is("null", Form::null);
    default:
      break;
  }
  given.form = Form::number;
  given.text = token;
  return is_json_number(token) || malformed("found " + excerpt(token) + ", expected a value", token.data());
}

bool JsonText::read_text(ondemand::value& value, std::string_view token, Given& given) {
  given.form = Form::text;
  if (token.size() < 2 || token.back() != '"') return malformed("text is not closed as it should be", token.data());
  const std::string_view inside = token.substr(1, token.size() - 2);
  if (!contains(inside, '\\')) {
    // Taken here: a text left for simdjson to skip would be taken for a key where a colon follows.
    ondemand::raw_json_string raw;
    if (const auto error = value.get_raw_json_string().get(raw)) return malformed(error);
    given.text = inside;
    return true;
  }
  if (value.get_string().get(given.text) || !valid_utf8(given.text)) {
    return malformed("bad escape in a text", token.data());
  }
  return true;
}

bool JsonText::skip(ondemand::value& value, unsigned depth) {
  Given given;
  if (!read(value, given)) return false;
  if (given.form != Form::object && given.form != Form::list) return true;
  if (depth >= nesting_limit) return too_deep();
  if (given.form == Form::list) {
    ondemand::array list;
    if (const auto error = value.get_array().get(list)) return malformed(error);
    for (auto element : list) {
      if (element.error()) return malformed(element.error());
      if (!skip(element.value_unsafe(), depth + 1)) return false;
    }
    return true;
  }
  ondemand::object object;
  if (const auto error = value.get_object().get(object)) return malformed(error);
  for (auto item : object) {
    if (item.error()) return malformed(item.error());
    ondemand::field& field = item.value_unsafe();
    std::string_view name;
    if (!key(field, name) || !skip(field.value(), depth + 1)) return false;
  }
  return true;
}

bool JsonText::too_deep() {
  message_ = "objects and lists are nested deeper than " + std::to_string(nesting_limit);
  return false;
}

bool JsonText::malformed(std::string_view what, const char* where) {
  message_ = what;
  message_ += column(where);
  return false;
}

bool JsonText::malformed(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: {
      const std::size_t at = text::find_invalid_utf8(text_).value_or(text_.size());
      return malformed("bytes that are not UTF-8", text_.data() + at);
    }
    case simdjson::UNESCAPED_CHARS:
      message_ = "a control character stands inside a text";
      return false;
    case simdjson::UNCLOSED_STRING:
      message_ = "a text is not closed";
      return false;
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      message_ = "an object or a list is not closed";
      return false;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      message_ = "too large to be read";
      return false;
    default:
      break;
  }
  const char* where = nullptr;
  if (document_.current_location().get(where) || where < text_.data() || where >= text_.data() + text_.size()) {
    message_ = "not a JSON object";
    return false;
  }
  const std::string_view rest = text_.substr(static_cast<std::size_t>(where - text_.data()));
  return malformed("unexpected " + excerpt(rest.substr(0, text::decode(rest, 0).length)), where);
}

std::string JsonText::column(const char* where) const {
  const auto offset = static_cast<std::size_t>(where - text_.data());
  return " at column " + std::to_string(text::count_characters(text_.substr(0, offset)) + 1);
}

}  // namespace proviso::input
