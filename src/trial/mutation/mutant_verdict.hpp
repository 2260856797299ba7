#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decider.hpp"
#include "model/library.hpp"

namespace proviso::trial {

/// What a scenario could say of what came of a record.
struct Verdict {
  model::Outcome outcome = model::Outcome::not_applicable;
  std::optional<std::int64_t> amount;       ///< of a payment
  std::optional<model::Strength> strength;  ///< of what is withheld
  std::string recount;                      ///< the code as the language writes it; empty: none
  std::vector<model::FactId> needs;         ///< ascending
  std::vector<std::uint32_t> because;       ///< criteria and the clause that decided, by number in Names, ascending
};

/// The names of criteria, numbered.
class Names {
 public:
  std::uint32_t number(std::string_view name);
  const std::string& name(std::uint32_t number) const { return names_[number]; }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::string> names_;
};

Verdict verdict_of(const decide::Engine& engine, const decide::Decisions& decisions, std::size_t record, Names& names);

/// How plainly two verdicts differ.
enum class Apart : std::uint8_t {
  no,
  because,  ///< a criterion decided as the policy is that did not decide as changed
  needs,    ///< other facts are asked for
  open,     ///< one outcome for another, of which one is that information is needed, or that the policy does not apply
  amount,   ///< another amount, or withheld in another way
  outcome,  ///< one outcome for another
};
Apart apart(const Verdict& as_is, const Verdict& changed);

/// `approve, not refuse`; `refuse because bmi, not without it`.
std::string spell_difference(const model::Record& record, const Names& names, const Verdict& as_is,
                             const Verdict& changed);
/// What a scenario expects: `refuse because bmi`, with `because` where the outcome is the same or there are criteria to
/// name.
std::string spell_expectation(const model::Record& record, const Names& names, const Verdict& as_is,
                              const Verdict& changed, const std::vector<std::string>& criteria);

}  // namespace proviso::trial
