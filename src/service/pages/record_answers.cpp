#include <sstream>
#include <utility>

#include "input/given.hpp"
#include "input/reader.hpp"
#include "output/record_json.hpp"
#include "program/chunk.hpp"
#include "service/pages/answers.hpp"
#include "service/register/register.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

/// What a record says, put into the fields in which a person would have typed it.
namespace proviso::service::pages {
namespace {

using value::Kind;

/// Each number becomes a text, which loses none of its digits and is read as the number was.
std::string with_numbers_as_texts(std::string_view json) {
  std::string out;
  bool in_text = false;
  bool in_number = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const bool digit = !in_text && ((c >= '0' && c <= '9') || c == '-' || c == '.');
    if (digit != in_number) out += '"';
    in_number = digit;
    out += c;
    if (in_text && c == '\\' && i + 1 < json.size()) {
      out += json[++i];
    } else if (c == '"') {
      in_text = !in_text;
    }
  }
  return out;
}

/// The record as it was understood: numbers in the units of their facts, places by their names, and nothing that it
/// does not declare. Nothing where it cannot be read.
std::optional<Json> understood(const model::Library& library, const model::Record& record, std::string_view json) {
  const auto index = static_cast<std::uint32_t>(&record - library.records.data());
  std::istringstream stream{std::string(json)};
  input::RecordSource source(input::bytes_of(stream), input::Format::json);
  input::Block block;
  if (!source.next(block) || block.records.size() != 1) return {};
  program::Chunk chunk(library, index);
  input::Results results;
  input::make_json_reader(library, index)->read(block, chunk, results);
  chunk.finish();
  if (!results.errors.empty()) return {};
  std::string out;
  const output::RecordJson writer(library, index);
  writer.append(out, chunk, 0, writer.all());
  Json read = Json::parse(with_numbers_as_texts(out), nullptr, false);
  return read.is_discarded() ? std::nullopt : std::optional(std::move(read));
}

/// Writes values into fields.
class Typist {
 public:
  Typist(Answers& answers, model::FactId fact) : answers_(answers), fact_(fact) {}

  void type(const model::Fact& fact, const std::string& field, const Json& value) {
    if (fact.measured && value.is_object()) {
      type_date(field + ":on-", text_of(value, "on"));
      return type_single(fact, field, member_of(value, "value"));
    }
    type_single(fact, field, value);
  }

  void type_list(const std::string& field, const Json& elements) {
    const model::Record& record = answers_.record();
    if (elements.empty()) answers_.set(field + ":none", "yes");
    std::size_t number = 0;
    for (const Json& element : elements) {
      const std::string entry = field + ":" + std::to_string(++number);
      for (const model::FactId each : element_facts(record, fact_)) {
        const model::Fact& fact = record.facts[each];
        if (fact.path.empty()) {
          type(fact, entry, element);
        } else {
          type(fact, entry + ":" + fact.path, member_at(element, fact.path));
        }
      }
    }
  }

 private:
  Answers& answers_;
  model::FactId fact_;

  void type_date(const std::string& field, std::string_view text) {
    const auto date = value::parse_date(text);
    if (!date) return;
    const value::CivilDate civil = value::civil(*date);
    answers_.set(field + "day", std::to_string(civil.day));
    answers_.set(field + "month", std::to_string(civil.month));
    answers_.set(field + "year", std::to_string(civil.year));
  }

  void type_single(const model::Fact& fact, const std::string& field, const Json& value) {
    if (value.is_boolean()) return answers_.set(field, value.get<bool>() ? "yes" : "no");
    if (!value.is_string()) return;
    std::string text = value.get<std::string>();
    if (fact.type.kind == Kind::date) return type_date(field + ":", text);
    if (fact.type.kind == Kind::percent && !fact.in_percent) text = in_hundredths(text);
    answers_.set(field, std::move(text));
  }

  /// `50` of `0.5`.
  static std::string in_hundredths(const std::string& text) {
    const auto parsed = value::parse_decimal(text);
    std::int64_t hundredths = 0;
    const bool fits = parsed.value && !__builtin_mul_overflow(*parsed.value, std::int64_t{100}, &hundredths);
    return fits ? value::format_decimal(hundredths) : std::string();
  }
};

}  // namespace

/// What its fields would not give back is kept as the record has it.
void Answers::take_from_record(model::FactId fact, const Json& value) {
  add(fact);
  taken_.push_back(fact);
  if (can_ask(*record_, fact) && type_from_record(fact, value)) return;
  forget(fact);
  given_[fact] = value.dump();
  add(fact);
  taken_.push_back(fact);
}

bool Answers::type_from_record(model::FactId fact, const Json& value) {
  const model::Fact& declared = record_->facts[fact];
  Typist typist(*this, fact);
  if (declared.type.kind == Kind::list) {
    const Json elements = value.is_object() ? member_of(value, std::string(input::some_of_list).c_str()) : value;
    if (elements.size() > most_entries || !inner_lists(*record_, fact).empty()) return false;
    if (value.is_object()) partial_.push_back(fact);
    typist.type_list(field_of(declared), elements);
    const Said said = read_answer(*this, fact);
    return said.mistakes.empty() && entries(fact).size() == elements.size() && !said.value.is_null();
  }
  typist.type(declared, field_of(declared), value);
  const Said said = read_answer(*this, fact);
  if (!said.mistakes.empty() || said.value.is_null()) return false;
  return declared.type.kind != Kind::text || said.value == value;
}

std::optional<Answers> Answers::of_record(const model::Library& library, const model::Record& record,
                                          std::string_view json) {
  const auto known = understood(library, record, json);
  if (!known) return {};
  Answers answers(library, record);
  if (record.identifier != model::none)
    answers.referral = text_of(*known, record.facts[record.identifier].path.c_str());
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    const model::Fact& declared = record.facts[fact];
    if (declared.level != 0 || declared.relation != model::none || fact == record.identifier) continue;
    const Json value = member_at(*known, declared.path);
    if (!value.is_null()) answers.take_from_record(fact, value);
  }
  if (!is_referral(answers.referral)) answers.referral = random_id();
  return answers;
}

}  // namespace proviso::service::pages
