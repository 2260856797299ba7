#include "hooks/convert.hpp"

#include <algorithm>

#include "hooks/texts.hpp"
#include "hooks/values.hpp"
#include "text/utf8.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

namespace proviso::hooks {
namespace {

using value::DurationKind;
using value::Kind;
using value::Type;

constexpr std::size_t shown_limit = 300;

std::string_view text_at(lua_State* state, int index) {
  std::size_t size = 0;
  const char* const text = lua_tolstring(state, index, &size);
  return {text, size};
}

void push_duration(lua_State* state, const Type& type, std::int64_t bits) {
  if (type.duration != DurationKind::either) return push(state, {bits, Kind::duration, {}, type.duration});
  const bool days = (bits & 1) != 0;
  push(state, {(bits - (days ? 1 : 0)) / 2, Kind::duration, {}, days ? DurationKind::days : DurationKind::months});
}

/// What may come of reading an answer: its bits, or what is wrong with it.
struct Taken {
  bool good = false;
  std::int64_t bits = 0;
  std::string problem;
};

Taken good(std::int64_t bits) { return {true, bits, {}}; }
Taken bad(std::string problem) { return {false, 0, std::move(problem)}; }

Taken wrong_type(lua_State* state, const model::Library& library, const Type& type, int index) {
  return bad("answered " + describe(state, index) + " where " + model::format(library, type) + " was expected");
}

Taken wrong_text(std::string_view text, const std::string& why) {
  return bad("answered `" + shown(text) + "`, " + why);
}

/// A decimal, of money too where that is wanted.
Taken take_number(lua_State* state, const model::Library& library, const Type& type, int index) {
  std::int64_t bits = 0;
  const Exact* const exact = exact_at(state, index);
  if (exact != nullptr && (exact->kind == Kind::number || exact->kind == type.kind)) return good(exact->bits);
  // Money is said exactly or not at all.
  if (lua_type(state, index) != LUA_TNUMBER || type.kind == Kind::money) return wrong_type(state, library, type, index);
  const bool decimal = lua_isinteger(state, index) != 0 ? decimal_of_integer(lua_tointeger(state, index), bits)
                                                        : decimal_of_float(lua_tonumber(state, index), bits);
  return decimal ? good(bits) : bad("answered a number that is no decimal of at most six places within its range");
}

Taken take_quantity(lua_State* state, const model::Library& library, const Type& type, int index) {
  const Exact* const exact = exact_at(state, index);
  const bool alike =
      exact != nullptr && exact->kind == Kind::quantity && value::dimension(exact->unit) == value::dimension(type.unit);
  if (!alike) return wrong_type(state, library, type, index);
  if (exact->unit == type.unit) return good(exact->bits);
  std::int64_t bits = 0;
  const std::int64_t from = value::size(exact->unit);
  const std::int64_t to = value::size(type.unit);
  if (!value::rescale(exact->bits, from, to, bits)) return bad("answered a quantity out of range");
  if (value::detail::product(exact->bits, from) != value::detail::product(bits, to)) {
    return bad("answered " + format(*exact) + ", which has more than six places after the point in " +
               std::string(value::spelling(type.unit)));
  }
  return good(bits);
}

Taken take_duration(lua_State* state, const model::Library& library, const Type& type, int index) {
  const Exact* const exact = exact_at(state, index);
  const bool duration = exact != nullptr && exact->kind == Kind::duration;
  if (duration && type.duration == exact->duration) return good(exact->bits);
  if (duration && type.duration == DurationKind::either) {
    return good(exact->bits * 2 + (exact->duration == DurationKind::days ? 1 : 0));
  }
  return wrong_type(state, library, type, index);
}

Taken take_text(lua_State* state, const model::Library& library, const Type& type, int index) {
  if (lua_type(state, index) != LUA_TSTRING) return wrong_type(state, library, type, index);
  const std::string_view text = text_at(state, index);
  if (type.kind == Kind::code) {
    const auto code = value::parse_code(type.system, text);
    return code ? good(*code) : wrong_text(text, "which is no code of " + std::string(value::spelling(type.system)));
  }
  if (type.kind == Kind::place) {
    const model::PlaceId place = library.place(text);
    return place != model::none ? good(place) : wrong_text(text, "which is no place");
  }
  const std::vector<std::string>& values = library.enumerations[type.id].values;
  const auto found = std::find(values.begin(), values.end(), text);
  if (found != values.end()) return good(found - values.begin());
  return wrong_text(text, "which is no value of " + model::format(library, type));
}

Taken take(lua_State* state, const model::Library& library, const Type& type, int index) {
  switch (type.kind) {
    case Kind::truth:
      if (lua_type(state, index) == LUA_TBOOLEAN) return good(lua_toboolean(state, index));
      break;
    case Kind::number:
    case Kind::money:
    case Kind::percent:
      return take_number(state, library, type, index);
    case Kind::quantity:
      return take_quantity(state, library, type, index);
    case Kind::date:
      if (const Exact* const exact = exact_at(state, index); exact != nullptr && exact->kind == Kind::date) {
        return good(exact->bits);
      }
      break;
    case Kind::duration:
      return take_duration(state, library, type, index);
    case Kind::code:
    case Kind::place:
    case Kind::enumeration:
    case Kind::scale:
      return take_text(state, library, type, index);
    default:
      break;
  }
  return wrong_type(state, library, type, index);
}

/// Whether all bytes are letters, digits and so on of ASCII: then nothing has to be looked at twice.
bool plain(std::string_view text) {
  return text.size() <= shown_limit &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
}

}  // namespace

void push_argument(lua_State* state, const model::Library& library, const Type& type, const Argument& argument) {
  if (!argument.known) return lua_pushnil(state);
  const std::int64_t bits = argument.bits;
  const auto number = static_cast<std::size_t>(bits);
  switch (type.kind) {
    case Kind::truth:
      return lua_pushboolean(state, bits != 0 ? 1 : 0);
    case Kind::number:
    case Kind::percent:
      return push(state, {bits, Kind::number, {}, {}});
    case Kind::money:
    case Kind::date:
      return push(state, {bits, type.kind, {}, {}});
    case Kind::quantity:
      return push(state, {bits, Kind::quantity, type.unit, {}});
    case Kind::duration:
      return push_duration(state, type, bits);
    case Kind::text:
      return push_text(state, argument.text);
    case Kind::code:
      return push_text(state, value::format_code(type.system, bits));
    case Kind::enumeration:
    case Kind::scale:
      if (number < library.enumerations[type.id].values.size()) {
        return push_text(state, library.enumerations[type.id].values[number]);
      }
      break;
    case Kind::place:
      if (number < library.places.size()) return push_text(state, library.places[number].name);
      break;
    default:
      break;
  }
  lua_pushnil(state);
}

void take_answer(lua_State* state, const model::Library& library, const Type& type, int index, Answer& answer) {
  const int results = lua_gettop(state) - index + 1;
  if (results > 2) {
    answer.problem = "answered " + std::to_string(results) + " values; it may answer one, and a sentence";
    return;
  }
  if (results == 2 && !lua_isnil(state, index + 1)) {
    if (lua_type(state, index + 1) != LUA_TSTRING) {
      answer.problem = "answered " + describe(state, index + 1) + " for its sentence";
      return;
    }
    answer.sentence = shown(text_at(state, index + 1));
  }
  if (lua_isnoneornil(state, index)) return;
  Taken taken = take(state, library, type, index);
  answer.known = taken.good;
  answer.bits = taken.bits;
  answer.problem = std::move(taken.problem);
  if (!answer.known) answer.sentence.clear();
}

std::string shown(std::string_view text) {
  if (plain(text)) return std::string(text);
  static constexpr std::string_view ellipsis = "…";
  std::string out;
  bool blank = false;  // of what is not shown, one blank stands for each row
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::decode(text, at);
    at += character.length;
    if (text::is_control(character.code_point)) {
      blank = true;
      continue;
    }
    const std::string encoded = text::encode(character.code_point);
    if (out.size() + encoded.size() + 1 > shown_limit - ellipsis.size()) return out += ellipsis;
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += encoded;
  }
  return out;
}

}  // namespace proviso::hooks
