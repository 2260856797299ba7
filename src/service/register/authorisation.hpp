#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a commissioner's approval is on paper: a code to quote, for whom and for what it was given, and until when.
namespace proviso::service {

/// What someone did to an authorisation, and when.
struct AuthorisationEvent {
  enum class Kind : unsigned char { issued, used, withdrawn };
  Kind kind = Kind::issued;
  std::string at;      ///< `2026-11-22T10:05:31.123Z`
  std::string by;      ///< the name of the token's holder; empty where the service asks for none
  std::string reason;  ///< of a withdrawal: why; of a use: the reference of the line or the spell that used it
};
/// `issued`.
std::string_view spelling(AuthorisationEvent::Kind kind);

/// All days are `2019-04-01`, both included.
struct Authorisation {
  enum class State : unsigned char { valid, used, expired, withdrawn };

  std::string code;
  std::string record;    ///< the kind of record that was decided: `Referral`
  std::string referral;  ///< its id; a keyed digest unless identifiers are kept
  std::string policy;    ///< the full name
  std::string version;   ///< the first day of the policy's version; empty where it has none
  std::string place;     ///< as the policy was applied; empty for none
  std::string decision;  ///< the id of the decision that it was issued by
  /// What it is good for: a JSON object of facts by path, as input gives them (`{"procedure": "W37.1"}`). Identifiers
  /// of the patient are left out unless they are kept.
  std::string bound = "{}";
  std::string patient;  ///< keyed digest of the patient's number; empty where the record has none
  std::string decided;
  std::string valid_from;
  std::string valid_to;
  int uses = 1;  ///< how often it may be used
  int used = 0;
  /// Asked for after what it approves was done.
  bool retrospective = false;
  bool withdrawn = false;
  std::vector<AuthorisationEvent> events;  ///< in their order

  /// Withdrawn before used before expired.
  State state(std::string_view today) const;
};
/// `valid`.
std::string_view spelling(Authorisation::State state);

/// A new code: 20 characters of an alphabet without look-alikes in groups of five (`PA-7K3M9-QXV2T-...`): 90 random
/// bits from the system's generator and two check characters, which show every slip of one character and every exchange
/// of two that stand side by side.
std::string new_code();
/// The code as it is kept, from what a person typed: any case, with or without dashes and blanks, the look-alikes (`O`
/// for 0, `I` and `L` for 1, `U` for V) taken for what they must be. Empty where it is no code; `slipped` where only
/// the check characters say so.
std::string tidy_code(std::string_view typed, bool& slipped);

}  // namespace proviso::service
