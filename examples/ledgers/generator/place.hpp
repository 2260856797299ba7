#pragma once

#include <string_view>

namespace ledgers {

/// A commissioner by its ODS code, or by its name where none is known, and a trust that it pays.
struct Place {
  std::string_view commissioner;
  std::string_view provider;
};

}  // namespace ledgers
