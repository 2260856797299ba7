#include <array>
#include <cstring>
#include <unordered_set>

#include "input/json_id.hpp"
#include "input/json_text.hpp"
#include "input/layout.hpp"
#include "input/reader.hpp"
#include "input/record_errors.hpp"
#include "input/values.hpp"

namespace proviso::input {
namespace {

/// The undeclared keys of one object: few as a rule, and looked through; many go into a set.
class OtherKeys {
 public:
  /// False where it is there already.
  bool add(std::string_view name) {
    if (count_ < few_.size()) {
      for (std::size_t i = 0; i < count_; ++i) {
        if (few_[i] == name) return false;
      }
      few_[count_++] = name;
      return true;
    }
    if (many_.empty()) many_.insert(few_.begin(), few_.end());
    return many_.insert(name).second;
  }

 private:
  std::array<std::string_view, 16> few_;
  std::size_t count_ = 0;
  std::unordered_set<std::string_view> many_;
};

class JsonReader : public RecordReader {
 public:
  JsonReader(const model::Library& library, std::uint32_t record, bool with_relations)
      : record_(library.records[record]),
        layout_(record_, with_relations),
        values_(library, false),
        stamps_(layout_.field_count()) {
    identifier_ = record_.identifier == model::none ? "id" : record_.facts[record_.identifier].path;
  }

  void read(const Block& block, program::Chunk& chunk, Results& results) override {
    chunk_ = &chunk;
    for (const RawRecord& raw : block.records) {
      ReadRecord& entry = results.records.emplace_back();
      entry.line = raw.line;
      if (raw.flaw != Flaw::none) {
        add_flaw(raw, results);
        continue;
      }
      const std::string_view text = block.text(raw);
      const std::size_t readable = block.bytes.size() - raw.begin;
      if (read_record(text, readable)) {
        entry.row = static_cast<std::uint32_t>(chunk.rows() - 1);
        continue;
      }
      entry.error = static_cast<std::uint32_t>(results.errors.size());
      error_.line = raw.line;
      error_.blank = is_blank(text);
      inspect(text, readable);
      results.errors.push_back(error_);
      if (!keeps_readable() || is_malformed()) continue;
      reads_on_ = true;
      if (read_record(text, readable)) entry.row = static_cast<std::uint32_t>(chunk.rows() - 1);
      reads_on_ = false;
    }
  }

  void forget_undeclared() override {
    known_.clear();
    RecordReader::forget_undeclared();
  }

 private:
  /// As one more record of the chunk, which is gone again where it cannot be read.
  bool read_record(std::string_view text, std::size_t readable) {
    const std::size_t row = chunk_->add_row(0);
    if (read_record(text, readable, row)) return true;
    chunk_->drop_last_record();
    return false;
  }

  bool read_record(std::string_view text, std::size_t readable, std::size_t row) {
    ondemand::object root;
    if (!json_.open(text, readable, root)) return malformed();
    if (!read_shape(layout_.of_level(0), root, row, 1)) return false;
    return json_.close() || malformed();
  }

  bool read_shape(const Shape& shape, ondemand::object& object, std::size_t row, unsigned depth) {
    const std::uint64_t stamp = ++stamp_;
    OtherKeys others;
    std::uint32_t next = 0;
    for (auto item : object) {
      if (item.error()) return malformed(item.error());
      ondemand::field& field = item.value_unsafe();
      std::uint32_t index = predict(shape, field.key().raw(), next);
      if (index == model::none) {
        std::string_view name;
        if (!json_.key(field, name)) return malformed();
        const auto found = shape.by_name.find(name);
        if (found == shape.by_name.end()) {
          if (!others.add(name) && !reads_on_) return given_twice(shape.prefix, name);
          note_undeclared(shape, name);
          if (!json_.skip(field.value(), depth)) return malformed();
          continue;
        }
        index = found->second;
      }
      next = index + 1;
      if (stamps_[shape.first + index] == stamp) {
        given_twice(shape.prefix, shape.fields[index].name);
        if (!leave_unknown(shape.fields[index], row)) return false;
        if (!json_.skip(field.value(), depth)) return malformed();
        continue;
      }
      stamps_[shape.first + index] = stamp;
      if (!read_field(shape.fields[index], field.value(), row, depth) && !leave_unknown(shape.fields[index], row)) {
        return false;
      }
    }
    return true;
  }

  /// What is wrong with it is in the error: leaves all of it unknown. False where that is not to be done.
  bool leave_unknown(const Field& field, std::size_t row) {
    if (!reads_on_ || is_malformed()) return false;
    if (field.shape == model::none) {
      input::leave_unknown(*chunk_, field.fact, row, error_.message);
    } else {
      for (const Field& inner : layout_.shape(field.shape).fields) leave_unknown(inner, row);
    }
    return true;
  }

  // Keys come in the order of the declaration as a rule, some left out. A name has no characters that are escaped, so
  // that it is the key if its bytes and a quote stand there.
  std::uint32_t predict(const Shape& shape, const char* key, std::uint32_t next) const {
    constexpr std::uint32_t tries = 3;
    for (std::uint32_t i = next; i < shape.fields.size() && i < next + tries; ++i) {
      const std::string& name = shape.fields[i].name;
      if (std::strncmp(key, name.data(), name.size()) == 0 && key[name.size()] == '"') return i;
    }
    return model::none;
  }

  bool read_field(const Field& field, ondemand::value& value, std::size_t row, unsigned depth) {
    if (field.shape == model::none) return read_value(field.fact, value, row, depth);
    return read_object(layout_.shape(field.shape), value, row, depth);
  }

  // An object, or null for one of which nothing is known.
  bool read_object(const Shape& shape, ondemand::value& value, std::size_t row, unsigned depth) {
    Given given;
    if (!json_.read(value, given)) return malformed();
    if (given.form == Form::null) return true;
    if (given.form != Form::object) {
      const std::string_view path = std::string_view(shape.prefix).substr(0, shape.prefix.rfind('.'));
      return mistyped(path, "found " + describe(given) + ", expected an object");
    }
    if (depth >= JsonText::nesting_limit) return json_.too_deep() || malformed();
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return malformed(error);
    return read_shape(shape, object, row, depth + 1);
  }

  bool read_value(model::FactId id, ondemand::value& value, std::size_t row, unsigned depth) {
    const model::Fact& fact = record_.facts[id];
    Given given;
    if (!json_.read(value, given)) return malformed();
    if (fact.type.kind == value::Kind::list && given.form == Form::list) return read_list(id, value, row, depth);
    if (fact.type.kind == value::Kind::list && given.form == Form::object) return read_some(id, value, row, depth);
    if (fact.type.kind == value::Kind::any || fact.type.kind == value::Kind::error) {
      return is_scalar(given) || json_.skip(value, depth) || malformed();
    }
    GivenParts parts;
    if (given.form == Form::object && has_parts(fact)) {
      if (!read_parts(fact, value, parts, fact.measured, depth)) return false;
    } else {
      parts.value = given;
    }
    if (values_.fill(*chunk_, id, row, parts) != Fit::mistyped) return true;
    return mistyped(fact.path + values_.at(), values_.message());
  }

  static bool is_scalar(const Given& given) { return given.form != Form::object && given.form != Form::list; }

  static bool has_parts(const model::Fact& fact) {
    return fact.measured || fact.type.kind == value::Kind::quantity || fact.type.kind == value::Kind::code;
  }

  // Where the part with that name goes; null where the fact has no such part.
  static Given* part(const model::Fact& fact, std::string_view name, GivenParts& parts) {
    const bool quantity = fact.type.kind == value::Kind::quantity;
    const bool code = fact.type.kind == value::Kind::code;
    if (name == "value" && (fact.measured || quantity)) return &parts.value;
    if (name == "unit" && quantity) return &parts.unit;
    if (name == "on" && fact.measured) return &parts.on;
    if (name == "system" && code) return &parts.system;
    if (name == "code" && code) return &parts.code;
    return nullptr;
  }

  // `outer`: the object may hold a code that is an object itself, as its value.
  bool read_parts(const model::Fact& fact, ondemand::value& value, GivenParts& parts, bool outer, unsigned depth) {
    if (depth >= JsonText::nesting_limit) return json_.too_deep() || malformed();
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return malformed(error);
    OtherKeys keys;
    for (auto item : object) {
      if (item.error()) return malformed(item.error());
      ondemand::field& field = item.value_unsafe();
      std::string_view name;
      if (!json_.key(field, name)) return malformed();
      if (!keys.add(name)) return given_twice(fact.path.empty() ? "" : fact.path + '.', name);
      Given* const to = part(fact, name, parts);
      if (to == nullptr) {
        add_undeclared(fact.name + '.' + std::string(name));
        if (!json_.skip(field.value(), depth + 1)) return malformed();
        continue;
      }
      if (!json_.read(field.value(), *to)) return malformed();
      const bool code = fact.type.kind == value::Kind::code && to == &parts.value;
      if (to->form == Form::object && code && outer) {
        *to = {};
        if (!read_parts(fact, field.value(), parts, false, depth + 1)) return false;
      } else if (!is_scalar(*to)) {
        return mistyped(fact.path + '.' + std::string(name), "found " + describe(*to) + ", expected a plain value");
      }
    }
    return true;
  }

  bool read_list(model::FactId id, ondemand::value& value, std::size_t row, unsigned depth) {
    if (depth >= JsonText::nesting_limit) return json_.too_deep() || malformed();
    const model::Fact& fact = record_.facts[id];
    const model::Level& level = record_.levels[fact.elements];
    ondemand::array list;
    if (const auto error = value.get_array().get(list)) return malformed(error);
    const Shape& elements = layout_.of_level(fact.elements);
    chunk_->begin_list(id, row);
    std::size_t index = 0;
    for (auto element : list) {
      if (element.error()) return malformed(element.error());
      const std::size_t inner = chunk_->add_row(fact.elements);
      const bool read = level.plain ? read_value(level.facts.front(), element.value_unsafe(), inner, depth + 1)
                                    : read_object(elements, element.value_unsafe(), inner, depth + 1);
      if (!read) return in_element(error_, fact.path, index);
      ++index;
    }
    return true;
  }

  // `{"some": [...]}`: these elements are in the list, and others may be.
  bool read_some(model::FactId id, ondemand::value& value, std::size_t row, unsigned depth) {
    if (depth >= JsonText::nesting_limit) return json_.too_deep() || malformed();
    const model::Fact& fact = record_.facts[id];
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return malformed(error);
    OtherKeys keys;
    bool found = false;
    for (auto item : object) {
      if (item.error()) return malformed(item.error());
      ondemand::field& field = item.value_unsafe();
      std::string_view name;
      if (!json_.key(field, name)) return malformed();
      if (!keys.add(name)) return given_twice(fact.path + '.', name);
      if (name != some_of_list) {
        add_undeclared(fact.name + '.' + std::string(name));
        if (!json_.skip(field.value(), depth + 1)) return malformed();
        continue;
      }
      found = true;
      Given given;
      if (!json_.read(field.value(), given)) return malformed();
      if (given.form == Form::null) continue;
      if (given.form != Form::list) {
        return mistyped(fact.path + '.' + std::string(name), "found " + describe(given) + ", expected a list");
      }
      if (!read_list(id, field.value(), row, depth + 1)) return false;
      program::clear_bit(chunk_->column(id).known, row);
    }
    return found || mistyped(fact.path, "found an object, expected a list");
  }

  // A second look at a record that could not be read, for its id, and for whether it is JSON at all: what is malformed
  // is said to be so whatever else is wrong with it.
  void inspect(std::string_view text, std::size_t readable) {
    error_.id = id_in(text, identifier_);
    if (error_.id.front() == '{' || error_.id.front() == '[') error_.id = "null";
    ondemand::object root;
    if (json_.open(text, readable, root) && inspect_fields(root) && json_.close()) return;
    malformed();
  }

  bool inspect_fields(ondemand::object& root) {
    for (auto item : root) {
      if (item.error()) return json_.malformed(item.error());
      ondemand::field& field = item.value_unsafe();
      std::string_view name;
      if (!json_.key(field, name) || !json_.skip(field.value(), 1)) return false;
    }
    return true;
  }

  bool is_malformed() const { return error_.code == text::Code::malformed_record; }
  bool malformed(simdjson::error_code error) { return json_.malformed(error) || malformed(); }
  bool malformed() {
    error_.code = text::Code::malformed_record;
    error_.field.clear();
    error_.message = json_.message();
    return false;
  }
  bool mistyped(std::string_view field, std::string message) {
    error_.code = text::Code::mistyped_field;
    error_.field = field;
    error_.message = std::move(message);
    return false;
  }
  bool given_twice(std::string_view prefix, std::string_view name) {
    error_.code = text::Code::duplicate_key_in_record;
    error_.field = std::string(prefix) + std::string(name);
    error_.message = excerpt(name) + " is given twice";
    return false;
  }

  void note_undeclared(const Shape& shape, std::string_view name) {
    // Names are made up once for each shape: the same ones come again with every record.
    if (known_.size() < layout_.shape_count()) known_.resize(layout_.shape_count());
    auto& known = known_[layout_.index_of(shape)];
    if (known.find(name) != known.end() || known.size() >= undeclared_limit) return;
    known.emplace(name);
    add_undeclared(shape.name + std::string(name));
  }

  const model::Record& record_;
  Layout layout_;
  Values values_;
  JsonText json_;
  std::string identifier_;
  program::Chunk* chunk_ = nullptr;
  bool reads_on_ = false;  ///< a value that is mistyped or given twice is left unknown
  RecordError error_;
  std::vector<std::uint64_t> stamps_;  ///< of each field: that of the object which had it last
  std::uint64_t stamp_ = 0;
  std::vector<std::set<std::string, std::less<>>> known_;
};

}  // namespace

std::unique_ptr<RecordReader> make_json_reader(const model::Library& library, std::uint32_t record,
                                               bool with_relations) {
  return std::make_unique<JsonReader>(library, record, with_relations);
}

}  // namespace proviso::input
