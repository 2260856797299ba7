#include "text/file.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace proviso::text {

tl::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return tl::unexpected(std::string("there is no such file or folder"));
  }
  if (error) return tl::unexpected(error.message());
  if (std::filesystem::is_directory(status)) return tl::unexpected(std::string("it is a folder"));
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return tl::unexpected(std::string(errno == EACCES ? "permission denied" : "it cannot be opened"));
  std::string content;
  std::array<char, 65536> part{};
  while (stream.read(part.data(), part.size()), stream.gcount() > 0) {
    content.append(part.data(), static_cast<std::size_t>(stream.gcount()));
    if (content.size() > most) return tl::unexpected(fmt::format("it is larger than {} MiB", most >> 20U));
  }
  if (stream.bad()) return tl::unexpected(std::string("reading failed"));
  return content;
}

}  // namespace proviso::text
