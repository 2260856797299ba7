#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "service/pages/html.hpp"
#include "service/pages/json_members.hpp"
#include "service/pages/page.hpp"

/// What a person has answered so far. It travels from page to page in the fields of forms, as it was typed: nothing of
/// it is kept here, and none of it stands in an address.
///
/// Fields are named `a:` and the fact's name; a part of a fact has a further name behind a colon:
/// ```
/// a:patient.bmi              36
/// a:patient.bmi:on-day       3       and on-month, on-year: when it was measured
/// a:patient.born:day         9       and month, year
/// a:other_diagnoses:1        J36     the first element of a list of plain values
/// a:sore_throats:2:on:day    14      a fact of the second element of a list
/// a:sore_throats:none        yes     the list is known to be empty
/// unknown                    patient.bmi    it is not known, or nothing newer is: it is not asked again
/// taken                      patient.bmi    it was taken from the patient's record, and nobody has changed it
/// partly                     other_diagnoses   the record has these elements of the list, and may not have others
/// given:sore_throats         [{"on": ...}]  JSON of a fact that fields cannot hold, as the patient's record has it
/// referral                   what the referral is told by, the same from the first page to the last
/// ```
namespace proviso::service::pages {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// How many elements of a list a form takes.
inline constexpr std::size_t most_entries = 100;
/// What a choice sends for `Not known`: no value of an enumeration is spelled so.
inline constexpr std::string_view not_known = "not-known";

class Answers {
 public:
  explicit Answers(const model::Library& library, const model::Record& record) : library_(&library), record_(&record) {}
  /// Nothing where a field names no fact that can be answered: then it is no form of these pages, or the library has
  /// changed meanwhile.
  static std::optional<Answers> read(const model::Library& library, const model::Record& record, const Fields& form);
  /// What a record of JSON says, as if a person had typed it. Nothing where it cannot be read.
  static std::optional<Answers> of_record(const model::Library& library, const model::Record& record,
                                          std::string_view json);

  const model::Library& library() const { return *library_; }
  const model::Record& record() const { return *record_; }
  std::string referral;

  /// In the order in which they were answered; those that are not known too.
  const std::vector<model::FactId>& order() const { return order_; }
  bool has(model::FactId fact) const;
  bool is_unknown(model::FactId fact) const;
  /// Empty where there is none.
  std::string_view text(std::string_view field) const;
  void set(const std::string& field, std::string text);
  /// Forgets what was said of the fact.
  void forget(model::FactId fact);
  /// Not to be asked again. What was said of it stays.
  void settle(model::FactId fact);
  void add(model::FactId fact);
  /// Whether it was taken from the patient's record, and is as it was there.
  bool is_taken(model::FactId fact) const;
  /// Whether it is a list of which the record says only that these elements are in it.
  bool is_partial(model::FactId fact) const;
  /// Its elements are all that there are.
  void complete(model::FactId list);
  /// What the record gives of a fact that fields cannot hold, as JSON; empty for any other fact.
  std::string_view given(model::FactId fact) const;
  /// The numbers of the elements of a list of which something is typed, ascending; those left blank are not there.
  std::vector<std::size_t> entries(model::FactId list) const;

  /// All but those of some facts, which stand in the form as controls.
  void append_hidden(Html& html, const std::vector<model::FactId>& but_not = {}) const;

 private:
  const model::Library* library_;
  const model::Record* record_;
  std::map<std::string, std::string, std::less<>> texts_;  ///< by field
  std::vector<model::FactId> order_;
  std::vector<model::FactId> unknown_;
  std::vector<model::FactId> taken_;
  std::vector<model::FactId> partial_;
  std::map<model::FactId, std::string> given_;

  static bool is_referral(std::string_view text);
  bool read_field(const std::string& name, const std::string& text);
  bool take(const std::string& field, const std::string& text);
  void take_from_record(model::FactId fact, const Json& value);
  bool type_from_record(model::FactId fact, const Json& value);
};

/// `a:patient.bmi`.
std::string field_of(const model::Fact& fact);
/// The id of a control: its field without what an id may not have.
std::string id_of(std::string_view field);
/// A fact that a page can ask for: one of the record's own, or a list of it, that no relation fills.
bool can_ask(const model::Record& record, model::FactId fact);
/// The facts of a list's elements that a page asks for; the element itself where they are plain values.
std::vector<model::FactId> element_facts(const model::Record& record, model::FactId list);
/// The lists inside the elements of a list: pages have no controls for those.
std::vector<model::FactId> inner_lists(const model::Record& record, model::FactId list);
/// `Doses, Side effects`.
std::string inner_list_labels(const model::Record& record, model::FactId list);

/// What one fact's texts say: JSON as a record gives it, null where they say that it is not known.
struct Said {
  Json value;
  std::vector<Mistake> mistakes;
};
Said read_answer(const Answers& answers, model::FactId fact);
/// The same of one fact of an element, whose field is `field`.
Said read_value(const model::Library& library, const model::Fact& fact, const Answers& answers,
                const std::string& field);
/// An answer for a person who looks it over.
void append_answer(Html& html, const Answers& answers, model::FactId fact);

/// All answers as one record of JSON; of a fact that cannot be read, its number and what is wrong with it.
struct Gathered {
  std::string json;
  model::FactId mistaken = model::none;
  std::vector<Mistake> mistakes;
};
Gathered gather(const Answers& answers);

}  // namespace proviso::service::pages
