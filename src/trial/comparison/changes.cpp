#include "trial/comparison/changes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "output/show_values.hpp"
#include "trial/comparison/changes_parts.hpp"
#include "value/calendar.hpp"

namespace proviso::trial {
std::string_view spelling(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::changed:
      return "changed";
    case ChangeKind::reworded:
      return "reworded";
    case ChangeKind::moved:
      return "moved";
  }
  return "";
}

ChangedThing thing_of(const Compared& compared, const Matched& matched, Readers::Kind kind, std::string what) {
  ChangedThing thing;
  thing.what = std::move(what);
  thing.name = matched.name;
  if (matched.old_number != model::none) thing.read_by = compared.old_readers.of(kind, matched.old_number);
  if (matched.new_number != model::none) {
    thing.read_by = together(std::move(thing.read_by), compared.new_readers.of(kind, matched.new_number));
  }
  return thing;
}

ChangedThing named_thing(const Compared& compared, const Matched& matched, Readers::Kind kind, const char* what) {
  ChangedThing thing = thing_of(compared, matched, kind, what);
  if (!matched.ambiguous || thing.read_by.empty()) return thing;
  const std::string& policy = thing.read_by.front().policy;
  thing.name = policy.substr(0, policy.rfind('.')) + "." + matched.name;
  return thing;
}

void add_change(std::vector<TextChange>& changes, TextChange change) {
  if (change.before == change.after) return;
  if (change.before.empty()) change.kind = ChangeKind::added;
  if (change.after.empty()) change.kind = ChangeKind::removed;
  changes.push_back(std::move(change));
}

void add_change(std::vector<TextChange>& changes, std::string what, std::string was, std::string is, ChangeKind kind) {
  TextChange change;
  change.kind = kind;
  change.what = std::move(what);
  change.before = std::move(was);
  change.after = std::move(is);
  add_change(changes, std::move(change));
}

model::Period either(const model::Period& a, const model::Period& b) {
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

std::string lines(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& each : texts) out += (out.empty() ? "" : "\n") + each;
  return out;
}

std::string fact_name(const model::Library& library, std::uint32_t record, model::FactId fact) {
  return fact == model::none ? std::string("nothing") : library.records[record].facts[fact].name;
}

std::string place_name(const model::Library& library, model::PlaceId place) {
  return place == model::none ? std::string() : library.places[place].name;
}

std::string whose(const std::string& place, const model::Period& days) {
  const std::string where = place.empty() ? "everywhere" : "in " + place;
  const std::string since = output::spell(days);
  return since.empty() ? where : where + " " + since;
}

std::string one_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string source_text(const Revision& revision, model::NodeId node) {
  if (revision.sources == nullptr || node == model::none) return {};
  return one_spaced(revision.sources->text(revision.library->nodes[node].span));
}

LibraryChanges compare_libraries(const Revision& old_revision, const Revision& new_revision,
                                 const ChangeFilter& filter) {
  Compared compared(old_revision, new_revision, filter);
  LibraryChanges result;
  const auto add = [&](std::vector<ChangedThing> things) {
    result.things.insert(result.things.end(), std::make_move_iterator(things.begin()),
                         std::make_move_iterator(things.end()));
  };
  add(changed_policies(compared));
  add(changed_agreements(compared));
  add(changed_thresholds(compared));
  add(changed_code_lists(compared));
  add(changed_definitions(compared));
  add(changed_tables(compared));
  add(changed_hooks(compared));
  add(changed_places(compared));
  add(changed_records(compared));
  add(changed_relations(compared));
  leave_out_unwanted(result, compared.wanted);
  return result;
}

}  // namespace proviso::trial
