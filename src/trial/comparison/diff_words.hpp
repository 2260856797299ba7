#pragma once

#include <string>
#include <vector>

#include "trial/comparison/changes.hpp"
#include "trial/comparison/comparison.hpp"
#include "trial/comparison/diff_report.hpp"
#include "trial/scenarios/words.hpp"

/// The words that the text and the page share.
namespace proviso::trial {

/// `bmi "BMI is within the limit": yes -> no (max_bmi 40 kg/m2 -> 35 kg/m2)`.
std::string spell(const CausePart& part);
/// All parts, with semicolons.
std::string spell(const Cause& cause);
/// `R-104 (line 104)`; of an id no more than so many characters. What would act on a terminal is shown as U+FFFD.
std::string spell(const FirstCase& first, std::size_t longest = std::string::npos);
/// `approve -> refuse`.
std::string spell(const ChangedCell& cell);

/// `500 Referral records from examples/referrals.ndjson`, `1,000 Referral records drawn around what changed, --seed 7`.
std::string spell_cases(const DiffReport& report);

/// That reading the cases came to an end before all were read, and why; nothing where it did not.
std::string stopped(const CaseComparison& cases);

/// `hips (bmi, severe), knees (bmi)`.
std::string spell(const std::vector<Reader>& readers);
/// `policy hips`, `threshold max_bmi`.
std::string title_of(const ChangedThing& thing);
/// `criterion bmi in severe`, `in Luton from 2019-10-01`.
std::string what_of(const TextChange& change);
/// The text's lines; a word for what is not there.
std::vector<std::string> lines_of(const TextChange& change, bool after);
/// Whether the thing has changes of several versions, which must then be told apart.
bool has_versions(const ChangedThing& thing);
/// `version from 2019-04-01`.
std::string version_of(const TextChange& change);

/// Outcomes that some case of the table has, before or after.
std::vector<CaseOutcome> outcomes_in(const Table& table);
/// Policies whose outcomes changed for some case, those with most changes first.
std::vector<const PolicyTable*> changed_policies(const CaseComparison& cases);
/// `7 keep their outcome for other reasons; 2 need other information`; nothing where there are none.
std::string spell_other(const Table& table);

}  // namespace proviso::trial
