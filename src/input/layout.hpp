#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/library.hpp"

namespace proviso::input {

/// Whether input gives the fact. What relations bring from other lines it does not: a field of that name is undeclared.
inline bool comes_from_input(const model::Fact& fact) { return fact.relation == model::none; }

/// A key that an object may have: a fact, or an object inside it.
struct Field {
  std::string name;
  model::FactId fact = model::none;
  std::uint32_t shape = model::none;
};

/// The keys of one kind of object: the record, a record nested in it, or a list's element.
struct Shape {
  std::string prefix;  ///< of the path within its level: `patient.`, or nothing
  std::string name;    ///< of the object within the record, with a dot after it: `sore_throats.`
  std::vector<Field> fields;
  std::unordered_map<std::string_view, std::uint32_t> by_name;
  std::uint32_t first = 0;  ///< number of its first field among the fields of all shapes
};

/// The record as its objects nest, made from the paths of its facts.
class Layout {
 public:
  /// `with_relations`: also the lists and ranks of relations, as if input gave them.
  explicit Layout(const model::Record& record, bool with_relations = false);
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  const Shape& of_level(model::LevelId level) const { return shapes_[levels_[level]]; }
  const Shape& shape(std::uint32_t index) const { return shapes_[index]; }
  std::size_t shape_count() const { return shapes_.size(); }
  std::uint32_t index_of(const Shape& shape) const { return static_cast<std::uint32_t>(&shape - shapes_.data()); }
  std::size_t field_count() const { return field_count_; }

 private:
  void add(std::uint32_t level_shape, std::string_view path, model::FactId fact);
  std::uint32_t child(std::uint32_t shape, std::string_view name);

  std::vector<Shape> shapes_;
  std::vector<std::uint32_t> levels_;
  std::size_t field_count_ = 0;
};

}  // namespace proviso::input
