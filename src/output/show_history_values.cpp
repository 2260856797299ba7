#include "output/show_history.hpp"
#include "output/show_values.hpp"

namespace proviso::output {
namespace {

/// Whose the change from one value to another is: the end of a place's own value is that place's change, although what
/// then holds is a larger one's. One of the two is there.
template <class Value>
model::PlaceId owner_of(const model::Library& library, const Value* before, const Value* now) {
  const bool before_is_smaller = before != nullptr && (now == nullptr || library.inside(before->place, now->place));
  return (before_is_smaller ? before : now)->place;
}

/// For what then holds and is not the owner's.
std::string from_elsewhere(const model::Library& library, model::PlaceId whose, model::PlaceId owner) {
  if (whose == owner) return "";
  return whose == model::none ? " (as everywhere)" : " (as in " + library.places[whose].name + ")";
}

}  // namespace

std::optional<HistoryLine> threshold_line(const model::Library& library, const model::Threshold& threshold,
                                          const model::ThresholdValue* before, const model::ThresholdValue* now,
                                          std::int32_t day) {
  if (before == now) return {};
  HistoryLine line;
  line.kind = HistoryLine::Kind::threshold;
  line.day = day;
  line.place = owner_of(library, before, now);
  line.name = threshold.name;
  if (before != nullptr) line.was = model::format(library, before->constant);
  if (now != nullptr) line.now = model::format(library, now->constant);
  line.text = threshold.name;
  if (now == nullptr) {
    line.text += " has no value any more, was " + line.was;
    return line;
  }
  if (before == nullptr) {
    line.text += " is " + line.now;
  } else {
    line.text += line.was == line.now ? " stays " + line.now : " from " + line.was + " to " + line.now;
  }
  line.text += from_elsewhere(library, now->place, line.place);
  line.source = spell(now->source);
  return line;
}

std::optional<HistoryLine> codes_line(const model::Library& library, const model::CodeList& list,
                                      const model::CodeBlock* before, const model::CodeBlock* now, std::int32_t day) {
  if (before == now || now == nullptr) return {};
  HistoryLine line;
  line.kind = HistoryLine::Kind::codes;
  line.day = day;
  line.place = owner_of(library, before, now);
  line.name = list.name;
  if (before == nullptr && now->place == model::none) return {};
  // A place's own list is told by what it makes of the larger one.
  if (before == nullptr) before = library.in_force(list, library.places[now->place].parent, day);
  const model::CodeBlock nothing;
  const model::CodeBlock& old = before != nullptr ? *before : nothing;
  line.now = spell_difference(list.system, *now, old);
  line.was = spell_difference(list.system, old, *now);
  line.text = list.name;
  if (!line.now.empty()) line.text += " adds " + line.now;
  if (!line.was.empty()) line.text += (line.now.empty() ? " removes " : "; removes ") + line.was;
  if (line.now.empty() && line.was.empty()) line.text += " stays as it is";
  line.text += from_elsewhere(library, now->place, line.place);
  line.source = spell(now->source ? now->source : list.source);
  return line;
}

}  // namespace proviso::output
