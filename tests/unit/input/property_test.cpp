#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "sample.hpp"
#include "seed.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  bool one_in(int count) { return below(count) == 0; }
  const std::string& among(const std::vector<std::string>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

 private:
  std::mt19937 engine_;
};

std::string date(Random& random) { return value::format_date(random.below(30000) - 5000); }
std::string decimal(Random& random) { return value::format_decimal(random.below(1'000'000'000) * std::int64_t{7}); }

/// A value in the form that both formats have; now and then one that is mistyped.
std::string value_of(std::string_view field, Random& random) {
  if (random.one_in(60)) return "TBC,\"no\"\nway";
  if (field == "id") return "R-" + std::to_string(random.below(1000000));
  if (field == "referred" || field == "patient.born" || field == "patient.bmi.on") return date(random);
  if (field == "procedure") return random.among({"W37.1", "w371", "F34", "opcs4:L84.2"});
  if (field == "patient.nhs_number") return random.among({"9990000018", "9990000019", "999 000 0018"});
  if (field == "patient.smoking") return random.among({"never", "ex", "current"});
  if (field == "patient.acuity") return random.among({"6/6", "6/60", "1/60"});
  if (field == "wait") return std::to_string(random.below(50)) + " weeks";
  if (field == "pause") return std::to_string(random.below(50)) + random.among({" months", " days"});
  if (field == "ward") return random.among({"Ward 7", "Ärzte, \"A\"", "a\nb", "x  y", "\\", "a\tb", "😀"});
  if (field == "rate") return std::to_string(random.below(100)) + random.among({"", "%", ".25"});
  if (field == "patient.weight") return std::to_string(random.below(1000)) + random.among({"", " kg", " g"});
  return decimal(random);
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\u0009";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct Texts {
  std::string json;
  std::string csv;
};

Texts random_records(Random& random, int count) {
  const std::vector<std::string> top = {"id",    "referred", "procedure", "cost", "share", "rate",
                                        "score", "wait",     "pause",     "ward", "urgent"};
  const std::vector<std::string> patient = {"nhs_number", "born", "weight", "smoking", "acuity"};
  Texts texts;
  for (const std::string& field : top) texts.csv += field + ',';
  for (const std::string& field : patient) texts.csv += "patient." + field + ',';
  texts.csv += "patient.bmi,patient.bmi.on\r\n";
  for (int i = 0; i < count; ++i) {
    std::string object;
    const auto add = [&](std::string_view path, std::string& json, std::string_view name) {
      const bool absent = random.one_in(4);
      const bool truth = path == "urgent";
      const std::string value = absent ? "" : truth ? random.among({"true", "false"}) : value_of(path, random);
      texts.csv += absent && random.one_in(2) ? "" : sample::csv_cell(value);
      if (absent && random.one_in(2)) return;
      if (!json.empty()) json += ", ";
      json += "\"" + std::string(name) + "\": " + (absent ? "null" : truth ? value : json_text(value));
    };
    for (const std::string& field : top) {
      add(field, object, field);
      texts.csv += ',';
    }
    std::string nested;
    for (const std::string& field : patient) {
      add("patient." + field, nested, field);
      texts.csv += ',';
    }
    std::string measured;
    add("patient.bmi", measured, "value");
    texts.csv += ',';
    add("patient.bmi.on", measured, "on");
    texts.csv += "\r\n";
    nested += (nested.empty() ? "\"bmi\": {" : ", \"bmi\": {") + measured + "}";
    texts.json += "{" + object + (object.empty() ? "" : ", ") + "\"patient\": {" + nested + "}}\n";
  }
  return texts;
}

// An NHS number without its blanks: CSV is read into one form of it, JSON keeps what is given.
std::string text_in(const Filled& filled, const model::Fact& fact, std::size_t row) {
  std::string text(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits(fact.name, row))));
  if (fact.nhs_number) text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

void check_same_values(const Filled& a, const Filled& b) {
  for (model::FactId id = 0; id < library().records.front().facts.size(); ++id) {
    const model::Fact& fact = a.fact(id);
    CAPTURE(fact.name);
    REQUIRE(a.chunk.rows(fact.level) == b.chunk.rows(fact.level));
    for (std::size_t row = 0; row < a.chunk.rows(fact.level); ++row) {
      const bool known = a.known(fact.name, row);
      REQUIRE(known == b.known(fact.name, row));
      if (fact.measured) {
        const program::Column& x = a.chunk.column(id);
        const program::Column& y = b.chunk.column(id);
        REQUIRE(program::bit(x.has_date, row) == program::bit(y.has_date, row));
        if (program::bit(x.has_date, row)) REQUIRE(x.measured_on[row] == y.measured_on[row]);
      }
      if (!known || fact.type.kind == value::Kind::list) continue;
      if (fact.type.kind == value::Kind::truth) {
        REQUIRE(a.yes(fact.name, row) == b.yes(fact.name, row));
      } else if (fact.type.kind == value::Kind::text) {
        REQUIRE(text_in(a, fact, row) == text_in(b, fact, row));
      } else {
        REQUIRE(a.bits(fact.name, row) == b.bits(fact.name, row));
      }
    }
  }
}

void check_same_outcomes(const Filled& a, const Filled& b, bool lines) {
  REQUIRE(a.results.records.size() == b.results.records.size());
  REQUIRE(a.results.errors.size() == b.results.errors.size());
  for (std::size_t i = 0; i < a.results.records.size(); ++i) {
    REQUIRE(a.results.records[i].row == b.results.records[i].row);
    REQUIRE(a.results.records[i].error == b.results.records[i].error);
    if (lines) REQUIRE(a.results.records[i].line == b.results.records[i].line);
  }
  for (std::size_t i = 0; i < a.results.errors.size(); ++i) {
    REQUIRE(a.results.errors[i].code == b.results.errors[i].code);
    REQUIRE(a.results.errors[i].id == b.results.errors[i].id);
    if (lines) REQUIRE(a.results.errors[i].message == b.results.errors[i].message);
  }
}

TEST_CASE("the same records fill the same columns from NDJSON and from CSV") {
  const auto seed = static_cast<unsigned>(random_seed());
  CAPTURE(seed);
  Random random(seed);
  std::size_t good = 0;
  std::size_t bad = 0;
  for (int round = 0; round < 20; ++round) {
    const Texts texts = random_records(random, 200);
    const Filled json = sample::read_json(library(), texts.json);
    const Filled csv = sample::read_csv(library(), texts.csv);
    check_same_outcomes(json, csv, false);
    check_same_values(json, csv);
    good += json.chunk.rows();
    bad += json.results.errors.size();
  }
  CHECK(good > 1000);
  CHECK(bad > 100);
}

TEST_CASE("blocks of any size give the same") {
  const auto seed = static_cast<unsigned>(random_seed());
  CAPTURE(seed);
  Random random(seed);
  const Texts texts = random_records(random, 300);
  const Filled json = sample::read_json(library(), texts.json);
  const Filled csv = sample::read_csv(library(), texts.csv);
  for (const std::size_t size : {1U, 2U, 3U, 7U, 100U, 299U, 300U}) {
    SourceLimits limits;
    limits.records = size;
    limits.bytes = size * 50;
    CAPTURE(size);
    const Filled other_json = sample::read_json(library(), texts.json, Format::ndjson, limits);
    check_same_outcomes(json, other_json, true);
    check_same_values(json, other_json);
    const Filled other_csv = sample::read_csv(library(), texts.csv, limits);
    check_same_outcomes(csv, other_csv, true);
    check_same_values(csv, other_csv);
  }
}

TEST_CASE("one changed byte never crashes, nor takes another record along") {
  const auto seed = static_cast<unsigned>(random_seed());
  CAPTURE(seed);
  Random random(seed);
  const std::string first =
      R"({"id": "R-1", "diagnoses": ["I83.9"], "patient": {"bmi": {"value": 36, "on": "2019-10-20"}}, "x": [{"y": "\u0041"}]})";
  for (int round = 0; round < 20000; ++round) {
    std::string changed = first;
    for (int i = random.below(3); i >= 0; --i) {
      const auto at = static_cast<std::size_t>(random.below(static_cast<int>(changed.size())));
      changed[at] = random.one_in(2) ? "{}[]:,\"\\ 0e-"[random.below(12)] : static_cast<char>(random.below(256));
    }
    for (char& c : changed) {
      if (c == '\n') c = ' ';
    }
    const Filled filled = sample::read_json(library(), changed + "\n{\"score\": 2}\n");
    CAPTURE(changed);
    REQUIRE(filled.results.records.size() == 2);
    REQUIRE(filled.results.records[1].row != model::none);
    REQUIRE(filled.bits("score", filled.results.records[1].row) == 2'000'000);
    REQUIRE(filled.chunk.rows() + filled.results.errors.size() == 2);
  }
}

}  // namespace
}  // namespace proviso::input
