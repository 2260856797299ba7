#include <algorithm>

#include "output/show_history.hpp"
#include "output/show_writer.hpp"

namespace proviso::output {
namespace {

std::string day_of(const HistoryLine& line) {
  return line.day == INT32_MIN ? "from the first" : value::format_date(line.day);
}

std::string place_of(const History& history, const HistoryLine& line) {
  if (line.places.size() == 1) return history.library->places[line.places.front()].name;
  if (!line.places.empty()) return "-";
  return line.place == model::none ? "everywhere" : history.library->places[line.place].name;
}

std::string_view word_of_line(HistoryLine::Kind kind) {
  switch (kind) {
    case HistoryLine::Kind::version:
      return "version";
    case HistoryLine::Kind::variation:
      return "variation";
    case HistoryLine::Kind::threshold:
      return "threshold";
    case HistoryLine::Kind::codes:
      return "codes";
  }
  return "";
}

void append_padded(std::string& out, const std::string& text, std::size_t width) {
  out += text;
  out.append(width - text.size() + 2, ' ');
}

}  // namespace

void append_history(std::string& out, const History& history) {
  out += history.policy;
  if (!history.label.empty()) out += "  " + history.label;
  out += '\n';
  if (history.place != model::none) out += "what changed in " + history.library->places[history.place].name + '\n';
  out += '\n';
  if (history.lines.empty())
    out += history.payment ? "The payment never holds there.\n" : "The policy never holds there.\n";
  std::size_t days = 0;
  std::size_t places = 0;
  for (const HistoryLine& line : history.lines) {
    days = std::max(days, day_of(line).size());
    places = std::max(places, place_of(history, line).size());
  }
  for (const HistoryLine& line : history.lines) {
    append_padded(out, day_of(line), days);
    // Where there are no places, all is everywhere.
    if (!history.library->places.empty()) append_padded(out, place_of(history, line), places);
    out += line.text;
    if (!line.source.empty()) out += "  [" + line.source + "]";
    out += '\n';
  }
}

void append_history_json(std::string& out, const History& history) {
  ShowWriter writer(out);
  writer.open('{');
  writer.field("policy", history.policy);
  writer.field("label", history.label);
  writer.field("in", history.place == model::none ? std::string() : history.library->places[history.place].name);
  writer.name("history");
  writer.open('[');
  for (const HistoryLine& line : history.lines) {
    writer.open('{');
    writer.field("on", ShowWriter::day(line.day, INT32_MIN));
    writer.field("place", line.place == model::none ? std::string() : history.library->places[line.place].name);
    writer.field("change", word_of_line(line.kind));
    const bool values = line.kind == HistoryLine::Kind::threshold || line.kind == HistoryLine::Kind::codes;
    if (values) {
      const bool codes = line.kind == HistoryLine::Kind::codes;
      writer.field("name", line.name);
      writer.field(codes ? "removed" : "was", line.was);
      writer.field(codes ? "added" : "now", line.now);
    }
    if (line.kind == HistoryLine::Kind::version) {
      std::vector<std::string> places;
      for (const model::PlaceId place : line.places) places.push_back(history.library->places[place].name);
      writer.texts("places", places);
    }
    writer.field("text", line.text);
    writer.field("source", line.source);
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
}

}  // namespace proviso::output
