#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

/// A policy as it holds on a day, gathered for showing it.
namespace proviso::output {

struct ValueView {
  std::string value;   ///< as the language writes it; for a code list its codes, ranges as `L84..L88`
  std::string place;   ///< empty: everywhere
  std::string period;  ///< `from 2019-04-01 to 2020-03-31`; empty: always
  std::string source;
};

/// A threshold or a code list that the policy uses.
struct DependencyView {
  std::string name;
  std::string type;               ///< `number kg/m2`, `code opcs4`
  std::vector<ValueView> values;  ///< the one in force on the day; without a day, all
  std::string unverified;
};

struct PolicyView {
  const model::Policy* policy = nullptr;
  std::optional<std::int32_t> on;
  std::string record;
  std::string dated_by;
  std::vector<DependencyView> thresholds;
  std::vector<DependencyView> code_lists;
  std::vector<std::string> tables;
  std::vector<const model::Policy*> versions;  ///< all of its name, by first day
};

/// The version of each policy of that name or full name that holds on the day (without a day: the last version that
/// decides, else the last). `policy` is null where there are versions but none on that day. Empty: no such policy.
std::vector<PolicyView> view_policy(const model::Library& library, std::string_view name,
                                    std::optional<std::int32_t> on);

/// `from 2019-04-01 to 2020-03-31`, `from 2019-04-01`, or nothing.
std::string spell(const model::Period& period);
/// `W37.1 W93..W94`.
std::string spell_codes(value::CodeSystem system, const model::CodeBlock& block);
/// `all`, `any`, `at least 2 of`, `none of`; nothing for an expression.
std::string spell_group(const model::Condition& condition);

}  // namespace proviso::output
