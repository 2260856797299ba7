#include "referrals.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/truth.hpp"

namespace proviso::bench {
namespace {

using value::Truth;

const std::int32_t april_2019 = *value::date_from_civil(2019, 4, 1);
const std::int32_t born_before = *value::date_from_civil(2002, 1, 1);
const std::int32_t quit_until = *value::date_from_civil(2019, 1, 1);
const auto hip = static_cast<std::int32_t>(*value::parse_code(value::CodeSystem::opcs4, "W37.1"));

template <typename T, typename Test>
inline Truth test(const std::optional<T>& fact, Test meets) {
  if (!fact) return Truth::unknown;
  return meets(*fact) ? Truth::yes : Truth::no;
}

// Stops at the first yes.
inline Truth smoke_free(const Referral& r) {
  const Truth never = test(r.smoking, [](Smoking smoking) { return smoking == Smoking::never; });
  if (never == Truth::yes) return never;
  return value::either(never, test(r.quit, [](std::int32_t quit) { return quit <= quit_until; }));
}

inline Truth severe(const Referral& r) {
  const Truth pain = test(r.pain, [](std::int64_t score) { return score >= 6'000'000; });
  if (pain == Truth::yes) return pain;
  const Truth oxford = test(r.oxford_score, [](std::int64_t score) { return score < 20'000'000; });
  if (oxford == Truth::yes) return oxford;
  const Truth walking = test(r.walking, [](std::int64_t metres) { return metres < 400'000'000; });
  if (walking == Truth::yes) return walking;
  const Truth sight = test(r.acuity, [](Acuity acuity) { return acuity > Acuity::six_12; });
  return value::either(value::either(pain, oxford), value::either(walking, sight));
}

// Stops at the first no.
inline Truth approved(const Referral& r) {
  const Truth recent = test(r.referred, [](std::int32_t date) { return date >= april_2019; });
  if (recent == Truth::no) return recent;
  const Truth adult = test(r.born, [](std::int32_t date) { return date < born_before; });
  if (adult == Truth::no) return adult;
  const Truth procedure = test(r.procedure, [](std::int32_t code) { return code == hip; });
  if (procedure == Truth::no) return procedure;
  const Truth bmi = test(r.bmi, [](std::int64_t index) { return index <= 40'000'000; });
  if (bmi == Truth::no) return bmi;
  const Truth hba1c = test(r.hba1c, [](std::int64_t level) { return level < 69'000'000; });
  if (hba1c == Truth::no) return hba1c;
  const Truth treated = test(r.months_treated, [](std::int64_t months) { return months >= 3'000'000; });
  if (treated == Truth::no) return treated;
  const Truth smoking = smoke_free(r);
  if (smoking == Truth::no) return smoking;
  const Truth signs = severe(r);
  if (signs == Truth::no) return signs;
  const bool all = recent == Truth::yes && adult == Truth::yes && procedure == Truth::yes && bmi == Truth::yes &&
                   hba1c == Truth::yes && treated == Truth::yes && smoking == Truth::yes && signs == Truth::yes;
  return all ? Truth::yes : Truth::unknown;
}

}  // namespace

Outcome decide(const Referral& referral) {
  switch (approved(referral)) {
    case Truth::yes:
      return Outcome::approve;
    case Truth::no:
      return Outcome::refuse;
    case Truth::unknown:
      break;
  }
  return Outcome::information_needed;
}

void decide_all(const std::vector<Referral>& referrals, std::uint8_t* outcomes) {
  for (const Referral& referral : referrals) *outcomes++ = static_cast<std::uint8_t>(decide(referral));
}

}  // namespace proviso::bench
