#pragma once

namespace proviso::service {

/// Hips need approval by BMI, and a policy of criteria asks whether the patient smokes.
inline constexpr const char* hips_of_two_policies = R"(library two

places { England { North ods:01T } }
record Referral "A referral" {
  id           text
  referred     date              ask "When was the patient referred?"
  commissioner place             ask "Which commissioner is responsible?"
  procedure    code opcs4        ask "Which procedure is intended?"
  bmi          number kg/m2      ask "What is the BMI?"
  smoker       yes/no            ask "Does the patient smoke?"
}
policy hips "Prior approval of hips" on Referral {
  category   prior_approval
  status     adopted
  source     "A"
  effective  2018-01-01
  dated by   referred
  in         England
  applies when procedure in { opcs4:W37.1 }
  approve when bmi <= 35 kg/m2 "The BMI is low"
  otherwise refuse "The BMI is high"
}
policy smoking "Smokers" on Referral {
  category   threshold
  status     adopted
  source     "A"
  effective  2018-01-01
  dated by   referred
  in         England
  applies when procedure in { opcs4:W37.1 }
  approve when not smoker "The patient does not smoke"
  otherwise refuse "Smokers are not funded"
}
)";

}  // namespace proviso::service
