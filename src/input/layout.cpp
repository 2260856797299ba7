#include "input/layout.hpp"

namespace proviso::input {

Layout::Layout(const model::Record& record, bool with_relations) {
  for (const model::Level& level : record.levels) {
    Shape shape;
    if (level.list != model::none) shape.name = record.facts[level.list].name + '.';
    levels_.push_back(static_cast<std::uint32_t>(shapes_.size()));
    shapes_.push_back(std::move(shape));
  }
  for (std::size_t level = 0; level < record.levels.size(); ++level) {
    for (const model::FactId fact : record.levels[level].facts) {
      if (with_relations || comes_from_input(record.facts[fact])) add(levels_[level], record.facts[fact].path, fact);
    }
  }
  for (Shape& shape : shapes_) {
    shape.first = static_cast<std::uint32_t>(field_count_);
    field_count_ += shape.fields.size();
    for (std::uint32_t i = 0; i < shape.fields.size(); ++i) shape.by_name.emplace(shape.fields[i].name, i);
  }
}

void Layout::add(std::uint32_t level_shape, std::string_view path, model::FactId fact) {
  std::uint32_t shape = level_shape;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    shape = child(shape, path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  if (!path.empty()) shapes_[shape].fields.push_back({std::string(path), fact, model::none});
}

std::uint32_t Layout::child(std::uint32_t shape, std::string_view name) {
  for (const Field& field : shapes_[shape].fields) {
    if (field.name == name && field.shape != model::none) return field.shape;
  }
  const auto index = static_cast<std::uint32_t>(shapes_.size());
  Shape made;
  made.prefix = shapes_[shape].prefix + std::string(name) + '.';
  made.name = shapes_[shape].name + std::string(name) + '.';
  shapes_.push_back(std::move(made));
  shapes_[shape].fields.push_back({std::string(name), model::none, index});
  return index;
}

}  // namespace proviso::input
