#include "input/foreign_file.hpp"

namespace proviso::input {
namespace {

struct Sign {
  std::string_view bytes;
  std::string_view what;
};

constexpr std::string_view utf16 = "the file is in UTF-16: save it as UTF-8";
constexpr Sign signs[] = {
    {"\xFF\xFE", utf16},
    {"\xFE\xFF", utf16},
    {"\x1F\x8B", "the file is compressed by gzip: unpack it first"},
    {"PK\x03\x04", "the file is a zip archive, as a workbook is too: unpack it, or save the sheet as CSV"},
    {"\xD0\xCF\x11\xE0", "the file is a workbook: save the sheet as CSV"},
    {"\x89PNG", "the file is a picture"},
    {"%PDF", "the file is a PDF document"},
};

}  // namespace

std::string_view foreign_file(std::string_view first_bytes) {
  for (const Sign& sign : signs) {
    if (first_bytes.substr(0, sign.bytes.size()) == sign.bytes) return sign.what;
  }
  return {};
}

}  // namespace proviso::input
