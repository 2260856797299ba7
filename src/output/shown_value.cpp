#include "output/shown_value.hpp"

#include "value/calendar.hpp"
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
  if (declared.type.kind != value::Kind::list || !value.known) {
    return append_constant(out, chunk, {declared.type, value.known, value.bits});
  }
  if (chunk.record().levels[declared.elements].plain) {
    const std::vector<std::uint32_t>& offsets = chunk.column(fact).offsets;
    return append_plain_list(out, chunk, declared, offsets[record], offsets[record + 1]);
  }
  out += std::to_string(value.bits);
  out += value.bits == 1 ? " entry" : " entries";
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

}  // namespace proviso::output
