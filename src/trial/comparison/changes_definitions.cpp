#include <algorithm>

#include "trial/comparison/changes_parts.hpp"

// Definitions that policies of both libraries read.
namespace proviso::trial {
namespace {

using model::NodeId;

struct Bodies {
  NodeId was = model::none;
  NodeId is = model::none;
};

/// A definition's expression in each library where they say something else, whatever other definitions in them say.
std::optional<Bodies> changed_bodies(Compared& compared, const Matched& matched) {
  for (const Readers::Use& now : compared.new_readers.uses(matched.new_number)) {
    std::optional<Bodies> changed;
    bool same = false;
    for (const Readers::Use& old : compared.old_readers.uses(matched.old_number)) {
      if (compared.old_library.records[old.record].name != compared.new_library.records[now.record].name) continue;
      compared.meanings.read_records(old.record, now.record);
      const Bodies bodies = {compared.old_library.nodes[old.node].operands.at(0),
                             compared.new_library.nodes[now.node].operands.at(0)};
      same = same || compared.meanings.same_but_for_definitions(bodies.was, bodies.is);
      if (!changed) changed = bodies;
    }
    if (changed && !same) return changed;
  }
  return {};
}

}  // namespace

std::vector<ChangedThing> changed_definitions(Compared& compared) {
  std::vector<ChangedThing> result;
  const auto& olds = compared.old_library.definitions;
  const auto& news = compared.new_library.definitions;
  const auto kind = Readers::Kind::definition;
  for (const Matched& matched : match(olds, compared.old_readers, news, compared.new_readers, kind)) {
    // One that is new or gone shows in the criteria that read it.
    if (matched.old_number == model::none || matched.new_number == model::none) continue;
    const auto bodies = changed_bodies(compared, matched);
    if (!bodies) continue;
    ChangedThing thing = named_thing(compared, matched, kind, "definition");
    TextChange& change = thing.changes.emplace_back();
    change.what = "definition";
    change.before = source_text(compared.olds, bodies->was);
    change.after = source_text(compared.news, bodies->is);
    if (change.before == change.after && !change.after.empty()) change.after += same_words;
    result.push_back(std::move(thing));
  }
  return result;
}

}  // namespace proviso::trial
