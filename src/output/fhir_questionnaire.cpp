#include <algorithm>

#include "output/fhir.hpp"
#include "output/json_text.hpp"
#include "value/calendar.hpp"
#include "value/ucum.hpp"

namespace proviso::output {
namespace {

using value::Kind;

constexpr std::string_view structure_definition = "http://hl7.org/fhir/StructureDefinition/";

std::string with_blanks(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// The label of a fact; without one, the last part of its name.
std::string label_of(const model::Fact& fact) {
  if (!fact.label.empty()) return fact.label;
  std::string text = with_blanks(fact.name.substr(fact.name.rfind('.') + 1));
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text;
}

std::string text_of(const model::Fact& fact) { return fact.ask.empty() ? label_of(fact) : fact.ask; }

class Questionnaire {
 public:
  Questionnaire(std::string& out, const model::Library& library, const model::Record& record)
      : out_(out), library_(library), record_(record) {}

  void append(const std::vector<Question>& questions, const QuestionnaireHead& head) {
    out_ += R"({"resourceType": "Questionnaire")";
    member("id", head.id);
    member("url", head.url);
    member("version", head.version);
    member("title", head.title);
    member("description", head.description);
    out_ += R"(, "status": "active", "subjectType": ["Patient"])";
    // A list is left out where it would be empty.
    if (!questions.empty()) {
      items([&] {
        for (const Question& question : questions) ask(question);
      });
    }
    out_ += '}';
  }

 private:
  void member(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    append_json(out_ += ", ", name);
    append_json(out_ += ": ", text);
  }
  template <typename Write>
  void items(const Write& write) {
    out_ += ", \"item\": [";
    write();
    out_ += ']';
  }
  void start(const std::string& link, std::string_view text, std::string_view type) {
    if (out_.back() == '}') out_ += ", ";
    append_json(out_ += "{\"linkId\": ", link);
    member("text", text);
    member("type", type);
  }

  void ask(const Question& question) {
    const model::Fact& fact = record_.facts[question.fact];
    if (fact.type.kind == Kind::list) {
      ask_list(fact, &question);
    } else if (fact.measured) {
      start(fact.name + "#all", text_of(fact), "group");
      items([&] {
        ask_value(fact, label_of(fact), true);
        out_ += '}';
        start(fact.name + ".on", "Measured on", "date");
        out_ += R"(, "required": true})";
        help(question);
      });
      out_ += '}';
    } else {
      ask_value(fact, text_of(fact), true);
      items([&] { help(question); });
      out_ += '}';
    }
  }

  /// The item is left open.
  void ask_value(const model::Fact& fact, std::string_view text, bool required, bool repeats = false) {
    start(fact.name, text, type_of(fact.type));
    if (required) out_ += R"(, "required": true)";
    if (repeats) out_ += R"(, "repeats": true)";
    units(fact.type);
    choices(fact.type);
  }

  static std::string_view type_of(const model::Type& type) {
    switch (type.kind) {
      case Kind::truth:
        return "boolean";
      case Kind::date:
        return "date";
      case Kind::number:
      case Kind::money:
        return "decimal";
      case Kind::quantity:
      case Kind::percent:
        return "quantity";
      case Kind::enumeration:
      case Kind::scale:
      case Kind::place:
        return "choice";
      default:
        return "string";
    }
  }

  void units(const model::Type& type) {
    if (type.kind != Kind::quantity && type.kind != Kind::percent) return;
    const std::string_view unit = type.kind == Kind::percent ? "%" : value::spelling(type.unit);
    out_ += ", \"extension\": [";
    for (const std::string_view name : {"questionnaire-unit", "questionnaire-unitOption"}) {
      if (out_.back() == '}') out_ += ", ";
      append_json(out_ += "{\"url\": ", std::string(structure_definition) + std::string(name));
      append_json(out_ += R"(, "valueCoding": {"system": "http://unitsofmeasure.org", "code": )",
                  value::ucum_of_unit(unit));
      append_json(out_ += ", \"display\": ", unit);
      out_ += "}}";
    }
    out_ += ']';
  }

  void choices(const model::Type& type) {
    if (type_of(type) != "choice") return;
    out_ += ", \"answerOption\": [";
    if (type.kind == Kind::place) {
      for (const model::Place& place : library_.places)
        choice(place.name, place.label.empty() ? place.name : place.label);
    } else {
      for (const std::string& each : library_.enumerations[type.id].values) choice(each, with_blanks(each));
    }
    out_ += ']';
  }
  void choice(std::string_view code, std::string_view display) {
    if (out_.back() == '}') out_ += ", ";
    append_json(out_ += "{\"valueCoding\": {\"code\": ", code);
    append_json(out_ += ", \"display\": ", display);
    out_ += "}}";
  }

  // That there are none, or what they are. `question`: null inside another list.
  void ask_list(const model::Fact& fact, const Question* question) {
    const model::Level& level = record_.levels[fact.elements];
    start(fact.name + "#all", text_of(fact), "group");
    items([&] {
      start(fact.name + ".none", "There are none", "boolean");
      out_ += '}';
      if (level.plain) {
        const model::Fact& element = record_.facts[level.facts.front()];
        ask_value(element, label_of(fact), true, true);
      } else {
        start(fact.name, label_of(fact), "group");
        out_ += R"(, "required": true, "repeats": true)";
        items([&] { ask_element(level); });
      }
      append_json(out_ += R"(, "enableWhen": [{"question": )", fact.name + ".none");
      out_ += R"(, "operator": "!=", "answerBoolean": true}]})";
      if (question != nullptr) help(*question);
    });
    out_ += '}';
  }

  // What may be assumed of an element need not be answered.
  void ask_element(const model::Level& level) {
    for (const model::FactId id : level.facts) {
      const model::Fact& fact = record_.facts[id];
      if (fact.relation != model::none) continue;
      if (fact.type.kind == Kind::list) {
        ask_list(fact, nullptr);
        continue;
      }
      ask_value(fact, text_of(fact), !fact.assumed);
      out_ += '}';
      if (!fact.measured) continue;
      start(fact.name + ".on", "Measured on", "date");
      out_ += R"(, "required": true})";
    }
  }

  void help(const Question& question) {
    std::string text = question.out_of_date ? "The last measurement is too old. " : "";
    if (question.made_after) {
      text = "The last measurement was made after " + value::format_date(*question.made_after) +
             ", the day that decides: one from that day or before is needed. ";
    }
    if (!question.whys.empty()) text += "Asked for: ";
    for (const std::string& why : question.whys) text += (&why == question.whys.data() ? "" : "; ") + why;
    if (text.empty()) text = "Asked for by a policy";
    start(record_.facts[question.fact].name + "#why", text, "display");
    append_json(out_ += ", \"extension\": [{\"url\": ",
                std::string(structure_definition) + "questionnaire-itemControl");
    out_ += R"(, "valueCodeableConcept": {"coding": [)"
            R"({"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}}]})";
  }

  std::string& out_;
  const model::Library& library_;
  const model::Record& record_;
};

}  // namespace

void append_questionnaire(std::string& out, const model::Library& library, const model::Record& record,
                          const std::vector<Question>& questions, const QuestionnaireHead& head) {
  Questionnaire(out, library, record).append(questions, head);
}

}  // namespace proviso::output
