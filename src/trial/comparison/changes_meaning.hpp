#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "model/library.hpp"

namespace proviso::trial {

/// Whether expressions of two libraries say the same. What they name is compared by its name: that a threshold of one
/// name has another value is a change of the threshold. Pairs once found the same are not looked into again. Not for
/// several threads at once.
class Meanings {
 public:
  Meanings(const model::Library& old_library, const model::Library& new_library);

  /// The records whose facts the expressions read, until the next call: nodes name facts by number alone.
  void read_records(std::uint32_t old_record, std::uint32_t new_record);
  bool same(model::NodeId old_node, model::NodeId new_node);
  bool same(const model::Constant& old_constant, const model::Constant& new_constant) const;
  /// Of `one of` and `scale` which values there are is left to the facts that have the type.
  bool same(const model::Type& old_type, const model::Type& new_type) const;
  /// Whether they say the same, whatever the definitions that they use say.
  bool same_but_for_definitions(model::NodeId old_node, model::NodeId new_node) const;
  /// A definition of one name whose own words differ, seen where the two expressions use it.
  struct ChangedDefinition {
    std::string name;
    model::NodeId old_body;
    model::NodeId new_body;
  };
  /// Outermost first, each name once.
  std::vector<ChangedDefinition> changed_definitions(model::NodeId old_node, model::NodeId new_node);

 private:
  const model::Library& old_;
  const model::Library& new_;
  std::uint32_t old_record_ = 0;
  std::uint32_t new_record_ = 0;
  std::unordered_set<std::uint64_t> found_;

  bool alike(const model::Node& a, const model::Node& b) const;
  bool same_name(const model::Node& a, const model::Node& b) const;
};

/// Names of the definitions that an expression goes through.
std::vector<std::string> definitions_in(const model::Library& library, model::NodeId root);

}  // namespace proviso::trial
