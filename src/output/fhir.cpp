#include "output/fhir.hpp"

#include <algorithm>

#include "output/json_text.hpp"

namespace proviso::output {
namespace {

std::string_view spelling(OutcomeIssue::Severity severity) {
  switch (severity) {
    case OutcomeIssue::Severity::fatal:
      return "fatal";
    case OutcomeIssue::Severity::error:
      return "error";
    case OutcomeIssue::Severity::warning:
      return "warning";
    case OutcomeIssue::Severity::information:
      break;
  }
  return "information";
}

/// What a criterion says, or what is to be known before any criterion.
std::string why_of(const decide::Version& version, std::uint32_t number) {
  const decide::Item& item = version.items[number];
  const model::Policy& policy = *version.policy;
  const std::string name = policy.label.empty() ? policy.full_name() : policy.label;
  if (number == decide::Version::applies_item) return name + ": whether it applies";
  if (number == decide::Version::dated_item) return name + ": which version of it holds";
  if (number == decide::Version::placed_item) return name + ": where it holds";
  return name + ": " + std::string(item.label.empty() ? item.name : item.label);
}

}  // namespace

void append_operation_outcome(std::string& out, const std::vector<OutcomeIssue>& issues) {
  static const std::vector<OutcomeIssue> well = {
      {OutcomeIssue::Severity::information, "informational", "All is well", ""}};
  out += R"({"resourceType": "OperationOutcome", "issue": [)";
  bool first = true;
  for (const OutcomeIssue& issue : issues.empty() ? well : issues) {
    if (!first) out += ", ";
    first = false;
    out += "{\"severity\": ";
    append_json(out, spelling(issue.severity));
    out += ", \"code\": ";
    append_json(out, issue.code);
    if (!issue.details.empty()) {
      out += ", \"details\": {\"text\": ";
      append_json(out, issue.details);
      out += '}';
    }
    if (!issue.expression.empty()) {
      out += ", \"expression\": [";
      append_json(out, issue.expression);
      out += ']';
    }
    out += '}';
  }
  out += "]}";
}

std::vector<Question> questions_of(const decide::Engine& engine, const decide::Decisions& decisions,
                                   std::size_t record) {
  std::vector<Question> questions;
  for (std::uint32_t each = decisions.records[record].first; each != model::none;
       each = decisions.decisions[each].next) {
    const decide::Decision& decision = decisions.decisions[each];
    const decide::Version& version = engine.versions()[decision.version];
    for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
      const decide::Need& need = decisions.needs[decision.needs.first + i];
      auto found = std::find_if(questions.begin(), questions.end(),
                                [&](const Question& question) { return question.fact == need.fact; });
      if (found == questions.end()) found = questions.insert(questions.end(), {need.fact, false, {}});
      found->out_of_date = found->out_of_date || need.out_of_date;
      for (std::uint32_t why = need.first_why; why != model::none; why = decisions.whys[why].next) {
        std::string text = why_of(version, decisions.whys[why].item);
        if (std::find(found->whys.begin(), found->whys.end(), text) == found->whys.end()) {
          found->whys.push_back(std::move(text));
        }
      }
    }
  }
  return questions;
}

}  // namespace proviso::output
