#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/fhir_documents.hpp"

/// When something was so, as exactly as a resource says it.
namespace proviso::input::fhir {

struct Moment {
  std::int32_t first = INT32_MIN;      ///< no earlier than this day
  std::int32_t last = INT32_MAX;       ///< no later
  std::optional<std::int64_t> second;  ///< since 1970 in universal time, where a time with its zone is there
  std::string day;                     ///< the day in England, `2019-05-03`; empty where it is not one day
};

/// `2019`, `2019-05`, `2019-05-03`, `2019-05-03T10:30:00+01:00`; whenever where it is none of them.
Moment moment_of(std::string_view written);
/// By a choice of elements: `effectiveDateTime`, `effectiveInstant`, `effectivePeriod`; or by `authored`.
Moment moment_of(dom::object resource, std::string_view name);

/// The number of the newest; nothing where it is not certain which that is, or where there is none. Of two of one time,
/// that are the same by `value`, it does not matter which it is.
std::optional<std::size_t> newest(const std::vector<Moment>& moments,
                                  const std::function<std::string(std::size_t)>& value);

}  // namespace proviso::input::fhir
