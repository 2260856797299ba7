#include <catch2/catch.hpp>

#include "kept_register.hpp"

using namespace proviso::service;
using namespace proviso::service::sample;

TEST_CASE("every field of an entry is part of its digest, and what belongs to which is never in doubt") {
  LogEntry entry = decision("R1").entry;
  entry.number = 1;
  entry.codes = {"A", "B"};
  const std::string digest = digest_of(entry);
  const auto differs = [&](const auto& change) {
    LogEntry changed = entry;
    change(changed);
    return digest_of(changed) != digest;
  };
  CHECK(differs([](LogEntry& e) { e.number = 2; }));
  for (auto field : {&LogEntry::id, &LogEntry::at, &LogEntry::by, &LogEntry::library, &LogEntry::record,
                     &LogEntry::referral, &LogEntry::patient, &LogEntry::outcome, &LogEntry::kept, &LogEntry::exemplar,
                     &LogEntry::issued, &LogEntry::previous}) {
    CHECK(differs([&](LogEntry& e) { e.*field += "x"; }));
  }
  CHECK(differs([](LogEntry& e) { e.codes.pop_back(); }));
  CHECK(differs([](LogEntry& e) { e.codes = {"AB"}; }));
  CHECK(differs([](LogEntry& e) { e.codes = {"", "AB"}; }));
  // What moves from the end of one field to the start of the next.
  CHECK(differs([](LogEntry& e) {
    e.record.pop_back();
    e.referral.insert(0, "l");
  }));
  CHECK_FALSE(differs([](LogEntry& e) { e.digest = "of itself it is no part"; }));
}

TEST_CASE("an empty register has no faults") {
  const Place place(GENERATE(from_range(kinds())));
  const Found looked = found(*place.open());
  CHECK(looked.entries == 0);
  CHECK(looked.last.empty());
  CHECK(looked.faults.empty());
}

TEST_CASE("verification tells how many entries there are and the digest of the last") {
  const Kept kept = kept_somewhere();
  const Found looked = found(*kept.open());
  CHECK(looked.entries == 12);
  CHECK(looked.last == kept.last());
}

TEST_CASE("an entry that was changed is found, whichever field it is") {
  const Kept kept = kept_somewhere();
  for (const char* field :
       {"at", "holder", "library", "record", "referral", "patient", "outcome", "kept", "exemplar", "codes", "id"}) {
    INFO(field);
    const std::string column = field;
    const std::string before = kept.tamper("SELECT " + column + " FROM log WHERE number = 5")[0];
    CHECK(kept.faults_after("UPDATE log SET " + column + " = 'x' WHERE number = 5") ==
          Faults{"entry 5: its text was changed"});
    CHECK(kept.faults_after("UPDATE log SET " + column + " = '" + before + "' WHERE number = 5").empty());
  }
}

TEST_CASE("an entry whose digest was changed with it no longer fits the next") {
  const Kept kept = kept_somewhere();
  LogEntry forged;
  REQUIRE(kept.open()->each_entry([&](const LogEntry& entry) {
    if (entry.number == 5) forged = entry;
  }));
  forged.outcome = "approve";
  CHECK(kept.faults_after("UPDATE log SET outcome = 'approve', digest = '" + digest_of(forged) +
                          "' WHERE number = 5") == Faults{"entry 6 does not follow what entry 5 is now"});
}

TEST_CASE("the last entry cannot be forged without the head") {
  const Kept kept = kept_somewhere();
  LogEntry forged;
  REQUIRE(kept.open()->each_entry([&](const LogEntry& entry) { forged = entry; }));
  forged.by = "someone else";
  CHECK(kept.faults_after("UPDATE log SET holder = 'someone else', digest = '" + digest_of(forged) +
                          "' WHERE number = 12") == Faults{"entry 12 is not what was written last"});
}

TEST_CASE("missing entries are found: in the middle, at the start, at the end, and all") {
  const Kept kept = kept_somewhere();
  CHECK(kept.faults_after("DELETE FROM log WHERE number IN (5, 7)") ==
        Faults{"entry 5 is missing", "entry 7 is missing"});
  CHECK(kept.faults_after("DELETE FROM log WHERE number = 1") ==
        Faults{"entry 1 is missing", "entry 5 is missing", "entry 7 is missing"});
  CHECK(kept.faults_after("DELETE FROM log WHERE number > 10") ==
        Faults{"entry 1 is missing", "entry 5 is missing", "entry 7 is missing", "entries 11 to 12 are missing",
               "authorisation " + kept.code(12) + " was issued by no entry"});
  const Faults all = kept.faults_after("DELETE FROM log");
  REQUIRE(all.size() == 7);
  CHECK(all[0] == "entries 1 to 12 are missing");
}

TEST_CASE("a log that was cut short together with its head shows by what it issued") {
  const Kept kept = kept_somewhere();
  const std::string digest = kept.tamper("SELECT digest FROM log WHERE number = 11")[0];
  CHECK(kept.faults_after("DELETE FROM log WHERE number = 12; UPDATE head SET number = 11, digest = '" + digest +
                          "'") == Faults{"authorisation " + kept.code(12) + " was issued by no entry"});
}

TEST_CASE("an entry that stands twice, or after the last, is found") {
  const Kept kept = kept_somewhere();
  kept.without_constraints("log");
  CHECK(kept.faults().empty());
  CHECK(kept.faults_after("INSERT INTO log SELECT * FROM log WHERE number = 6") == Faults{"entry 6 stands twice"});
  kept.tamper("CREATE TABLE copied AS SELECT * FROM log WHERE number = 12; UPDATE copied SET number = 13");
  CHECK(kept.faults_after("INSERT INTO log SELECT * FROM copied") ==
        Faults{"entry 13 stands after the last, which is entry 12", "entry 6 stands twice"});
}

TEST_CASE("the first entry names none before it") {
  const Kept kept = kept_somewhere();
  CHECK(kept.faults_after("UPDATE log SET previous = 'x' WHERE number = 1") ==
        Faults{"entry 1 names one before it", "entry 1: its text was changed"});
}

TEST_CASE("an authorisation that is not as it was issued is found, whichever field it is") {
  const Kept kept = kept_somewhere();
  for (const char* change : {"record = 'x'", "referral = 'x'", "policy = 'x'", "version = 'x'", "place = 'x'",
                             "decision = 'x'", "bound = '{}'", "patient = 'x'", "decided = 'x'", "valid_from = 'x'",
                             "valid_to = '2099-12-31'", "uses = 9", "retrospective = 1"}) {
    INFO(change);
    kept.tamper("CREATE TABLE before AS SELECT * FROM authorisations");
    CHECK(kept.faults_after("UPDATE authorisations SET " + std::string(change) + " WHERE code = '" + kept.code(6) +
                            "'") == Faults{"authorisation " + kept.code(6) + " is not as entry 6 issued it"});
    kept.tamper("DELETE FROM authorisations; INSERT INTO authorisations SELECT * FROM before; DROP TABLE before");
    CHECK(kept.faults().empty());
  }
}

TEST_CASE("an authorisation that is missing, was made up, or has another code is found") {
  const Kept kept = kept_somewhere();
  const std::string missing = "authorisation " + kept.code(8) + ", which entry 8 issued, is missing";
  kept.tamper("CREATE TABLE removed AS SELECT * FROM authorisations WHERE code = '" + kept.code(8) + "'");
  CHECK(kept.faults_after("DELETE FROM authorisations WHERE code = '" + kept.code(8) + "'") == Faults{missing});
  kept.tamper("UPDATE removed SET code = 'PA-00000-00000-00000-00000'");
  CHECK(kept.faults_after("INSERT INTO authorisations SELECT * FROM removed") ==
        Faults{"authorisation PA-00000-00000-00000-00000 was issued by no entry", missing});
  CHECK(kept.faults_after("UPDATE authorisations SET entry = 9 WHERE code = 'PA-00000-00000-00000-00000'") ==
        Faults{missing, "authorisation PA-00000-00000-00000-00000 was issued by no entry"});
}

TEST_CASE("a history that does not fit is found") {
  const Kept kept = kept_somewhere();
  const auto fault = [&](std::size_t entry, const std::string& what) {
    return Faults{"authorisation " + kept.code(entry) + ": " + what};
  };
  CHECK(kept.faults_after("UPDATE authorisations SET used = 0 WHERE entry = 2") ==
        fault(2, "it counts as used 0 times, and its history has 1"));
  kept.tamper("UPDATE authorisations SET used = 1 WHERE entry = 2");
  CHECK(kept.faults_after("UPDATE authorisations SET withdrawn = 0 WHERE entry = 4") ==
        fault(4, "whether it is withdrawn is not what its history says"));
  kept.tamper("UPDATE authorisations SET withdrawn = 1 WHERE entry = 4");
  CHECK(kept.faults().empty());
  const std::string after_the_last = "event 3 stands after the last, which is event 2";
  const std::string more =
      "INSERT INTO events VALUES (3, '" + kept.code(2) + "', 2, 'used', '', '', 'spell 1', '', ''); ";
  CHECK(kept.faults_after(more + "UPDATE authorisations SET used = 2 WHERE entry = 2") ==
        Faults{after_the_last, fault(2, "it was used 2 times, and may be used 1")[0],
               fault(2, "one use is counted twice")[0]});
  kept.tamper("DELETE FROM events WHERE ordinal = 2; UPDATE authorisations SET used = 1 WHERE entry = 2");
  const std::string late = "INSERT INTO events VALUES (3, '" + kept.code(4) + "', 2, 'used', '', '', '', '', ''); ";
  CHECK(kept.faults_after(late + "UPDATE authorisations SET used = 1 WHERE entry = 4") ==
        Faults{after_the_last, fault(4, "it was used after it was withdrawn")[0]});
  kept.tamper("DELETE FROM events WHERE ordinal = 2; UPDATE authorisations SET used = 0 WHERE entry = 4");
  CHECK(kept.faults_after("UPDATE events SET kind = 'lost' WHERE code = '" + kept.code(2) + "'") ==
        Faults{fault(2, "its history has what is none")[0],
               fault(2, "it counts as used 1 times, and its history has 0")[0],
               "event 1, of authorisation " + kept.code(2) + ": its text was changed"});
}

TEST_CASE("a use or a withdrawal that was changed or undone is found, though the authorisation fits it") {
  const Kept kept = kept_somewhere();
  const std::string use = "event 1, of authorisation " + kept.code(2) + ": its text was changed";
  for (const char* change : {"at = '2020-01-01T00:00:00.000Z'", "holder = 'another'", "reason = 'another'"}) {
    kept.tamper("CREATE TABLE before AS SELECT * FROM events");
    CHECK(kept.faults_after("UPDATE events SET " + std::string(change) + " WHERE number = 1") == Faults{use});
    kept.tamper("DELETE FROM events; INSERT INTO events SELECT * FROM before; DROP TABLE before");
  }
  CHECK(kept.faults().empty());
  kept.tamper("CREATE TABLE before AS SELECT * FROM events");
  CHECK(kept.faults_after("DELETE FROM events WHERE number = 1; UPDATE authorisations SET used = 0 WHERE entry = 2") ==
        Faults{"event 1 is missing"});
  kept.tamper(
      "DELETE FROM events; INSERT INTO events SELECT * FROM before; "
      "UPDATE authorisations SET used = 1 WHERE entry = 2");
  CHECK(kept.faults_after(
            "DELETE FROM events WHERE number = 2; UPDATE authorisations SET withdrawn = 0 WHERE entry = 4") ==
        Faults{"event 2 is missing"});
  CHECK(kept.faults_after("DELETE FROM events; UPDATE authorisations SET used = 0, withdrawn = 0") ==
        Faults{"events 1 to 2 are missing"});
  kept.tamper(
      "INSERT INTO events SELECT * FROM before WHERE number = 2; UPDATE events SET number = 1; "
      "UPDATE authorisations SET withdrawn = 1 WHERE entry = 4; UPDATE head SET event = 1");
  CHECK(kept.faults() ==
        Faults{"event 1 names one before it", "event 1, of authorisation " + kept.code(4) + ": its text was changed"});
}

TEST_CASE("of many faults a hundred are told") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (int i = 0; i < 300; ++i) submissions.push_back(decision("R" + std::to_string(i)));
  write_all(*kept, std::move(submissions));
  place.tamper("UPDATE log SET outcome = 'approve'");
  const Found looked = found(*kept);
  CHECK(looked.entries == 300);
  REQUIRE(looked.faults.size() == 100);
  CHECK(looked.faults[99] == "entry 100: its text was changed");
}

TEST_CASE("what is written while the register is verified is no fault") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (int i = 0; i < 3000; ++i) submissions.push_back(approved("R" + std::to_string(i)));
  std::size_t written = 0;
  for (Submission& submission : submissions) {
    kept->submit(std::move(submission), [&](const Register::Result<Receipt>& receipt) {
      if (receipt) ++written;
    });
  }
  for (int i = 0; i < 10; ++i) CHECK(found(*kept).faults.empty());
  CHECK(kept->trouble().empty());
  CHECK(written == 3000);
  CHECK(found(*kept).entries == 3000);
}
