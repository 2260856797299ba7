#include "csv.hpp"

#include <algorithm>

namespace ledgers {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string csv_line(const Cells& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (cell.find_first_of(",\"\n") == std::string::npos) {
      line.append(cell);
    } else {
      line.push_back('"');
      for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
      line.push_back('"');
    }
    line.push_back(',');
  }
  if (!line.empty()) line.pop_back();
  return line.append("\r\n");
}

std::string in_some_encoding(std::string line, Dirt& dirt) {
  if (is_ascii(line) || dirt.random().chance(50)) return line;
  dirt.count("dirt.line_in_windows_1252");
  return in_windows_1252(line);
}

std::string in_windows_1252(std::string_view utf8) {
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    if (lead < 0x80) {
      bytes.push_back(utf8[at]);
      continue;
    }
    if (lead > 0xC3) return std::string(utf8);
    ++at;
    bytes.push_back(static_cast<char>((lead & 0x03U) << 6U | (static_cast<unsigned char>(utf8[at]) & 0x3FU)));
  }
  return bytes;
}

}  // namespace ledgers
