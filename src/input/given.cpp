#include "input/given.hpp"

#include "text/utf8.hpp"

namespace proviso::input {

std::string excerpt(std::string_view text) {
  constexpr int longest = 40;
  std::string out = "`";
  std::size_t at = 0;
  for (int count = 0; at < text.size() && count < longest; ++count) {
    const text::Character character = text::decode(text, at);
    const bool shown = character.valid && !text::is_control(character.code_point);
    out += shown ? std::string(text.substr(at, character.length)) : text::encode(text::replacement_character);
    at += character.length;
  }
  if (at < text.size()) out += "...";
  return out + "`";
}

std::string describe(const Given& given) {
  switch (given.form) {
    case Form::null:
      return "`null`";
    case Form::yes:
      return "`true`";
    case Form::no:
      return "`false`";
    case Form::number:
      return "the number " + excerpt(given.text);
    case Form::text:
      return given.text.empty() ? "an empty text" : excerpt(given.text);
    case Form::object:
      return "an object";
    case Form::list:
      return "a list";
  }
  return {};
}

}  // namespace proviso::input
