#include "input/record_errors.hpp"

#include <array>
#include <utility>

namespace proviso::input {
namespace {

std::string_view message_of(Flaw flaw) {
  switch (flaw) {
    case Flaw::too_large:
      return "the record is larger than a record may be";
    case Flaw::empty_file:
      return "found nothing, expected a JSON object or a list of them";
    case Flaw::missing_element:
      return "found nothing between two commas, expected a JSON object";
    case Flaw::array_not_closed:
      return "the file ends inside the list of records: `]` is missing";
    case Flaw::after_array:
      return "found more after the `]` that ends the list of records";
    case Flaw::none:
      break;
  }
  return {};
}

}  // namespace

RecordError error_of(const RawRecord& raw) {
  RecordError error;
  error.code = raw.flaw == Flaw::too_large ? text::Code::record_too_large : text::Code::malformed_record;
  error.message = message_of(raw.flaw);
  error.id = "null";
  error.line = raw.line;
  error.blank = raw.flaw == Flaw::empty_file || raw.flaw == Flaw::missing_element;
  return error;
}

void add_flaw(const RawRecord& raw, Results& results) {
  results.records.back().error = static_cast<std::uint32_t>(results.errors.size());
  results.errors.push_back(error_of(raw));
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n,") == std::string_view::npos; }

void leave_unknown(program::Chunk& chunk, model::FactId fact, std::size_t row, std::string problem) {
  program::Column& column = chunk.column(fact);
  for (program::Plane* const plane : {&column.known, &column.yes, &column.has_date}) {
    if (!plane->empty()) program::clear_bit(*plane, row);
  }
  chunk.add_problem(fact, row, std::move(problem));
}

std::string wrong_width(std::size_t found, std::size_t expected) {
  return "found " + std::to_string(found) + (found == 1 ? " cell" : " cells") + ", expected " +
         std::to_string(expected);
}

bool in_element(RecordError& error, std::string_view list, std::size_t index) {
  if (error.code == text::Code::malformed_record) return false;
  std::string field(list);
  field += '[' + std::to_string(index) + ']';
  if (!error.field.empty() && error.field.front() != '[' && error.field.front() != '.') field += '.';
  error.field = field + error.field;
  return false;
}

void append_json(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void RecordReader::add_undeclared(std::string name) {
  if (undeclared_.size() < undeclared_limit) undeclared_.insert(std::move(name));
}

}  // namespace proviso::input
