#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "service/register/authorisation.hpp"

/// What the language writes, as a person reads it.
namespace proviso::service::pages {

/// `1 April 2019`.
std::string long_date(std::int32_t date);
/// The same of `2019-04-01`; any other text as it is.
std::string long_date(std::string_view date);
/// `glue ear` of `glue_ear`.
std::string plain_words(std::string_view identifier);
std::string with_capital(std::string_view text);
/// `Milton Keynes`: the label of a place, or its name.
std::string place_label(const model::Library& library, model::PlaceId place);
/// By the place's name; any other text as it is.
std::string place_label(const model::Library& library, std::string_view name);
/// `Body mass index`, or where there is no label the last word of the path: `Quality of life`.
std::string fact_label(const model::Fact& fact);
/// `What is the patient's BMI?`, or where nothing is asked by the fact's label.
std::string fact_question(const model::Fact& fact);
/// `OPCS-4`.
std::string_view system_name(value::CodeSystem system);
/// A value that a result shows of a fact, a threshold, or what a list was counted to: dates in long form, codes without
/// their system, enumerations in words.
std::string shown_value(const model::Library& library, const model::Record& record, std::string_view name,
                        std::string_view value);
/// The label of a fact of that name; of a threshold its words.
std::string shown_name(const model::Record& record, std::string_view name);
const model::Fact* fact_by_name(const model::Record& record, std::string_view name);

/// What is to be said of an authorisation by which nothing is approved any more.
struct Spent {
  std::string heading;  ///< `The authorisation for this referral has been used`; empty while it is valid
  std::string meaning;  ///< what follows from that, in a sentence
};
Spent spent(const Authorisation& authorisation, std::string_view today);

/// What came of a policy, or of all of them, for a heading.
std::string_view outcome_heading(std::string_view outcome);
/// What a policy's category means: `Prior approval: funding is confirmed before treatment`.
std::string_view category_meaning(std::string_view category);

}  // namespace proviso::service::pages
