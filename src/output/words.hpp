#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Numbers as all reports say them.
namespace proviso::output {

/// `1,234,567`.
std::string with_commas(std::uint64_t number);
/// `12 cases`, `1 case`.
std::string counted(std::uint64_t number, std::string_view noun);
/// `-£1,234.56`: money in bits as a column holds it, with at least two places.
std::string pounds_with_commas(std::int64_t money);

}  // namespace proviso::output
