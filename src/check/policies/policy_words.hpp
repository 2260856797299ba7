#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// The words of which a policy takes one: categories, statuses, outcomes.
class PolicyWords : Part {
 public:
  explicit PolicyWords(Workspace& workspace) : Part(workspace) {}

  std::optional<model::Category> category(const syntax::Name& name);
  std::optional<model::Status> status(const syntax::Name& name);
  static std::optional<model::Outcome> outcome(std::string_view word);

 private:
  template <class Words, class Value>
  bool word_of(const syntax::Name& name, const Words& words, Value& target, std::string_view what);
};

}  // namespace proviso::check
