#include "service/cds/coverage.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "input/fhir_systems.hpp"
#include "output/json_text.hpp"
#include "service/cds/explanation.hpp"
#include "service/pages/wording.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view coverage_url =
    "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information";

/// Whose rules were applied: the payer. Nobody by name where no decision is of a place.
OrderedJson commissioner(const model::Library& library, const Json& result) {
  for (const Json& decision : result.at("decisions")) {
    const std::string name = text_of(decision, "place");
    const model::PlaceId place = name.empty() ? model::none : library.place(name);
    if (place == model::none) continue;
    OrderedJson reference;
    if (!library.places[place].ods.empty()) {
      reference["identifier"] = {{"system", input::address_of_system("ods")},
                                 {"value", library.places[place].ods.front()}};
    }
    reference["display"] = pages::place_label(library, place);
    return reference;
  }
  return {{"display", "Responsible commissioner"}};
}

/// What the policies that have the outcome say.
std::vector<std::string> outcome_texts(const Json& result, std::string_view outcome) {
  std::vector<std::string> found;
  for (const Json& decision : result.at("decisions")) {
    std::string text = text_of(decision, "text");
    if (text_of(decision, "outcome") != outcome || text.empty()) continue;
    if (std::find(found.begin(), found.end(), text) == found.end()) found.push_back(std::move(text));
  }
  return found;
}

class Information {
 public:
  void code(const char* url, std::string_view value) { add(url, "valueCode", value); }
  void text(const char* url, std::string_view value) { add(url, "valueString", value); }
  void add(const char* url, const char* type, OrderedJson value) {
    parts_.push_back({{"url", url}, {type, std::move(value)}});
  }
  OrderedJson finish() && { return {{"url", coverage_url}, {"extension", std::move(parts_)}}; }

 private:
  OrderedJson parts_ = OrderedJson::array();
};

/// What follows from the outcome; nothing for one that says nothing of funding.
bool add_outcome(Information& information, model::Outcome outcome, std::string_view approval) {
  switch (outcome) {
    case model::Outcome::approve:
    case model::Outcome::exempt:
      information.code("covered", "covered");
      information.code("pa-needed", approval);
      return true;
    case model::Outcome::review:
      information.code("covered", "conditional");
      information.code("pa-needed", "auth-needed");
      return true;
    case model::Outcome::information_needed:
      information.code("covered", "conditional");
      information.code("pa-needed", "conditional");
      information.code("doc-needed", "clinical");
      return true;
    case model::Outcome::refuse:
      information.code("covered", "not-covered");
      return true;
    default:
      return false;
  }
}

/// The person or body that an extension on coverage is of; empty for any other extension.
std::string payer_of(const Json& extension) {
  if (!extension.is_object() || text_of(extension, "url") != coverage_url) return {};
  const auto parts = extension.find("extension");
  if (parts == extension.end() || !parts->is_array()) return {};
  for (const Json& part : *parts) {
    if (part.is_object() && text_of(part, "url") == "coverage" && part.contains("valueReference")) {
      return part.at("valueReference").dump();
    }
  }
  return {};
}

bool append_clean(std::string& out, JsonPiece piece, bool keep_nulls);

bool append_clean_array(std::string& out, JsonPiece array, bool keep_nulls) {
  const std::size_t start = out.size();
  bool any = false;
  out += '[';
  for (const JsonPiece each : array.elements()) {
    const std::size_t before = out.size();
    if (before > start + 1) out += ", ";
    if (keep_nulls && each.is_empty()) {
      out += "null";
    } else if (append_clean(out, each, false)) {
      any = true;
    } else {
      out.resize(before);
    }
  }
  out += ']';
  if (!any) out.resize(start);
  return any;
}

/// Lists of plain values and of what is said about each stand side by side: there a `null` keeps a place.
bool append_clean_object(std::string& out, JsonPiece object) {
  const auto members = object.members();
  std::set<std::string, std::less<>> names;
  for (const auto& member : members) names.insert(member.first);
  const std::size_t start = out.size();
  out += '{';
  for (const auto& [name, value] : members) {
    const std::size_t before = out.size();
    if (before > start + 1) out += ", ";
    output::append_json(out, name);
    out += ": ";
    const bool paired = (!name.empty() && name.front() == '_') || names.count("_" + name) > 0;
    if (!append_clean(out, value, paired)) out.resize(before);
  }
  out += '}';
  if (out.size() > start + 2) return true;
  out.resize(start);
  return false;
}

/// Appends the value without what is empty in it; false, and nothing, where that is all of it.
bool append_clean(std::string& out, JsonPiece piece, bool keep_nulls) {
  if (piece.is_empty()) return false;
  if (piece.is_object()) return append_clean_object(out, piece);
  if (piece.is_array()) return append_clean_array(out, piece, keep_nulls);
  out += piece.text;
  return true;
}

}  // namespace

OrderedJson coverage_information(const model::Library& library, const Decided& decided, const Json& result,
                                 const Receipt& receipt, std::string_view today) {
  std::string codes;
  const Json& decisions = result.at("decisions");
  std::string_view approval =
      std::any_of(decisions.begin(), decisions.end(), may_need_authorisation) ? "conditional" : "no-auth";
  std::vector<std::string> reasons = outcome_texts(result, model::spelling(decided.outcome));
  if (decided.outcome == model::Outcome::approve) {
    for (const Authorisation& each : receipt.authorisations) {
      codes += (codes.empty() ? "" : ", ") + each.code;
      if (approval != "auth-needed") approval = "satisfied";
      if (std::string spent = pages::spent(each, today).heading; !spent.empty()) {
        approval = "auth-needed";
        reasons.push_back(std::move(spent));
      }
    }
  }
  Information information;
  information.add("coverage", "valueReference", commissioner(library, result));
  if (!add_outcome(information, decided.outcome, approval)) return nullptr;
  for (const std::string& reason : reasons) {
    information.add("reason", "valueCodeableConcept", {{"text", reason}});
  }
  information.add("date", "valueDate", today);
  information.text("coverage-assertion-id", receipt.entry.id);
  if (approval == "satisfied") information.text("satisfied-pa-id", codes);
  return std::move(information).finish();
}

std::string annotated(JsonPiece resource, const OrderedJson& extension) {
  std::string list;
  const auto add = [&](const std::string& text) { list.append(list.empty() ? "[" : ", ").append(text); };
  const std::string payer = payer_of(Json::parse(extension.dump()));
  for (const JsonPiece each : resource.member("extension").elements()) {
    if (payer_of(Json::parse(each.text)) == payer) continue;
    std::string kept;
    if (append_clean(kept, each, false)) add(kept);
  }
  add(extension.dump());
  std::string whole = "{";
  for (const auto& [name, value] : resource.members()) {
    if (name == "extension") continue;
    whole.append(output::as_json(name)).append(": ").append(value.text).append(", ");
  }
  whole += "\"extension\": " + list + "]}";
  std::string clean;
  append_clean(clean, json_piece(whole), false);
  return clean;
}

}  // namespace proviso::service
