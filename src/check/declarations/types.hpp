#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// What types as written mean.
class Types : Part {
 public:
  explicit Types(Workspace& workspace) : Part(workspace) {}

  /// Of kind error where it complained.
  Type resolve_type(std::uint32_t tree, const syntax::TypeExpression& type);
  Type list_type(const Type& element);
  void resolve_types();
  /// Of a definition or hook: no two of one name.
  void check_parameters(const std::vector<syntax::Parameter>& parameters);
  /// The record's number; none where there is none, which it complains about.
  std::uint32_t record_named(std::uint32_t tree, const syntax::Name& name);

 private:
  Type named_type(std::uint32_t tree, const syntax::TypeExpression& type);
  Type enumeration(const syntax::TypeExpression& type, const std::string& name);

  std::map<std::pair<std::vector<std::string>, bool>, std::uint32_t> enumerations_;  ///< by values and order
  std::map<std::string, Type> types_;                                                ///< by library.name
  std::vector<std::string> resolving_;
};

}  // namespace proviso::check
