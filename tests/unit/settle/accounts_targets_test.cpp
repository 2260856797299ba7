#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string patient_columns =
    "id,supplied,commissioner,provider,molecule,quantity,unit_price,patient,new_patient,best_value,version";
const std::string target = R"(  target new_patients "New patients on best value within 3 months"
    among patient where new_patient met best_value at least 50% by 3 months from 2019-01-01)";

/// A line of a patient on a day, new or not, on best value or not.
std::string line(const std::string& id, const std::string& on, const std::string& patient, const std::string& is_new,
                 const std::string& best, const std::string& version = "") {
  return id + ',' + on + ",01T,RXA,adalimumab,1,£99.00," + patient + ',' + is_new + ',' + best + ',' + version;
}

Statement statement_with_target(const std::vector<std::string>& lines, const std::string& agreement = target) {
  return Ledger(gain_share(agreement)).file(patient_columns, lines).settle();
}

/// A line on another day, of no patient, after the target's last day.
const std::string later = line("Z", "2019-05-01", "", "no", "no");

std::string told(const TargetResult& result) {
  return std::to_string(result.met) + " of " + std::to_string(result.counted) + ", " +
         value::format_percent(result.share) +
         (!result.reached   ? ", not known"
          : *result.reached ? ", reached"
                            : ", not reached") +
         (result.left_out == 0 ? "" : ", " + std::to_string(result.left_out) + " left out");
}
std::string told_target(const Statement& statement) {
  REQUIRE(statement.targets.size() == 1);
  return told(statement.targets[0]);
}

}  // namespace

TEST_CASE("a target counts patients and not lines, and of those the new ones") {
  CHECK(told_target(statement_with_target(
            {line("A1", "2019-01-05", "P1", "yes", "yes"), line("A2", "2019-02-05", "P1", "yes", "yes"),
             line("A3", "2019-01-05", "P2", "yes", "no"), line("A4", "2019-01-05", "P3", "yes", "yes"),
             line("A5", "2019-01-05", "P4", "no", "yes"), later})) == "2 of 3, 66.6666%, reached");
}

TEST_CASE("the latest line of a patient says whether it is met") {
  CHECK(told_target(statement_with_target(
            {line("A1", "2019-02-05", "P1", "yes", "no"), line("A2", "2019-01-05", "P1", "yes", "yes"), later})) ==
        "0 of 1, 0%, not reached");
  CHECK(told_target(statement_with_target(
            {line("A1", "2019-01-05", "P1", "yes", "no"), line("A2", "2019-01-06", "P1", "yes", "yes"), later})) ==
        "1 of 1, 100%, reached");
}

TEST_CASE("an earlier line says nothing once there is a later one, though neither has an id") {
  CHECK(told_target(statement_with_target(
            {line("", "2019-02-05", "P1", "yes", "yes"), line("", "2019-01-05", "P1", "yes", "no"), later})) ==
        "1 of 1, 100%, reached");
}

TEST_CASE("a target's last day is one of its days, and the first day of the period too") {
  // 3 months from 1 January is 1 April.
  CHECK(told_target(statement_with_target(
            {line("A1", "2018-12-31", "P1", "yes", "yes"), line("A2", "2019-01-01", "P2", "yes", "yes"),
             line("A3", "2019-04-01", "P3", "yes", "no"), line("A4", "2019-04-02", "P4", "yes", "yes")})) ==
        "1 of 2, 50%, reached");
}

TEST_CASE("before its last day a target is not known to be reached") {
  CHECK(told_target(statement_with_target({line("A1", "2019-03-31", "P1", "yes", "yes")})) ==
        "1 of 1, 100%, not known");
  CHECK(told_target(statement_with_target({line("A1", "2019-04-01", "P1", "yes", "yes")})) == "1 of 1, 100%, reached");
  SECTION("neither is one of which nothing was counted") {
    CHECK(told_target(statement_with_target({line("A1", "2019-05-01", "P1", "yes", "yes")})) ==
          "0 of 0, 0%, not known");
  }
  SECTION("a line that is not covered is one of the ledger's too") {
    CHECK(told_target(statement_with_target(
              {line("A1", "2019-03-31", "P1", "yes", "yes"), "A2,2019-04-01,01T,RXA,infliximab,1,£99.00,P1,no,no,"})) ==
          "1 of 1, 100%, reached");
  }
}

TEST_CASE("a share is not rounded up to its target") {
  std::vector<std::string> lines = {later};
  for (int i = 0; i < 3; ++i)
    lines.push_back(line("A" + std::to_string(i), "2019-01-05", "P" + std::to_string(i), "yes", i < 2 ? "yes" : "no"));
  std::string two_thirds = target;
  two_thirds.replace(two_thirds.find("50%"), 3, "66.6667%");
  CHECK(told_target(statement_with_target(lines, two_thirds)) == "2 of 3, 66.6666%, not reached");
}

TEST_CASE("lines with a missing fact are left out of the target, and counted") {
  CHECK(told_target(statement_with_target(
            {line("A1", "2019-01-05", "P1", "yes", "yes"), line("A2", "2019-01-05", "", "yes", "yes"),
             line("A3", "2019-01-05", "P3", "", "yes"), line("A4", "2019-01-05", "P4", "yes", ""),
             line("A5", "2019-01-05", "", "no", ""), later})) == "1 of 1, 100%, reached, 3 left out");
}

TEST_CASE("corrected lines count for a target as they are corrected") {
  CHECK(told_target(statement_with_target(
            {line("A1", "2019-01-05", "P1", "yes", "no"), line("A1", "2019-01-05", "P1", "yes", "yes"),
             line("A2", "2019-01-05", "P2", "yes", "yes"), line("A2", "2019-01-05", "P2", "no", "yes"),
             line("A3", "2019-01-05", "P3", "yes", ""), line("A3", "2019-01-05", "P3", "yes", "yes"), later})) ==
        "2 of 2, 100%, reached");
}

TEST_CASE("of a patient's lines of one day the one of the later version counts, and else of the later id") {
  const std::vector<std::string> by_id = {line("A2", "2019-01-05", "P1", "yes", "yes"),
                                          line("A1", "2019-01-05", "P1", "yes", "no"), later};
  CHECK(told_target(statement_with_target(by_id)) == "1 of 1, 100%, reached");
  CHECK(told_target(statement_with_target({by_id[1], by_id[0], later})) == "1 of 1, 100%, reached");
  // A line of an earlier day has no say in it, whatever its id.
  CHECK(told_target(statement_with_target({by_id[0], by_id[1], line("A9", "2019-01-04", "P1", "yes", "no"), later})) ==
        "1 of 1, 100%, reached");
  const std::vector<std::string> by_version = {line("A2", "2019-01-05", "P1", "yes", "yes", "1"),
                                               line("A1", "2019-01-05", "P1", "yes", "no", "2"), later};
  CHECK(told_target(statement_with_target(by_version, target + "\n  corrected by version")) ==
        "0 of 1, 0%, not reached");
  CHECK(told_target(statement_with_target({by_version[1], by_version[0], later},
                                          target + "\n  corrected by version")) == "0 of 1, 0%, not reached");
  SECTION("and of lines without an id, one that does not meet it") {
    CHECK(told_target(statement_with_target(
              {line("", "2019-01-05", "P1", "yes", "no"), line("", "2019-01-05", "P1", "yes", "yes"), later})) ==
          "0 of 1, 0%, not reached");
    CHECK(told_target(statement_with_target(
              {line("", "2019-01-05", "P1", "yes", "no"), line("A1", "2019-01-05", "P1", "yes", "yes"), later})) ==
          "1 of 1, 100%, reached");
  }
}

TEST_CASE("each pair of parties has its own targets, those of an agreement in its order") {
  const std::string second = R"(
  target all_patients "All patients on best value" among patient met best_value at least 100% by 2019-12-31)";
  const Statement statement =
      Ledger(gain_share(target + second))
          .file(patient_columns,
                {line("A1", "2019-01-05", "P1", "yes", "yes"), line("A2", "2019-01-05", "P2", "no", "no"),
                 "A3,2019-07-01,01V,RXB,adalimumab,1,£99.00,P1,yes,yes,",  // after the period
                 "A4,2020-01-01,01V,RXB,infliximab,1,£99.00,P1,yes,yes,"})
          .settle();
  REQUIRE(statement.targets.size() == 4);
  std::vector<std::string> found;
  for (const TargetResult& result : statement.targets) {
    found.push_back(result.parties[0] + ' ' + std::to_string(result.target) + ": " + told(result));
  }
  CHECK(found == Told{"SouthSefton 0: 1 of 1, 100%, reached", "SouthSefton 1: 1 of 2, 50%, not reached",
                      "SouthportFormby 0: 0 of 0, 0%, not known", "SouthportFormby 1: 1 of 1, 100%, reached"});
  CHECK(statement.settlements.size() == 1);
  CHECK(statement.not_covered == 1);
}

TEST_CASE("a line without a price still says what a patient is on") {
  const Statement statement = statement_with_target({"A1,2019-01-05,01T,RXA,adalimumab,1,,P1,yes,yes,", later});
  CHECK(told_target(statement) == "1 of 1, 100%, reached");
  CHECK(statement.settlements[0].left_out == 1);
}

TEST_CASE("a target is not known to be reached where lines that may count could change it") {
  const auto uncovered = [](const std::string& id, const std::string& patient, const std::string& best) {
    return id + ",2019-01-06,01T,RXA,,1,£99.00," + patient + ",yes," + best + ",";
  };
  const std::string met = line("A1", "2019-01-05", "P1", "yes", "yes");
  SECTION("since it is not known whether the agreement covers them") {
    const Statement statement = statement_with_target(
        {met, uncovered("A2", "P2", "no"), uncovered("A3", "P3", "no"), uncovered("A4", "P4", "no"), later});
    CHECK(told_target(statement) == "1 of 1, 100%, not known, 3 left out");
    CHECK(statement.targets[0].notes == Told{"3 lines are left out: molecule is missing",
                                             "whether it is reached is not known: it depends on these lines"});
  }
  SECTION("but it is where they could not, whatever they turn out to be") {
    CHECK(told_target(statement_with_target({met, line("A2", "2019-01-05", "P2", "yes", "yes"),
                                             uncovered("A3", "P3", "no"), uncovered("A4", "P4", "no"), later})) ==
          "2 of 2, 100%, reached, 2 left out");
    CHECK(told_target(statement_with_target({met, uncovered("A3", "P3", "yes"), uncovered("A4", "P4", "yes"),
                                             later})) == "1 of 1, 100%, reached, 2 left out");
    CHECK(told_target(statement_with_target({line("A1", "2019-01-05", "P1", "yes", "no"),
                                             line("A2", "2019-01-05", "P2", "yes", "no"), uncovered("A3", "P3", "yes"),
                                             later})) == "0 of 2, 0%, not reached, 1 left out");
  }
  SECTION("or whether the latest line of a patient meets it, whatever an older one says") {
    const Statement statement = statement_with_target({met, line("A2", "2019-02-05", "P1", "yes", ""), later});
    CHECK(told_target(statement) == "1 of 1, 100%, not known, 1 left out");
    CHECK(statement.targets[0].notes.front() == "1 line is left out: best_value is missing");
  }
  SECTION("not of an older line of a patient whose latest says it") {
    CHECK(told_target(statement_with_target({line("A0", "2019-01-04", "P1", "yes", ""), met, later})) ==
          "1 of 1, 100%, reached, 1 left out");
  }
  SECTION("or whose they are") {
    CHECK(told_target(statement_with_target({met, line("A2", "2019-01-05", "", "yes", "no"), later})) ==
          "1 of 1, 100%, not known, 1 left out");
    CHECK(told_target(statement_with_target({met, line("A2", "2019-01-05", "", "yes", "yes"), later})) ==
          "1 of 1, 100%, reached, 1 left out");
  }
  SECTION("or between whom they are, of everybody whom they may be of") {
    const Statement statement = statement_with_target({met, "A2,2019-01-05,01V,RXA,adalimumab,1,£99.00,P9,yes,yes,",
                                                       "A3,2019-01-05,01T,,adalimumab,1,£99.00,P1,yes,no,", later});
    REQUIRE(statement.targets.size() == 2);
    CHECK(told(statement.targets[0]) == "1 of 1, 100%, not known, 1 left out");
    CHECK(told(statement.targets[1]) == "1 of 1, 100%, reached");
  }
  SECTION("or on which day") {
    CHECK(told_target(statement_with_target({met, line("A2", "", "P1", "yes", "no"), later})) ==
          "1 of 1, 100%, not known, 1 left out");
  }
  SECTION("or anything of them at all") {
    const Statement statement = Ledger(gain_share(target)).file(patient_columns, {met, later}).lost(2).settle();
    CHECK(told_target(statement) == "1 of 1, 100%, not known");
    CHECK(statement.targets[0].notes.front() == "2 lines of the ledger could not be read at all, and may be of it");
  }
}
