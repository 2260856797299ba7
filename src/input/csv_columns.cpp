#include "input/csv_columns.hpp"

#include <algorithm>

#include "input/layout.hpp"
#include "input/names.hpp"

namespace proviso::input {
namespace {

bool is_list(const model::Fact& fact) { return fact.type.kind == value::Kind::list; }
bool has_unit(const model::Fact& fact) { return fact.type.kind == value::Kind::quantity; }

/// Joins the columns of a file to the record, first as the mapping says and then by their names.
class Binder {
 public:
  Binder(const model::Record& record, const std::vector<std::string>& header, const CsvOptions& options)
      : record_(record), header_(header), options_(options), names_(header), columns_(record, 0) {}

  tl::expected<BoundColumns, FileError> bind() {
    if (options_.mapping != nullptr) {
      for (const MappedField& field : options_.mapping->fields) {
        if (auto error = add_mapped(field)) return tl::make_unexpected(*error);
      }
    }
    const std::string id = record_.identifier == model::none ? "id" : record_.facts[record_.identifier].path;
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (is_taken(i) || is_ignored(header_[i])) continue;
      if (auto error = add_by_name(i)) return tl::make_unexpected(*error);
    }
    if (bound_.identifier == no_column && !id_is_mapped_) bound_.identifier = names_.find(id);
    if (auto error = find_list(record_, columns_.targets())) return tl::make_unexpected(*error);
    add_unknown_words();
    bound_.targets = columns_.take();
    return std::move(bound_);
  }

 private:
  std::optional<FileError> add_mapped(const MappedField& field) {
    const std::size_t column = field.constant ? no_column : names_.find(field.column);
    if (!field.constant && column == ColumnNames::none) {
      return FileError{"the file has no column " + excerpt(field.column) + ", which the mapping names", 1};
    }
    if (column != no_column) taken_.push_back(column);
    if (field.fact == model::none || (field.fact == record_.identifier && !field.on)) {
      bound_.identifier = column;
      id_is_mapped_ = true;
    }
    if (field.fact == model::none) return std::nullopt;
    Feed& feed = columns_.feed(field.fact, field.on ? Part::on : Part::value);
    feed.column = column;
    feed.dates = dates_of(column, field.dates);
    if (field.constant || !field.unit.empty() || !field.words.empty()) {
      feed.rules = static_cast<std::uint32_t>(bound_.rules.size());
      bound_.rules.push_back({field.constant, field.unit, field.words});
    }
    return std::nullopt;
  }

  std::optional<FileError> add_by_name(std::size_t column) {
    const std::string& name = header_[column];
    Feed* const feed = columns_.find(name);
    if (feed == nullptr) {
      const bool is_id = record_.identifier == model::none && names_.find("id") == column;
      if (!is_id || id_is_mapped_)
        bound_.undeclared.push_back(name.empty() ? "column " + std::to_string(column + 1) : name);
      return std::nullopt;
    }
    if (feed->given()) {
      return FileError{"the column " + excerpt(name) +
                           " is a field that the mapping takes from elsewhere: the mapping can `ignore` it",
                       1};
    }
    feed->column = column;
    feed->dates = dates_of(column, {});
    return std::nullopt;
  }

  DateReading dates_of(std::size_t column, DateReading reading) const {
    if (column >= options_.signs.size()) return reading;
    reading.day_first_seen = options_.signs[column].day_first;
    reading.month_first_seen = options_.signs[column].month_first;
    return reading;
  }

  // Words that mean unknown everywhere, but for where the field itself says what they mean.
  void add_unknown_words() {
    if (options_.mapping == nullptr || options_.mapping->unknown.empty()) return;
    for (const Target& target : columns_.targets()) {
      for (const Part part : {Part::value, Part::on, Part::unit}) {
        Feed& feed = columns_.feed(target.fact, part);
        if (feed.column == no_column) continue;
        if (feed.rules == Feed::no_rules) {
          feed.rules = static_cast<std::uint32_t>(bound_.rules.size());
          bound_.rules.emplace_back();
        }
        bound_.rules[feed.rules].words.insert(options_.mapping->unknown.begin(), options_.mapping->unknown.end());
      }
    }
  }

  bool is_taken(std::size_t column) const { return std::find(taken_.begin(), taken_.end(), column) != taken_.end(); }

  bool is_ignored(const std::string& name) const {
    if (options_.mapping == nullptr || name.empty()) return false;
    const auto& ignored = options_.mapping->ignored;
    return std::any_of(ignored.begin(), ignored.end(),
                       [&](const std::string& other) { return normalised_name(other) == normalised_name(name); });
  }

  const model::Record& record_;
  const std::vector<std::string>& header_;
  const CsvOptions& options_;
  ColumnNames names_;
  Columns columns_;
  std::vector<std::size_t> taken_;
  bool id_is_mapped_ = false;
  BoundColumns bound_;
};

}  // namespace

Columns::Columns(const model::Record& record, model::LevelId level) {
  const model::Level& of = record.levels[level];
  if (of.plain) {
    const model::FactId fact = of.facts.front();
    for (const std::string& name : {std::string("value"), record.facts[of.list].path}) {
      name_field(name, {fact, Part::value});
      if (has_unit(record.facts[fact])) name_field(name + ".unit", {fact, Part::unit});
    }
    return;
  }
  for (const model::FactId fact : of.facts) {
    if (comes_from_input(record.facts[fact])) name_field(record.facts[fact].path, {fact, Part::value});
  }
  for (const model::FactId fact : of.facts) {
    const model::Fact& named = record.facts[fact];
    if (!comes_from_input(named)) continue;
    if (named.measured) name_field(named.path + ".on", {fact, Part::on});
    if (has_unit(named)) name_field(named.path + ".unit", {fact, Part::unit});
  }
}

void Columns::name_field(const std::string& name, Field field) {
  if (name.empty() || !exact_.emplace(name, field).second) return;
  const auto [before, is_new] = normalised_.emplace(normalised_name(name), field);
  if (!is_new) before->second.fact = model::none;
}

Feed* Columns::find(std::string_view name) {
  const auto exact = exact_.find(std::string(name));
  if (exact != exact_.end()) return &feed(exact->second.fact, exact->second.part);
  const auto found = normalised_.find(normalised_name(name));
  if (found == normalised_.end() || found->second.fact == model::none) return nullptr;
  return &feed(found->second.fact, found->second.part);
}

Feed& Columns::feed(model::FactId fact, Part part) {
  auto target = std::find_if(targets_.begin(), targets_.end(), [&](const Target& one) { return one.fact == fact; });
  if (target == targets_.end()) {
    target = targets_.emplace(targets_.end());
    target->fact = fact;
  }
  return target->feed(part);
}

std::optional<FileError> find_list(const model::Record& record, const std::vector<Target>& targets) {
  for (const Target& target : targets) {
    const model::Fact& fact = record.facts[target.fact];
    if (!is_list(fact)) continue;
    return FileError{"the column " + excerpt(fact.path) + " is a list, which must come from a file of its own", 1};
  }
  return std::nullopt;
}

tl::expected<BoundColumns, FileError> bind_columns(const model::Record& record, const std::vector<std::string>& header,
                                                   const CsvOptions& options) {
  return Binder(record, header, options).bind();
}

}  // namespace proviso::input
