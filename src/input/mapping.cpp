#include "input/mapping.hpp"

#include <algorithm>
#include <charconv>

#include "input/given.hpp"
#include "input/layout.hpp"
#include "input/mapping_tokens.hpp"
#include "input/names.hpp"
#include "input/values.hpp"
#include "text/byte_order_mark.hpp"
#include "text/diagnostic.hpp"
#include "text/utf8.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

constexpr std::string_view measured_end = ".on";

/// What a line may begin with that is no field.
const std::vector<std::string>& statements() {
  static const std::vector<std::string> words = {"ignore", "unknown", "encoding"};
  return words;
}
const std::vector<std::string>& options() {
  static const std::vector<std::string> words = {"day", "month", "excel", "years", "unit", "unknown"};
  return words;
}

/// A word or text of a line, with where it stands.
struct Placed {
  std::string text;
  std::uint32_t column = 0;
};

/// Reads a mapping line by line. After an error the rest of its line is left out.
class MappingReader {
 public:
  MappingReader(const model::Library& library, std::uint32_t record)
      : record_(library.records[record]), values_(library, true), chunk_(library, record) {
    for (const model::Fact& fact : record_.facts) {
      if (fact.level != 0 || !comes_from_input(fact)) continue;
      names_.push_back(fact.path);
      if (fact.measured) names_.push_back(fact.path + std::string(measured_end));
    }
    if (record_.identifier == model::none) names_.emplace_back("id");
  }

  tl::expected<Mapping, std::vector<MappingError>> read(std::string_view text) {
    text = text::without_byte_order_mark(text);
    while (!text.empty()) {
      const std::size_t feed = std::min(text.find('\n'), text.size());
      ++line_;
      read_line(text.substr(0, feed));
      text.remove_prefix(std::min(feed + 1, text.size()));
    }
    if (!errors_.empty()) return tl::make_unexpected(std::move(errors_));
    return std::move(mapping_);
  }

 private:
  void read_line(std::string_view line) {
    if (const auto bad = text::find_invalid_utf8(line)) {
      fail(static_cast<std::uint32_t>(text::count_characters(line.substr(0, *bad)) + 1), "bytes that are not UTF-8");
      return;
    }
    std::optional<MappingError> error;
    tokens_ = cut_mapping_line(line, error);
    at_ = 0;
    if (error) {
      fail(error->column, error->message);
      return;
    }
    if (now().kind == TokenKind::end) return;
    if (now().kind != TokenKind::word) {
      wanted("a field");
    } else if (tokens_[1].kind == TokenKind::equals) {
      read_field();
    } else {
      read_statement();
    }
  }

  const MappingToken& now() const { return tokens_[at_]; }
  const MappingToken& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool take_if(TokenKind kind) {
    if (now().kind != kind) return false;
    take();
    return true;
  }
  bool take_word(std::string_view word) {
    if (now().kind != TokenKind::word || now().text != word) return false;
    take();
    return true;
  }
  bool fail(std::uint32_t column, std::string message) {
    errors_.push_back({line_, column, std::move(message)});
    return false;
  }
  bool wanted(const std::string& what) { return fail(now().column, "found " + describe(now()) + ", expected " + what); }
  bool take_text(Placed& placed, const char* what) {
    if (now().kind != TokenKind::text) return wanted(what);
    placed = {now().text, now().column};
    take();
    return true;
  }
  bool end_of_line() { return now().kind == TokenKind::end || wanted("the end of the line"); }

  void read_statement() {
    const MappingToken first = take();
    if (first.text == "ignore") {
      read_texts("the name of a column in quotes", [&](const Placed& name) { mapping_.ignored.push_back(name.text); });
    } else if (first.text == "unknown") {
      read_texts("a text in quotes", [&](const Placed& word) { add_unknown(mapping_.unknown, word); });
    } else if (first.text == "encoding") {
      read_encoding();
    } else if (std::find(names_.begin(), names_.end(), first.text) != names_.end()) {
      wanted("`=`");
    } else {
      std::vector<std::string> all = names_;
      all.insert(all.end(), statements().begin(), statements().end());
      fail(first.column, with_help("found " + describe(first) +
                                       ", expected a field with `=`, `ignore`, `unknown` or "
                                       "`encoding`",
                                   first.text, all));
    }
  }

  template <typename Add>
  void read_texts(const char* what, const Add& add) {
    do {
      Placed placed;
      if (!take_text(placed, what)) return;
      add(placed);
    } while (take_if(TokenKind::comma));
    end_of_line();
  }

  void read_encoding() {
    if (take_word("windows-1252")) {
      mapping_.windows_1252 = true;
    } else if (take_word("utf-8")) {
      mapping_.windows_1252 = false;
    } else {
      wanted("`utf-8` or `windows-1252`");
      return;
    }
    end_of_line();
  }

  void read_field() {
    MappedField field;
    field.line = line_;
    const MappingToken name = take();
    if (!find_field(name, field)) return;
    take();  // =
    if (take_word("always")) {
      if (!read_constant(field)) return;
    } else {
      Placed column;
      if (!take_text(column, "the name of a column in quotes, or `always`")) return;
      if (column.text.empty()) {
        fail(column.column, "found an empty text, expected the name of a column");
        return;
      }
      field.column = column.text;
      field.column_at = column.column;
      while (take_if(TokenKind::comma)) {
        if (!read_option(field)) return;
      }
    }
    if (!end_of_line()) return;
    for (const MappedField& before : mapping_.fields) {
      if (before.field != field.field) continue;
      fail(name.column, excerpt(field.field) + " has its column in line " + std::to_string(before.line));
      return;
    }
    mapping_.fields.push_back(std::move(field));
  }

  bool find_field(const MappingToken& name, MappedField& field) {
    field.field = name.text;
    if (record_.identifier == model::none && name.text == "id") return true;
    field.fact = record_.find(0, name.text);
    if (field.fact == model::none && name.text.size() > measured_end.size() &&
        name.text.substr(name.text.size() - measured_end.size()) == measured_end) {
      const std::string path = name.text.substr(0, name.text.size() - measured_end.size());
      field.fact = record_.find(0, path);
      field.on = true;
      if (field.fact != model::none && record_.facts[field.fact].type.kind == value::Kind::list) {
        field.fact = model::none;  // a field of its elements, if anything
      } else if (field.fact != model::none && !record_.facts[field.fact].measured) {
        return fail(name.column, excerpt(path) + " is not measured, so it has no day of measurement");
      }
    }
    if (field.fact != model::none && !comes_from_input(record_.facts[field.fact])) field.fact = model::none;
    if (field.fact == model::none) return unknown_field(name);
    if (record_.facts[field.fact].type.kind == value::Kind::list) {
      return fail(name.column, excerpt(name.text) + " is a list, which must come from a file of its own");
    }
    return true;
  }

  bool unknown_field(const MappingToken& name) {
    for (const model::Fact& fact : record_.facts) {
      if (fact.level == 0 || fact.name != name.text || !comes_from_input(fact)) continue;
      const model::Fact& list = record_.facts[record_.levels[fact.level].list];
      return fail(name.column, excerpt(name.text) + " is of the list " + excerpt(list.name) +
                                   ", which must come from a file of its own");
    }
    return fail(name.column,
                with_help(excerpt(record_.name) + " has no field " + excerpt(name.text), name.text, names_));
  }

  bool take_value(Placed& placed, const char* what) {
    if (now().kind != TokenKind::text && now().kind != TokenKind::word) return wanted(what);
    placed = {now().text, now().column};
    take();
    return true;
  }

  bool read_constant(MappedField& field) {
    if (field.fact == model::none)
      return fail(now().column, "records are told apart by `id`: it is not always the same");
    Placed constant;
    if (!take_value(constant, "a value")) return false;
    field.constant = constant.text;
    return check_value(field, constant);
  }

  // A value in place of a cell must be one of the field's type.
  bool check_value(const MappedField& field, const Placed& given) {
    if (field.fact == model::none) return fail(given.column, "`id` is taken as it stands");
    GivenParts parts;
    (field.on ? parts.on : parts.value) = {Form::text, given.text};
    chunk_.clear();
    const Fit fit = values_.fill(chunk_, field.fact, chunk_.add_row(0), parts);
    // Without a value beside it, the day alone fills nothing: only its form counts.
    if (fit == Fit::mistyped || (fit == Fit::unknown && !values_.message().empty())) {
      return fail(given.column, values_.message());
    }
    return true;
  }

  bool read_option(MappedField& field) {
    if (now().kind == TokenKind::text) return read_word(field);
    const MappingToken option = now();
    if (option.kind != TokenKind::word) return wanted("what more there is to say of the column");
    take();
    if (option.text == "day" || option.text == "month") return read_order(field, option);
    if (option.text == "excel") {
      field.dates.excel = true;
      return dated(field, option);
    }
    if (option.text == "years") return read_years(field, option);
    if (option.text == "unit") return read_unit(field, option);
    if (option.text == "unknown") return read_unknown(field);
    return fail(option.column,
                with_help("found " + describe(option) +
                              ", expected `day first`, `month first`, `excel`, `years from`, `unit`, `unknown` or a "
                              "word in quotes with its meaning",
                          option.text, options()));
  }

  bool dated(const MappedField& field, const MappingToken& option) {
    const bool is_date =
        field.on || (field.fact != model::none && record_.facts[field.fact].type.kind == value::Kind::date);
    return is_date || fail(option.column, excerpt(field.field) + " is not a date");
  }

  bool read_order(MappedField& field, const MappingToken& option) {
    if (!take_word("first")) return wanted("`first`");
    if (field.dates.order != DateOrder::unsaid) return fail(option.column, "the order of dates is said twice");
    field.dates.order = option.text == "day" ? DateOrder::day_first : DateOrder::month_first;
    return dated(field, option);
  }

  // `years from 1930`: 30 is 1930, and 29 is 2029.
  bool read_years(MappedField& field, const MappingToken& option) {
    if (!take_word("from")) return wanted("`from`");
    constexpr std::int16_t least = 1800;
    constexpr std::int16_t most = 2100;
    std::int16_t year = 0;
    const std::string& digits = now().text;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), year);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
    if (now().kind != TokenKind::word || !whole || year < least || year > most) return wanted("a year such as `1930`");
    take();
    field.dates.first_year = year;
    return dated(field, option);
  }

  bool read_unit(MappedField& field, const MappingToken& option) {
    Placed unit;
    if (!take_value(unit, "a unit such as `kg`")) return false;
    if (field.on || field.fact == model::none || record_.facts[field.fact].type.kind != value::Kind::quantity) {
      return fail(option.column, excerpt(field.field) + " is not a quantity");
    }
    const value::Unit declared = record_.facts[field.fact].type.unit;
    const auto found = value::unit_by_spelling(unit.text);
    if (!found || value::dimension(*found) != value::dimension(declared)) {
      return fail(unit.column, "found the unit " + excerpt(unit.text) + ", expected one that converts to `" +
                                   std::string(value::spelling(declared)) + "`");
    }
    field.unit = unit.text;
    return true;
  }

  bool read_unknown(MappedField& field) {
    do {
      Placed word;
      if (!take_text(word, "a text in quotes")) return false;
      if (!add_unknown(field.words, word)) return false;
      // A further text is one more of them, unless a meaning follows it.
    } while (now().kind == TokenKind::comma && tokens_[at_ + 1].kind == TokenKind::text &&
             tokens_[at_ + 2].kind != TokenKind::equals && take_if(TokenKind::comma));
    return true;
  }

  bool add_unknown(Words& words, const Placed& word) { return add_word(words, word, std::nullopt); }

  bool add_word(Words& words, const Placed& word, std::optional<std::string> meaning) {
    std::string buffer;
    const std::string key = value::small_letters(tidied(word.text, buffer));
    if (key.empty()) return fail(word.column, "an empty cell is unknown: it cannot mean anything else");
    if (!words.emplace(key, std::move(meaning)).second) {
      return fail(word.column, excerpt(word.text) + " has its meaning already: capitals and small letters are one");
    }
    return true;
  }

  // `"M" = male`.
  bool read_word(MappedField& field) {
    Placed word;
    take_text(word, "a word");
    if (!take_if(TokenKind::equals)) return wanted("`=` and what the word means");
    Placed meaning;
    const bool bare_unknown = now().kind == TokenKind::word && now().text == "unknown";
    if (!take_value(meaning, "what the word means")) return false;
    if (bare_unknown) return add_unknown(field.words, word);
    return check_value(field, meaning) && add_word(field.words, word, meaning.text);
  }

  const model::Record& record_;
  Values values_;
  program::Chunk chunk_;
  std::vector<std::string> names_;  ///< of the fields that a column may give
  Mapping mapping_;
  std::vector<MappingError> errors_;
  std::uint32_t line_ = 0;
  std::vector<MappingToken> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

tl::expected<Mapping, std::vector<MappingError>> read_mapping(std::string_view text, const model::Library& library,
                                                              std::uint32_t record) {
  return MappingReader(library, record).read(text);
}

std::vector<MappingError> missing_columns(const Mapping& mapping, const std::vector<std::string>& header) {
  const ColumnNames names(header);
  std::vector<MappingError> errors;
  for (const MappedField& field : mapping.fields) {
    if (field.constant || names.find(field.column) != ColumnNames::none) continue;
    errors.push_back({field.line, field.column_at,
                      with_help("the file has no column " + excerpt(field.column), field.column, header)});
  }
  return errors;
}

}  // namespace proviso::input
