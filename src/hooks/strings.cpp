#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "hooks/budget.hpp"
#include "hooks/environment.hpp"
#include "hooks/texts.hpp"

// byte char find len lower rep reverse sub upper. `find` takes its second text as it stands: there are no patterns, and
// so nothing whose time is not that of the text's length. Letters are those of ASCII.
namespace proviso::hooks {
namespace {

/// Counted from 1, or from the end where negative; 1 before the text, and one past the end behind it.
std::size_t position(lua_Integer at, std::size_t size) {
  const auto length = static_cast<lua_Integer>(size);
  if (at < 0) at = at < -length ? 1 : length + at + 1;
  return static_cast<std::size_t>(std::clamp<lua_Integer>(at, 1, length + 1));
}

/// The part from `first` to `last`, both counted as above and included.
std::string_view part(std::string_view text, lua_Integer first, lua_Integer last) {
  const auto length = static_cast<lua_Integer>(text.size());
  const std::size_t begin = position(first == 0 ? 1 : first, text.size());
  if (last < 0) last = last < -length ? 0 : length + last + 1;
  const auto end = static_cast<std::size_t>(std::min(last, length));
  return end < begin ? std::string_view{} : text.substr(begin - 1, end - begin + 1);
}

int byte(lua_State* state) {
  const std::string_view text = text_argument(state, 1);
  const lua_Integer first = luaL_optinteger(state, 2, 1);
  // Beyond the end there is nothing, and before the beginning neither.
  const lua_Integer last = luaL_optinteger(state, 3, first);
  if (first == 0 && last == 0) return 0;
  const std::string_view bytes = part(text, first, last);
  if (bytes.size() > static_cast<std::size_t>(values_limit)) return luaL_error(state, "too many bytes at a time");
  luaL_checkstack(state, static_cast<int>(bytes.size()), nullptr);
  for (const char c : bytes) lua_pushinteger(state, static_cast<unsigned char>(c));
  return static_cast<int>(bytes.size());
}

int character(lua_State* state) {
  const int count = lua_gettop(state);
  charge(state, 1 + static_cast<std::size_t>(count) / 4);
  std::string text;
  for (int i = 1; i <= count; ++i) {
    const lua_Integer code = luaL_checkinteger(state, i);
    luaL_argcheck(state, code >= 0 && code <= 255, i, "value out of range");
    text += static_cast<char>(static_cast<unsigned char>(code));
  }
  push_text(state, text);
  return 1;
}

int find(lua_State* state) {
  const std::string_view text = text_argument(state, 1);
  const std::string_view wanted = text_argument(state, 2);
  const lua_Integer first = luaL_optinteger(state, 3, 1);
  const std::size_t begin = position(first, text.size()) - 1;
  if (first > static_cast<lua_Integer>(text.size()) + 1 || wanted.size() > text.size() - begin) {
    lua_pushnil(state);
    return 1;
  }
  // memmem, because its time is that of both lengths added, never multiplied.
  const void* const found = wanted.empty()
                                ? text.data() + begin
                                : memmem(text.data() + begin, text.size() - begin, wanted.data(), wanted.size());
  if (found == nullptr) {
    lua_pushnil(state);
    return 1;
  }
  const auto at = static_cast<const char*>(found) - text.data();
  lua_pushinteger(state, at + 1);
  lua_pushinteger(state, at + static_cast<lua_Integer>(wanted.size()));
  return 2;
}

int length(lua_State* state) {
  std::size_t size = 0;
  luaL_checklstring(state, 1, &size);
  lua_pushinteger(state, static_cast<lua_Integer>(size));
  return 1;
}

template <char first, char last, int change>
int in_case(lua_State* state) {
  std::string text(text_argument(state, 1));
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c + change);
  }
  push_text(state, text);
  return 1;
}

int repeat(lua_State* state) {
  const std::string_view text = text_argument(state, 1);
  const lua_Integer count = luaL_checkinteger(state, 2);
  const std::string_view separator = lua_isnoneornil(state, 3) ? std::string_view{} : text_argument(state, 3);
  const std::size_t each = text.size() + separator.size();
  if (count <= 0 || each == 0) {
    lua_pushliteral(state, "");
    return 1;
  }
  const auto times = static_cast<std::size_t>(count);
  if (times > budget_of(state).limits.text) check_text_size(state, SIZE_MAX);
  // Both are below 2^32 or so: no overflow.
  check_text_size(state, times * each - separator.size());
  charge_bytes(state, times * each);
  std::string result;
  result.reserve(times * each);
  result.append(text).append(separator);
  while (result.size() < times * each) result.append(result, 0, times * each - result.size());
  result.resize(result.size() - separator.size());
  push_text(state, result);
  return 1;
}

int reverse(lua_State* state) {
  std::string text(text_argument(state, 1));
  std::reverse(text.begin(), text.end());
  push_text(state, text);
  return 1;
}

int sub(lua_State* state) {
  const std::string_view text = text_argument(state, 1);
  push_text(state, part(text, luaL_checkinteger(state, 2), luaL_optinteger(state, 3, -1)));
  return 1;
}

}  // namespace

void install_strings(lua_State* state) {
  constexpr luaL_Reg functions[] = {{"byte", guarded<byte>},
                                    {"char", guarded<character>},
                                    {"find", guarded<find>},
                                    {"len", guarded<length>},
                                    {"lower", guarded<in_case<'A', 'Z', 'a' - 'A'>>},
                                    {"rep", guarded<repeat>},
                                    {"reverse", guarded<reverse>},
                                    {"sub", guarded<sub>},
                                    {"upper", guarded<in_case<'a', 'z', 'A' - 'a'>>},
                                    {nullptr, nullptr}};
  luaL_setfuncs(state, functions, 0);
}

}  // namespace proviso::hooks
