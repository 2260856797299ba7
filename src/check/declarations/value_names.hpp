#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// Names that stand for values: of places, which all libraries share, and of enumerations and scales.
class ValueNames : Part {
 public:
  explicit ValueNames(Workspace& workspace) : Part(workspace) {}

  /// Whether values of the type are written as names: enumerations, scales, places.
  static bool names_values(const Type& type);
  std::vector<std::string> value_names(const Type& type) const;
  std::optional<std::uint32_t> named_value(const Type& type, std::string_view value) const;
  void not_a_value(const Type& type, const std::string& value, Span span);
  void declare_places();
  /// By name alone, as policies write it; none where there is none.
  model::PlaceId place_named(std::string_view name) const;
  /// Complains where there is none.
  model::PlaceId find_place(const syntax::Name& name);
  NodeId place_node(model::PlaceId place, Span span);
  std::string spell_places(const std::vector<model::PlaceId>& places) const;
  /// `Luton`; "no place" stands for none.
  std::string place_name(model::PlaceId place) const;

 private:
  void declare_place(const syntax::Place& place, model::PlaceId parent);
  void add_ods_codes(const syntax::Place& written, model::Place& place);

  std::map<std::string, model::PlaceId, std::less<>> places_;
  std::map<std::string, model::PlaceId> ods_codes_;
};

}  // namespace proviso::check
