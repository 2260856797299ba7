#include <algorithm>
#include <functional>
#include <set>

#include "input/fhir.hpp"
#include "input/fhir_answers.hpp"
#include "input/fhir_documents.hpp"
#include "input/fhir_moment.hpp"
#include "input/fhir_object.hpp"
#include "input/fhir_paths.hpp"
#include "input/fhir_values.hpp"
#include "input/given.hpp"
#include "input/layout.hpp"
#include "input/record_errors.hpp"

namespace proviso::input {

using namespace fhir;

namespace {

/// "`ServiceRequest.code`", for notes.
std::string path_of(const FhirSource& source) {
  std::string path = '`' + source.resource;
  for (const FhirStep& step : source.path) path += '.' + step.name;
  return path + '`';
}

}  // namespace

/// The documents, and the record that is being made of them.
class FhirReader::State {
 public:
  explicit State(const FhirMapping& mapping)
      : mapping_(mapping), layout_(mapping.record()), values_(mapping), answers_(mapping, layout_, values_) {}

  std::optional<std::string> open(const std::vector<std::string_view>& texts) {
    requests_.clear();
    auto problem = documents_.read(texts);
    if (problem) return problem;
    for (const char* const type : {"ServiceRequest", "MedicationRequest", "Appointment"}) {
      if (!requests_.empty()) break;
      for (std::size_t i = 0; i < resources().size(); ++i) {
        if (resources()[i].type == type && resources()[i].container == Resource::none) requests_.push_back(i);
      }
    }
    return problem;
  }

  std::string lack() const {
    const auto is_of_use = [&](const Resource& each) {
      const auto reads = [&](const FhirSource& source) { return source.resource == each.type; };
      return each.type == "Patient" || each.type == "QuestionnaireResponse" ||
             std::any_of(mapping_.sources().begin(), mapping_.sources().end(), reads);
    };
    if (!requests_.empty() || std::any_of(resources().begin(), resources().end(), is_of_use)) return {};
    const std::string expected = ", expected a request such as a ServiceRequest";
    if (!documents_.any()) return "found no resource" + expected + ": `resourceType` says what one is";
    if (resources().empty()) return "found a Bundle without resources" + expected;
    return "found a resource " + excerpt(resources().front().type) + expected;
  }
  const std::vector<std::size_t>& requests() const { return requests_; }

  /// The resource by the name that a focus gives it.
  std::size_t find(const std::string& name) const {
    const std::size_t found = documents_.find(name, Resource::none);
    if (found != Resource::none) return is_request(resources()[found].type) ? found : Resource::none;
    std::size_t bare = Resource::none;
    for (std::size_t i = 0; i < resources().size(); ++i) {
      const Resource& each = resources()[i];
      if (!is_request(each.type) || each.container != Resource::none) continue;
      if (each.id != name && each.full_url != name) continue;
      if (bare != Resource::none) return Resource::none;
      bare = i;
    }
    return bare;
  }

  FhirRecord read(std::size_t request, const std::string& patient) {
    record_ = {};
    focus_.clear();
    noted_.clear();
    of_patient_.clear();
    if (request != Resource::none) focus_.push_back(request);
    find_patient(request, patient);
    add_requests_behind(request);
    note_unused_requests();
    find_answers();
    sort_resources();
    record_.json = object_json(layout_, layout_.of_level(0), [this](model::FactId fact) { return value_of(fact); });
    if (record_.json.empty()) record_.json = "{}";
    if (mapping_.record().identifier == model::none) {
      const auto id = identifier();
      const std::string rest = record_.json == "{}" ? "}" : ", " + record_.json.substr(1);
      if (id) record_.json = "{\"id\": " + *id + rest;
    }
    return std::move(record_);
  }

 private:
  const std::vector<Resource>& resources() const { return documents_.resources(); }

  /// Of something in an element of a list, the list is told.
  void note(model::FactId fact, const std::string& message) {
    const model::Record& record = mapping_.record();
    while (fact != model::none && record.facts[fact].level != 0) fact = record.levels[record.facts[fact].level].list;
    if (noted_.emplace(fact, message).second) record_.notes.push_back({fact, message});
  }

  /// The requests that an appointment is for, as far as they are there.
  std::vector<std::size_t> requests_behind(std::size_t request) {
    std::vector<std::size_t> behind;
    if (request == Resource::none || resources()[request].type != "Appointment") return behind;
    for_each_object(resources()[request].json, "basedOn", [&](dom::object reference) {
      const std::size_t found = documents_.find_reference(reference, request);
      if (found == Resource::none) {
        note(model::none, "a request that the appointment is based on is not there");
      } else if (is_request(resources()[found].type) && found != request) {
        behind.push_back(found);
      }
    });
    return behind;
  }

  // One of another patient gives no fact; nor does any where the appointment will not be.
  void add_requests_behind(std::size_t request) {
    if (request == Resource::none || why_not_used(resources()[request], {})) return;
    for (const std::size_t each : requests_behind(request)) {
      const Person subject = documents_.subject(each);
      if (subject.is_named() && !is_same(subject, patient_)) {
        note(model::none,
             "a request that the appointment is based on is not said to be about the same patient, and was not used");
      } else if (!is_in_focus(each)) {
        focus_.push_back(each);
      }
    }
  }

  void note_unused_requests() {
    std::size_t unused = 0;
    for (const std::size_t each : focus_) {
      const auto why = why_not_used(resources()[each], {});
      if (!why) continue;
      note(model::none, "the request " + why->why + ", and was not used");
      if (++unused == 1) record_.request_unused = why->why;
    }
    // Of several that an appointment is for, one that is good will do.
    if (unused + 1 < focus_.size()) record_.request_unused.clear();
  }

  /// Whom the request is about; where it names nobody, whom those behind it are about.
  Person subject_of(std::size_t request) {
    Person subject = request == Resource::none ? Person() : documents_.subject(request);
    if (subject.is_named() || patient_.is_known()) return subject;
    for (const std::size_t each : requests_behind(request)) {
      Person other = documents_.subject(each);
      if (!subject.is_named()) {
        subject = std::move(other);
      } else if (other.is_named() && !is_same(subject, other)) {
        return doubtful(several_patients);
      }
    }
    return subject;
  }

  // Where the request names nobody, its patient is the only one that there is. One whom it names, and who is not known,
  // may be any other: then nobody's facts are used.
  void find_patient(std::size_t request, const std::string& named) {
    patient_ = documents_.person(named);
    const Person subject = subject_of(request);
    if (!subject.doubt.empty()) {
      note(model::none, "the subject of the request " + std::string(subject.doubt) +
                            ": nothing about any patient was used; name one patient, by a reference to a Patient or by "
                            "an NHS number");
      patient_ = {};
      return;
    }
    if (patient_.is_known() && subject.is_known() && !is_same(patient_, subject)) {
      note(model::none, "the request is about another patient than the one in focus: nothing about either was used");
      patient_ = {};
      return;
    }
    patient_.addresses.insert(patient_.addresses.end(), subject.addresses.begin(), subject.addresses.end());
    if (patient_.nhs_number.empty()) patient_.nhs_number = subject.nhs_number;
    if (patient_.is_known()) {
      note_absence();
    } else {
      find_only_patient();
    }
  }

  void note_absence() {
    bool any = false;
    for (const Resource& each : resources()) {
      if (each.type != "Patient" || each.container != Resource::none) continue;
      any = true;
      if (is_same(documents_.person(static_cast<std::size_t>(&each - resources().data())), patient_)) return;
    }
    if (any) note(model::none, "no Patient that is there is whom the request is about, and none was used");
  }

  void find_only_patient() {
    for (std::size_t i = 0; i < resources().size(); ++i) {
      const Person other = documents_.subject(i);
      if (!other.is_known()) continue;
      if (!patient_.is_known()) {
        patient_ = other;
      } else if (!is_same(patient_, other)) {
        note(model::none,
             "there are several patients, and the request does not say whom it is about: nothing about "
             "any of them was used");
        patient_ = {};
        return;
      }
    }
  }

  bool is_in_focus(std::size_t resource) const {
    return std::find(focus_.begin(), focus_.end(), resource) != focus_.end();
  }
  bool is_of_patient(std::size_t number) {
    if (!patient_.is_known()) return false;
    // Most subjects are references of one text, which is looked up once.
    const Resource& resource = resources()[number];
    const auto subject = object_of(resource.json, "subject");
    const std::string_view reference = subject ? text_of(*subject, "reference") : std::string_view();
    const bool plain = !reference.empty() && reference.front() != '#' && !member(*subject, "identifier");
    if (!plain || resource.container != Resource::none) {
      return is_same(documents_.subject(number), patient_);
    }
    const auto known = of_patient_.find({resource.base, reference});
    if (known != of_patient_.end()) return known->second;
    const bool same = is_same(documents_.subject(number), patient_);
    of_patient_.emplace(std::pair(resource.base, reference), same);
    return same;
  }

  void find_answers() {
    answers_.clear();
    for (std::size_t i = 0; i < resources().size(); ++i) {
      const Resource& each = resources()[i];
      if (each.type != "QuestionnaireResponse") continue;
      if (!is_of_patient(i) && !is_based_on_focus(i)) {
        note(model::none, "a QuestionnaireResponse is not said to be about the patient, and was not used");
      } else if (const auto why = why_not_used(each, {})) {
        note(model::none, "a QuestionnaireResponse " + why->why + ", and was not used");
      } else {
        answers_.add(each);
      }
    }
  }

  /// Whether it says of nobody whom it is about, but that it is for the request.
  bool is_based_on_focus(std::size_t response) const {
    if (member(resources()[response].json, "subject")) return false;
    bool based = false;
    for_each_object(resources()[response].json, "basedOn", [&](dom::object reference) {
      const std::size_t found = documents_.find_reference(reference, response);
      based = based || is_in_focus(found);
    });
    return based;
  }

  // Which resources a line can be about, looked up once: few lines look at all of a large bundle.
  void sort_resources() {
    by_type_.clear();
    for (std::size_t i = 0; i < resources().size(); ++i) {
      const Resource& each = resources()[i];
      if (is_request(each.type)) {
        if (is_in_focus(i)) by_type_[each.type].push_back(i);
      } else {
        by_type_[each.type].push_back(i);
      }
    }
  }

  std::optional<std::string> value_of(model::FactId fact) {
    if (fact == mapping_.record().identifier) return identifier();
    bool answered = false;
    auto json =
        answers_.json(fact, answered, [this](model::FactId of, const std::string& message) { note(of, message); });
    if (answered) return json;
    return from_resources(fact);
  }

  /// A value that was found, or why there is none.
  struct Candidate {
    std::optional<std::string> json;
    std::string why;  ///< empty: there was nothing
  };

  std::optional<std::string> from_resources(model::FactId fact) {
    std::vector<std::string_view> types;
    for (const FhirSource& source : mapping_.sources()) {
      if (source.fact != fact || std::find(types.begin(), types.end(), source.resource) != types.end()) continue;
      types.push_back(source.resource);
    }
    const bool list = fact != model::none && mapping_.record().facts[fact].type.kind == value::Kind::list;
    if (list) return list_of(fact);
    for (const std::string_view type : types) {
      bool found = false;
      auto json = type == "Observation" ? newest_of(fact, found) : agreed_of(fact, type, found);
      if (found) return json;
    }
    return std::nullopt;
  }

  /// Calls `visit(source, resource)` with each resource that counts for a line of the fact, and `visit_open(resource,
  /// why)` with those that do not though what they say may hold. Whether those that count are all that may: of none
  /// that was left out is it open what it says, or about whom.
  template <typename Visit, typename VisitOpen>
  bool for_each_resource(model::FactId fact, std::string_view type, const Visit& visit, const VisitOpen& visit_open) {
    bool all = true;
    for (const FhirSource& source : mapping_.sources()) {
      if (source.fact != fact || (!type.empty() && source.resource != type)) continue;
      const auto of_type = by_type_.find(source.resource);
      if (of_type == by_type_.end()) continue;
      for (const std::size_t number : of_type->second) {
        const Resource& resource = resources()[number];
        if (resource.container != Resource::none && !is_in_focus(resource.container)) continue;
        if (!source.codes.empty() && !is_coded(resource.json, source.codes)) continue;
        if (!is_request(resource.type) && !is_of_patient(number)) {
          all = false;
          if (resource.type != "Patient")
            note(fact, "a resource " + source.resource + " is not said to be about the patient, and was not used");
        } else if (const auto why = why_not_used(resource, source.statuses)) {
          all = all && !why->open;
          if (why->open) visit_open(number, why->why);
          if (!is_request(resource.type))
            note(fact, "a resource " + source.resource + ' ' + why->why + ", and was not used");
        } else {
          visit(source, number);
        }
      }
    }
    return all;
  }

  template <typename Visit>
  bool for_each_resource(model::FactId fact, std::string_view type, const Visit& visit) {
    return for_each_resource(fact, type, visit, [](std::size_t, const std::string&) {});
  }

  /// What one resource says by one line; several values that differ are none.
  Candidate look_at(model::FactId fact, const FhirSource& source, std::size_t number) {
    Candidate made;
    if (source.path.empty()) {
      made.json = "true";
      return made;
    }
    const bool measured = fact != model::none && mapping_.record().facts[fact].measured;
    const std::string on = measured ? moment_of(resources()[number].json, "effective").day : std::string();
    if (measured && on.empty()) {
      made.why = "does not say on which day it was measured";
      return made;
    }
    std::set<std::string> found;
    for_each_value(
        fact, source, number, on, [&](std::string json) { found.insert(std::move(json)); }, made.why);
    if (found.size() == 1) made.json = *found.begin();
    if (found.size() > 1) made.why = "has several values, and they differ";
    return made;
  }

  template <typename Visit>
  void for_each_value(model::FactId fact, const FhirSource& source, std::size_t number, const std::string& on,
                      const Visit& visit, std::string& why) {
    const Paths paths(documents_, patient_);
    const auto elements = paths.follow(number, source.path, [&](const std::string& message) { note(fact, message); });
    for (const Found& each : elements) {
      auto json = values_.json(each.element, {fact, &source, on, &documents_, each.resource});
      if (json) {
        visit(std::move(*json));
      } else if (!values_.why().empty()) {
        why = values_.why();
      }
    }
  }

  /// By which lines an Observation may give a fact.
  struct Lines {
    std::vector<const FhirSource*> sources;
    std::string open;  ///< why it counts by none of them
  };

  // Those that do not count by any line, though what they say may hold, are among them.
  std::map<std::size_t, Lines> observations_of(model::FactId fact) {
    std::map<std::size_t, Lines> lines;
    for_each_resource(
        fact, "Observation",
        [&](const FhirSource& source, std::size_t number) { lines[number].sources.push_back(&source); },
        [&](std::size_t number, const std::string& why) { lines[number].open = why; });
    return lines;
  }

  /// By the first line by which it has a value.
  Candidate look_at(model::FactId fact, const Lines& lines, std::size_t number) {
    Candidate made;
    if (lines.sources.empty()) made.why = lines.open + ", and no older one takes its place";
    for (const FhirSource* source : lines.sources) {
      made = look_at(fact, *source, number);
      if (made.json) break;
    }
    return made;
  }

  // Of Observations the newest decides, whether its value can be used or not.
  std::optional<std::string> newest_of(model::FactId fact, bool& found) {
    const std::map<std::size_t, Lines> lines = observations_of(fact);
    found = !lines.empty();
    if (!found) return std::nullopt;
    std::vector<std::size_t> numbers;
    std::vector<Moment> moments;
    for (const auto& [number, of] : lines) {
      numbers.push_back(number);
      moments.push_back(moment_of(resources()[number].json, "effective"));
    }
    const auto look = [&](std::size_t each) { return look_at(fact, lines.at(numbers[each]), numbers[each]); };
    const auto which = newest(moments, [&](std::size_t each) { return look(each).json.value_or(""); });
    if (!which) {
      note(fact, "it is not certain which Observation is the newest");
      return std::nullopt;
    }
    Candidate chosen = look(*which);
    if (!chosen.json) note(fact, "the newest Observation " + (chosen.why.empty() ? "has no value" : chosen.why));
    return std::move(chosen.json);
  }

  // Of other resources, all that have a value must have the same.
  std::optional<std::string> agreed_of(model::FactId fact, std::string_view type, bool& found) {
    std::set<std::string> values;
    for_each_resource(fact, type, [&](const FhirSource& source, std::size_t number) {
      const Candidate made = look_at(fact, source, number);
      if (made.json) values.insert(*made.json);
      if (!made.why.empty()) note(fact, path_of(source) + ' ' + made.why);
      found = found || made.json || !made.why.empty();
    });
    if (values.size() == 1) return *values.begin();
    if (values.size() > 1) note(fact, "there are several values, and they differ");
    return std::nullopt;
  }

  // Each value once, in the order of the lines and of the resources. That a diagnosis is there is believed, whoever
  // sent it; that none is there, only of a search for all that there are: senders of a referral put in what they think
  // belongs to it, and a list that seems whole would turn what they left out into `no`. So the list is one of which
  // only some is known, unless each type of resource that feeds it was searched for, and none of what was found is left
  // out of it that may belong to it: a diagnosis without a code of the fact's system is a diagnosis all the same.
  std::optional<std::string> list_of(model::FactId list) {
    const model::FactId element = mapping_.record().levels[mapping_.record().facts[list].elements].facts.front();
    std::vector<std::string> elements;
    bool whole = is_searched_for(list);
    const bool all = for_each_resource(list, {}, [&](const FhirSource& source, std::size_t number) {
      bool given = false;
      std::string why;
      for_each_value(
          element, source, number, {},
          [&](std::string json) {
            given = true;
            if (std::find(elements.begin(), elements.end(), json) == elements.end())
              elements.push_back(std::move(json));
          },
          why);
      if (!is_request(source.resource)) whole = whole && given && why.empty();
      if (!why.empty()) note(list, path_of(source) + ' ' + why);
    });
    whole = whole && all;
    if (elements.empty() && !whole) return std::nullopt;
    std::string out = "[";
    for (const std::string& each : elements) out += (out.size() > 1 ? ", " : "") + each;
    out += ']';
    return whole ? out : "{\"" + std::string(some_of_list) + "\": " + out + '}';
  }

  /// Whether what is known of the patient was searched for, by each line that gives the list. What the request says it
  /// says itself.
  bool is_searched_for(model::FactId list) const {
    bool searched = false;
    for (const FhirSource& source : mapping_.sources()) {
      if (source.fact != list || is_request(source.resource)) continue;
      if (!documents_.has_all(source.resource, patient_)) return false;
      searched = true;
    }
    return searched;
  }

  /// What a line gives; without one, the id of the request. That of an appointment is the one that it is for: so each
  /// booking of it is one referral.
  std::optional<std::string> identifier() {
    auto json = from_resources(mapping_.record().identifier);
    if (json || focus_.empty()) return json;
    const bool is_behind = focus_.size() == 2 && resources()[focus_.back()].container == Resource::none &&
                           !resources()[focus_.back()].id.empty();
    const Resource& named_by = resources()[is_behind ? focus_.back() : focus_.front()];
    if (named_by.id.empty()) return json;
    json.emplace();
    append_json(*json, named_by.id);
    record_.named_by = std::string(named_by.type) + '/' + std::string(named_by.id);
    return json;
  }

  const FhirMapping& mapping_;
  Layout layout_;
  FactValues values_;
  Answers answers_;
  Documents documents_;
  std::vector<std::size_t> requests_;  ///< of the kind that is in focus
  std::vector<std::size_t> focus_;     ///< the request in focus, and what it is based on
  Person patient_;
  std::map<std::string_view, std::vector<std::size_t>, std::less<>> by_type_;
  std::map<std::pair<std::string_view, std::string_view>, bool> of_patient_;  ///< by where it stands, and reference
  FhirRecord record_;
  std::set<std::pair<model::FactId, std::string>> noted_;
};

FhirReader::FhirReader(const FhirMapping& mapping) : state_(std::make_unique<State>(mapping)) {}
FhirReader::~FhirReader() = default;
FhirReader::FhirReader(FhirReader&&) noexcept = default;
FhirReader& FhirReader::operator=(FhirReader&&) noexcept = default;

tl::expected<void, FhirError> FhirReader::open(const std::vector<std::string_view>& documents) {
  const auto problem = state_->open(documents);
  if (!problem) return {};
  return tl::make_unexpected(FhirError{text::Code::malformed_record, "not JSON of FHIR: " + *problem});
}
tl::expected<void, FhirError> FhirReader::open(std::string_view document) { return open(std::vector{document}); }

std::string FhirReader::lack() const { return state_->lack(); }
std::size_t FhirReader::request_count() const { return state_->requests().size(); }

FhirRecord FhirReader::read(std::size_t request) { return state_->read(state_->requests()[request], {}); }

tl::expected<FhirRecord, FhirError> FhirReader::read(const FhirFocus& focus) {
  std::size_t request = Resource::none;
  if (!focus.request.empty()) {
    request = state_->find(focus.request);
    if (request == Resource::none) {
      return tl::make_unexpected(FhirError{text::Code::malformed_record, "the request in focus is not there"});
    }
  } else if (request_count() > 1) {
    return tl::make_unexpected(
        FhirError{text::Code::malformed_record, "there are several requests, and it is not said which is in focus"});
  } else if (request_count() == 1) {
    request = state_->requests().front();
  }
  return state_->read(request, focus.patient);
}

tl::expected<FhirRecord, FhirError> record_of(const FhirMapping& mapping,
                                              const std::vector<std::string_view>& documents, const FhirFocus& focus) {
  FhirReader reader(mapping);
  if (auto opened = reader.open(documents); !opened) return tl::make_unexpected(opened.error());
  return reader.read(focus);
}

std::string format(const model::Record& record, const FhirNote& note) {
  if (note.fact == model::none) return note.message;
  return '`' + record.facts[note.fact].name + "`: " + note.message;
}

}  // namespace proviso::input
