#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/given.hpp"
#include "input/mapping.hpp"
#include "input/reader.hpp"
#include "model/library.hpp"

namespace proviso::input {

inline constexpr std::size_t no_column = SIZE_MAX;

/// What stands in for cells, or changes how they are read, beyond their form as a date.
struct CellRules {
  std::optional<std::string> constant;  ///< in place of a cell
  std::string unit;                     ///< of cells that have none; empty: the field's
  Words words;
};

/// Where one value comes from: a column, or the constant of its rules.
struct Feed {
  std::size_t column = no_column;
  DateReading dates;
  std::uint32_t rules = no_rules;  ///< number of its rules; none: the cell as it stands

  static constexpr std::uint32_t no_rules = UINT32_MAX;
  bool given() const { return column != no_column || rules != no_rules; }
};

/// What a column says of a fact: `bmi`, the day of its measurement in `bmi.on`, the unit of a quantity in `bmi.unit`.
enum class Part : std::uint8_t { value, on, unit };

/// The columns that give one fact.
struct Target {
  model::FactId fact = model::none;
  Feed value;
  Feed on;
  Feed unit;

  Feed& feed(Part part) { return part == Part::value ? value : part == Part::on ? on : unit; }
  /// Whether a cell alone, as it stands, says all there is.
  bool is_lone_cell() const {
    return value.column != no_column && value.rules == Feed::no_rules && !on.given() && !unit.given();
  }
};

/// Finds the facts of a level by the names of columns, and keeps what they give.
class Columns {
 public:
  Columns(const model::Record& record, model::LevelId level);

  /// The field's feed, of a column with that name as it stands or normalised; null where no fact has it.
  Feed* find(std::string_view name);
  Feed& feed(model::FactId fact, Part part);

  const std::vector<Target>& targets() const { return targets_; }
  std::vector<Target> take() { return std::move(targets_); }

 private:
  struct Field {
    model::FactId fact = model::none;  ///< none: several have the name once it is normalised
    Part part = Part::value;
  };
  void name_field(const std::string& name, Field field);

  std::unordered_map<std::string, Field> exact_;
  std::unordered_map<std::string, Field> normalised_;
  std::vector<Target> targets_;
};

/// The columns of a file of records.
struct BoundColumns {
  std::vector<Target> targets;
  std::vector<CellRules> rules;
  std::size_t identifier = no_column;
  std::vector<std::string> undeclared;
};
tl::expected<BoundColumns, FileError> bind_columns(const model::Record& record, const std::vector<std::string>& header,
                                                   const CsvOptions& options);

/// An error where a column is to give a list.
std::optional<FileError> find_list(const model::Record& record, const std::vector<Target>& targets);

}  // namespace proviso::input
