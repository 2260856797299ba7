#include "input/windows_1252.hpp"

#include <array>

#include "text/utf8.hpp"

namespace proviso::input {
namespace {

// The characters of bytes 80 to 9F, 0 where there is none; those after it are as in Unicode.
constexpr std::array<char32_t, 32> upper = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

bool from_windows_1252(std::string_view bytes, std::string& text) {
  text.clear();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
      continue;
    }
    const char32_t character = byte >= 0xA0 ? byte : upper[byte - 0x80];
    if (character == 0) return false;
    text += text::encode(character);
  }
  return true;
}

}  // namespace proviso::input
