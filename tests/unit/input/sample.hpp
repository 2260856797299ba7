#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "input/reader.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

/// A library with one record, which has a field of every type, put together by hand.
namespace proviso::input::sample {

class Builder {
 public:
  Builder() {
    model::Record& record = library.records.emplace_back();
    record.name = "Referral";
    record.levels.emplace_back();
    library.record_names.push_back("Referral");
  }

  model::FactId add(std::string path, value::Type type, model::LevelId level = 0) {
    model::Record& record = library.records.front();
    const auto id = static_cast<model::FactId>(record.facts.size());
    model::Fact fact;
    const model::Level& of = record.levels[level];
    const std::string list = of.list == model::none ? "" : record.facts[of.list].name;
    fact.name = list.empty() ? path : path.empty() ? list : list + '.' + path;
    fact.path = std::move(path);
    fact.type = type;
    fact.level = level;
    record.facts.push_back(std::move(fact));
    record.levels[level].facts.push_back(id);
    return id;
  }
  model::Fact& fact(model::FactId id) { return library.records.front().facts[id]; }

  model::LevelId add_list(std::string path, bool plain, model::LevelId level = 0) {
    value::Type type;
    type.kind = value::Kind::list;
    const model::FactId list = add(std::move(path), type, level);
    model::Record& record = library.records.front();
    const auto made = static_cast<model::LevelId>(record.levels.size());
    record.facts[list].elements = made;
    record.levels.push_back({level, list, plain, {}});
    return made;
  }

  value::Type one_of(std::vector<std::string> values, value::Kind kind = value::Kind::enumeration) {
    value::Type type;
    type.kind = kind;
    type.id = static_cast<std::uint32_t>(library.enumerations.size());
    library.enumerations.push_back({"", std::move(values), kind == value::Kind::scale});
    return type;
  }

  model::Library library;
};

inline value::Type of(value::Kind kind) {
  value::Type type;
  type.kind = kind;
  return type;
}
inline value::Type quantity(value::Unit unit) {
  value::Type type = of(value::Kind::quantity);
  type.unit = unit;
  return type;
}
inline value::Type code(value::CodeSystem system) {
  value::Type type = of(value::Kind::code);
  type.system = system;
  return type;
}
inline value::Type duration(value::DurationKind kind) {
  value::Type type = of(value::Kind::duration);
  type.duration = kind;
  return type;
}

/// id, referred, procedure, diagnoses (plain codes), urgent, patient.{nhs_number, born, bmi (measured), weight,
/// smoking, acuity}, sore_throats (on, severe, tests (result)), cost, share, rate (declared `number %`), score, wait,
/// cover, pause, commissioner, drug, ward.
inline model::Library referral() {
  using value::Kind;
  Builder b;
  model::Record& record = b.library.records.front();
  record.identifier = b.add("id", of(Kind::text));
  b.add("referred", of(Kind::date));
  b.add("procedure", code(value::CodeSystem::opcs4));
  const auto diagnoses = b.add_list("diagnoses", true);
  b.add("", code(value::CodeSystem::icd10), diagnoses);
  b.add("urgent", of(Kind::truth));
  b.fact(b.add("patient.nhs_number", of(Kind::text))).nhs_number = true;
  b.add("patient.born", of(Kind::date));
  b.fact(b.add("patient.bmi", quantity(value::Unit::kg_per_m2))).measured = true;
  b.add("patient.weight", quantity(value::Unit::kg));
  b.add("patient.smoking", b.one_of({"never", "ex", "current"}));
  b.add("patient.acuity",
        b.one_of({"6/6", "6/9", "6/12", "6/18", "6/24", "6/36", "6/60", "3/60", "1/60"}, Kind::scale));
  const auto throats = b.add_list("sore_throats", false);
  b.add("on", of(Kind::date), throats);
  b.add("severe", of(Kind::truth), throats);
  const auto tests = b.add_list("tests", false, throats);
  b.add("result", of(Kind::number), tests);
  b.add("cost", of(Kind::money));
  b.add("share", of(Kind::percent));
  b.fact(b.add("rate", of(Kind::percent))).in_percent = true;
  b.add("score", of(Kind::number));
  b.add("wait", duration(value::DurationKind::days));
  b.add("cover", duration(value::DurationKind::months));
  b.add("pause", duration(value::DurationKind::either));
  b.add("commissioner", of(Kind::place));
  b.library.places = {{"England", "", {}, model::none, 2, {}},
                      {"Luton", "", {"06P"}, 0, 1, {}},
                      {"LLR", "Leicester, Leicestershire and Rutland", {"04C", "QK1"}, 0, 2, {}}};
  b.add("drug", code(value::CodeSystem::snomed));
  b.fact(b.add("drug_given", code(value::CodeSystem::opcs4))).measured = true;
  b.add("ward", of(Kind::text));
  return b.library;
}

inline const model::Library& library() {
  static const model::Library made = referral();
  return made;
}

/// A chunk of the sample record, and what became of each raw record.
struct Filled {
  explicit Filled(const model::Library& library) : chunk(library, 0) {}

  program::Chunk chunk;
  Results results;
  std::set<std::string> undeclared;
  std::set<std::string> read_day_first;
  std::set<std::string> found_month_first;

  const model::Fact& fact(model::FactId id) const { return chunk.record().facts[id]; }
  model::FactId id(std::string_view name) const {
    for (model::FactId i = 0; i < chunk.record().facts.size(); ++i) {
      if (fact(i).name == name) return i;
    }
    return model::none;
  }
  bool known(std::string_view name, std::size_t row = 0) const {
    return program::bit(chunk.column(id(name)).known, row);
  }
  bool yes(std::string_view name, std::size_t row = 0) const { return program::bit(chunk.column(id(name)).yes, row); }
  std::int64_t bits(std::string_view name, std::size_t row = 0) const {
    const program::Column& column = chunk.column(id(name));
    return column.wide.empty() ? column.narrow[row] : column.wide[row];
  }
  std::string_view text(std::string_view name, std::size_t row = 0) const {
    return chunk.text_of(static_cast<std::int32_t>(bits(name, row)));
  }
};

inline void fill(Filled& filled, std::string_view text, Format format, RecordReader& reader, SourceLimits limits = {}) {
  std::istringstream stream{std::string(text)};
  RecordSource source(bytes_of(stream), format, limits);
  Block block;
  if (format == Format::csv) source.take_first();
  while (source.next(block)) reader.read(block, filled.chunk, filled.results);
  filled.chunk.finish();
  filled.undeclared = reader.undeclared_fields();
}

inline Filled read_json(const model::Library& library, std::string_view text, Format format = Format::ndjson,
                        SourceLimits limits = {}) {
  Filled filled(library);
  const auto reader = make_json_reader(library, 0);
  fill(filled, text, format, *reader, limits);
  return filled;
}

inline Filled read_csv(const model::Library& library, std::string_view text, SourceLimits limits = {},
                       const std::map<std::string, const ListTable*>& lists = {}) {
  Filled filled(library);
  std::istringstream stream{std::string(text)};
  RecordSource first(bytes_of(stream), Format::csv);
  const auto header = parse_csv_header(first.take_first().value_or(""));
  const auto reader = make_csv_reader(library, 0, header.value(), lists);
  fill(filled, text, Format::csv, *reader.value(), limits);
  return filled;
}

/// A cell of CSV in quotes.
inline std::string csv_cell(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace proviso::input::sample
