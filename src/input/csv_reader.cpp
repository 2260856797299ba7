#include <algorithm>

#include "input/csv_cells.hpp"
#include "input/list_table.hpp"
#include "input/reader.hpp"
#include "input/record_errors.hpp"
#include "input/values.hpp"

namespace proviso::input {
namespace {

constexpr std::size_t no_column = SIZE_MAX;

/// The columns that give one fact.
struct Target {
  model::FactId fact = model::none;
  std::size_t value = no_column;
  std::size_t on = no_column;
};

struct Join {
  model::FactId list = model::none;
  const ListTable* table = nullptr;
  std::vector<Target> targets;
};

std::optional<FileError> no_lists(const model::Fact& fact) {
  if (fact.type.kind != value::Kind::list) return std::nullopt;
  return FileError{"the column " + excerpt(fact.path) + " is a list, which must come from a file of its own", 1};
}

/// Finds the facts of a level by the names of columns.
class Columns {
 public:
  Columns(const model::Record& record, model::LevelId level, std::vector<Target>& targets)
      : record_(record), level_(level), targets_(targets) {}

  /// False where no fact has that name.
  bool add(std::string_view name, std::size_t column) {
    if (record_.levels[level_].plain) return add_plain(name, column);
    if (name.empty()) return false;
    const model::FactId fact = record_.find(level_, name);
    if (fact != model::none) {
      target(fact).value = column;
      return true;
    }
    constexpr std::string_view on = ".on";
    if (name.size() < on.size() || name.substr(name.size() - on.size()) != on) return false;
    const model::FactId measured = record_.find(level_, name.substr(0, name.size() - on.size()));
    if (measured == model::none || !record_.facts[measured].measured) return false;
    target(measured).on = column;
    return true;
  }

 private:
  bool add_plain(std::string_view name, std::size_t column) {
    const model::FactId fact = record_.levels[level_].facts.front();
    if (name != "value" && name != record_.facts[record_.levels[level_].list].path) return false;
    target(fact).value = column;
    return true;
  }

  Target& target(model::FactId fact) {
    for (Target& target : targets_) {
      if (target.fact == fact) return target;
    }
    targets_.push_back({fact, no_column, no_column});
    return targets_.back();
  }

  const model::Record& record_;
  model::LevelId level_;
  std::vector<Target>& targets_;
};

class CsvReader : public RecordReader {
 public:
  CsvReader(const model::Library& library, std::uint32_t record)
      : record_(library.records[record]), values_(library, true) {}

  std::optional<FileError> bind(const std::vector<std::string>& header) {
    width_ = header.size();
    Columns columns(record_, 0, targets_);
    const std::string id = record_.identifier == model::none ? "id" : record_.facts[record_.identifier].path;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i] == id) identifier_ = i;
      if (!columns.add(header[i], i)) add_undeclared(header[i].empty() ? "column " + std::to_string(i + 1) : header[i]);
    }
    for (const Target& target : targets_) {
      if (auto error = no_lists(record_.facts[target.fact])) return error;
    }
    return std::nullopt;
  }

  std::optional<FileError> join(const std::string& name, const ListTable& table) {
    if (identifier_ == no_column) return FileError{"lists are joined by the column `id`, which is not there", 1};
    const model::FactId list = record_.find(0, name);
    if (list == model::none || record_.facts[list].type.kind != value::Kind::list) {
      return FileError{"the record has no list " + excerpt(name), 1};
    }
    Join join{list, &table, {}};
    Columns columns(record_, record_.facts[list].elements, join.targets);
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const std::string& column = table.columns()[i];
      if (!columns.add(column, i) && column != "id") add_undeclared(std::string(name).append(1, '.').append(column));
    }
    for (const Target& target : join.targets) {
      if (auto error = no_lists(record_.facts[target.fact])) return error;
    }
    joins_.push_back(std::move(join));
    return std::nullopt;
  }

  void read(const Block& block, program::Chunk& chunk, Results& results) override {
    for (const RawRecord& raw : block.records) {
      ReadRecord& entry = results.records.emplace_back();
      entry.line = raw.line;
      if (raw.flaw != Flaw::none) {
        add_flaw(raw, results);
        continue;
      }
      const std::size_t row = chunk.add_row(0);
      if (read_record(block.text(raw), chunk, row)) {
        entry.row = static_cast<std::uint32_t>(row);
        continue;
      }
      chunk.drop_last_record();
      entry.error = static_cast<std::uint32_t>(results.errors.size());
      error_.line = raw.line;
      results.errors.push_back(error_);
    }
  }

 private:
  bool read_record(std::string_view text, program::Chunk& chunk, std::size_t row) {
    if (!cells_.split(text)) return malformed(cells_.message());
    if (cells_.cells().size() != width_) return malformed(wrong_width(cells_.cells().size(), width_));
    for (const Target& target : targets_) {
      const auto cell = [&](std::size_t column) { return cells_.cells()[column]; };
      if (!read_target(target, cell, chunk, row)) return false;
    }
    for (const Join& join : joins_) {
      if (!read_list(join, chunk, row)) return false;
    }
    return true;
  }

  template <typename Cell>
  bool read_target(const Target& target, const Cell& cell, program::Chunk& chunk, std::size_t row) {
    const model::Fact& fact = record_.facts[target.fact];
    GivenParts parts;
    if (target.value != no_column) parts.value = given(cell(target.value), fact);
    if (target.on != no_column) parts.on = given(cell(target.on), fact);
    if (values_.fill(chunk, target.fact, row, parts) != Fit::mistyped) return true;
    error_.code = text::Code::mistyped_field;
    error_.field = fact.path + values_.at();
    error_.message = values_.message();
    set_id();
    return false;
  }

  // An empty cell is unknown; for what is not text, so is a blank one.
  static Given given(std::string_view cell, const model::Fact& fact) {
    const bool is_text = fact.type.kind == value::Kind::text;
    if (cell.empty() || (!is_text && cell.find_first_not_of(" \t") == std::string_view::npos)) return {};
    return {Form::text, cell};
  }

  bool read_list(const Join& join, program::Chunk& chunk, std::size_t row) {
    const std::string_view id = cells_.cells()[identifier_];
    if (id.empty()) return true;
    const model::Fact& list = record_.facts[join.list];
    chunk.begin_list(join.list, row);
    const std::vector<ListTable::Row>* const elements = join.table->find(id);
    if (elements == nullptr) return true;
    for (std::size_t i = 0; i < elements->size(); ++i) {
      const auto cell = [&](std::size_t column) { return join.table->cell((*elements)[i], column); };
      const std::size_t inner = chunk.add_row(list.elements);
      for (const Target& target : join.targets) {
        if (!read_target(target, cell, chunk, inner)) return in_element(error_, list.path, i);
      }
    }
    return true;
  }

  bool malformed(std::string message) {
    error_.code = text::Code::malformed_record;
    error_.field.clear();
    error_.message = std::move(message);
    set_id();
    return false;
  }

  // The cells before the one that is malformed are good: with luck the id is among them.
  void set_id() {
    error_.id = "null";
    if (identifier_ >= cells_.cells().size() || cells_.cells()[identifier_].empty()) return;
    error_.id.clear();
    append_json(error_.id, cells_.cells()[identifier_]);
  }

  const model::Record& record_;
  Values values_;
  CsvCells cells_;
  std::size_t width_ = 0;
  std::size_t identifier_ = no_column;
  std::vector<Target> targets_;
  std::vector<Join> joins_;
  RecordError error_;
};

}  // namespace

tl::expected<std::unique_ptr<RecordReader>, FileError> make_csv_reader(
    const model::Library& library, std::uint32_t record, const std::vector<std::string>& header,
    const std::map<std::string, const ListTable*>& lists) {
  auto reader = std::make_unique<CsvReader>(library, record);
  if (const auto error = reader->bind(header)) return tl::make_unexpected(*error);
  for (const auto& [name, table] : lists) {
    if (const auto error = reader->join(name, *table)) return tl::make_unexpected(*error);
  }
  return reader;
}

}  // namespace proviso::input
