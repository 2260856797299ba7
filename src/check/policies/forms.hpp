#pragma once

#include "check/declarations/value_names.hpp"
#include "check/part.hpp"
#include "check/policies/criteria.hpp"
#include "check/policies/form_building.hpp"
#include "check/policies/variations.hpp"

namespace proviso::check {

/// Policies as variations make them.
class Forms : Part {
 public:
  Forms(Workspace& workspace, ValueNames& value_names, Criteria& criteria, Variations& variations)
      : Part(workspace), value_names_(value_names), criteria_(criteria), variations_(variations) {}

  /// The number of the policy's form with those variations, larger places first.
  std::uint32_t form(model::Policy& policy, const std::vector<std::uint32_t>& variations);

  /// Whether something was said of that line of a variation.
  bool complained_about(Span line) const { return complained_variations_.count({line.file, line.begin}) != 0; }

 private:
  void apply(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool add(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool replace(std::uint32_t number, std::size_t index, const model::Policy& policy, FormBuilding& building);
  bool put(const model::Change& change, const model::Condition& fresh, model::Condition& condition, std::string& label,
           std::string& expression);
  bool contradicts(std::uint32_t number, std::size_t change, const std::vector<std::string>& names,
                   FormBuilding& building);
  void contradiction(const FormBuilding::Touch& later, const FormBuilding::Touch& earlier, const std::string& name);
  model::Condition* group_to_add_to(std::uint32_t number, std::size_t index, const model::Policy& policy,
                                    FormBuilding& building);
  model::Condition* only_group(std::uint32_t number, std::size_t index, const model::Policy& policy,
                               FormBuilding& building);
  bool changed_otherwise(std::uint32_t number, std::size_t index, const std::string& group, FormBuilding& building);
  bool could_be_several(const model::Policy& policy, const model::Change& change, const std::string& name,
                        FormBuilding& building);
  void not_there(std::uint32_t number, std::size_t index, const model::Policy& policy, const FormBuilding& building,
                 const std::string& name);
  void rebuild(model::Condition& condition, Span span);
  void check_names(const model::Policy& policy, const model::Form& form, std::uint32_t number);

  ValueNames& value_names_;
  Criteria& criteria_;
  Variations& variations_;
  /// Lines of variations that were complained about: once each, however many forms they are part of.
  std::set<std::pair<std::uint32_t, std::uint32_t>> complained_variations_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> complained_drafts_;  ///< likewise, where only a draft is at fault
};

}  // namespace proviso::check
