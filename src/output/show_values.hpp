#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"

/// Thresholds and code lists as they are shown: each value, whose it is, since when, on what authority.
namespace proviso::output {

struct ValueView {
  std::string value;   ///< as the language writes it; for a code list its codes, ranges as `L84..L88`
  std::string place;   ///< whose it is; empty: everywhere
  model::Period days;  ///< from its first day to the last on which nothing has replaced it
  std::string source;
  const model::ThresholdValue* limit = nullptr;  ///< of a threshold
  const model::CodeBlock* codes = nullptr;       ///< of a code list
};

/// A threshold or a code list that the policy reads.
struct DependencyView {
  std::uint32_t number = 0;  ///< of Library::thresholds or code_lists
  std::string name;
  std::string type;               ///< `number kg/m2`, `code opcs4`
  std::string bounds;             ///< `30 kg/m2 to 45 kg/m2`: what a place may set; empty: no place may, or anything
  bool by_place = false;          ///< some place has a value of its own
  std::vector<ValueView> values;  ///< those asked for, by place, then by first day
  std::string unverified;
};

/// What is read for a place and a day. With a place: the value in force there. Without one: every place's own value;
/// without a day all that they ever had.
struct When {
  model::PlaceId place = model::none;
  std::optional<std::int32_t> on;
};
DependencyView view_threshold(const model::Library& library, std::uint32_t number, const When& when);
DependencyView view_code_list(const model::Library& library, std::uint32_t number, const When& when);

/// The numbers of what expressions read, each once, in the order of use.
struct Reads {
  /// A definition as it is used: one with parameters may be used in several ways.
  struct Use {
    model::NodeId node;
    bool directly;  ///< somewhere not in another definition
  };
  std::vector<std::uint32_t> thresholds;
  std::vector<std::uint32_t> code_lists;
  std::vector<std::uint32_t> tables;
  std::vector<std::uint32_t> hooks;
  std::vector<Use> definitions;
  std::vector<model::FactId> facts;  ///< of the record, and of the elements of its lists
};
Reads reads_of(const model::Library& library, const std::vector<model::NodeId>& roots);
Reads reads_of(const model::Library& library, const model::Policy& policy, const model::Form& form);
/// Adds what the form's clauses ask and what they pay.
void add_roots(const model::Form& form, std::vector<model::NodeId>& roots);

/// `from 2019-04-01 to 2020-03-31`, `from 2019-04-01`, or nothing.
std::string spell(const model::Period& period);
std::string spell(const std::optional<model::Citation>& source);
/// `W37.1 W93..W94`.
std::string spell_codes(value::CodeSystem system, const model::CodeBlock& block);
/// The codes of `block` that are not in `other`: `W38 except W38.1`; nothing where there are none.
std::string spell_difference(value::CodeSystem system, const model::CodeBlock& block, const model::CodeBlock& other);

}  // namespace proviso::output
