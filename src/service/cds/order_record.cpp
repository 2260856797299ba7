#include "service/cds/order_record.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "output/json_text.hpp"
#include "service/pages/wording.hpp"
#include "value/digest.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view patient_type = "Patient/";

/// The id in `Patient/1`, or at the end of its full address; empty for any other address.
std::string_view patient_in(std::string_view address) {
  address = address.substr(0, address.find("/_history/"));
  const std::size_t at = address.rfind(patient_type);
  if (at == std::string_view::npos || (at != 0 && address[at - 1] != '/')) return {};
  const std::string_view id = address.substr(at + patient_type.size());
  return id.find('/') == std::string_view::npos ? id : std::string_view();
}

/// With the id that it is found by, and with a date.
std::string completed(const FocusOrder& order, const std::string& id, std::string_view today) {
  const std::string_view dated = order.type == "Appointment" ? "created" : "authoredOn";
  const bool undated = order.resource.member(dated).is_empty();
  std::string out = R"({"id": )" + output::as_json(id);
  const auto member = [&](std::string_view name, std::string_view value) {
    out.append(", ").append(output::as_json(name)).append(": ").append(value);
  };
  if (undated) member(dated, output::as_json(today));
  bool has_id = false;
  for (const auto& [name, value] : order.resource.members()) {
    // An id that stands there twice stays so: what was meant is not known.
    const bool replaced = (name == "id" && !std::exchange(has_id, true)) || (name == dated && undated);
    if (!replaced) member(name, value.text);
  }
  return out + '}';
}

std::string bundle_of(const FocusOrder& order, const std::string& id, std::string_view today) {
  std::string out = R"({"resourceType": "Bundle", "entry": [{)";
  if (!order.full_url.empty()) out += R"("fullUrl": )" + output::as_json(order.full_url) + ", ";
  return out + R"("resource": )" + completed(order, id, today) + "}]}";
}

std::string bundle_of(const std::vector<JsonPiece>& entries) {
  std::string list;
  for (const JsonPiece entry : entries) list.append(list.empty() ? "" : ", ").append(entry.text);
  return R"({"resourceType": "Bundle", "entry": [)" + list + "]}";
}

/// An id for a record that has only that of `last`, such as `ServiceRequest/sr1`, which another patient's may have too;
/// empty: none.
std::string made_id(const HookCall& call, const FocusOrder& order, std::string last, std::string_view client) {
  if (last.empty()) last = value::sha256(order.resource.text);
  std::string id;
  for (const std::string_view part : {client, std::string_view(call.patient), std::string_view(last)}) {
    if (!id.empty()) id += ' ';
    id += part;
  }
  return id;
}

std::string with_id(const std::string& record, std::string_view id) {
  std::string out = R"({"id": )" + output::as_json(id);
  for (const auto& [name, value] : json_piece(record).members()) {
    if (name != "id") out.append(", ").append(output::as_json(name)).append(": ").append(value.text);
  }
  return out + '}';
}

bool is_for_another(const HookCall& call, const FocusOrder& order) {
  for (const std::string_view name : {"subject", "patient"}) {
    const std::string address = order.resource.member(name).text_of("reference");
    const std::string_view patient = patient_in(address);
    if (!patient.empty() && patient != call.patient) return true;
  }
  return false;
}

/// Whether the patients that came along are of the call, or others.
struct SentPatients {
  bool own = false;
  bool others = false;
};
SentPatients sent_patients(const HookCall& call) {
  SentPatients sent;
  for (const JsonPiece resource : call.resources) {
    const std::string id = resource.text_of("id");
    if (resource.text_of("resourceType") != "Patient" || id.empty()) continue;
    (id == call.patient ? sent.own : sent.others) = true;
  }
  return sent;
}

}  // namespace

std::string mixed_patients(const HookCall& call) {
  const bool ordered = std::any_of(call.focus.begin(), call.focus.end(),
                                   [&](const FocusOrder& order) { return is_for_another(call, order); });
  if (ordered) return "an order is for another patient than `context.patientId`";
  const SentPatients sent = sent_patients(call);
  return sent.others && !sent.own ? "the prefetch is of another patient than `context.patientId`" : "";
}

OrderRecords::OrderRecords(const input::FhirMapping& mapping, const HookCall& call, std::string_view today)
    : mapping_(mapping), call_(call), reader_(mapping) {
  name_orders();
  open(today);
  if (sent_patients(call).others) notes_.emplace_back("what was sent about another patient was not used");
}

/// An order without an id, or with that of another, is found by one of its own.
void OrderRecords::name_orders() {
  std::set<std::string> taken;
  for (const FocusOrder& order : call_.focus) {
    const bool own = !order.id.empty() && taken.insert(order.reference()).second;
    ids_.push_back(own ? order.id : "proviso-focus-" + std::to_string(ids_.size()));
  }
}

void OrderRecords::open(std::string_view today) {
  std::vector<std::string> bundles;
  for (std::size_t i = 0; i < call_.focus.size(); ++i) bundles.push_back(bundle_of(call_.focus[i], ids_[i], today));
  bundles.push_back(bundle_of(call_.entries));
  // The orders come first: of what is there twice, the first counts.
  std::vector<std::string_view> documents(bundles.begin(), bundles.end());
  for (const JsonPiece resource : call_.resources) documents.push_back(resource.text);
  open_ = reader_.open(documents).has_value();
  if (open_) return;
  // One that cannot be read keeps no other from being used.
  documents.erase(
      std::remove_if(documents.begin(), documents.end(), [&](std::string_view each) { return !reader_.open(each); }),
      documents.end());
  open_ = reader_.open(documents).has_value();
  notes_.emplace_back("a part of what was sent is not as JSON should be, and was not used");
}

std::optional<OrderRecord> OrderRecords::read(std::size_t number, std::string_view client) {
  if (!open_) return std::nullopt;
  const FocusOrder& order = call_.focus[number];
  auto record = reader_.read({order.type + "/" + ids_[number], call_.patient});
  if (!record) return std::nullopt;
  OrderRecord made;
  if (record->named_by.empty()) {
    made.json = std::move(record->json);
  } else {
    // The order by the id that the client knows it by, or the request that the appointment is for.
    const bool by_itself = record->named_by == order.type + "/" + ids_[number];
    const std::string last = by_itself ? order.reference() : record->named_by;
    made.json = with_id(record->json, made_id(call_, order, last, client));
  }
  made.notes = notes_;
  made.unused = record->request_unused;
  for (const input::FhirNote& note : record->notes) {
    const bool of_fact = note.fact != model::none;
    made.notes.push_back((of_fact ? pages::fact_label(mapping_.record().facts[note.fact]) + ": " : "") + note.message);
  }
  return made;
}

}  // namespace proviso::service
