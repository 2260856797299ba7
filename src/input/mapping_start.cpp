#include "input/mapping_start.hpp"

#include <algorithm>
#include <set>

#include "input/column_survey.hpp"
#include "input/csv_columns.hpp"
#include "input/layout.hpp"
#include "input/names.hpp"
#include "value/format.hpp"
#include "value/text.hpp"

namespace proviso::input {
namespace {

using value::Kind;

/// A field that a column may give: a fact's value, or the day of its measurement.
struct Field {
  model::FactId fact = model::none;
  bool on = false;
  std::string path;
};

/// A column's field, with what speaks for it.
struct Likely {
  std::size_t column = 0;
  std::size_t field = 0;
  std::size_t weight = 0;  ///< of likely ones the heaviest is taken
  std::string reason;
};

std::set<std::string> words_of(std::string_view name) {
  static const std::set<std::string, std::less<>> slight = {"a",  "and", "code", "for", "in",
                                                            "is", "of",  "or",   "the", "to"};
  std::set<std::string> words;
  std::string word;
  for (const char c : normalised_name(name) + ' ') {
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (part) {
      word += c;
    } else {
      if (!word.empty() && slight.count(word) == 0) words.insert(word);
      word.clear();
    }
  }
  return words;
}

// Of a hundred: how much of all their words a column's name and a field's share. A name that is wholly in the column's,
// as `drug name` is in `DRUG NAME (HIGH COST TARIFF EXCLUDED DRUG)`, is like it however long that is.
std::size_t likeness(const std::set<std::string>& column, const std::set<std::string>& field) {
  constexpr std::size_t within = 50;
  constexpr std::size_t telling = 6;  // letters of a word that says enough alone
  const auto shared = static_cast<std::size_t>(
      std::count_if(column.begin(), column.end(), [&](const std::string& word) { return field.count(word) > 0; }));
  const std::size_t all = column.size() + field.size() - shared;
  if (all == 0) return 0;
  const bool whole = shared > 0 && shared == field.size() && (shared > 1 || field.begin()->size() >= telling);
  return std::max(100 * shared / all, whole ? within : 0);
}

std::string count_of(std::size_t count, std::size_t all) {
  return std::to_string(count) + " of " + std::to_string(all);
}

// Characters that a file may not hold in a line, or that act on a terminal, count as blanks in a column's name.
std::string one_line(std::string_view text) {
  std::string plain(text);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return plain;
}
std::string in_quotes(std::string_view name) { return value::quote(one_line(name)); }

class Starter {
 public:
  Starter(const model::Library& library, std::uint32_t record, const CsvStart& start, RecordSource& source)
      : library_(library),
        record_(library.records[record]),
        header_(start.header),
        survey_(library, record, start, source) {
    for (model::FactId fact = 0; fact < record_.facts.size(); ++fact) {
      const model::Fact& of = record_.facts[fact];
      if (of.level != 0 || of.type.kind == Kind::list || !comes_from_input(of)) continue;
      fields_.push_back({fact, false, of.path});
      if (of.measured) fields_.push_back({fact, true, of.path + ".on"});
    }
    if (record_.identifier == model::none) fields_.push_back({model::none, false, "id"});
    taken_fields_.resize(fields_.size());
    taken_columns_.resize(header_.size());
    for (const std::string& name : header_) column_words_.push_back(words_of(name));
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      const std::string& path = fields_[field].path;
      const std::string last = fields_[field].on ? path : path.substr(path.rfind('.') + 1);
      field_words_.push_back({words_of(last), words_of(path), words_of(label_of(field))});
    }
  }

  std::string write(std::string_view file_name) {
    out_ = "# The columns of " + in_quotes(file_name) + " for the record `" + record_.name +
           "`: what is certain. What is not is a comment.\n";
    if (!survey_.utf8()) out_ += "\nencoding windows-1252\n";
    write_certain();
    write_likely();
    write_columns_left();
    write_fields_left();
    return std::move(out_);
  }

 private:
  void write_certain() {
    std::vector<Likely> certain;
    const auto add = [&](std::size_t column, std::size_t field, const char* reason) {
      taken_columns_[column] = taken_fields_[field] = true;
      certain.push_back({column, field, 0, reason});
    };
    const ColumnNames names(header_);
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      const std::size_t column = names.find(fields_[field].path);
      if (column != ColumnNames::none && !taken_columns_[column]) add(column, field, "");
    }
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      const std::string label = label_of(field);
      if (taken_fields_[field] || label.empty() || label_is_shared(label)) continue;
      const std::size_t column = names.find(label);
      if (column != ColumnNames::none && !taken_columns_[column]) add(column, field, "its label");
    }
    if (certain.empty()) return;
    std::sort(certain.begin(), certain.end(), [](const Likely& a, const Likely& b) { return a.column < b.column; });
    out_ += '\n';
    for (const Likely& line : certain) write_line(line, "");
  }

  void write_likely() {
    std::vector<Likely> all;
    for (std::size_t column = 0; column < header_.size(); ++column) {
      if (taken_columns_[column] || header_[column].empty()) continue;
      for (std::size_t field = 0; field < fields_.size(); ++field) {
        if (!taken_fields_[field]) weigh(column, field, all);
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Likely& a, const Likely& b) { return a.weight > b.weight; });
    std::vector<Likely> best;
    for (Likely& likely : all) {
      if (taken_columns_[likely.column] || taken_fields_[likely.field]) continue;
      taken_columns_[likely.column] = taken_fields_[likely.field] = true;
      best.push_back(std::move(likely));
    }
    if (best.empty()) return;
    std::sort(best.begin(), best.end(), [](const Likely& a, const Likely& b) { return a.column < b.column; });
    out_ += "\n# Likely: take away the `# ` of those that are right.\n";
    for (const Likely& line : best) write_line(line, "# ");
  }

  void weigh(std::size_t column, std::size_t field, std::vector<Likely>& all) {
    constexpr std::size_t least = 50;
    const Field& of = fields_[field];
    if (of.fact == model::none) return;
    const model::Fact& fact = record_.facts[of.fact];
    const std::set<std::string>& words = column_words_[column];
    std::size_t like = std::max(likeness(words, field_words_[field].last), likeness(words, field_words_[field].path));
    const std::size_t like_label = likeness(words, field_words_[field].label);
    const bool by_label = like_label > like;
    like = std::max(like, like_label);
    if (like < least && !fact.nhs_number) return;
    const Fitting fitting = survey_.fitting(column, of.fact, of.on);
    const std::size_t dates = fitting.month_first + fitting.serials + fitting.short_years + fitting.either;
    if (fitting.filled > 0 && fitting.fit + dates == 0) return;
    const std::string values = fitting.filled == 0
                                   ? std::string("no values to go by")
                                   : count_of(std::max(fitting.fit, dates), fitting.filled) + " values fit";
    if (like >= least) {
      all.push_back({column, field, like,
                     (by_label ? "like its label `" + one_line(fact.label) + "`, " : "like its name, ") + values});
    } else if (fitting.filled > 0 && fitting.fit == fitting.filled) {
      all.push_back({column, field, least, "all " + std::to_string(fitting.filled) + " values are NHS numbers"});
    }
  }

  // `field = "COLUMN"`, and comments on the values that do not fit as they are.
  void write_line(const Likely& line, std::string_view comment) {
    const Field& field = fields_[line.field];
    out_.append(comment).append(field.path).append(" = ").append(in_quotes(header_[line.column]));
    if (!line.reason.empty()) out_ += "  # " + line.reason;
    out_ += '\n';
    if (field.fact == model::none) return;
    const Fitting fitting = survey_.fitting(line.column, field.fact, field.on);
    const auto remark = [&](std::size_t count, std::string_view text) {
      if (count > 0) out_ += "#   " + count_of(count, fitting.filled) + " values " + std::string(text) + '\n';
    };
    if (fitting.month_first > 0) {
      remark(fitting.month_first,
             "have their month first: where all have, `, month first` after the column reads them");
      remark(fitting.either, "could be day first or month first");
    } else if (fitting.either == fitting.filled) {
      remark(fitting.either,
             "could be day first or month first: `, day first` or `, month first` says which; without, "
             "they are read day first");
    }
    remark(fitting.serials, "are plain numbers: where Excel counted days, `, excel` after the column reads them");
    remark(fitting.short_years, "have years of two digits: `, years from 1930` makes 30 the year 1930, and 29 2029");
    const value::Type& type = record_.facts[field.fact].type;
    if (type.kind == Kind::quantity && !field.on) {
      out_.append("#   read as ")
          .append(value::spelling(type.unit))
          .append(
              ": `, unit UNIT` after the column where its "
              "cells are in another\n");
    }
    write_unfit(fitting, field);
  }

  void write_unfit(const Fitting& fitting, const Field& field) {
    // What is wrong with a number of a person's stays out of a file that is passed on.
    if (fitting.unfit.empty() || record_.facts[field.fact].nhs_number) return;
    out_ += "#   values that do not fit:";
    for (const std::string& value : fitting.unfit) out_ += ' ' + excerpt(value);
    if (fitting.more_unfit) out_ += " and others";
    const Kind kind = record_.facts[field.fact].type.kind;
    const bool words =
        !field.on && (kind == Kind::enumeration || kind == Kind::scale || kind == Kind::truth || kind == Kind::place);
    out_ += words ? ": `, \"WORD\" = MEANING` after the column says what one means, `, unknown \"WORD\"` that it says "
                    "nothing\n"
                  : ": `, unknown \"WORD\"` after the column says that one says nothing\n";
  }

  void write_columns_left() {
    std::string lines;
    for (std::size_t column = 0; column < header_.size(); ++column) {
      if (taken_columns_[column] || is_unit(header_[column])) continue;
      lines += header_[column].empty() ? "# column " + std::to_string(column + 1) + " has no name\n"
                                       : "# ignore " + in_quotes(header_[column]) + '\n';
    }
    if (!lines.empty()) out_ += "\n# Columns that no field takes: `ignore` keeps them from being warned of.\n" + lines;
  }

  /// Whether the column gives the units of a field by its name, without a mapping.
  bool is_unit(const std::string& name) const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) {
      return field.fact != model::none && record_.facts[field.fact].type.kind == Kind::quantity &&
             normalised_name(field.path + ".unit") == normalised_name(name);
    });
  }

  void write_fields_left() {
    std::string lines;
    for (std::size_t field = 0; field < fields_.size(); ++field) {
      const Field& of = fields_[field];
      if (taken_fields_[field] || of.fact == model::none) continue;
      const model::Fact& fact = record_.facts[of.fact];
      lines += "# " + of.path + " =   # " + (of.on ? "date of measurement" : model::format(library_, fact.type));
      if (!of.on && !fact.label.empty()) lines += ": " + one_line(fact.label);
      lines += '\n';
    }
    if (lines.empty()) return;
    out_ += "\n# Fields without a column: unknown, unless `= always VALUE` gives every record the same.\n" + lines;
  }

  std::string label_of(std::size_t field) const {
    const Field& of = fields_[field];
    return of.fact == model::none || of.on ? std::string() : record_.facts[of.fact].label;
  }

  bool label_is_shared(const std::string& label) const {
    const std::string name = normalised_name(label);
    return std::count_if(record_.facts.begin(), record_.facts.end(), [&](const model::Fact& fact) {
             return fact.level == 0 && normalised_name(fact.label) == name;
           }) != 1;
  }

  const model::Library& library_;
  const model::Record& record_;
  const std::vector<std::string>& header_;
  ColumnSurvey survey_;
  std::vector<Field> fields_;
  /// The words of what a field is called: the end of its path, the path, the label.
  struct FieldWords {
    std::set<std::string> last;
    std::set<std::string> path;
    std::set<std::string> label;
  };
  std::vector<std::set<std::string>> column_words_;
  std::vector<FieldWords> field_words_;
  std::vector<bool> taken_fields_;
  std::vector<bool> taken_columns_;
  std::string out_;
};

}  // namespace

std::string start_mapping(const model::Library& library, std::uint32_t record, const CsvStart& start,
                          RecordSource& source, std::string_view file_name) {
  return Starter(library, record, start, source).write(file_name);
}

}  // namespace proviso::input
