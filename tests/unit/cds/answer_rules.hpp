#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "small_library.hpp"

/// What CDS Hooks 2.0 and the coverage information of Da Vinci CRD 2.0.1 ask of every answer.
namespace cds_test {

inline constexpr const char* coverage_information =
    "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information";

/// The first rule that the answer to a hook breaks, and where; empty where it keeps all.
class AnswerRules {
 public:
  static std::string broken_by(const Json& answer) {
    AnswerRules rules;
    rules.answer(answer);
    return rules.broken_;
  }

 private:
  std::string broken_;
  std::set<std::string> uuids_;

  void require(bool kept, const std::string& rule) {
    if (!kept && broken_.empty()) broken_ = rule;
  }
  static bool is_text(const Json& object, const char* name) {
    return object.is_object() && object.contains(name) && object[name].is_string() &&
           !object[name].get_ref<const std::string&>().empty();
  }
  static bool is_one_of(const Json& object, const char* name, const std::set<std::string>& words) {
    return is_text(object, name) && words.count(object[name]) == 1;
  }
  static bool is_address(const Json& object, const char* name) {
    return is_text(object, name) && object[name].get_ref<const std::string&>().find("://") != std::string::npos;
  }

  void answer(const Json& answer) {
    require(answer.is_object() && answer.contains("cards") && answer["cards"].is_array(), "cards are a list");
    if (!broken_.empty()) return;
    require(empty_in(answer).empty(), "nothing is null or empty: " + empty_in(answer));
    for (const Json& each : answer["cards"]) card(each);
    for (const auto& [name, value] : answer.items()) {
      require(name == "cards" || name == "systemActions" || name == "extension", "no such member: " + name);
    }
    for (const Json& each : answer.value("systemActions", Json::array())) {
      action(each);
      require(is_one_of(each, "type", {"update"}), "outcomes are written to what is there");
      coverage(each.value("resource", Json::object()));
    }
  }

  void card(const Json& card) {
    require(is_text(card, "summary") && card["summary"].get<std::string>().size() < 140,
            "a summary under 140 characters");
    require(is_one_of(card, "indicator", {"info", "warning", "critical"}), "an indicator");
    require(is_text(card, "uuid") && uuids_.insert(card["uuid"]).second, "a uuid of the card's own");
    const Json source = card.value("source", Json::object());
    require(is_text(source, "label"), "source.label");
    require(!source.contains("url") || is_address(source, "url"), "source.url is an address");
    coding(source.value("topic", Json::object()), "source.topic");
    const Json suggestions = card.value("suggestions", Json::array());
    require(suggestions.empty() || is_one_of(card, "selectionBehavior", {"at-most-one", "any"}), "selectionBehavior");
    for (const Json& each : suggestions) {
      require(is_text(each, "label"), "suggestion.label");
      require(is_text(each, "uuid") && uuids_.insert(each["uuid"]).second, "a uuid of the suggestion's own");
      for (const Json& inner : each.value("actions", Json::array())) action(inner);
    }
    for (const Json& each : card.value("overrideReasons", Json::array())) {
      coding(each, "overrideReasons");
      require(is_text(each, "display"), "a display of each reason");
    }
    for (const Json& each : card.value("links", Json::array())) {
      require(is_text(each, "label") && is_address(each, "url"), "a link has a label and an address");
      require(is_one_of(each, "type", {"absolute", "smart"}), "link.type");
      require(each.value("type", "") == "smart" || !each.contains("appContext"), "appContext is for smart links");
    }
  }

  void coding(const Json& coding, const std::string& where) {
    require(is_text(coding, "code") && is_text(coding, "system"), where + " has a code and a system");
  }

  void action(const Json& action) {
    require(is_one_of(action, "type", {"create", "update", "delete"}), "action.type");
    require(is_text(action, "description"), "action.description");
    const bool deletes = action.value("type", "") == "delete";
    require(deletes ? is_text(action, "resourceId") && !action.contains("resource")
                    : is_text(action.value("resource", Json::object()), "resourceType"),
            "an action has its resource, and one that deletes only names it");
  }

  /// Those of one payer agree in their ids, and those of different payers differ.
  void coverage(const Json& resource) {
    std::map<std::string, std::set<std::string>> assertions;
    std::map<std::string, std::set<std::string>> approvals;
    for (const Json& extension : resource.value("extension", Json::array())) {
      if (extension["url"] != coverage_information) continue;
      std::map<std::string, std::string> parts;
      for (const Json& part : extension["extension"]) {
        for (const auto& [name, value] : part.items()) {
          if (name != "url") parts[part["url"]] = value.is_string() ? value.get<std::string>() : value.dump();
        }
      }
      const std::string payer = parts["coverage"];
      require(!payer.empty(), "coverage names the payer");
      require(parts.count("covered") == 1 && parts.count("date") == 1, "covered, and a date");
      require(!parts["coverage-assertion-id"].empty(), "coverage-assertion-id");
      require((parts.count("satisfied-pa-id") == 1) == (parts["pa-needed"] == "satisfied"),
              "satisfied-pa-id where it is satisfied, and there alone");
      require(parts["covered"] != "not-covered" || parts.count("pa-needed") == 0 || parts["pa-needed"].empty(),
              "what is not covered needs no approval");
      assertions[payer].insert(parts["coverage-assertion-id"]);
      if (parts.count("satisfied-pa-id") == 1) approvals[payer].insert(parts["satisfied-pa-id"]);
    }
    std::set<std::string> seen;
    for (const auto* groups : {&assertions, &approvals}) {
      for (const auto& [payer, ids] : *groups) {
        require(ids.size() == 1, "one id for one payer");
        for (const std::string& each : ids) require(seen.insert(each).second, "another id for another payer");
      }
    }
  }
};

}  // namespace cds_test
