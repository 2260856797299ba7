#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "input/fhir_mapping.hpp"
#include "model/library.hpp"
#include "text/diagnostic.hpp"

/// Records out of FHIR R4 resources. Which path of which resource feeds which fact is a file in the library
/// (`referral.fhir`, see FhirMapping); this makes of a bundle the record that JSON input would give, so that it is then
/// read as any other. Whatever the resources lack or have wrong makes facts unknown, and a note says so.
///
/// What is read:
/// - The request in focus: a ServiceRequest, or else a MedicationRequest, or else an Appointment; through that also the
///   request that it is based on, where it is about the same patient. No other request gives any fact. An appointment
///   has the id of the one request that it is based on. One that is cancelled is for nothing.
/// - The request is about the patient that its subject names; of an appointment, its participant, or else that of what
///   it is based on. Where it names nobody, it is about the only patient that there is. One that names somebody, and
///   not so that it can be followed to a patient (a group, a display alone, an NHS number with a wrong check digit), or
///   whose reference and identifier are of two patients, is nobody's: then nothing about any patient is used.
/// - Resources about the patient in focus. One about somebody else, or that does not say about whom, is not used.
/// - Resources that count: Observations `final`, `amended` or `corrected` (not `preliminary`: nobody has verified it);
///   Conditions that are confirmed, or say nothing of it, and are active or say nothing of it; Procedures `completed`;
///   QuestionnaireResponses `completed` or `amended`; of the others those not cancelled, stopped or entered in error.
///   None with a modifierExtension or implicitRules, which may turn its meaning, and no Observation with a `focus`.
/// - Of Observations the newest, whether it can be used or not. Where it does not count though what it says may hold
///   (nobody verified it, or its meaning may be turned), has no value that can be used, or where it is not certain
///   which is the newest, the fact is unknown: an older value does not take its place. One that is cancelled or entered
///   in error is as if it were not there. A measured fact is known with its day.
/// - Of other resources what they agree on.
/// - A list has what is there, and is known to be all of it only where a search says so: a bundle of type `searchset`
///   that is the answer to a search by the patient alone, with no next page (see fhir_searches.hpp). Any other list is
///   `{"some": [...]}`: what is in it is believed, and that something is not in it is not known. One of which nothing
///   is there is unknown, and empty only where a search found nothing.
/// - Answers of a QuestionnaireResponse by linkId, which is the fact's name: they come before all resources. Of a
///   measured fact `NAME.on` is the day; of a list `NAME.none` with `true` says that it is empty; each element of a
///   list of records is a group.
/// - Quantities in a UCUM unit that converts to the fact's, without a comparator. Dates of a whole day; of a time with
///   an offset (`Z`, `+01:00`) the day is the one in England then. Numbers digit by digit: one with more than six
///   places after the point is unknown. What stands beside a dataAbsentReason is no value.
/// - Nothing that an entry of a history or a transaction deletes, nor older versions of it that stand after.
namespace proviso::input {

/// Something that was there and could not be used, without any value of the patient's.
struct FhirNote {
  model::FactId fact = model::none;  ///< of level 0; none: of no single fact
  std::string message;
  friend bool operator==(const FhirNote&, const FhirNote&) = default;
};

/// What was made of the resources.
struct FhirRecord {
  std::string json;  ///< the record as JSON input gives it: `{"id": "...", "patient": {...}}`
  std::vector<FhirNote> notes;
  std::string named_by;  ///< `ServiceRequest/sr1`, whose id is the record's; empty where a line of the mapping gives it
  /// As "is `cancelled`": why the request, or the one that an appointment is for, was not used; empty: it was.
  std::string request_unused = {};
};

/// Why nothing could be made of them.
struct FhirError {
  text::Code code = text::Code::malformed_record;
  std::string message;
};

/// Which request is to be read, and about whom.
struct FhirFocus {
  std::string request;  ///< `ServiceRequest/sr1`, its id alone, or its full URL; empty: the only one that there is
  std::string patient;  ///< `Patient/1`, or its id alone, where something beside the request says so; else empty
};

/// Reads JSON documents: one bundle, or one resource, or all that a hook was called with. Keeps its memory; one serves
/// a thread. The mapping must outlive it.
class FhirReader {
 public:
  explicit FhirReader(const FhirMapping& mapping);
  ~FhirReader();
  FhirReader(FhirReader&&) noexcept;
  FhirReader& operator=(FhirReader&&) noexcept;

  /// Takes documents in the place of those before. Each is a resource, a bundle, a list of such, or `null`. A resource
  /// that is there several times counts as it stands first: so the context of a hook comes before its prefetch. The
  /// texts need not be kept.
  tl::expected<void, FhirError> open(const std::vector<std::string_view>& documents);
  tl::expected<void, FhirError> open(std::string_view document);

  /// Why they are nothing that a record could be made of: there is neither a request nor a resource of a type that the
  /// mapping reads. "found a resource `Foo`, expected a request such as a ServiceRequest"; empty where there is one.
  std::string lack() const;
  /// How many requests of the kind that is in focus there are: ServiceRequests where there are any, and so on.
  std::size_t request_count() const;
  /// The record of one of them, by its number.
  FhirRecord read(std::size_t request);
  /// The record of the request in focus; without any request, of what else is there. An error where the request is not
  /// there, or where several are and none is named.
  tl::expected<FhirRecord, FhirError> read(const FhirFocus& focus = {});

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// `open` and `read` at once.
tl::expected<FhirRecord, FhirError> record_of(const FhirMapping& mapping,
                                              const std::vector<std::string_view>& documents,
                                              const FhirFocus& focus = {});

/// The note as a sentence: "`patient.bmi`: the newest Observation has no unit".
std::string format(const model::Record& record, const FhirNote& note);

/// One query that brings what some facts are fed by, for the prefetch of a clinical system: `patient`,
/// `Patient/{{context.patientId}}`; `observation_patient_bmi`,
/// `Observation?patient={{context.patientId}}&code=http://snomed.info/sct|60621009,...&_sort=-date&_count=1`.
struct FhirQuery {
  std::string key;  ///< letters, digits and underscores; the same for as long as the facts have their names
  std::string query;
  std::vector<model::FactId> facts;  ///< of the mapping's record that it feeds
};

/// What brings the facts (of level 0, or of the elements of lists), and no more: by the patient alone, by codes, and
/// of Observations the newest. What the request says needs no query, and answers are not asked for.
std::vector<FhirQuery> queries(const FhirMapping& mapping, const std::vector<model::FactId>& facts);

}  // namespace proviso::input
