#include "input/fhir_paths.hpp"

#include <algorithm>

#include "input/fhir_systems.hpp"

namespace proviso::input::fhir {
namespace {

using StatusWords = std::vector<std::string_view>;

bool contains(const StatusWords& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The statuses with which resources of the type count; empty: with all but those that take them back.
const StatusWords& counting(std::string_view type) {
  static const StatusWords observation = {"final", "amended", "corrected"};
  static const StatusWords procedure = {"completed"};
  static const StatusWords response = {"completed", "amended"};
  static const StatusWords rest;
  if (type == "Observation" || type == "DiagnosticReport") return observation;
  if (type == "Procedure" || type == "Immunization") return procedure;
  if (type == "QuestionnaireResponse") return response;
  return rest;
}

bool takes_back(std::string_view status) {
  static const StatusWords words = {"entered-in-error", "cancelled", "stopped",  "revoked",
                                    "noshow",           "not-taken", "nullified"};
  return contains(words, status);
}

/// With these statuses a resource says itself that what it is of is not so, or no longer, or was not done.
bool rules_out(std::string_view status) {
  static const StatusWords words = {"refuted", "inactive", "resolved", "remission", "not-done", "preparation"};
  return contains(words, status) || takes_back(status);
}

/// The code of a CodeableConcept whose codes are FHIR's own.
std::string_view status_code(dom::object object, std::string_view name) {
  std::string_view found;
  if (const auto element = member(object, name)) {
    for_each_coding(*element, [&](std::string_view, std::string_view code) {
      if (found.empty()) found = code;
    });
  }
  return found;
}

/// A status as a note shows it: one of FHIR's own words, and never what else may stand there.
std::string shown(std::string_view status) {
  static const StatusWords words = {"registered", "preliminary", "unknown",      "preparation",      "in-progress",
                                    "on-hold",    "not-done",    "inactive",     "resolved",         "remission",
                                    "refuted",    "provisional", "differential", "unconfirmed",      "completed",
                                    "active",     "draft",       "partial",      "entered-in-error", "cancelled",
                                    "stopped",    "revoked",     "noshow",       "not-taken",        "nullified"};
  return contains(words, status) ? '`' + std::string(status) + '`' : "not of a status that counts";
}

NotUsed not_of_status(std::string_view status, bool open) {
  return {status.empty() ? "has no status" : "is " + shown(status), open};
}
NotUsed not_of_status(std::string_view status) { return not_of_status(status, !rules_out(status)); }

/// Where the mapping says with which statuses a resource counts, one of another does not; one of none may.
std::optional<NotUsed> why_not_of(const std::vector<std::string>& statuses, std::string_view status) {
  if (std::find(statuses.begin(), statuses.end(), status) != statuses.end()) return std::nullopt;
  return not_of_status(status, status.empty());
}

std::optional<NotUsed> why_not_condition(dom::object json, const std::vector<std::string>& statuses) {
  const std::string_view verified = status_code(json, "verificationStatus");
  if (!verified.empty() && verified != "confirmed") return not_of_status(verified);
  if (member(json, "verificationStatus") && verified.empty())
    return NotUsed{"does not say whether it is confirmed", true};
  const std::string_view status = status_code(json, "clinicalStatus");
  if (member(json, "clinicalStatus") && status.empty()) return NotUsed{"does not say whether it is active", true};
  if (!statuses.empty()) return why_not_of(statuses, status);
  if (!status.empty() && !contains({"active", "recurrence", "relapse"}, status)) return not_of_status(status);
  for (const dom::key_value_pair field : json) {
    if (field.key.substr(0, 9) == "abatement" && !field.value.is_null()) return NotUsed{"has abated", false};
  }
  return std::nullopt;
}

bool is_filled(dom::object json, std::string_view name) {
  const auto found = member(json, name);
  if (!found) return false;
  const auto list = as_array(*found);
  return !list || list->size() > 0;
}

}  // namespace

std::optional<NotUsed> why_not_used(const Resource& resource, const std::vector<std::string>& statuses) {
  const dom::object json = resource.json;
  if (is_filled(json, "modifierExtension")) return NotUsed{"has a modifierExtension, which may turn its meaning", true};
  if (is_filled(json, "implicitRules")) return NotUsed{"has implicitRules, which may turn its meaning", true};
  if (const auto negated = member(json, "doNotPerform")) {
    bool value = true;
    if (negated->get_bool().get(value) != simdjson::SUCCESS || value)
      return NotUsed{"says what is not to be done", true};
  }
  // As of a child that is not born yet.
  if (resource.type == "Observation" && is_filled(json, "focus"))
    return NotUsed{"is about something else than its subject", false};
  if (resource.type == "Condition" || resource.type == "AllergyIntolerance") return why_not_condition(json, statuses);
  const std::string_view status = text_of(json, "status");
  if (!statuses.empty()) return why_not_of(statuses, status);
  const StatusWords& good = counting(resource.type);
  if (good.empty() ? !takes_back(status) : contains(good, status)) return std::nullopt;
  return not_of_status(status);
}

void for_each_coding(dom::element element, const std::function<void(std::string_view, std::string_view)>& visit) {
  for_each(element, [&](dom::element each) {
    if (const std::string_view word = as_text(each); !word.empty()) visit({}, word);
    const auto object = as_object(each);
    if (!object) return;
    const auto one = [&](dom::object coding) {
      const std::string_view code = text_of(coding, "code");
      if (!code.empty()) visit(text_of(coding, "system"), code);
    };
    one(*object);
    for_each_object(*object, "coding", one);
  });
}

bool has_code(dom::element element, const std::vector<FhirCode>& codes) {
  bool found = false;
  for_each_coding(element, [&](std::string_view system, std::string_view code) {
    found = found || std::any_of(codes.begin(), codes.end(), [&](const FhirCode& wanted) {
              return is_of_code(code, wanted.system, wanted.code) && is_of_system(system, wanted.system);
            });
  });
  return found;
}

bool is_coded(dom::object object, const std::vector<FhirCode>& codes) {
  const auto code = member(object, "code");
  return code && has_code(*code, codes);
}

std::vector<Found> Paths::follow(std::size_t resource, const std::vector<FhirStep>& steps,
                                 const std::function<void(std::string)>& note) const {
  std::vector<Found> here = {{documents_.resources()[resource].element, resource}};
  for (const FhirStep& each : steps) {
    std::vector<Found> next;
    for (const Found& from : here) step(from, each, next, note);
    here = std::move(next);
  }
  return here;
}

void Paths::step(const Found& from, const FhirStep& step, std::vector<Found>& to,
                 const std::function<void(std::string)>& note) const {
  auto object = as_object(from.element);
  if (!object) return;
  std::size_t resource = from.resource;
  auto inner = member(*object, step.name);
  if (!inner && member(*object, "reference")) {
    const auto referred = refer(from, note);
    if (!referred) return;
    object = as_object(referred->element);
    resource = referred->resource;
    inner = member(*object, step.name);
  }
  if (!inner) return;
  // A component has its own.
  if (is_filled(*object, "dataAbsentReason") && step.name != "component") {
    note("a dataAbsentReason says that there is no value, and what stands beside it was not used");
    return;
  }
  for_each(*inner, [&](dom::element each) {
    const auto part = as_object(each);
    if (part && is_filled(*part, "modifierExtension")) {
      note("`" + step.name + "` has a modifierExtension, which may turn its meaning");
      return;
    }
    if (!step.codes.empty() && !(part && is_coded(*part, step.codes))) return;
    if (!step.systems.empty()) {
      if (!part || text_of(*part, "use") == "old") return;
      const std::string_view system = text_of(*part, step.name == "extension" ? "url" : "system");
      const bool wanted = std::any_of(step.systems.begin(), step.systems.end(),
                                      [&](const std::string& name) { return is_of_system(system, name); });
      if (!wanted) return;
    }
    to.push_back({each, resource});
  });
}

std::optional<Found> Paths::refer(const Found& reference, const std::function<void(std::string)>& note) const {
  const auto object = as_object(reference.element);
  if (!object || text_of(*object, "reference").empty()) return std::nullopt;
  const std::size_t found = documents_.find_reference(*object, reference.resource);
  if (found == Resource::none) {
    note("what it refers to is not there");
    return std::nullopt;
  }
  const Resource& resource = documents_.resources()[found];
  if (const auto why = why_not_used(resource, {})) {
    note("what it refers to " + why->why);
    return std::nullopt;
  }
  // An organisation is about nobody.
  const bool about_somebody = member(resource.json, "subject") || member(resource.json, "patient") ||
                              resource.type == "Patient" || is_request(resource.type) || resource.type == "Condition" ||
                              resource.type == "Observation" || resource.type == "Procedure";
  if (about_somebody && !is_same(documents_.subject(found), patient_)) {
    note("what it refers to is not said to be about the patient");
    return std::nullopt;
  }
  return Found{resource.element, found};
}

}  // namespace proviso::input::fhir
