#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/fhir_addresses.hpp"
#include "input/fhir_json.hpp"
#include "input/fhir_searches.hpp"

/// The resources of some JSON documents, and what refers to what.
namespace proviso::input::fhir {

/// A resource, of a bundle or alone, or contained in another.
struct Resource {
  static constexpr std::size_t none = Match::none;
  dom::element element;
  dom::object json;  ///< the element
  std::string_view type;
  std::string_view id;
  std::string_view full_url;     ///< of its entry
  std::string_view base;         ///< of a full address: what stands before `Patient/1`, with its slash
  std::size_t container = none;  ///< the resource that contains it
  std::string nhs_number = {};   ///< of a Patient: the first right one, ten digits
};

/// Whom something is about: by what addresses, and by what NHS number. Not known where it names nobody, and where it
/// names somebody and `doubt` says why it is not known whom.
struct Person {
  struct Address {
    std::string base;  ///< empty: any
    std::string rest;  ///< `Patient/1`, `urn:uuid:...`
  };
  std::vector<Address> addresses;
  std::string nhs_number;  ///< ten digits
  std::string_view doubt;  ///< as "is not a patient"; then there is neither address nor number
  bool is_known() const { return !addresses.empty() || !nhs_number.empty(); }
  bool is_named() const { return is_known() || !doubt.empty(); }
};
/// Somebody who is named, and not known.
inline Person doubtful(std::string_view why) { return {{}, {}, why}; }
inline constexpr std::string_view several_patients = "is not one patient but several";
/// Whether both are one person: they share an address, and no NHS numbers speak against it; or the NHS number.
bool is_same(const Person& a, const Person& b);

class Documents {
 public:
  static constexpr std::size_t nesting_limit = 128;

  /// Replaces what was there. Each text is a resource, a bundle, a list of such, or `null`. A resource that stands in
  /// several places counts once, as it stands first, and not at all where an entry that deletes it stands before. What
  /// keeps a text from being read; nothing where all were. The texts need not be kept.
  std::optional<std::string> read(const std::vector<std::string_view>& texts);

  const std::vector<Resource>& resources() const { return resources_; }
  /// Whether there was any resource or bundle, even one with nothing in it.
  bool any() const { return any_; }
  /// Whether a search was for all resources of the type about the patient, and all that it found are here.
  bool has_all(std::string_view type, const Person& patient) const;
  /// The number of the resource with that address, as `from` (none: nobody) would write it: `Patient/1`,
  /// `https://.../Patient/1`, `urn:uuid:...`, `#contained`; Resource::none where it is not there, or is there twice.
  std::size_t find(std::string_view address, std::size_t from) const;
  /// The number of the resource that a Reference names.
  std::size_t find_reference(dom::object reference, std::size_t from) const;

  /// The person that a Reference names. In doubt where that is no patient, where it leads to nobody (an identifier that
  /// is no NHS number leads to the one Patient that has it), and where reference and identifier are two patients'.
  Person person(dom::object reference, std::size_t from) const;
  /// The person that a Patient resource is.
  Person person(std::size_t patient) const;
  /// The person by an address alone: `Patient/1`, or `1`.
  Person person(std::string_view address) const;
  /// Whom the resource is about; nobody is named where it does not say.
  Person subject(std::size_t resource) const;

 private:
  void add(dom::element element, std::string_view full_url, unsigned depth);
  void add_resource(dom::element element, std::string_view full_url);
  void add_contained(std::size_t container);
  void add_identifiers(std::size_t patient);
  void add_deletion(dom::object entry);
  bool is_deleted(const Resource& resource) const;
  bool names_patient(dom::object reference, std::size_t from) const;
  Person identified(Person referred, dom::object identifier) const;
  std::size_t find_identified(dom::object identifier) const;
  Person participant(std::size_t appointment) const;
  Person::Address address(std::string_view written, std::size_t from) const;

  dom::parser parser_;
  std::vector<dom::document> documents_;
  std::vector<Resource> resources_;
  std::vector<Search> searches_;
  bool any_ = false;
  Addresses addresses_;  ///< by `Patient/1` and its base, and by whole addresses
  Addresses deleted_;
  std::unordered_map<std::string, std::size_t> contained_;  ///< the first of several, by container and id
  /// The Patients that stand by themselves, by system and value.
  std::unordered_map<std::string, Match> by_identifier_;
};

}  // namespace proviso::input::fhir
