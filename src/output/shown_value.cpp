#include "output/shown_value.hpp"

#include <array>

#include "output/spelled_node.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"
#include "value/text.hpp"

namespace proviso::output {
namespace {

// A longer list is shown by its first values.
constexpr std::size_t values_shown = 20;

std::int64_t bits_at(const model::Type& type, const program::Column& column, std::size_t row) {
  switch (value::lane_of(type)) {
    case value::Lane::none:
      return program::bit(column.yes, row);
    case value::Lane::narrow:
      return column.narrow[row];
    case value::Lane::wide:
      return column.wide[row];
  }
  return 0;
}

void append_plain_list(std::string& out, const program::Chunk& chunk, const model::Fact& list, std::size_t first,
                       std::size_t last) {
  const model::FactId element = chunk.record().levels[list.elements].facts.front();
  const model::Type& type = chunk.record().facts[element].type;
  const program::Column& column = chunk.column(element);
  out += '{';
  for (std::size_t row = first; row < last && row < first + values_shown; ++row) {
    out += row == first ? " " : ", ";
    const bool known = program::bit(column.known, row);
    append_constant(out, chunk, {type, known, known ? bits_at(type, column, row) : 0});
  }
  if (last > first + values_shown) out += ", ...";
  out += " }";
}

/// `bits` is the number of the threshold's value.
void append_threshold_value(std::string& out, const model::Library& library, std::uint32_t threshold,
                            const decide::ReadValue& value) {
  if (!value.known) {
    out += "without a value";
    return;
  }
  const model::ThresholdValue& in_force = library.thresholds[threshold].values[static_cast<std::size_t>(value.bits)];
  model::append(out, library, in_force.constant);
  if (in_force.place != model::none) out += " in " + library.places[in_force.place].name;
  if (in_force.period.first == INT32_MIN) return;
  out += " from ";
  value::append_date(out, in_force.period.first);
}

}  // namespace

void append_constant(std::string& out, const program::Chunk& chunk, const model::Constant& constant) {
  if (!constant.known) {
    out += "unknown";
  } else if (constant.type.kind == value::Kind::text) {
    out += value::quote(chunk.text_of(static_cast<std::int32_t>(constant.bits)));
  } else if (constant.type.kind == value::Kind::truth) {
    out += constant.bits != 0 ? "yes" : "no";
  } else if (constant.type.kind == value::Kind::date) {
    value::append_date(out, static_cast<std::int32_t>(constant.bits));
  } else {
    model::append(out, chunk.library(), constant);
  }
}

void append_fact_value(std::string& out, const program::Chunk& chunk, model::FactId fact, std::size_t record,
                       const decide::ReadValue& value) {
  const model::Fact& declared = chunk.record().facts[fact];
  const std::vector<std::uint32_t>& offsets = chunk.column(fact).offsets;
  const std::size_t entries = offsets.empty() ? 0 : offsets[record + 1] - offsets[record];
  // What is in a list is shown even where others may be too.
  if (declared.type.kind != value::Kind::list || (!value.known && entries == 0)) {
    return append_constant(out, chunk, {declared.type, value.known, value.bits});
  }
  if (chunk.record().levels[declared.elements].plain) {
    append_plain_list(out, chunk, declared, offsets[record], offsets[record + 1]);
  } else {
    out += std::to_string(entries);
    out += entries == 1 ? " entry" : " entries";
  }
  if (!value.known) out += " and perhaps others";
}

void append_amount(std::string& out, std::int64_t money) {
  constexpr std::string_view pound = "£";
  const std::string written = value::format_money(money);
  const std::size_t sign = written.find(pound);
  out.append(written, 0, sign);
  out.append(written, sign + pound.size());
}

std::string aggregate_name(const model::Library& library, const model::Record& record, const decide::Read& read) {
  const model::Node& node = library.nodes[read.node];
  const bool of_dates = node.type.kind == value::Kind::date;
  std::string name;
  switch (node.kind) {
    case model::NodeKind::count:
      name = "count of ";
      break;
    case model::NodeKind::least:
      name = of_dates ? "earliest of " : "minimum of ";
      break;
    case model::NodeKind::greatest:
      name = of_dates ? "latest of " : "maximum of ";
      break;
    default:
      name = "sum of ";
      break;
  }
  return name + record.facts[read.index].name;
}

std::string_view spelling(value::Truth truth) {
  return truth == value::Truth::yes ? "yes" : truth == value::Truth::no ? "no" : "unknown";
}

std::string_view spelling(value::Rounding mode) {
  constexpr std::array<std::string_view, 7> words = {"half even", "half up", "half down", "up",
                                                     "down",      "floor",   "ceiling"};
  return words[static_cast<std::size_t>(mode)];
}

std::string read_name(const model::Library& library, const model::Record& record, const decide::Read& read) {
  switch (read.what) {
    case decide::Read::What::fact:
      return record.facts[read.index].name;
    case decide::Read::What::threshold:
      return library.thresholds[read.index].name;
    case decide::Read::What::aggregate:
      return aggregate_name(library, record, read);
    case decide::Read::What::hook:
      return library.hooks[read.index].name;
    case decide::Read::What::lookup:
      return spell_node(library, record, read.node);
  }
  return {};
}

void append_read_value(std::string& out, const program::Chunk& chunk, const decide::Read& read, std::size_t record,
                       const decide::ReadValue& value) {
  switch (read.what) {
    case decide::Read::What::threshold:
      return append_threshold_value(out, chunk.library(), read.index, value);
    case decide::Read::What::aggregate:
    case decide::Read::What::hook:
    case decide::Read::What::lookup:
      return append_constant(out, chunk, {chunk.library().nodes[read.node].type, value.known, value.bits});
    case decide::Read::What::fact:
      break;
  }
  append_fact_value(out, chunk, read.index, record, value);
  const program::Column& column = chunk.column(read.index);
  if (!value.known) return;
  if (chunk.record().facts[read.index].measured && program::bit(column.has_date, record)) {
    out += " on ";
    value::append_date(out, column.measured_on[record]);
  }
  if (value.out_of_date) out += ", out of date";
  if (!column.assumed.empty() && program::bit(column.assumed, record)) out += ", assumed";
}

}  // namespace proviso::output
