#pragma once

#include <string>
#include <vector>

#include "reference/evaluate.hpp"

/// What a policy says in a place on a day: as written, and then as the variations for that place and day change it.
namespace proviso::reference {

/// One version of a policy, from its first day to its last.
struct Version {
  const File* file = nullptr;
  const syntax::PolicyDeclaration* policy = nullptr;
  DayNumber first = 0;
  DayNumber last = last_day_number;

  std::string full_name() const { return file->tree->library.text + '.' + policy->name.text; }
  bool has_gate() const { return policy->applies != syntax::no_expression; }
  Written gate() const { return {file, policy->applies, nullptr}; }
};

/// The versions of all policies on records of that name that decide: those of one policy together, by first day.
std::vector<std::vector<Version>> policies_on(const World& world, const std::string& record_name);

struct Rule;

/// What a criterion or a clause asks.
struct Test {
  syntax::GroupKind kind = syntax::GroupKind::expression;
  Written expression;
  std::size_t count = 0;  ///< at least so many of
  std::vector<Rule> criteria;
  /// Of a criterion that a hook may only tighten (`and`) or loosen (`or`): that criterion, and the hook; nothing above.
  std::string joined_by;
  std::vector<Test> joined;
};

struct Rule {
  std::string name;
  Test test;
};

struct Line {
  std::string word;     ///< exempt, approve, refuse, review, pay, adjust, ..., otherwise
  std::string outcome;  ///< the same, but for otherwise
  std::string name;     ///< may be empty
  Test test;            ///< none for otherwise
  // Of a payment's clause.
  const File* file = nullptr;
  const syntax::PaymentOutcome* payment = nullptr;
  std::size_t number = 0;  ///< no other line of the form has it

  const std::string& called() const { return name.empty() ? word : name; }
};

struct Form {
  bool omitted = false;  ///< the policy does not hold
  std::vector<Line> lines;
};

/// A variation, and where and when it holds.
struct Variation {
  const File* file = nullptr;
  const syntax::VariationDeclaration* declaration = nullptr;
  Held held;
};

/// All variations of the policy, in the order written.
std::vector<Variation> variations_of(const World& world, const Version& version);

/// All that the clause gives, in words: two that give the same say the same.
std::string given_by(const Line& line);

Form form_of(const World& world, const Version& version, const std::string& place, std::optional<DayNumber> day);

}  // namespace proviso::reference
