#include <algorithm>

#include "input/csv_cells.hpp"
#include "input/csv_columns.hpp"
#include "input/layout.hpp"
#include "input/list_table.hpp"
#include "input/names.hpp"
#include "input/reader.hpp"
#include "input/record_errors.hpp"
#include "input/values.hpp"
#include "input/windows_1252.hpp"
#include "value/characters.hpp"
#include "value/text.hpp"

namespace proviso::input {
namespace {

struct Join {
  model::FactId list = model::none;
  const ListTable* table = nullptr;
  std::vector<Target> targets;
};

class CsvReader : public RecordReader {
 public:
  CsvReader(const model::Library& library, std::uint32_t record, bool windows_1252)
      : record_(library.records[record]), values_(library, true), windows_1252_(windows_1252) {}

  std::optional<FileError> bind(const std::vector<std::string>& header, const CsvOptions& options) {
    width_ = header.size();
    header_ = header;
    auto bound = bind_columns(record_, header, options);
    if (!bound) return bound.error();
    targets_ = std::move(bound->targets);
    rules_ = std::move(bound->rules);
    identifier_ = bound->identifier;
    for (std::string& name : bound->undeclared) add_undeclared(std::move(name));
    return std::nullopt;
  }

  std::optional<FileError> join(const std::string& name, const ListTable& table) {
    if (identifier_ == no_column) return FileError{"lists are joined by the column `id`, which is not there", 1};
    const model::FactId list = record_.find(0, name);
    if (list == model::none || record_.facts[list].type.kind != value::Kind::list) {
      return FileError{"the record has no list " + excerpt(name), 1};
    }
    if (!comes_from_input(record_.facts[list])) {
      return FileError{excerpt(name) + " is filled from other records: it has no file of its own", 1};
    }
    Columns columns(record_, record_.facts[list].elements);
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const std::string& column = table.columns()[i];
      if (Feed* const feed = columns.find(column)) {
        feed->column = i;
        feed->dates.day_first_seen = table.signs()[i].day_first;
        feed->dates.month_first_seen = table.signs()[i].month_first;
      } else if (i != table.id_column()) {
        add_undeclared(std::string(name).append(1, '.').append(column));
      }
    }
    if (auto error = find_list(record_, columns.targets())) return error;
    joins_.push_back({list, &table, columns.take()});
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
      const bool is_cut = cut(block.text(raw));
      if (is_cut && read_cells(chunk)) {
        entry.row = static_cast<std::uint32_t>(chunk.rows() - 1);
        continue;
      }
      entry.error = static_cast<std::uint32_t>(results.errors.size());
      error_.line = raw.line;
      error_.blank = is_cut ? is_heading(header_, cells_.cells()) : is_blank(block.text(raw));
      results.errors.push_back(error_);
      if (!keeps_readable() || error_.blank || !(is_cut || cut_bytes(block.text(raw)))) continue;
      reads_on_ = true;
      if (read_cells(chunk)) entry.row = static_cast<std::uint32_t>(chunk.rows() - 1);
      reads_on_ = false;
    }
  }

 private:
  /// The text into its cells.
  bool cut(std::string_view text) {
    if (windows_1252_ && !value::valid_utf8(text) && from_windows_1252(text, transcoded_)) text = transcoded_;
    if (!cells_.split(text)) {
      const bool help = !windows_1252_ && !value::valid_utf8(text);
      return malformed(cells_.message() + std::string(help ? encoding_help : std::string_view()));
    }
    return cells_.cells().size() == width_ || malformed(wrong_width(cells_.cells().size(), width_));
  }

  /// Likewise where some of the cells are not UTF-8.
  bool cut_bytes(std::string_view text) { return cells_.split(text, true) && cells_.cells().size() == width_; }

  template <typename Cell>
  static bool is_not_utf8(const Feed& feed, const Cell& cell) {
    return feed.column != no_column && !value::valid_utf8(cell(feed.column));
  }

  /// As one more record of the chunk, which is gone again where one of the cells cannot be read.
  bool read_cells(program::Chunk& chunk) {
    const std::size_t row = chunk.add_row(0);
    if (read_record(chunk, row)) return true;
    chunk.drop_last_record();
    return false;
  }

  bool read_record(program::Chunk& chunk, std::size_t row) {
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
    // Most cells of a wide file are empty.
    if (target.is_lone_cell() && cell(target.value.column).empty()) return true;
    const model::Fact& fact = record_.facts[target.fact];
    if (reads_on_ &&
        (is_not_utf8(target.value, cell) || is_not_utf8(target.on, cell) || is_not_utf8(target.unit, cell))) {
      leave_unknown(chunk, target.fact, row, "bytes that are not UTF-8");
      return true;
    }
    parts_.value = target.value.column == no_column ? Given() : given(cell(target.value.column));
    parts_.on = target.on.column == no_column ? Given() : given(cell(target.on.column));
    parts_.unit = target.unit.column == no_column ? Given() : given(cell(target.unit.column));
    parts_.usual_unit = {};
    if (target.value.rules != Feed::no_rules) apply(rules_[target.value.rules], parts_.value, &parts_.usual_unit);
    if (target.on.rules != Feed::no_rules) apply(rules_[target.on.rules], parts_.on, nullptr);
    if (target.unit.rules != Feed::no_rules) apply(rules_[target.unit.rules], parts_.unit, nullptr);
    if (parts_.value.form == Form::null && parts_.on.form == Form::null) return true;
    parts_.value_dates = &target.value.dates;
    parts_.on_dates = &target.on.dates;
    const Fit fit = values_.fill(chunk, target.fact, row, parts_);
    if (values_.doubt() != DateDoubt::none) note_doubt(fact);
    if (fit != Fit::mistyped) return true;
    error_.code = text::Code::mistyped_field;
    error_.field = fact.path + values_.at();
    error_.message = values_.message();
    set_id();
    if (reads_on_) leave_unknown(chunk, target.fact, row, values_.message());
    return reads_on_;
  }

  // What the mapping makes of a cell.
  void apply(const CellRules& rules, Given& cell, std::string_view* unit) {
    if (rules.constant) {
      cell.form = Form::text;
      cell.text = *rules.constant;
      return;
    }
    if (cell.form == Form::null) return;
    if (!rules.words.empty()) {
      const auto found = rules.words.find(value::small_letters(tidied(cell.text, buffer_)));
      if (found != rules.words.end()) {
        cell.form = found->second ? Form::text : Form::null;
        cell.text = found->second ? std::string_view(*found->second) : std::string_view();
        return;
      }
    }
    if (unit != nullptr) *unit = rules.unit;
  }

  void note_doubt(const model::Fact& fact) {
    (values_.doubt() == DateDoubt::read_day_first ? read_day_first_ : found_month_first_).insert(fact.name);
  }

  // An empty cell, or one of nothing but blanks, is unknown.
  static Given given(std::string_view cell) {
    const std::string_view text = without_invisible_ends(cell);
    return text.empty() ? Given() : Given{Form::text, text};
  }

  bool read_list(const Join& join, program::Chunk& chunk, std::size_t row) {
    const std::string_view id = identifier();
    if (id.empty()) return true;
    const model::Fact& list = record_.facts[join.list];
    chunk.begin_list(join.list, row);
    if (std::string why = join.table->missing(id); !why.empty()) leave_unknown(chunk, join.list, row, std::move(why));
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

  // The cells before the one that is malformed are good: with luck the id is among them. Empty where it is not.
  std::string_view identifier() const {
    if (identifier_ >= cells_.cells().size()) return {};
    return without_invisible_ends(cells_.cells()[identifier_]);
  }

  // Rows of lists are the record's although it cannot be read.
  void set_id() {
    const std::string_view id = identifier();
    error_.id = "null";
    if (id.empty()) return;
    for (const Join& join : joins_) join.table->find(id);
    error_.id.clear();
    append_json(error_.id, id);
  }

  const model::Record& record_;
  Values values_;
  bool windows_1252_;
  std::string transcoded_;
  std::string buffer_;
  GivenParts
      parts_;  ///< of the cells that are read now; kept, since making one for each would take longer than reading
  CsvCells cells_;
  std::size_t width_ = 0;
  std::vector<std::string> header_;
  std::size_t identifier_ = no_column;
  std::vector<Target> targets_;
  std::vector<CellRules> rules_;
  std::vector<Join> joins_;
  bool reads_on_ = false;  ///< a value that is mistyped is left unknown
  RecordError error_;
};

}  // namespace

tl::expected<std::unique_ptr<RecordReader>, FileError> make_csv_reader(
    const model::Library& library, std::uint32_t record, const std::vector<std::string>& header,
    const std::map<std::string, const ListTable*>& lists, const CsvOptions& options) {
  auto reader = std::make_unique<CsvReader>(library, record, options.windows_1252);
  if (const auto error = reader->bind(header, options)) return tl::make_unexpected(*error);
  for (const auto& [name, table] : lists) {
    if (const auto error = reader->join(name, *table)) return tl::make_unexpected(*error);
  }
  return reader;
}

}  // namespace proviso::input
