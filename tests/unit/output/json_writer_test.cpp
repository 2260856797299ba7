#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "../decide/support.hpp"
#include "output/csv_writer.hpp"
#include "output/json_text.hpp"
#include "output/json_writer.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using model::GroupKind;
using nlohmann::json;

namespace {

/// Approved with a BMI up to a limit that is 35 since 2019-04-01.
World hips() {
  World world;
  value::Type kg_per_m2 = World::of(Kind::quantity);
  kg_per_m2.unit = value::Unit::kg_per_m2;
  world.fact(world.bmi).type = kg_per_m2;
  model::Threshold limit;
  limit.name = "max_bmi";
  limit.type = kg_per_m2;
  limit.values.push_back({{kg_per_m2, true, decimal(35)},
                          {day("2019-04-01"), INT32_MAX},
                          model::none,
                          model::Citation{"Paper \"7\"", "3"},
                          {}});
  world.library.thresholds.push_back(limit);
  const NodeId fit = world.compare(world.read(world.bmi), model::Comparison::less_or_equal, world.threshold(0));
  model::Criterion bmi = World::criterion("bmi", fit);
  bmi.label = "BMI is within the limit";
  bmi.expression = "patient.bmi <= max_bmi";
  model::Policy& policy = world.policy(
      {World::when(Outcome::approve,
                   world.group(GroupKind::all, {bmi, World::criterion("severe", world.not_(world.read("cancer")))})),
       World::otherwise(Outcome::refuse)});
  policy.effective.first = day("2019-04-01");
  policy.has_start = true;
  return world;
}

std::string result(Trial& trial, std::size_t record = 0) {
  std::string out;
  output::JsonWriter(trial.engine).append(out, trial.chunk, trial.decisions, record, 104);
  return out;
}

void name_record(Trial& trial, const World& world, std::size_t row, std::string_view id) {
  trial.chunk.set_value(world.id_of("id"), row, trial.chunk.text_number(id));
}

}  // namespace

TEST_CASE("a refusal, with its reasons, as the interface has it") {
  const World world = hips();
  Trial trial(world);
  trial.record().measured("bmi", 36, "2019-05-20");
  name_record(trial, world, 0, "R-104");
  trial.decide();
  CHECK(result(trial) ==
        R"({"id": "R-104", "record": "Referral", "line": 104, "outcome": "refuse", "decisions": [)"
        R"({"policy": "test.hips", "version": "2019-04-01", "on": "2019-06-01", "category": "threshold", )"
        R"("outcome": "refuse", "clause": "otherwise", "text": "Otherwise it", "because": [)"
        R"({"criterion": "bmi", "label": "BMI is within the limit", "result": "no", )"
        R"("expression": "patient.bmi <= max_bmi", "values": [)"
        R"({"name": "bmi", "value": "36 kg/m2", "on": "2019-05-20"}, )"
        R"({"name": "max_bmi", "value": "35 kg/m2", "from": "2019-04-01", "source": "Paper \"7\", 3"}], )"
        R"("source": "Paper, 3.3"}], "needs": [], )"
        R"("assumed": [{"fact": "cancer", "value": "no"}], "notes": []}], "library": "sha256:0"})");
}

TEST_CASE("what is needed, who asks, and that it is out of date") {
  const World world = hips();
  Trial trial(world);
  trial.record().measured("bmi", 36, "2001-05-20").decide();
  const json found = json::parse(result(trial));
  CHECK(found["id"].is_null());
  const json& decision = found["decisions"][0];
  CHECK(decision["outcome"] == "information needed");
  CHECK(decision["clause"].is_null());
  CHECK(decision["text"].is_null());
  CHECK(decision["needs"].dump() ==
        R"([{"ask":"What is the \"BMI\"?","fact":"bmi","state":"out of date","why":["bmi"]}])");
  CHECK(decision["because"][0]["result"] == "unknown");
  CHECK(decision["because"][0]["values"][0]["state"] == "out of date");
  CHECK(decision["because"][0]["values"][0]["value"] == "36 kg/m2");
}

TEST_CASE("without a deciding date neither it nor the version is there") {
  const World world = hips();
  Trial trial(world);
  trial.record(true).decide();
  const json decision = json::parse(result(trial))["decisions"][0];
  CHECK(decision["version"].is_null());
  CHECK(decision["on"].is_null());
  CHECK(decision["needs"][0]["fact"] == "referred");
  CHECK(decision["needs"][0]["why"][0] == "dated by");
}

TEST_CASE("without explanation there are no reasons, but what was assumed and what went wrong is said") {
  const World world = hips();
  Trial trial(world, {{}, false, {}, Explain::none});
  trial.record().value("bmi", 30).decide();
  const json decision = json::parse(result(trial))["decisions"][0];
  CHECK(decision["outcome"] == "approve");
  CHECK_FALSE(decision.contains("because"));
  CHECK(decision["assumed"].dump() == R"([{"fact":"cancer","value":"no"}])");
  CHECK(decision["notes"].empty());
  CHECK(decision["needs"].empty());
}

TEST_CASE("in full, criteria stand inside their clauses and groups") {
  World world;
  const auto inner =
      world.group(GroupKind::any, {World::criterion("x", world.read("a")), World::criterion("y", world.read("b"))});
  world
      .policy({World::when(Outcome::exempt, world.read("c"), "cancer"),
               World::when(Outcome::approve, world.group(GroupKind::all, {World::criterion("severe", inner),
                                                                          World::criterion("z", world.read("d"))})),
               World::otherwise(Outcome::refuse)})
      .applies = world.read("e");
  Trial trial(world, {{}, false, {}, Explain::full});
  trial.record().truth("a", true).truth("c", false).truth("d", false).truth("e", true);
  trial.record().truth("e", false);
  trial.decide();
  const json because = json::parse(result(trial))["decisions"][0]["because"];
  REQUIRE(because.size() == 3);
  CHECK(because[0]["criterion"] == "applies when");
  CHECK(because[1]["criterion"] == "cancer");
  CHECK(because[2]["criterion"] == "approve");
  REQUIRE(because[2]["criteria"].size() == 2);
  CHECK(because[2]["criteria"][0]["criterion"] == "severe");
  CHECK(because[2]["criteria"][0]["result"] == "yes");
  REQUIRE(because[2]["criteria"][0]["criteria"].size() == 2);
  CHECK(because[2]["criteria"][0]["criteria"][1]["criterion"] == "y");
  CHECK(because[2]["criteria"][0]["criteria"][1]["result"] == "unknown");
  CHECK(because[2]["criteria"][1]["criterion"] == "z");
  const json excluded = json::parse(result(trial, 1));
  CHECK(excluded["outcome"] == "not applicable");
  CHECK(excluded["decisions"][0]["outcome"] == "not applicable");
}

TEST_CASE("lists are shown with their values or how many entries they have, counts with their value") {
  World world;
  const model::LoopId loop = world.loop_over_visits();
  const NodeId count = world.over(NodeKind::count, loop, {world.read(world.visit_severe, loop)});
  const NodeId many = world.compare(count, model::Comparison::greater_or_equal, world.number(3));
  const NodeId listed =
      world.node(NodeKind::in_list, Kind::truth, {world.read("procedure"), world.read(world.diagnoses)});
  world.policy({World::when(Outcome::approve, world.group(GroupKind::all, {World::criterion("many", many),
                                                                           World::criterion("listed", listed)})),
                World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().visits().visit(true).visit(false).visit(true);
  const auto code = [](const char* text) { return value::parse_code(value::CodeSystem::opcs4, text).value(); };
  trial.chunk.set_value(world.procedure, 0, code("W37.1"));
  trial.chunk.begin_list(world.diagnoses, 0);
  for (const char* each : {"W93", "W94"}) {
    trial.chunk.set_value(world.library.records[0].levels[1].facts[0], trial.chunk.add_row(1), code(each));
  }
  trial.decide();
  const json because = json::parse(result(trial))["decisions"][0]["because"];
  REQUIRE(because.size() == 2);
  CHECK(because[0]["values"].dump() ==
        R"([{"name":"visits","value":"3 entries"},{"name":"count of visits","value":"2"}])");
  CHECK(because[1]["values"].dump() == R"([{"name":"procedure","value":"opcs4:W37.1"},)"
                                       R"({"name":"diagnoses","value":"{ opcs4:W93, opcs4:W94 }"}])");
}

TEST_CASE("a text that the record brings is shown quoted, and stays JSON") {
  World world;
  const NodeId same = world.compare(world.read("id"), model::Comparison::equal, world.read("id"));
  world.policy({World::when(Outcome::approve, same), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record();
  name_record(trial, world, 0, "a\"b\\c\x01 é");
  trial.decide();
  const json found = json::parse(result(trial));
  CHECK(found["id"] == "a\"b\\c\x01 é");
  CHECK(found["decisions"][0]["because"][0]["values"][0]["value"] == "\"a\\\"b\\\\c\x01 é\"");
}

TEST_CASE("a record that could not be read has a line of its own") {
  std::string out;
  output::JsonWriter::append(out, {"\"R-1\"", 17, "P0901", "patient.bmi", "expected a number, found `fat`"});
  CHECK(out == R"({"id": "R-1", "line": 17, "error": {"code": "P0901", "field": "patient.bmi", )"
               R"("message": "expected a number, found `fat`"}})");
  out.clear();
  output::JsonWriter::append(out, {"", 18, "P0902", "", "not an object"});
  CHECK(out == R"({"id": null, "line": 18, "error": {"code": "P0902", "field": null, "message": "not an object"}})");
}

TEST_CASE("every character survives JSON") {
  std::string text;
  for (int c = 0; c < 128; ++c) text += static_cast<char>(c);
  text += "£é漢🙂";
  CHECK(json::parse(output::as_json(text)) == text);
}

TEST_CASE("CSV has one line a decision") {
  const World world = hips();
  Trial trial(world);
  trial.record().value("bmi", 36);
  name_record(trial, world, 0, "a,\"b\"");
  trial.record();
  trial.record().date("referred", "2001-01-01");
  trial.decide();
  std::string out;
  const output::CsvWriter writer(trial.engine);
  writer.append_header(out);
  for (std::size_t record = 0; record < 3; ++record) {
    writer.append(out, trial.chunk, trial.decisions, record, record + 2);
  }
  writer.append(out, {"\"R-9\"", 5, "P0901", "bmi", "expected a number, found `fat`"});
  CHECK(out ==
        "id,line,policy,version,place,on,category,outcome,clause,text,because,needs,error\n"
        "\"a,\"\"b\"\"\",2,test.hips,2019-04-01,,2019-06-01,threshold,refuse,otherwise,Otherwise it,bmi,,\n"
        ",3,test.hips,2019-04-01,,2019-06-01,threshold,information needed,,,bmi,bmi,\n"
        ",4,,,,,,not applicable,,,,,\n"
        "R-9,5,,,,,,,,,,,\"P0901 `bmi`: expected a number, found `fat`\"\n");
}

TEST_CASE("CSV has the id of an error as it is, and not as JSON writes it") {
  const World world = hips();
  const Trial trial(world);
  const output::CsvWriter writer(trial.engine);
  const auto id_of = [&](std::string_view id) {
    std::string out;
    writer.append(out, {id, 5, "P0901", "bmi", "found"});
    return out.substr(0, out.find(",5,"));
  };
  CHECK(id_of(R"("R\u00e9-1\/2")") == "Ré-1/2");
  CHECK(id_of(R"("\uD83D\uDE00")") == "😀");
  CHECK(id_of(R"("a\\b\"c,d")") == "\"a\\b\"\"c,d\"");
  CHECK(id_of(R"("a\nb\tc\r\b\f")") == "\"a\nb\tc\r\b\f\"");
  CHECK(id_of("17") == "17");
  CHECK(id_of("null").empty());
  // Half of a pair of surrogates is no character, and a reader lets none of these others through.
  CHECK(id_of(R"("a\ud83d-\udE00z")") == "a\uFFFD-\uFFFDz");
  CHECK(id_of(R"("a\u00g1\q")") == R"(a\u00g1\q)");
}

namespace {

/// hips() with a limit of 30 in Luton, where from 2019-10-01 a variation asks for more.
World varied_hips() {
  World world = hips();
  model::Threshold& limit = world.library.thresholds[0];
  limit.values.push_back({{limit.type, true, decimal(30)},
                          {day("2019-04-01"), INT32_MAX},
                          world.luton,
                          model::Citation{"Paper 9", ""},
                          {}});
  model::Variation variation;
  variation.place = world.luton;
  variation.period.first = day("2019-10-01");
  variation.sources = {{"Governing body", "7.3"}};
  using Change = model::Change;
  const auto change = [](Change::Kind kind, std::string name = {}) {
    Change made;
    made.kind = kind;
    made.name = std::move(name);
    made.category = model::Category::prior_approval;
    return made;
  };
  variation.changes = {change(Change::Kind::replace, "severe"), change(Change::Kind::add, "shared"),
                       change(Change::Kind::remove, "old"), change(Change::Kind::category)};
  world.library.variations.push_back(variation);
  model::Policy& policy = world.library.policies[0];
  World::placed_by(policy, world.commissioner);
  model::Form form = policy.forms[0];
  form.category = model::Category::prior_approval;
  form.variations = {0};
  World::vary(policy, world.luton, form, day("2019-10-01"));
  return world;
}

}  // namespace

TEST_CASE("the place is named: the record's, and that whose limit it is") {
  const World world = varied_hips();
  Trial trial(world);
  trial.record().measured("bmi", 36, "2019-05-20").at(world.luton);
  trial.record().measured("bmi", 36, "2019-05-20").at(world.bedfordshire);
  trial.record();
  trial.decide();
  const std::string text = result(trial);
  CHECK(text.find(R"("version": "2019-04-01", "place": "Luton", "on": "2019-06-01")") != std::string::npos);
  const json luton = json::parse(text)["decisions"][0];
  CHECK(luton["because"][0]["values"][1].dump() ==
        R"({"from":"2019-04-01","name":"max_bmi","place":"Luton","source":"Paper 9","value":"30 kg/m2"})");
  CHECK_FALSE(luton.contains("varied"));
  const json bedfordshire = json::parse(result(trial, 1))["decisions"][0];
  CHECK(bedfordshire["place"] == "Bedfordshire");
  CHECK(bedfordshire["because"][0]["values"][1]["value"] == "35 kg/m2");
  CHECK_FALSE(bedfordshire["because"][0]["values"][1].contains("place"));
  const json unplaced = json::parse(result(trial, 2))["decisions"][0];
  CHECK_FALSE(unplaced.contains("place"));
  CHECK(unplaced["needs"].dump() ==
        R"([{"ask":"Who commissions?","fact":"commissioner","state":"missing","why":["placed by"]}])");
}

TEST_CASE("a decision by a varied form says what was varied, where, since when and on what authority") {
  const World world = varied_hips();
  Trial trial(world);
  trial.record().measured("bmi", 20, "2019-05-20").at(world.luton).date("referred", "2019-11-01").decide();
  const json decision = json::parse(result(trial))["decisions"][0];
  CHECK(decision["category"] == "prior_approval");
  CHECK(decision["varied"].dump() ==
        R"([{"changes":["replace severe","add shared","remove old","category prior_approval"],)"
        R"("from":"2019-10-01","place":"Luton","source":"Governing body, 7.3"}])");
  Trial unexplained(world, {{}, false, {}, Explain::none});
  unexplained.record().measured("bmi", 20, "2019-05-20").at(world.luton).date("referred", "2019-11-01").decide();
  CHECK_FALSE(json::parse(result(unexplained))["decisions"][0].contains("varied"));
}

TEST_CASE("CSV names the record's place") {
  const World world = varied_hips();
  Trial trial(world);
  trial.record().measured("bmi", 36, "2019-05-20").at(world.luton).decide();
  std::string out;
  output::CsvWriter(trial.engine).append(out, trial.chunk, trial.decisions, 0, 2);
  CHECK(out == ",2,test.hips,2019-04-01,Luton,2019-06-01,threshold,refuse,otherwise,Otherwise it,bmi,,\n");
}

TEST_CASE("a criterion says which hooks it called, what they said, and within which budget") {
  World world;
  constexpr const char* script = R"lua(
return {
  negates = function(a) if a == nil then return nil end return not a, "it was \"turned\" round" end,
  fails = function() error("boom") end,
}
)lua";
  const NodeId called = world.call("negates", script, Kind::truth, {world.read("a")});
  const NodeId failed = world.call("fails", script, Kind::truth, {world.read("b")});
  world.policy({World::when(Outcome::approve, world.group(GroupKind::all, {World::criterion("local", called)})),
                World::when(Outcome::approve, failed, "other"), World::otherwise(Outcome::refuse)});
  Trial trial(world);
  trial.record().truth("a", false);
  trial.record().truth("a", true).truth("b", true);
  trial.decide();
  const json first = json::parse(result(trial))["decisions"][0];
  CHECK(first["because"][0]["values"].dump() == R"([{"name":"a","value":"no"}])");
  CHECK(first["because"][0]["hooks"].dump() ==
        R"([{"answer":"yes","budget":"200000 instructions, 4 MiB","hook":"test.negates",)"
        R"("script":"sha256:script","sentence":"it was \"turned\" round"}])");
  CHECK(first["because"][0]["source"] == "Paper, 3.3");
  const json second = json::parse(result(trial, 1))["decisions"][0];
  CHECK(second["outcome"] == "review");
  CHECK(second["because"][0]["hooks"].dump() ==
        R"([{"budget":"200000 instructions, 4 MiB","hook":"test.fails","script":"sha256:script"}])");
  CHECK(second["notes"][0].get<std::string>().find("in `other`") != std::string::npos);
}
