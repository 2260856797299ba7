#pragma once

#include <string>
#include <vector>

#include "check/check.hpp"
#include "model/library.hpp"
#include "syntax/parse.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"
#include "value/calendar.hpp"

namespace proviso::check {

using Codes = std::vector<std::string>;

/// A library of one file, and what was said about it.
struct Checked {
  text::Sources sources;
  text::Diagnostics diagnostics;
  model::Library library;

  /// `P0708`, in the order of the file.
  Codes codes() const {
    Codes found;
    for (const auto& diagnostic : diagnostics.sorted()) found.push_back(text::code_name(diagnostic.code));
    return found;
  }
  std::string first_message() const { return diagnostics.all().empty() ? "" : diagnostics.sorted().front().message; }
};

inline Checked check_text(const std::string& content) {
  Checked checked;
  const auto file = checked.sources.add("example.policy", content);
  std::vector<SourceTree> trees;
  trees.push_back({syntax::parse(checked.sources, file, checked.diagnostics), file,
                   std::string(PROVISO_SOURCE_DIR) + "/tests/golden/diagnostics"});
  checked.library = check(trees, checked.sources, checked.diagnostics);
  return checked;
}

/// Places, a record, a hook that may only tighten, and a policy in BLMK from 2019-04-01 to 2021-03-31.
inline const std::string head = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR { Leicester ods:04C } } }
record Referral {
  referred date  commissioner place  procedure code opcs4
  bmi number kg/m2  smoking one of never, ex, current  quit date  pain yes/no  night yes/no  aid yes/no
}
hook luton.smoking(status one of never, ex, current; quit date; referred date) -> yes/no may only tighten
  from "hooks/luton.lua"
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2020-01-01 to 2020-06-30
  in LLR 45 from 2019-04-01
}
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 to 2021-03-31 dated by referred in BLMK
  applies when procedure = opcs4:W37.1
  exempt cancer when pain "Suspected cancer"
  approve when all {
    bmi "BMI is within the limit": bmi <= max_bmi
    smoke_free "Does not smoke": smoking = never or weeks from quit to referred >= 8
    severe "Two signs": at least 2 of { pain_now "Pain": pain  night_pain "At night": night  either "Either": pain or night }
    aided "One of": any { aid_used "Aid": aid  hurts "Hurts": pain }
  }
  otherwise refuse "Not funded"
}
)";

inline std::string variation(const std::string& changes, const std::string& place = "Luton",
                             const std::string& days = "2019-10-01") {
  return "variation of hips in " + place + " { from " + days + " source \"Paper\" " + changes + " }\n";
}

inline const model::Policy& hips(const Checked& checked) { return checked.library.policies.front(); }

inline std::int32_t day(const char* text) { return *value::parse_date(text); }

/// The form of the policy in a place on a day.
inline const model::Form& form(const Checked& checked, const std::string& place, const char* date) {
  const auto& policy = hips(checked);
  const auto& placement = policy.placements[checked.library.placement(policy, checked.library.place(place))];
  for (const auto& stretch : placement.stretches) {
    if (stretch.days.contains(day(date))) return policy.forms[stretch.form];
  }
  throw std::logic_error("no stretch on that day");
}

/// The names of the criteria of the clause that approves, groups with those inside them: `severe(pain night)`.
inline std::string criteria(const model::Condition& condition) {
  std::string out;
  for (const auto& criterion : condition.criteria) {
    if (!out.empty()) out += ' ';
    out += criterion.name;
    if (!criterion.condition.criteria.empty()) out += '(' + criteria(criterion.condition) + ')';
  }
  return out;
}

inline std::string criteria(const model::Form& form) {
  for (const auto& clause : form.clauses) {
    if (clause.outcome == model::Outcome::approve) return criteria(clause.condition);
  }
  return "no approve";
}

}  // namespace proviso::check
