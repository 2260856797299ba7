#include "output/show_compare.hpp"
#include "output/show_table.hpp"
#include "output/show_writer.hpp"

namespace proviso::output {
namespace {

std::string name_of(const Comparison& comparison, std::size_t side) {
  return comparison.library->places[comparison.places[side]].name;
}

/// What it is, then whose and since when. What is as written is as old as the version.
TableCell lines_of(const ComparedCell& cell) {
  TableCell lines = cell.lines;
  if (cell.whose.empty()) return lines;
  const std::string first = cell.whose == as_written ? "" : ShowWriter::day(cell.days.first, INT32_MIN);
  lines.push_back("  " + cell.whose + (first.empty() ? "" : " from " + first));
  return lines;
}

/// `holds in BLMK from 2019-04-01`, in a line.
std::string line_of(const ComparedCell& cell) {
  std::string line = cell.lines.front();
  if (cell.whose.empty()) return line;
  line += (cell.whose == everywhere ? " " : " in ") + cell.whose;
  const std::string first = ShowWriter::day(cell.days.first, INT32_MIN);
  return first.empty() ? line : line + " from " + first;
}

std::string what_of(const Difference& difference) {
  std::string out = difference.what;
  if (!difference.name.empty()) out += " " + difference.name;
  if (!difference.group.empty()) out += " in " + difference.group;
  return out;
}

void write_cell(ShowWriter& writer, const ComparedCell& cell) {
  std::string text;
  for (const std::string& line : cell.lines) text += (text.empty() ? "" : "\n") + line;
  writer.open('{');
  writer.field("value", text);
  writer.field("whose", cell.whose);
  writer.period(cell.days);
  writer.field("source", cell.source);
  writer.close('}');
}

}  // namespace

void append_comparison(std::string& out, const Comparison& comparison, std::size_t width) {
  out += name_of(comparison, 0) + " and " + name_of(comparison, 1) + " compared";
  if (comparison.on) {
    out += " on " + value::format_date(*comparison.on) + '\n';
  } else {
    out += ", as each policy last stands there (--on compares them on a day)\n";
  }
  if (comparison.compared == 0) out += "no policy that was asked for holds in either\n";
  if (!comparison.differs()) out += "no differences\n";
  const std::vector<std::string> headings = {"what", name_of(comparison, 0), name_of(comparison, 1)};
  std::vector<TableRow> in_one;
  for (const PolicyComparison& policy : comparison.policies) {
    if (!policy.in_both) {
      const auto& cells = policy.differences.front().cells;
      in_one.push_back({{policy.policy}, {line_of(cells[0])}, {line_of(cells[1])}});
      continue;
    }
    out += '\n' + policy.policy;
    if (!policy.label.empty()) out += "  " + policy.label;
    // Without a day it is as well to know that the policy has ended.
    if (!comparison.on && policy.effective.last != INT32_MAX) out += ", " + spell(policy.effective);
    out += '\n';
    std::vector<TableRow> rows;
    for (const Difference& each : policy.differences) {
      rows.push_back({{what_of(each)}, lines_of(each.cells[0]), lines_of(each.cells[1])});
    }
    append_table(out, headings, rows, width, 2);
  }
  if (in_one.empty()) return;
  out += "\nPolicies that hold in one of the two\n";
  append_table(out, {"policy", headings[1], headings[2]}, in_one, width, 2);
}

void append_comparison_json(std::string& out, const Comparison& comparison) {
  ShowWriter writer(out);
  writer.open('{');
  writer.texts("compared", {name_of(comparison, 0), name_of(comparison, 1)});
  writer.field("on", comparison.on ? value::format_date(*comparison.on) : std::string());
  writer.field("differs", comparison.differs());
  writer.name("policies");
  writer.open('[');
  for (const PolicyComparison& policy : comparison.policies) {
    writer.open('{');
    writer.field("policy", policy.policy);
    writer.field("label", policy.label);
    writer.period(policy.effective);
    writer.name("differences");
    writer.open('[');
    for (const Difference& each : policy.differences) {
      writer.open('{');
      writer.field("what", each.what);
      writer.field("name", each.name);
      writer.field("group", each.group);
      writer.name("values");
      writer.open('[');
      for (const ComparedCell& cell : each.cells) write_cell(writer, cell);
      writer.close(']');
      writer.close('}');
    }
    writer.close(']');
    writer.close('}');
  }
  writer.close(']');
  writer.close('}');
}

}  // namespace proviso::output
