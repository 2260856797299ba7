#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "text/span.hpp"

namespace proviso::check {

/// A form while variations are applied to it.
struct FormBuilding {
  model::Form form;
  struct Touch {
    std::uint32_t variation;
    std::size_t change;
    text::Span span;
  };
  std::map<std::string, Touch> touched;         ///< what the variations of one place changed, by name
  std::map<std::string, Touch> touched_inside;  ///< the groups around those
  std::map<std::string, Touch> gone;            ///< what variations removed, of any place
  std::vector<std::string> grouped;             ///< before those: the clauses to one of which `add` adds
};

}  // namespace proviso::check
