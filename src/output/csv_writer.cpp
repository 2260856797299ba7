#include "output/csv_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>

#include "output/shown_value.hpp"
#include "text/utf8.hpp"
#include "value/calendar.hpp"

namespace proviso::output {
namespace {

/// A name among others: `applies when` and `rank in same_day_scans` have blanks in them.
void append_name(std::string& out, std::string_view name) {
  const std::size_t start = out.size();
  out += name;
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), ' ', '_');
}

/// The number of `\u00e9`, which begins at `at`; nothing where it is none.
std::optional<char32_t> escaped_number(std::string_view text, std::size_t at) {
  constexpr std::size_t size = 6;
  if (text.substr(at, 2) != "\\u" || text.size() - at < size) return {};
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + size, number, 16);
  if (error != std::errc() || end != text.data() + at + size) return {};
  return static_cast<char32_t>(number);
}

/// Appends the character of an escape, and says how long it was; 0 where it is none.
std::size_t append_unescaped(std::string& out, std::string_view text, std::size_t at) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
  const auto letter = at + 1 < text.size() ? letters.find(text[at + 1]) : std::string_view::npos;
  if (letter != std::string_view::npos) {
    out += characters[letter];
    return 2;
  }
  const auto first = escaped_number(text, at);
  if (!first) return 0;
  constexpr std::size_t size = 6;
  const auto is_between = [](std::optional<char32_t> number, char32_t least, char32_t most) {
    return number && *number >= least && *number <= most;
  };
  if (!is_between(first, 0xD800, 0xDFFF)) {
    out += text::encode(*first);
    return size;
  }
  // Beyond U+FFFF a character is a pair; half of one is none.
  const auto second = at + size < text.size() ? escaped_number(text, at + size) : std::nullopt;
  if (!is_between(first, 0xD800, 0xDBFF) || !is_between(second, 0xDC00, 0xDFFF)) {
    out += text::encode(text::replacement_character);
    return size;
  }
  out += text::encode(0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
  return 2 * size;
}

/// The id of a record that could not be read: as JSON has it, but texts as they are, and `null` as nothing.
std::string plain_id(std::string_view json) {
  if (json == "null") return {};
  if (json.size() < 2 || json.front() != '"') return std::string(json);
  json = json.substr(1, json.size() - 2);
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t escape = json[at] == '\\' ? append_unescaped(out, json, at) : 0;
    if (escape == 0) out += json[at];
    at += std::max<std::size_t>(escape, 1);
  }
  return out;
}

}  // namespace

void append_csv(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

CsvWriter::CsvWriter(const decide::Engine& engine) : engine_(engine), payments_(engine.has_payments()) {
  for (const decide::Version& version : engine.versions()) policies_.push_back(version.policy->full_name());
}

void CsvWriter::append_header(std::string& out) const {
  out += "id,line,policy,version,place,on,category,outcome,clause,text,because,needs,";
  if (payments_) out += "amount,strength,recount,price,line_amount,";
  out += "error\n";
}

void CsvWriter::append(std::string& out, const program::Chunk& chunk, const decide::Decisions& decisions,
                       std::size_t record, std::uint64_t line) const {
  std::string start;
  const model::FactId id = engine_.record().identifier;
  if (id != model::none && program::bit(chunk.column(id).known, record)) {
    append_csv(start, chunk.text_of(chunk.column(id).narrow[record]));
  }
  start += ',';
  start += std::to_string(line);
  start += ',';
  const decide::RecordDecision& of_record = decisions.records[record];
  if (of_record.first == model::none) {
    out += start;
    out += ",,,,,";
    out += model::spelling(of_record.outcome);
    out += ",,,,,";
    append_payment(out, chunk, record, of_record, nullptr);
    out += '\n';
  }
  for (std::uint32_t each = of_record.first; each != model::none; each = decisions.decisions[each].next) {
    out += start;
    append_decision(out, decisions, decisions.decisions[each]);
    append_payment(out, chunk, record, of_record, &decisions.decisions[each]);
    out += '\n';
  }
}

/// The columns of payments; `decision` is null for a record without decisions.
void CsvWriter::append_payment(std::string& out, const program::Chunk& chunk, std::size_t record,
                               const decide::RecordDecision& of_record, const decide::Decision* decision) const {
  if (!payments_) return;
  if (decision != nullptr && decision->amount) append_amount(out, *decision->amount);
  out += ',';
  const model::Payment* payment =
      decision == nullptr ? nullptr : engine_.versions()[decision->version].payment_of(decision->clause);
  const bool withholds = payment != nullptr && payment->kind == model::Payment::Kind::withhold;
  if (withholds) out += model::spelling(payment->strength);
  out += ',';
  if (payment != nullptr && decision->recount) {
    const model::Type& type = engine_.library().nodes[payment->code].type;
    model::append(out, engine_.library(), {type, true, *decision->recount});
  }
  out += ',';
  if (const auto price = decide::price_of(chunk, record)) append_amount(out, *price);
  out += ',';
  if (of_record.amount) append_amount(out, *of_record.amount);
  out += ',';
}

void CsvWriter::append_decision(std::string& out, const decide::Decisions& decisions,
                                const decide::Decision& decision) const {
  const decide::Version& version = engine_.versions()[decision.version];
  const model::Policy& policy = *version.policy;
  append_csv(out, policies_[decision.version]);
  out += ',';
  if (decision.holds && policy.has_start) value::append_date(out, policy.effective.first);
  out += ',';
  if (decision.place != model::none) append_csv(out, engine_.library().places[decision.place].name);
  out += ',';
  if (decision.has_date) value::append_date(out, decision.on);
  out += ',';
  if (!decision.category_is_open) out += model::spelling(version.form->category);
  out += ',';
  out += model::spelling(decision.outcome);
  out += ',';
  if (decision.clause != model::none) {
    append_csv(out, version.clauses()[decision.clause].name);
    out += ',';
    append_csv(out, version.clauses()[decision.clause].sentence);
  } else {
    out += ',';
  }
  out += ',';
  for (std::uint32_t i = 0; i < decision.reasons.count; ++i) {
    if (i != 0) out += ' ';
    append_name(out, version.items[decisions.reasons[decision.reasons.first + i].item].name);
  }
  out += ',';
  for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
    if (i != 0) out += ' ';
    append_name(out, engine_.record().facts[decisions.needs[decision.needs.first + i].fact].name);
  }
  out += ',';
}

void CsvWriter::append(std::string& out, const RecordError& error) const {
  append_csv(out, plain_id(error.id));
  out += ',';
  out += std::to_string(error.line);
  out += payments_ ? ",,,,,,,,,,,,,,,," : ",,,,,,,,,,,";
  std::string text(error.code);
  if (!error.field.empty()) text += " `" + std::string(error.field) + "`";
  append_csv(out, text + ": " + std::string(error.message));
  out += '\n';
}

}  // namespace proviso::output
