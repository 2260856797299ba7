#include "output/fhir.hpp"

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

}  // namespace proviso::output
