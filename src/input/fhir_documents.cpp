#include "input/fhir_documents.hpp"

#include <algorithm>

#include "input/fhir_numbers.hpp"
#include "input/fhir_systems.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"

namespace proviso::input::fhir {
namespace {

constexpr unsigned bundles_in_bundles = 8;

/// What is not JSON as it should be: a key given twice could be read as either.
std::optional<std::string> inspect(dom::element element) {
  if (const auto list = as_array(element)) {
    for (const dom::element each : *list) {
      if (auto problem = inspect(each)) return problem;
    }
  }
  const auto object = as_object(element);
  if (!object) return std::nullopt;
  std::vector<std::string_view> keys;
  for (const dom::key_value_pair field : *object) {
    keys.push_back(field.key);
    if (auto problem = inspect(field.value)) return problem;
  }
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) return std::nullopt;
  return "an object has a key twice";
}

std::string describe(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR:
      return "bytes that are not UTF-8";
    case simdjson::DEPTH_ERROR:
      return "more than " + std::to_string(Documents::nesting_limit) + " objects and lists inside each other";
    case simdjson::NUMBER_ERROR:
      return "a number that is none, or is too large";
    case simdjson::EMPTY:
      return "there is nothing";
    default:
      return "it is malformed";
  }
}

/// Without the version at its end.
std::string_view without_version(std::string_view address) { return address.substr(0, address.find("/_history/")); }

/// `Patient/1`
std::string rest_of(const Resource& resource) { return std::string(resource.type) + '/' + std::string(resource.id); }

/// Where `Patient/1` begins in an address; npos where it has no such end.
std::size_t start_of_rest(std::string_view address) {
  const std::size_t id = address.rfind('/');
  if (id == std::string_view::npos || id == 0) return std::string_view::npos;
  const std::size_t type = address.rfind('/', id - 1);
  return type == std::string_view::npos ? 0 : type + 1;
}

bool is_web_address(std::string_view address) {
  return address.substr(0, 7) == "http://" || address.substr(0, 8) == "https://";
}

/// The digits of an identifier that is an NHS number, right or wrong; empty for another identifier.
std::string nhs_digits(dom::object identifier) {
  std::string digits;
  if (!is_of_system(text_of(identifier, "system"), "nhs_number")) return digits;
  for (const char c : text_of(identifier, "value")) {
    if (value::is_digit(c)) digits += c;
  }
  return digits;
}

/// Of an NHS number; empty where none is right.
std::string first_nhs_number(dom::object patient) {
  std::string number;
  for_each_object(patient, "identifier", [&](dom::object identifier) {
    const std::string digits = number.empty() ? nhs_digits(identifier) : std::string();
    if (value::valid_nhs_number(digits)) number = digits;
  });
  return number;
}

/// A resource has it to itself among those that its container contains.
std::string contained_address(std::size_t container, std::string_view id) {
  return '#' + std::to_string(container) + '#' + std::string(id);
}

constexpr std::string_view not_a_patient = "is not a patient";
constexpr std::string_view leads_nowhere = "cannot be followed to a patient";
constexpr std::string_view two_patients = "is one patient by its reference and another by its identifier";
constexpr std::string_view wrong_number = "has no right NHS number";

/// Whether an address may be that of a patient: `Patient/1` and `urn:uuid:...`, and not `Group/1`.
bool may_be_patient(std::string_view address) {
  const std::size_t start = start_of_rest(address);
  const std::string_view rest = start == std::string_view::npos ? std::string_view() : address.substr(start);
  const std::string_view type = rest.substr(0, rest.find('/'));
  return type.empty() || type == "Patient" || type.front() < 'A' || type.front() > 'Z';
}

bool has_content(dom::element element) {
  if (const auto object = as_object(element)) return object->size() > 0;
  const auto list = as_array(element);
  return !list || list->size() > 0;
}

}  // namespace

bool is_same(const Person& a, const Person& b) {
  if (!a.nhs_number.empty() && !b.nhs_number.empty()) return a.nhs_number == b.nhs_number;
  for (const Person::Address& one : a.addresses) {
    for (const Person::Address& other : b.addresses) {
      if (one.rest != other.rest) continue;
      if (one.base == other.base || one.base.empty() || other.base.empty()) return true;
    }
  }
  return false;
}

std::optional<std::string> Documents::read(const std::vector<std::string_view>& texts) {
  resources_.clear();
  searches_.clear();
  any_ = false;
  addresses_.clear();
  deleted_.clear();
  contained_.clear();
  by_identifier_.clear();
  documents_.clear();
  documents_.resize(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const MarkedJson json = with_marked_numbers(texts[i]);
    if (parser_.allocate(json.length, nesting_limit) != simdjson::SUCCESS) return "it is too large";
    dom::element root;
    const auto error = parser_.parse_into_document(documents_[i], json.bytes.data(), json.length, false).get(root);
    if (error != simdjson::SUCCESS) return describe(error);
    if (json.forged) return "a text begins with a control character";
    if (auto problem = inspect(root)) return problem;
    add(root, {}, 0);
  }
  return std::nullopt;
}

bool Documents::has_all(std::string_view type, const Person& patient) const {
  return std::any_of(searches_.begin(), searches_.end(),
                     [&](const Search& each) { return each.type == type && is_same(person(each.patient), patient); });
}

void Documents::add(dom::element element, std::string_view full_url, unsigned depth) {
  if (const auto list = as_array(element)) {
    if (depth >= bundles_in_bundles) return;
    for (const dom::element each : *list) add(each, full_url, depth + 1);
    return;
  }
  const auto object = as_object(element);
  if (!object) return;
  if (text_of(*object, "resourceType") != "Bundle") {
    add_resource(element, full_url);
    return;
  }
  any_ = true;
  if (depth >= bundles_in_bundles) return;
  if (auto search = whole_search(*object)) searches_.push_back(std::move(*search));
  for_each_object(*object, "entry", [&](dom::object entry) {
    const auto asked = object_of(entry, "request");
    if (asked && text_of(*asked, "method") == "DELETE") {
      add_deletion(entry);
    } else if (const auto resource = member(entry, "resource")) {
      add(*resource, text_of(entry, "fullUrl"), depth + 1);
    }
  });
}

// What a history or a transaction deletes. A history has the newest first: an older version of it is past.
void Documents::add_deletion(dom::object entry) {
  const auto asked = object_of(entry, "request");
  for (const std::string_view written : {text_of(entry, "fullUrl"), text_of(*asked, "url")}) {
    if (written.empty()) continue;
    const Person::Address of = address(written, Resource::none);
    deleted_.add(of.base, of.rest, 0);
  }
}

bool Documents::is_deleted(const Resource& resource) const {
  return deleted_.has(resource.base, rest_of(resource)) ||
         (!resource.full_url.empty() && deleted_.has({}, resource.full_url));
}

void Documents::add_resource(dom::element element, std::string_view full_url) {
  Resource resource;
  resource.element = element;
  resource.json = *as_object(element);
  resource.type = text_of(resource.json, "resourceType");
  resource.id = text_of(resource.json, "id");
  resource.full_url = without_version(full_url);
  if (resource.type.empty()) return;
  any_ = true;
  const std::string rest = rest_of(resource);
  if (is_web_address(resource.full_url) && !resource.id.empty()) {
    const std::size_t start = start_of_rest(resource.full_url);
    if (start != std::string_view::npos && resource.full_url.substr(start) == rest) {
      resource.base = resource.full_url.substr(0, start);
    }
  }
  const bool has_id = !resource.id.empty();
  const bool has_url = !resource.full_url.empty();
  if (has_id ? addresses_.has(resource.base, rest) : has_url && addresses_.has({}, resource.full_url)) return;
  if (is_deleted(resource)) return;
  const std::size_t number = resources_.size();
  resources_.push_back(resource);
  if (has_id) addresses_.add(resource.base, rest, number);
  if (has_url) addresses_.add(resource.base, resource.full_url, number);
  if (resource.type == "Patient") add_identifiers(number);
  add_contained(number);
}

void Documents::add_contained(std::size_t container) {
  const auto all = member(resources_[container].json, "contained");
  if (!all) return;
  for_each(*all, [&](dom::element each) {
    const auto inner = as_object(each);
    if (!inner) return;
    Resource contained;
    contained.element = each;
    contained.json = *inner;
    contained.type = text_of(*inner, "resourceType");
    contained.id = text_of(*inner, "id");
    contained.container = container;
    if (contained.type.empty() || contained.id.empty()) return;
    if (contained.type == "Patient") contained.nhs_number = first_nhs_number(*inner);
    contained_.emplace(contained_address(container, contained.id), resources_.size());
    resources_.push_back(std::move(contained));
  });
}

void Documents::add_identifiers(std::size_t patient) {
  const dom::object json = resources_[patient].json;
  resources_[patient].nhs_number = first_nhs_number(json);
  for_each_object(json, "identifier", [&](dom::object identifier) {
    by_identifier_[key_of(text_of(identifier, "system"), text_of(identifier, "value"))].add({patient});
  });
}

std::size_t Documents::find(std::string_view written, std::size_t from) const {
  if (written.empty()) return Resource::none;
  if (written.front() == '#') {
    if (from == Resource::none) return Resource::none;
    const std::size_t container = resources_[from].container == Resource::none ? from : resources_[from].container;
    const auto found = contained_.find(contained_address(container, written.substr(1)));
    return found == contained_.end() ? Resource::none : found->second;
  }
  const Person::Address wanted = address(written, from);
  Match found = addresses_.find(wanted.base, wanted.rest);
  found.add(addresses_.find(wanted.base, without_version(written)));
  return found.several ? Resource::none : found.number;
}

std::size_t Documents::find_reference(dom::object reference, std::size_t from) const {
  return find(text_of(reference, "reference"), from);
}

Person::Address Documents::address(std::string_view written, std::size_t from) const {
  written = without_version(written);
  if (is_web_address(written)) {
    const std::size_t start = start_of_rest(written);
    if (start == std::string_view::npos) return {"", std::string(written)};
    return {std::string(written.substr(0, start)), std::string(written.substr(start))};
  }
  if (written.substr(0, 4) == "urn:") return {"", std::string(written)};
  // As others write it, it is relative to where the resource stands that writes it.
  const bool based = from != Resource::none;
  const std::size_t holder = based && resources_[from].container != Resource::none ? resources_[from].container : from;
  return {based ? std::string(resources_[holder].base) : std::string(), std::string(written)};
}

Person Documents::person(std::size_t patient) const {
  const Resource& resource = resources_[patient];
  Person made;
  if (resource.container != Resource::none) {
    made.addresses.push_back({"", contained_address(resource.container, resource.id)});
  } else {
    if (!resource.id.empty()) {
      made.addresses.push_back({std::string(resource.base), rest_of(resource)});
    }
    if (!resource.full_url.empty() && resource.base.empty()) {
      made.addresses.push_back({"", std::string(resource.full_url)});
    }
  }
  made.nhs_number = resource.nhs_number;
  return made;
}

Person Documents::person(std::string_view written) const {
  Person made;
  if (written.empty()) return made;
  const bool bare = written.find('/') == std::string_view::npos && written.find(':') == std::string_view::npos;
  const std::string whole = bare ? "Patient/" + std::string(written) : std::string(written);
  const std::size_t found = find(whole, Resource::none);
  if (found != Resource::none && resources_[found].type == "Patient") return person(found);
  made.addresses.push_back(address(whole, Resource::none));
  return made;
}

Person Documents::person(dom::object reference, std::size_t from) const {
  const std::string_view written = text_of(reference, "reference");
  const std::size_t found = find(written, from);
  const std::string_view type = found != Resource::none ? resources_[found].type : text_of(reference, "type");
  if (!type.empty() && type != "Patient") return doubtful(not_a_patient);
  if (found == Resource::none && !may_be_patient(written)) return doubtful(not_a_patient);
  Person made;
  if (found != Resource::none) {
    made = person(found);
  } else if (!written.empty() && written.front() != '#') {
    made.addresses.push_back(address(written, from));
  }
  if (const auto identifier = object_of(reference, "identifier")) return identified(std::move(made), *identifier);
  return made.is_known() ? made : doubtful(leads_nowhere);
}

// Whom a reference and an identifier name together.
Person Documents::identified(Person referred, dom::object identifier) const {
  const std::string digits = nhs_digits(identifier);
  if (digits.empty()) {
    const std::size_t found = find_identified(identifier);
    if (found == Resource::none) return referred.is_known() ? referred : doubtful(leads_nowhere);
    Person found_person = person(found);
    if (!referred.is_known()) return found_person;
    return is_same(referred, found_person) ? referred : doubtful(two_patients);
  }
  if (!referred.nhs_number.empty()) return digits == referred.nhs_number ? referred : doubtful(two_patients);
  if (value::valid_nhs_number(digits)) {
    referred.nhs_number = digits;
    return referred;
  }
  return referred.is_known() ? referred : doubtful(wrong_number);
}

// The one Patient that has the identifier.
std::size_t Documents::find_identified(dom::object identifier) const {
  const std::string_view system = text_of(identifier, "system");
  const std::string_view value = text_of(identifier, "value");
  if (system.empty() || value.empty()) return Resource::none;
  const auto found = by_identifier_.find(key_of(system, value));
  return found == by_identifier_.end() || found->second.several ? Resource::none : found->second.number;
}

Person Documents::subject(std::size_t number) const {
  const Resource& resource = resources_[number];
  if (resource.type == "Patient") return person(number);
  for (const std::string_view name : {"subject", "patient", "beneficiary"}) {
    const auto found = member(resource.json, name);
    if (!found || !has_content(*found)) continue;
    const auto reference = as_object(*found);
    return reference ? person(*reference, number) : doubtful(leads_nowhere);
  }
  return participant(number);
}

// The patient among those who take part.
Person Documents::participant(std::size_t appointment) const {
  Person made;
  for_each_object(resources_[appointment].json, "participant", [&](dom::object each) {
    const auto actor = object_of(each, "actor");
    if (!actor || !made.doubt.empty() || !names_patient(*actor, appointment)) return;
    Person next = person(*actor, appointment);
    if (made.is_known() && next.is_known() && !is_same(made, next)) next = doubtful(several_patients);
    if (!made.is_known() || !next.is_known()) made = std::move(next);
  });
  return made;
}

bool Documents::names_patient(dom::object reference, std::size_t from) const {
  const std::size_t found = find_reference(reference, from);
  if (found != Resource::none) return resources_[found].type == "Patient";
  const auto identifier = object_of(reference, "identifier");
  return text_of(reference, "type") == "Patient" ||
         text_of(reference, "reference").find("Patient/") != std::string_view::npos ||
         (identifier && !nhs_digits(*identifier).empty());
}

}  // namespace proviso::input::fhir
