#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace proviso::service {

/// Makes a file that only its owner may read, with all of the content at once and on disk, where there is none of that
/// name. False: there was one, which is left as it is.
tl::expected<bool, std::string> make_private_file(const std::string& file, std::string_view content);

}  // namespace proviso::service
