#include <algorithm>

#include "comparison_support.hpp"
#include "value/calendar.hpp"

// What changed between two libraries, in their words.
namespace proviso::trial::test {
namespace {

const std::string library_before = R"(library example
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR ods:04C } }
record Referral {
  id text  referred date  commissioner place  procedure code opcs4
  bmi number kg/m2 measured valid 12 months  smoking one of never, ex, current  quit date
  pain yes/no  night yes/no assume no
}
codes hips opcs4 { from 2019-04-01 { W37.1 W38 } }
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2020-01-01
}
table clear_weeks(status one of never, ex, current) -> number { ex -> 8 never -> 0 }
define smoke_free = smoking = never or weeks from quit to referred >= clear_weeks(smoking)
define fit = smoke_free and bmi <= max_bmi
policy hips "Hip replacement" on Referral {
  source "Policy" effective 2019-04-01 to 2021-03-31 dated by referred in BLMK
  applies when procedure in hips
  exempt cancer when night "Suspected cancer"
  approve when all {
    bmi    "BMI is within the limit": bmi <= max_bmi
    smoke  "Smoke-free": smoke_free
    severe "Severe": any { pain "Pain": pain night "At night": night }
  }
  otherwise refuse "No"
}
policy knees "Knee replacement" on Referral {
  source "Policy" effective 2019-04-01 to 2021-03-31 dated by referred in BLMK
  approve when fit "Fit for it"
  otherwise refuse "No"
}
variation of hips in Luton {
  from 2020-01-01 to 2021-03-31
  source "Luton"
  add aid "Aid": pain
}
)";

/// Each change as `kind thing: what name in group: before => after`.
std::vector<std::string> changes(const std::string& after, const ChangeFilter& filter = {},
                                 const std::string& before = library_before) {
  const Compared olds = Compared::of_text(before);
  const Compared news = Compared::of_text(after);
  std::vector<std::string> result;
  for (const ChangedThing& thing : compare_libraries(olds.revision(), news.revision(), filter).things) {
    for (const TextChange& change : thing.changes) {
      std::string line = std::string(spelling(change.kind)) + " " + thing.what + " " + thing.name + ": " + change.what;
      if (!change.name.empty()) line += " " + change.name;
      if (!change.group.empty()) line += " in " + change.group;
      result.push_back(line + ": " + change.before + " => " + change.after);
    }
  }
  return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a library does not differ from itself, nor from one with other layout", "[changes]") {
  CHECK(changes(library_before).empty());
  CHECK(
      changes("# A comment.\n" + with(library_before, "threshold max_bmi", "# Another.\n\nthreshold max_bmi")).empty());
}

TEST_CASE("a moved limit is told once, with the policies that read it", "[changes]") {
  CHECK(changes(with(library_before, "in Luton 35", "in Luton 34")) ==
        Lines{"changed threshold max_bmi: value in Luton from 2020-01-01: 35 kg/m2 => 34 kg/m2"});
  const Compared olds = Compared::of_text(library_before);
  const Compared news = Compared::of_text(with(library_before, "  40 from", "  41 from"));
  const auto things = compare_libraries(olds.revision(), news.revision()).things;
  REQUIRE(things.size() == 1);
  REQUIRE(things[0].read_by.size() == 2);
  CHECK(things[0].read_by[0].policy == "example.hips");
  CHECK(things[0].read_by[0].criteria == Lines{"bmi"});
  CHECK(things[0].read_by[1].policy == "example.knees");
  CHECK(things[0].read_by[1].criteria == Lines{"approve"});
}

TEST_CASE("values come, go, and hold on other days", "[changes]") {
  CHECK(changes(with(library_before, "from 2020-01-01\n}", "from 2020-01-01 to 2020-12-31\n}")) ==
        Lines{"moved threshold max_bmi: value in Luton from 2020-01-01: from 2020-01-01 => from 2020-01-01 to "
              "2020-12-31"});
  CHECK(changes(with(library_before, "in Luton 35 from 2020-01-01", "in Luton 35 from 2020-02-01")) ==
        Lines{"moved threshold max_bmi: value in Luton from 2020-02-01: from 2020-01-01 => from 2020-02-01"});
  CHECK(changes(with(library_before, "  in Luton 35 from 2020-01-01\n", "")) ==
        Lines{"removed threshold max_bmi: value in Luton from 2020-01-01: 35 kg/m2 => "});
  CHECK(changes(with(library_before, "  40 from 2019-04-01", "  40 from 2019-04-01\n  in BLMK 38 from 2019-06-01")) ==
        Lines{"added threshold max_bmi: value in BLMK from 2019-06-01:  => 38 kg/m2"});
  CHECK(changes(with(library_before, "from 30 to 45", "from 30 to 44")) ==
        Lines{"changed threshold max_bmi: bounds: may vary from 30 kg/m2 to 45 kg/m2 => may vary from 30 kg/m2 to 44 "
              "kg/m2"});
  CHECK(changes(with(library_before, "{ W37.1 W38 }", "{ W37.1 W38 W39.1 }")) ==
        Lines{"changed codes hips: codes everywhere from 2019-04-01: W37.1 W38 => W37.1 W38 W39.1"});
}

TEST_CASE("criteria come, go, move and say something else", "[changes]") {
  CHECK(changes(with(library_before, "    smoke  \"Smoke-free\": smoke_free\n", "")) ==
        Lines{"removed policy example.hips: criterion smoke in approve: Smoke-free:\nsmoke_free => "});
  CHECK(changes(with(library_before, "bmi <= max_bmi\n    smoke", "bmi < max_bmi\n    smoke")) ==
        Lines{"changed policy example.hips: criterion bmi in approve: bmi <= max_bmi => bmi < max_bmi"});
  CHECK(changes(with(library_before, "\"Smoke-free\"", "\"Does not smoke\"")) ==
        Lines{"reworded policy example.hips: criterion smoke in approve: Smoke-free => Does not smoke"});
  CHECK(changes(with(library_before, "any { pain", "none of { pain")) ==
        Lines{"changed policy example.hips: group severe in approve: any => none of"});
  std::string moved = with(library_before, "    smoke  \"Smoke-free\": smoke_free\n", "");
  moved = with(moved, "night \"At night\": night }", "night \"At night\": night smoke \"Smoke-free\": smoke_free }");
  CHECK(changes(moved) == Lines{"moved policy example.hips: criterion smoke: in approve => in severe"});
  CHECK(
      changes(with(library_before, "severe \"Severe\": any { pain \"Pain\": pain night \"At night\": night }\n", "")) ==
      Lines{"removed policy example.hips: criterion severe in approve: Severe: any\n  Pain:\n  pain\n  At night:\n  "
            "night => "});
}

TEST_CASE("clauses", "[changes]") {
  CHECK(changes(with(library_before, "otherwise refuse \"No\"\n}\npolicy", "otherwise review \"No\"\n}\npolicy")) ==
        Lines{"changed policy example.hips: clause otherwise: otherwise refuse => otherwise review"});
  CHECK(changes(with(library_before, "  exempt cancer when night \"Suspected cancer\"\n", "")) ==
        Lines{"removed policy example.hips: clause cancer: Suspected cancer:\nexempt when night => "});
  CHECK(changes(with(library_before, "  otherwise refuse \"No\"\n}\npolicy",
                     "  refuse late when pain \"Late\"\n  otherwise refuse \"No\"\n}\npolicy")) ==
        Lines{"added policy example.hips: clause late:  => Late:\nrefuse when pain"});
}

TEST_CASE("a definition's change reaches the criteria that use it, through others too", "[changes]") {
  const Compared olds = Compared::of_text(library_before);
  const Compared news = Compared::of_text(with(library_before, "smoking = never or", "smoking != current or"));
  const auto things = compare_libraries(olds.revision(), news.revision()).things;
  REQUIRE(things.size() == 1);
  CHECK(things[0].what == "definition");
  CHECK(things[0].name == "smoke_free");
  REQUIRE(things[0].changes.size() == 1);
  CHECK(things[0].changes[0].before == "smoking = never or weeks from quit to referred >= clear_weeks(smoking)");
  CHECK(things[0].changes[0].after == "smoking != current or weeks from quit to referred >= clear_weeks(smoking)");
  REQUIRE(things[0].read_by.size() == 2);
  CHECK(things[0].read_by[0].policy == "example.hips");
  CHECK(things[0].read_by[0].criteria == Lines{"smoke"});
  CHECK(things[0].read_by[1].policy == "example.knees");
}

TEST_CASE("tables, variations, places and facts", "[changes]") {
  CHECK(changes(with(library_before, "ex -> 8", "ex -> 6")) == Lines{"changed table clear_weeks: rows ex: 8 => 6"});
  CHECK(changes(with(library_before, "add aid \"Aid\": pain", "add aid \"Aid\": pain or night")) ==
        Lines{"changed policy example.hips: variation in Luton from 2020-01-01 to 2021-03-31: adds aid \"Aid\": pain "
              "=> adds aid \"Aid\": pain or night"});
  CHECK(changes(with(library_before, "from 2020-01-01 to 2021-03-31\n", "from 2020-03-01 to 2021-03-31\n")) ==
        Lines{"moved policy example.hips: variation in Luton from 2020-03-01 to 2021-03-31: from 2020-01-01 to "
              "2021-03-31 => from 2020-03-01 to 2021-03-31"});
  CHECK(changes(with(library_before, "} LLR ods:04C", "LLR ods:04C }")) ==
        Lines{"moved places : place LLR: in England ods:04C => in BLMK ods:04C"});
  CHECK(changes(with(library_before, "valid 12 months", "valid 6 months")) ==
        Lines{"changed record Referral: fact bmi: number kg/m2 measured valid 12 months => number kg/m2 measured valid "
              "6 months"});
  CHECK(changes(with(library_before, "yes/no assume no", "yes/no")) ==
        Lines{"changed record Referral: fact night: yes/no assume no => yes/no"});
}

TEST_CASE("policies and their versions", "[changes]") {
  const auto first = library_before.find("policy knees");
  const std::string knees = library_before.substr(first, library_before.find("variation") - first);
  const Lines gone = changes(with(library_before, knees, ""));
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].rfind("removed policy example.knees: policy", 0) == 0);
  const Lines back = changes(library_before, {}, with(library_before, knees, ""));
  REQUIRE(back.size() == 1);
  CHECK(back[0].rfind("added policy example.knees: policy", 0) == 0);
  const std::string later = with(knees, "2019-04-01 to 2021-03-31", "2021-04-01");
  const Lines version = changes(library_before + later);
  REQUIRE(version.size() == 1);
  CHECK(version[0].rfind("added policy example.knees: version 2021-04-01:  => adopted", 0) == 0);
  CHECK(changes(with(library_before, "effective 2019-04-01 to 2021-03-31", "effective 2019-04-01 to 2021-04-30")) ==
        Lines{"changed policy example.hips: period: from 2019-04-01 to 2021-03-31 => from 2019-04-01 to 2021-04-30"});
}

TEST_CASE("only what is asked for", "[changes]") {
  std::string after = with(library_before, "in Luton 35", "in Luton 34");
  after = with(after, "{ W37.1 W38 }", "{ W37.1 }");
  CHECK(changes(after).size() == 2);
  ChangeFilter knees;
  knees.policies = {"knees"};
  CHECK(changes(after, knees).size() == 1);
  ChangeFilter elsewhere;
  elsewhere.place = "Bedfordshire";
  CHECK(changes(after, elsewhere) == Lines{"changed codes hips: codes everywhere from 2019-04-01: W37.1 W38 => W37.1"});
  ChangeFilter early;
  early.on = value::parse_date("2019-12-31");
  CHECK(changes(after, early).size() == 1);
}

TEST_CASE("what a variation puts inside a group is told", "[changes]") {
  const std::string grouped = with(library_before, "add aid \"Aid\": pain",
                                   "replace severe \"Any\": any { aid \"Aid\": pain  rest \"Rest\": night }");
  const Lines asked = changes(with(grouped, "rest \"Rest\": night", "rest \"Rest\": pain and night"), {}, grouped);
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].rfind("changed policy example.hips: variation in Luton", 0) == 0);
  CHECK(asked[0].find("pain and night") != std::string::npos);
  CHECK(changes(with(grouped, "rest \"Rest\"", "rest \"Resting\""), {}, grouped).size() == 1);
  CHECK(changes(grouped, {}, grouped).empty());
}

TEST_CASE("variations of one place and day may be written in any order", "[changes]") {
  const std::string first =
      "variation of hips in Bedfordshire { from 2020-01-01 to 2021-03-31 source \"A\" "
      "replace smoke \"S\": pain }\n";
  const std::string second =
      "variation of hips in Bedfordshire { from 2020-01-01 to 2021-03-31 source \"B\" "
      "replace bmi \"B\": bmi < 33 kg/m2 }\n";
  CHECK(changes(library_before + second + first, {}, library_before + first + second).empty());
}

TEST_CASE("clauses of one name are told apart by what is in them", "[changes]") {
  const std::string first = "  approve when all { pain \"Pain\": pain  bmi \"BMI\": bmi < 30 kg/m2 }\n";
  const std::string second = "  approve when any { night \"Night\": night  ex \"Ex\": smoking = ex }\n";
  const auto knees = [&](const std::string& clauses) {
    return with(library_before, "  approve when fit \"Fit for it\"\n", clauses);
  };
  const std::string before = knees(first + second);
  const std::string moved =
      knees(with(first, "2 }", "2  night \"Night\": night }") + with(second, "night \"Night\": night  ", ""));
  CHECK(changes(moved, {}, before) ==
        Lines{"moved policy example.knees: criterion night: in approve (night, ex) => in approve (pain, bmi, night)"});
  // Another word of one of them is no other order.
  CHECK(changes(knees(first + with(second, "any", "all")), {}, before) ==
        Lines{"changed policy example.knees: clause approve: approve when any => approve when all"});
  CHECK(changes(knees(second + first), {}, before) ==
        Lines{"moved policy example.knees: order: approve (pain, bmi)\napprove (night, ex)\notherwise => approve "
              "(night, ex)\napprove (pain, bmi)\notherwise"});
  // Joined: what is still there is told as moved.
  const Lines joined =
      changes(knees("  approve when any { night \"Night\": night  ex \"Ex\": smoking = ex  pain \"Pain\": "
                    "pain  bmi \"BMI\": bmi < 30 kg/m2 }\n"),
              {}, before);
  REQUIRE(joined.size() == 3);
  CHECK(std::count_if(joined.begin(), joined.end(), [](const std::string& each) {
          return each.rfind("moved policy example.knees: criterion", 0) == 0;
        }) == 2);
  // The order of criteria decides nothing.
  CHECK(changes(knees(with(first, "pain \"Pain\": pain  bmi \"BMI\": bmi < 30 kg/m2",
                           "bmi \"BMI\": bmi < 30 kg/m2  pain \"Pain\": pain") +
                      second),
                {}, before)
            .empty());
}

TEST_CASE("definitions are told whatever else changed, each for itself", "[changes]") {
  const std::string defined = with(library_before, "smoking = never or", "smoking != current or");
  const Lines both = changes(with(defined, "\"Smoke-free\": smoke_free", "\"Smoke-free\": smoke_free and pain"));
  CHECK(both == Lines{"changed policy example.hips: criterion smoke in approve: smoke_free => smoke_free and pain",
                      "changed definition smoke_free: definition: smoking = never or weeks from quit to referred >= "
                      "clear_weeks(smoking) => smoking != current or weeks from quit to referred >= "
                      "clear_weeks(smoking)"});
  const std::string two = with(library_before, "  approve when fit \"Fit for it\"\n",
                               "  approve when fit \"Fit for it\"\n  approve when hurts \"Hurts\"\n") +
                          "define hurts = pain and night\n";
  CHECK(changes(with(with(two, "smoke_free and bmi <=", "smoke_free and bmi <"), "pain and night", "pain or night"), {},
                two)
            .size() == 2);
}

TEST_CASE("definitions of one name in two libraries are two", "[changes]") {
  const auto text = [](const std::string& limit) {
    return "define low = n < " + limit +
           "\npolicy p on R { source \"S\" effective 2019-04-01 dated by on approve when low otherwise refuse \"No\" "
           "}\n";
  };
  const auto libraries = [&](const std::string& one, const std::string& two) {
    return Compared::of_texts({"library alpha\nrecord R { id text on date n number }\n" + text(one),
                               "library beta\nuse alpha\n" + text(two)});
  };
  const Compared olds = libraries("5", "50");
  const Compared news = libraries("6", "60");
  const auto things = compare_libraries(olds.revision(), news.revision()).things;
  REQUIRE(things.size() == 2);
  CHECK(things[0].name == "alpha.low");
  CHECK(things[0].changes.at(0).after == "n < 6");
  CHECK(things[1].name == "beta.low");
  CHECK(things[1].changes.at(0).after == "n < 60");
}

TEST_CASE("another value of a scale is told of the fact alone", "[changes]") {
  const std::string scaled =
      with(with(library_before, "  pain yes/no", "  acuity scale \"6/6\" < \"6/9\" < \"6/12\"  pain yes/no"),
           "any { pain \"Pain\": pain", "any { pain \"Pain\": acuity >= \"6/12\"");
  CHECK(changes(with(scaled, "scale ", "scale \"6/5\" < "), {}, scaled) ==
        Lines{"changed record Referral: fact acuity: scale \"6/6\" < \"6/9\" < \"6/12\" => scale \"6/5\" < \"6/6\" < "
              "\"6/9\" < \"6/12\""});
}

TEST_CASE("only what holds in a place on a day, and is read there", "[changes]") {
  const std::string later = with(library_before, "  40 from 2019-04-01", "  40 from 2019-04-01\n  38 from 2020-04-01");
  const std::string changed = with(later, "  40 from", "  41 from");
  ChangeFilter filter;
  filter.on = value::parse_date("2020-05-01");
  CHECK(changes(changed, filter, later).empty());
  filter.on = value::parse_date("2020-03-01");
  CHECK(changes(changed, filter, later).size() == 1);
  filter.place = "Luton";  // which has its own since January
  CHECK(changes(changed, filter, later).empty());
  ChangeFilter elsewhere;
  elsewhere.place = "LLR";  // where no policy holds
  std::string all = with(changed, "smoking = never or", "smoking != current or");
  all = with(with(all, "valid 12 months", "valid 6 months"), "ex -> 8", "ex -> 6");
  CHECK(changes(all, {}, later).size() == 4);
  CHECK(changes(all, elsewhere, later).empty());
}

namespace {

const std::string payments = R"(library example
record Authorisation { reference text  nhs text }
record Activity {
  id text  reference text  nhs text  started date  admitted date  discharged date
  charge money price  agreed money  provider text  commissioner text  hrg code hrg  b yes/no
}
relate earlier on Activity: e where e.nhs = nhs and e.discharged within 30 days before admitted
relate authorised on Activity: a in Authorisation where a.reference = reference
group scans on Activity by nhs, started ordered by id
define half = charge * 0.5
payment again "Readmission" on Activity { source "S" effective 2018-04-01 dated by started
  withhold must back when any e in earlier "Back within the window"
  pay half cut when rank in scans > 1 "Second"
  recount as hrg:BZ34A other when b "Other"
  otherwise withhold may }
payment quoted "Code" on Activity { source "S" effective 2018-04-01 dated by started
  pay in full when any a in authorised "Authorised"
  otherwise withhold must }
agreement drug "Drug" on Activity { source "S"
  between commissioner and provider
  covers b  dated by started  period 18 months from 2018-12-01
  baseline £10
  saving agreed - charge floor £0
  share commissioner 50%, provider 50%
  cap provider £250 per year
  settle monthly rounded to 1p half even
}
)";

Lines payment_changes(const std::string& from, const std::string& to) {
  return changes(with(payments, from, to), {}, payments);
}

}  // namespace

TEST_CASE("a relation's window and keys and a group's keys and order are told before and after", "[changes]") {
  CHECK(changes(payments, {}, payments).empty());
  CHECK(payment_changes("within 30 days", "within 28 days") ==
        Lines{"changed relation earlier: window: discharged within 30 days before admitted => discharged within 28 "
              "days before admitted"});
  CHECK(payment_changes("a.reference = reference", "a.nhs = nhs") ==
        Lines{"changed relation authorised: keys: reference = reference => nhs = nhs"});
  CHECK(payment_changes("by nhs, started ordered by id", "by nhs ordered by id") ==
        Lines{"changed group scans: keys: by nhs\nby started => by nhs"});
  CHECK(payment_changes("ordered by id", "ordered by charge, id") ==
        Lines{"changed group scans: order: by id => by charge\nby id"});
  CHECK(payment_changes("e where e.nhs = nhs and e.discharged", "x where x.nhs = nhs and x.discharged").empty());
}

TEST_CASE("a price that is another field's is told, with the payments that it bounds", "[changes]") {
  const std::string moved =
      with(with(payments, "charge money price", "charge money"), "agreed money", "agreed money price");
  CHECK(changes(moved, {}, payments) == Lines{"changed record Activity: price: charge => agreed"});
}

TEST_CASE("amounts, codes and strengths of clauses are told before and after", "[changes]") {
  CHECK(payment_changes("withhold must back", "withhold may back") ==
        Lines{"changed policy example.again: clause back: withhold must when any e in earlier => withhold may when any "
              "e in earlier"});
  CHECK(
      payment_changes("recount as hrg:BZ34A", "recount as hrg:BZ34B") ==
      Lines{"changed policy example.again: clause other: recount as hrg:BZ34A when b => recount as hrg:BZ34B when b"});
  CHECK(payment_changes("charge * 0.5", "charge * 0.6") ==
        Lines{"changed definition half: definition: charge * 0.5 => charge * 0.6"});
}

TEST_CASE("an agreement is told line by line", "[changes]") {
  CHECK(payment_changes("commissioner 50%, provider 50%", "commissioner 60%, provider 40%") ==
        Lines{"changed agreement example.drug: share: commissioner 50%, provider 50% => commissioner 60%, provider "
              "40%"});
  CHECK(payment_changes("commissioner 50%, provider 50%", "provider 50%, commissioner 50%") ==
        Lines{"changed agreement example.drug: share that takes the rest: commissioner => provider"});
  CHECK(payment_changes("  cap provider £250 per year\n", "") ==
        Lines{"removed agreement example.drug: cap of provider: £250.00 per year => "});
  CHECK(payment_changes("baseline £10", "baseline £12") ==
        Lines{"changed agreement example.drug: baseline: £10 => £12"});
  CHECK(payment_changes("monthly rounded to 1p half even", "quarterly rounded to 1p half up") ==
        Lines{"changed agreement example.drug: settle: monthly rounded to £0.01 half even => quarterly rounded to "
              "£0.01 half up"});
}

}  // namespace proviso::trial::test
