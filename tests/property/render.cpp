#include "property/making.hpp"

namespace proviso::property {

void render(std::string& text, const Criterion& criterion, const std::string& indent) {
  if (criterion.head.empty()) {
    text += criterion.expression.render() + "\n";
    return;
  }
  text += criterion.head + " {\n";
  for (const Criterion& child : criterion.children) {
    text += indent + "  " + child.name + " \"" + child.name + "\": ";
    render(text, child, indent + "  ");
  }
  text += indent + "}\n";
}

std::string render(const Variation& variation) {
  std::string text = "variation of " + variation.policy + " in " + variation.held.place + " {\n " +
                     period(variation.held) + "\n  source \"Local paper\" section \"2\"\n";
  for (const Change& change : variation.changes) {
    text += "  " + change.word + ' ';
    if (change.word == "omit") {
      text += "policy\n";
    } else if (change.word == "remove" || change.word == "category") {
      text += change.name + "\n";
    } else if (!change.clause.empty()) {
      text += change.clause + ' ' + change.name + " when ";
      render(text, change.condition, "  ");
      text += "    \"Another sentence\"\n";
    } else {
      text += change.name + " \"" + change.name + "\": ";
      render(text, change.condition, "  ");
      if (!change.to.empty()) text += "    to " + change.to + "\n";
    }
  }
  for (const std::string& place : variation.not_looser_than) text += "  must not be looser than " + place + "\n";
  return text + "}\n";
}

std::vector<std::string> Library::render() const {
  std::string shared = vocabulary.place_declaration() + vocabulary.declarations();
  for (const Declaration& declaration : declarations) {
    shared += declaration.head;
    for (const Part& part : declaration.parts) shared += part.text;
    shared += declaration.tail;
  }
  std::string local;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    // Definitions use those before them: the first ones in one file, the rest in the other.
    std::string& text = i < definitions.size() / 2 ? shared : local;
    text += definitions[i].head + " = " + definitions[i].body.render() + "\n";
  }
  for (const Policy& policy : policies) {
    local += policy.head;
    for (const std::string& place : policy.places) local += (&place == &policy.places.front() ? "  in " : ", ") + place;
    if (!policy.places.empty()) local += "\n";
    for (const Expression& applies : policy.applies) local += "  applies when " + applies.render() + "\n";
    for (const Clause& clause : policy.clauses) {
      local += "  " + clause.word + (clause.gives.text.empty() ? "" : " " + clause.gives.render()) +
               (clause.name.empty() ? "" : " " + clause.name);
      if (clause.word.find("otherwise") != 0) {
        local += " when ";
        property::render(local, clause.condition, "  ");
      }
      local += "    \"A sentence\"\n";
    }
    local += "}\n";
  }
  std::string varied;
  for (const Variation& variation : variations) varied += property::render(variation);
  std::vector<std::string> texts;
  if (two_files) {
    texts = {"library shared.terms\n" + shared, "library local.rules\nuse shared.terms\n" + local};
  } else {
    texts = {"library local.rules\n" + shared + local};
  }
  if (variations_apart && !variations.empty()) {
    texts.push_back("library local.changes\nuse local.rules\n" + std::string(two_files ? "use shared.terms\n" : "") +
                    varied);
  } else {
    texts.back() += varied;
  }
  return texts;
}

}  // namespace proviso::property
