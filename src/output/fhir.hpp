#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

/// What other systems are told in FHIR R4.
namespace proviso::output {

struct OutcomeIssue {
  enum class Severity : std::uint8_t { fatal, error, warning, information } severity = Severity::error;
  std::string code = "invalid";  ///< of FHIR's issue types: `required`, `not-found`, `security`, ...
  std::string details;           ///< a sentence without any value of the patient's; empty: none
  std::string expression;        ///< where, as FHIRPath; empty: nowhere
};

/// Appends an OperationOutcome, which has at least one issue: without any it says that all is well.
void append_operation_outcome(std::string& out, const std::vector<OutcomeIssue>& issues);

/// A fact to ask for, and what asks for it.
struct Question {
  model::FactId fact = model::none;  ///< of the record itself; a list stands for its elements
  bool out_of_date = false;          ///< a measurement is there, and does not count
  std::vector<std::string> whys;     ///< `Hip and knee replacement: BMI is below 45`; empty: by some policy
  /// The day that decides, where the measurement is from after it; else one that does not count is too old.
  std::optional<std::int32_t> made_after = {};
};

/// What a Questionnaire says of itself; what is empty it does not say.
struct QuestionnaireHead {
  std::string id;
  std::string url;  ///< canonical
  std::string version;
  std::string title;
  std::string description;
};

/// Appends a Questionnaire of the questions alone. An item's linkId is the fact's name, so that the answers are read
/// without a mapping: `NAME.on` is the day of a measurement, `NAME.none` says that a list is empty, and each element of
/// a list of records is a group. Answers are of the type that they are read as: choices for enumerations and places,
/// quantities with their unit. What asks for a fact stands as help with it.
void append_questionnaire(std::string& out, const model::Library& library, const model::Record& record,
                          const std::vector<Question>& questions, const QuestionnaireHead& head = {});

}  // namespace proviso::output
