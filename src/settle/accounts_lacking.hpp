#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "decide/decision.hpp"
#include "decide/needs.hpp"
#include "decide/view.hpp"
#include "model/library.hpp"

namespace proviso::settle {

/// Says in words what keeps values of a line from being known. One for each thread, used again for every line that is
/// left out.
class Lacking {
 public:
  Lacking(const model::Library& library, std::uint32_t record) : needs_(library, record) {}

  void begin(const decide::View& view);
  /// Of an item of the version: a condition or a value. Nothing from one that is known.
  void ask(std::uint32_t item);
  void ask_for(model::FactId fact);
  /// `unit_price is missing`, `drug and quantity are missing; division by zero in saving`. Of a fact that the line says
  /// but that could not be taken: ``commissioner: `Nowhere` is not a declared place``.
  std::string sentence() const;

 private:
  decide::Needs needs_;
  decide::Decisions decisions_;
  decide::View view_{};
  std::vector<std::uint32_t> asked_;

  std::string without_value() const;
  std::string unread(model::FactId fact) const;
};

}  // namespace proviso::settle
