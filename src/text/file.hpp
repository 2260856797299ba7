#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace proviso::text {

/// Bytes that are read of one file at most: policies, what they name, and what commands are told in files. Records and
/// ledgers are read piece by piece, and have no end.
inline constexpr std::size_t file_limit = std::size_t{64} * 1024 * 1024;

/// The bytes of the file, or why there are none: `it is a folder`. Pipes are read too, as shells hand them to programs.
/// `most`: of a file with more bytes nothing is given.
tl::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t most = file_limit);

}  // namespace proviso::text
