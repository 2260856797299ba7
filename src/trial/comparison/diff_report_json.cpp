#include "output/show_writer.hpp"
#include "trial/comparison/diff_report.hpp"
#include "trial/comparison/diff_words.hpp"

namespace proviso::trial {
namespace {

class JsonReport {
 public:
  JsonReport(std::string& out, const DiffReport& report) : report_(report), writer_(out) {}

  void append() {
    writer_.open('{');
    append_revision("old", before);
    append_revision("new", after);
    writer_.field("differs", report_.differs());
    writer_.texts("only", report_.limits);
    list("changes", report_.changes.things, [&](const ChangedThing& thing) { append_thing(thing); });
    if (report_.cases) {
      writer_.name("cases");
      append_cases(*report_.cases);
    }
    writer_.close('}');
  }

 private:
  const DiffReport& report_;
  output::ShowWriter writer_;

  template <class All, class Append>
  void list(std::string_view name, const All& all, const Append& append_each) {
    writer_.name(name);
    writer_.open('[');
    for (const auto& each : all) append_each(each);
    writer_.close(']');
  }
  void number(std::string_view name, std::uint64_t value) { writer_.raw(name, std::to_string(value)); }

  void append_revision(const char* name, Side side) {
    writer_.name(name);
    writer_.open('{');
    writer_.field("name", report_.names[side]);
    writer_.field("library", report_.digests[side]);
    writer_.close('}');
  }

  void append_thing(const ChangedThing& thing) {
    writer_.open('{');
    writer_.field("what", thing.what);
    writer_.field("name", thing.name);
    writer_.field("label", thing.label);
    list("read_by", thing.read_by, [&](const Reader& reader) {
      writer_.open('{');
      writer_.field("policy", reader.policy);
      writer_.texts("criteria", reader.criteria);
      writer_.close('}');
    });
    list("changes", thing.changes, [&](const TextChange& change) {
      writer_.open('{');
      writer_.field("change", spelling(change.kind));
      writer_.field("what", change.what);
      writer_.field("name", change.name);
      writer_.field("in", change.group);
      writer_.field("version", change.version);
      writer_.field("place", change.place);
      writer_.field("before", change.before);
      writer_.field("after", change.after);
      writer_.close('}');
    });
    writer_.close('}');
  }

  void append_cases(const CaseComparison& cases) {
    writer_.open('{');
    writer_.field("from", report_.cases_from);
    writer_.raw("seed", report_.seed ? std::to_string(*report_.seed) : "null");
    writer_.field("record", cases.record);
    number("records", cases.records);
    number("compared", cases.compared);
    number("unreadable_old", cases.unreadable[before]);
    number("unreadable_new", cases.unreadable[after]);
    if (!cases.failure.empty()) writer_.field("failure", cases.failure);
    writer_.name("outcomes");
    writer_.open('{');
    append_table(cases.overall);
    writer_.close('}');
    list("policies", cases.policies, [&](const PolicyTable& policy) {
      writer_.open('{');
      writer_.field("policy", policy.policy);
      writer_.field("label", policy.label);
      writer_.field("in_old", policy.there[before]);
      writer_.field("in_new", policy.there[after]);
      append_table(policy.all);
      list("places", policy.places, [&](const PlaceTable& place) {
        writer_.open('{');
        writer_.field("place", place.place);
        append_table(place.table);
        writer_.close('}');
      });
      writer_.close('}');
    });
    writer_.close('}');
  }

  void append_table(const Table& table) {
    number("cases", table.total());
    number("changed", table.changes());
    number("other_reasons", table.other_reasons);
    number("other_needs", table.other_needs);
    if (table.other_amounts > 0) number("other_amounts", table.other_amounts);
    if (table.other_codes > 0) number("other_codes", table.other_codes);
    if (table.other_strengths > 0) number("other_strengths", table.other_strengths);
    writer_.name("table");
    writer_.open('[');
    for (const CaseOutcome was : outcomes_listed) {
      for (const CaseOutcome is : outcomes_listed) append_count(table, was, is);
    }
    writer_.close(']');
    list("changes", table.changed, [&](const ChangedCell& cell) { append_cell(cell); });
  }

  void append_count(const Table& table, CaseOutcome was, CaseOutcome is) {
    if (table.counts[was][is] == 0) return;
    writer_.open('{');
    writer_.field("before", spelling(was));
    writer_.field("after", spelling(is));
    number("count", table.counts[was][is]);
    writer_.close('}');
  }

  void append_cell(const ChangedCell& cell) {
    writer_.open('{');
    writer_.field("before", spelling(cell.before));
    writer_.field("after", spelling(cell.after));
    number("count", cell.count);
    list("first", cell.cases, [&](const FirstCase& first) {
      writer_.open('{');
      writer_.field("id", first.id);
      number("line", first.line);
      number("cause", first.cause);
      writer_.close('}');
    });
    list("causes", cell.causes, [&](const Cause& cause) {
      writer_.open('{');
      number("count", cause.count);
      writer_.field("text", spell(cause));
      list("parts", cause.parts, [&](const CausePart& part) { append_part(part); });
      writer_.close('}');
    });
    writer_.close('}');
  }

  void append_part(const CausePart& part) {
    writer_.open('{');
    writer_.field("what", part.what);
    writer_.field("name", part.name);
    writer_.field("label", part.label);
    writer_.field("before", part.before);
    writer_.field("after", part.after);
    list("values", part.details, [&](const CauseDetail& detail) {
      writer_.open('{');
      writer_.field("what", detail.what);
      writer_.field("name", detail.name);
      writer_.field("before", detail.before);
      writer_.field("after", detail.after);
      writer_.close('}');
    });
    writer_.close('}');
  }
};

}  // namespace

void append_diff_json(std::string& out, const DiffReport& report) { JsonReport(out, report).append(); }

}  // namespace proviso::trial
