#include <algorithm>

#include <catch2/catch.hpp>

#include "kept_register.hpp"

// Rows that somebody added behind the register's back, under numbers that no row would have.
using namespace proviso::service;
using namespace proviso::service::sample;

TEST_CASE("a use that was made up is found, whatever number it has") {
  const Kept kept = kept_somewhere();
  for (const char* number : {"-1", "0", "-9223372036854775808", "9223372036854775807"}) {
    INFO(number);
    const std::string event = std::string("INSERT INTO events VALUES (") + number + ", '" + kept.code(6) +
                              "', 1, 'used', '', '', 'spell 9', '', ''); ";
    const Faults faults = kept.faults_after(event + "UPDATE authorisations SET used = 1 WHERE entry = 6");
    CHECK(faults == Faults{number[0] == '9'
                               ? "event 9223372036854775807 stands after the last, which is event 2"
                               : "an event of authorisation " + kept.code(6) + " has a number that no event can have"});
    kept.tamper("DELETE FROM events WHERE reason = 'spell 9'; UPDATE authorisations SET used = 0 WHERE entry = 6");
    CHECK(kept.faults().empty());
  }
}

TEST_CASE("an entry that was made up with what it is said to have issued is found, whatever number it has") {
  const Kept kept = kept_somewhere();
  const std::string code = new_code();
  for (const char* number : {"-5", "0", "-9223372036854775808", "9223372036854775807"}) {
    INFO(number);
    kept.tamper(std::string("CREATE TABLE copied AS SELECT * FROM log WHERE number = 6; UPDATE copied SET id = 'x', ") +
                "number = " + number + "; INSERT INTO log SELECT * FROM copied; DROP TABLE copied");
    kept.tamper(
        "CREATE TABLE copied AS SELECT * FROM authorisations WHERE entry = 6; UPDATE copied SET matter = NULL, " +
        ("code = '" + code + "', entry = ") + number +
        "; INSERT INTO authorisations SELECT * FROM copied; DROP TABLE copied");
    const std::string not_issued = "authorisation " + code + " was issued by no entry";
    CHECK(kept.faults() == Faults{number[0] == '9'
                                      ? "entry 9223372036854775807 stands after the last, which is entry 12"
                                      : "the entry of decision x has a number that no entry can have",
                                  not_issued});
    const auto listed = authorisations(*kept.open());
    CHECK(std::any_of(listed.begin(), listed.end(), [&](const Authorisation& each) { return each.code == code; }));
    CHECK(entries(*kept.open()).size() == 13);
    kept.tamper("DELETE FROM authorisations WHERE code = '" + code + "'; DELETE FROM log WHERE id = 'x'");
    CHECK(kept.faults().empty());
  }
}

TEST_CASE("what has no number where a number should stand is found") {
  // PostgreSQL keeps nothing else in such a column.
  const Kept kept("sqlite");
  for (const char* table : {"log", "events", "authorisations"}) kept.without_constraints(table);
  REQUIRE(kept.faults().empty());
  for (const char* number : {"'x'", "x'3132'", "NULL", "0.5", "1.5", "1e300"}) {
    INFO(number);
    kept.tamper("CREATE TABLE before AS SELECT * FROM events");
    CHECK(kept.faults_after(std::string("UPDATE events SET number = ") + number + " WHERE number = 2") ==
          Faults{"an event of authorisation " + kept.code(4) + " has a number that no event can have",
                 "event 2 is missing"});
    kept.tamper("DELETE FROM events; INSERT INTO events SELECT * FROM before; DROP TABLE before");
    kept.tamper("CREATE TABLE before AS SELECT * FROM log");
    kept.tamper(std::string("UPDATE log SET id = 'x', number = ") + number + " WHERE number = 11");
    CHECK(kept.faults() ==
          Faults{"the entry of decision x has a number that no entry can have", "entry 11 is missing"});
    kept.tamper("DELETE FROM log; INSERT INTO log SELECT * FROM before; DROP TABLE before");
    kept.tamper("CREATE TABLE before AS SELECT * FROM authorisations");
    kept.tamper(std::string("UPDATE authorisations SET entry = ") + number + " WHERE entry = 6");
    CHECK(kept.faults() == Faults{"authorisation " + kept.code(6) + " was issued by no entry",
                                  "authorisation " + kept.code(6) + ", which entry 6 issued, is missing"});
    kept.tamper("DELETE FROM authorisations; INSERT INTO authorisations SELECT * FROM before; DROP TABLE before");
    REQUIRE(kept.faults().empty());
  }
}

TEST_CASE("an authorisation that counts fewer uses than none is found") {
  const Kept kept = kept_somewhere();
  CHECK(kept.faults_after("UPDATE authorisations SET used = -3 WHERE entry = 6") ==
        Faults{"authorisation " + kept.code(6) + ": it counts as used -3 times, and its history has 0"});
}

TEST_CASE("an event or an authorisation that stands twice is found, wherever it stands") {
  const Place place(GENERATE(from_range(kinds())));
  constexpr int count = 260;
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (int i = 0; i < count; ++i) submissions.push_back(approved("R" + std::to_string(i)));
  write_all(*kept, std::move(submissions));
  for (const Authorisation& each : authorisations(*kept)) REQUIRE(kept->withdraw(each.code, "", ""));
  rebuild(place, "events");
  rebuild(place, "authorisations");
  REQUIRE(found(*kept).faults.empty());
  for (const int number : {1, 3, 255, 256, 257, count}) {
    const std::string which = std::to_string(number);
    INFO(which);
    place.tamper("INSERT INTO events SELECT * FROM events WHERE number = " + which);
    CHECK(found(*kept).faults.back() == "event " + which + " stands twice");
    rebuild(place, "events", "SELECT DISTINCT *");
    place.tamper("CREATE TABLE copied AS SELECT * FROM authorisations WHERE entry = " + which +
                 "; UPDATE copied SET code = 'PA-00000-00000-00000-00000'; INSERT INTO authorisations SELECT * FROM "
                 "copied; DROP TABLE copied");
    CHECK(found(*kept).faults == Faults{"authorisation PA-00000-00000-00000-00000 was issued by no entry"});
    place.tamper("DELETE FROM authorisations WHERE code = 'PA-00000-00000-00000-00000'");
  }
}
