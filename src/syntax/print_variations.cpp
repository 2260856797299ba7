#include <algorithm>

#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"
#include "text/utf8.hpp"

/// Places, hooks and variations.
namespace proviso::syntax {
namespace {

std::string codes_of(const Place& place) {
  std::string result;
  for (const Name& code : place.ods) result += " ods:" + code.text;
  return result;
}

}  // namespace

/// The labels and the codes of places that stand side by side are in columns.
void FilePrinter::places(const std::vector<Place>& places) {
  std::size_t name_width = 0;
  std::size_t label_width = 0;
  for (const Place& place : places) {
    if (!place.inside.empty()) continue;
    if (!place.ods.empty() || !place.label.empty()) name_width = std::max(name_width, place.name.text.size());
    if (!place.label.empty()) label_width = std::max(label_width, text::count_characters(quote(place.label)) + 1);
  }
  for (const Place& place : places) {
    const bool opens = !place.inside.empty();
    const std::string label = place.label.empty() ? "" : ' ' + quote(place.label);
    std::string line = place.name.text;
    if (!opens && !(label.empty() && place.ods.empty())) line = padded(line, name_width);
    line += opens || place.ods.empty() ? label : padded(label, label_width);
    line += codes_of(place);
    page_.line(place.span.begin, opens ? line + " {" : line);
    if (!opens) continue;
    page_.indent();
    this->places(place.inside);
    close(place.span);
  }
}

void FilePrinter::declaration(const PlacesDeclaration& places) {
  page_.line(places.span.begin, "places {");
  page_.indent();
  this->places(places.places);
  close(places.span);
}

void FilePrinter::declaration(const HookDeclaration& hook) {
  const std::string tendency = hook.tendency.text.empty() ? "" : " may only " + hook.tendency.text;
  const std::string head =
      fmt::format("hook {}{} -> {}{}", hook.name.text, parameter_list(hook.parameters), print(hook.result), tendency);
  const std::string file = "from " + quote(hook.file);
  constexpr std::size_t longest = 100;
  if (text::count_characters(head) + text::count_characters(file) < longest) {
    page_.line(hook.span.begin, head + ' ' + file);
    return;
  }
  page_.line(hook.span.begin, head);
  page_.indent();
  page_.line(file);
  page_.outdent();
}

void FilePrinter::change(const Change& change) {
  const std::uint32_t offset = change.span.begin;
  if (change.word == "omit") {
    page_.line(offset, "omit policy");
  } else if (change.word == "category") {
    head_line(offset, "category", change.category.text);
  } else if (change.word == "remove") {
    head_line(offset, "remove", change.name.text);
  } else if (!change.clause.empty()) {
    const std::string sentence = change.label.empty() ? "" : ' ' + quote(change.label);
    condition(offset, fmt::format("{:<10} {} {} when ", change.word, change.clause, change.name.text),
              *change.condition, sentence);
  } else {
    const std::string label = change.label.empty() ? "" : ' ' + quote(change.label);
    const std::string to = change.to.text.empty() ? "" : " to " + change.to.text;
    condition(offset, fmt::format("{:<10} {}{}: ", change.word, change.name.text, label), *change.condition, to);
  }
}

void FilePrinter::declaration(const VariationDeclaration& variation) {
  page_.line(variation.span.begin,
             fmt::format("variation of {} in {} {{", variation.policy.text, variation.place.text));
  page_.indent();
  if (variation.period) head_line(variation.period->span.begin, "from", period(*variation.period));
  sources(variation.sources);
  auto place = variation.not_looser_than.begin();
  const auto not_looser_before = [&](std::uint32_t offset) {
    for (; place != variation.not_looser_than.end() && place->span.begin < offset; ++place) {
      page_.line(place->span.begin, "must not be looser than " + place->text);
    }
  };
  for (const Change& change : variation.changes) {
    not_looser_before(change.span.begin);
    this->change(change);
  }
  not_looser_before(UINT32_MAX);
  notes(variation.notes, variation.unverified);
  close(variation.span);
}

}  // namespace proviso::syntax
