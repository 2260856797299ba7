#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

namespace proviso::output {

/// One dated change of a policy. Every change is dated by the first day on which things are different.
struct HistoryLine {
  enum class Kind : std::uint8_t { version, variation, threshold, codes } kind = Kind::version;
  std::int32_t day = INT32_MIN;        ///< INT32_MIN: from the first
  model::PlaceId place = model::none;  ///< whose change it is; none: everywhere
  std::string name;                    ///< of the threshold or code list
  std::string was;                     ///< the value before, the codes taken out; empty: none
  std::string now;                     ///< the value from then on, the codes put in; empty: none
  std::string text;                    ///< `max_bmi from 40 kg/m2 to 35 kg/m2`
  std::string source;
  std::vector<model::PlaceId> places = {};  ///< a version's: where it holds; empty: everywhere
};

struct History {
  const model::Library* library = nullptr;
  std::string policy;
  std::string label;
  bool payment = false;
  model::PlaceId place = model::none;
  std::vector<HistoryLine> lines;
};

/// The changes of all versions of the policy, in order: those of every place, or with a place those that reach it.
History history_of(const model::Library& library, std::string_view full_name, model::PlaceId place);

/// The change of a threshold from one value to another, either null where there is none; nothing where they are one.
std::optional<HistoryLine> threshold_line(const model::Library& library, const model::Threshold& threshold,
                                          const model::ThresholdValue* before, const model::ThresholdValue* now,
                                          std::int32_t day);
/// The same of a code list, which is not told code by code where nothing was before.
std::optional<HistoryLine> codes_line(const model::Library& library, const model::CodeList& list,
                                      const model::CodeBlock* before, const model::CodeBlock* now, std::int32_t day);

/// A line for each change: its first day, whose it is, what it is, on what authority.
void append_history(std::string& out, const History& history);
void append_history_json(std::string& out, const History& history);

}  // namespace proviso::output
