#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "sample.hpp"

using namespace proviso::service;
using namespace proviso::service::sample;
using proviso::Folder;

TEST_CASE("what is submitted is numbered, chained, and read as it was") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission first = decision("R1");
  first.entry.facts = "{\"note\": \"caf\u00e9 \\\" ' ; -- $1 ?1 %s\"}";
  const LogEntry brought = first.entry;
  const LogEntry one = write(*kept, std::move(first)).entry;
  const LogEntry two = write(*kept, decision("R2", "information needed")).entry;
  CHECK(one.number == 1);
  CHECK(one.previous.empty());
  CHECK(one.digest == digest_of(one));
  CHECK(one.digest.size() == 71);
  CHECK(two.number == 2);
  CHECK(two.previous == one.digest);
  CHECK(two.digest == digest_of(two));

  const auto read = kept->entry(brought.id);
  REQUIRE(read);
  REQUIRE(*read);
  CHECK((*read)->number == 1);
  CHECK((*read)->at == brought.at);
  CHECK((*read)->by == brought.by);
  CHECK((*read)->library == brought.library);
  CHECK((*read)->record == brought.record);
  CHECK((*read)->referral == brought.referral);
  CHECK((*read)->patient == brought.patient);
  CHECK((*read)->facts == brought.facts);
  CHECK((*read)->outcome == brought.outcome);
  CHECK((*read)->result == brought.result);
  CHECK((*read)->codes.empty());
  CHECK((*read)->issued.empty());
  CHECK((*read)->digest == one.digest);
  CHECK(kept->entry("no such entry").value() == std::nullopt);
  CHECK(entries(*kept).size() == 2);
  CHECK(found(*kept).entries == 2);
  CHECK(found(*kept).last == two.digest);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("what was written is there when the register is opened again, and the chain goes on") {
  const Place place(GENERATE(from_range(kinds())));
  const Receipt before = write(*place.open(), approved("R1"));
  const auto again = place.open();
  const Receipt after = write(*again, decision("R2"));
  CHECK(after.entry.number == 2);
  CHECK(after.entry.previous == before.entry.digest);
  CHECK(authorisations(*again).front().code == before.entry.codes.front());
  CHECK(found(*again).faults.empty());
}

TEST_CASE("an authorisation is read with all that it was issued with") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission asked = approved("R1");
  asked.approvals[0].uses = 3;
  asked.approvals[0].retrospective = true;
  const Authorisation wanted = asked.approvals[0];
  const Receipt receipt = write(*kept, std::move(asked));
  REQUIRE(receipt.authorisations.size() == 1);
  REQUIRE(receipt.entry.codes.size() == 1);
  bool slipped = true;
  CHECK(tidy_code(receipt.entry.codes[0], slipped) == receipt.entry.codes[0]);
  for (const Authorisation& given :
       {receipt.authorisations[0], *kept->authorisation(receipt.entry.codes[0]).value(), authorisations(*kept)[0]}) {
    CHECK(given.code == receipt.entry.codes[0]);
    CHECK(given.decision == receipt.entry.id);
    CHECK(given.record == wanted.record);
    CHECK(given.referral == wanted.referral);
    CHECK(given.policy == wanted.policy);
    CHECK(given.version == wanted.version);
    CHECK(given.place == wanted.place);
    CHECK(given.bound == wanted.bound);
    CHECK(given.patient == wanted.patient);
    CHECK(given.decided == wanted.decided);
    CHECK(given.valid_from == wanted.valid_from);
    CHECK(given.valid_to == wanted.valid_to);
    CHECK(given.uses == 3);
    CHECK(given.used == 0);
    CHECK(given.retrospective);
    CHECK_FALSE(given.withdrawn);
    REQUIRE(given.events.size() == 1);
    CHECK(given.events[0].kind == AuthorisationEvent::Kind::issued);
    CHECK(given.events[0].at == receipt.entry.at);
    CHECK(given.events[0].by == "practice");
  }
  CHECK(kept->authorisation("PA-00000-00000-00000-00000").value() == std::nullopt);
}

TEST_CASE("authorisations are told in the order in which they were issued") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<std::string> codes;
  std::vector<Submission> submissions;
  for (int i = 0; i < 600; ++i) {
    submissions.push_back(approved("R" + std::to_string(i)));
    if (i % 3 == 0) submissions.back().approvals.push_back(approval("R" + std::to_string(i), "lewisham.cataract"));
  }
  for (const auto& receipt : write_all(*kept, std::move(submissions))) {
    REQUIRE(receipt);
    codes.insert(codes.end(), receipt->entry.codes.begin(), receipt->entry.codes.end());
  }
  std::vector<std::string> told;
  for (const Authorisation& authorisation : authorisations(*kept)) told.push_back(authorisation.code);
  CHECK(told == codes);
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == 800);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("what is used and withdrawn has a history, and a use with the same reference is one use") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission asked = approved("R1");
  asked.approvals[0].uses = 2;
  const std::string code = write(*kept, std::move(asked)).entry.codes[0];
  const auto use = [&](const char* reference, const char* today = "2026-12-01") {
    return kept->use(code, reference, "provider", today).value();
  };
  CHECK(use("spell 1", "2027-11-22") == Change::expired);
  CHECK(use("spell 1") == Change::done);
  CHECK(use("spell 1") == Change::done_before);
  CHECK(use("spell 1", "2027-11-22") == Change::done_before);
  CHECK(use("spell 2", "2027-11-21") == Change::done);
  CHECK(use("spell 3") == Change::used_up);
  CHECK(kept->withdraw(code, "moved away", "commissioner").value() == Change::done);
  CHECK(kept->withdraw(code, "moved away", "commissioner").value() == Change::done_before);
  CHECK(use("spell 3") == Change::withdrawn);
  CHECK(kept->use("PA-00000-00000-00000-00000", "x", "", "2026-12-01").value() == Change::unknown_code);
  CHECK(kept->withdraw("PA-00000-00000-00000-00000", "x", "").value() == Change::unknown_code);

  const auto read = kept->authorisation(code).value();
  REQUIRE(read);
  CHECK(read->used == 2);
  CHECK(read->withdrawn);
  REQUIRE(read->events.size() == 4);
  CHECK(read->events[1].kind == AuthorisationEvent::Kind::used);
  CHECK(read->events[1].by == "provider");
  CHECK(read->events[1].reason == "spell 1");
  CHECK(read->events[2].reason == "spell 2");
  CHECK(read->events[3].kind == AuthorisationEvent::Kind::withdrawn);
  CHECK(read->events[3].by == "commissioner");
  CHECK(read->events[3].reason == "moved away");
  CHECK(read->events[2].at <= read->events[3].at);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("uses without a reference are uses of their own") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission asked = approved("R1");
  asked.approvals[0].uses = 2;
  const std::string code = write(*kept, std::move(asked)).entry.codes[0];
  CHECK(kept->use(code, "", "", "2026-12-01").value() == Change::done);
  CHECK(kept->use(code, "", "", "2026-12-01").value() == Change::done);
  CHECK(kept->use(code, "", "", "2026-12-01").value() == Change::used_up);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("feedback is kept once, however often it is sent") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  CHECK(kept->add_feedback("s", "card 1", "overridden", "{}", "2026-11-22T10:00:00Z").value());
  CHECK_FALSE(kept->add_feedback("s", "card 1", "overridden", "{}", "2026-11-22T10:05:00Z").value());
  CHECK(kept->add_feedback("s", "card 1", "accepted", "{}", "2026-11-22T10:05:00Z").value());
  CHECK(kept->add_feedback("s", "card 2", "overridden", "{}", "2026-11-22T10:05:00Z").value());
  // A comment of any length, and fields that run together.
  CHECK(kept->add_feedback("s", "card 3", "overridden", std::string(20000, 'x'), "").value());
  CHECK(kept->add_feedback("sc", "ard 1", "overridden", "{}", "").value());
}

TEST_CASE("the identifier of a request is new once, until it is forgotten") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const std::int64_t now = std::time(nullptr);
  CHECK(kept->first_use("https://ehr.example", "1", now + 300).value());
  CHECK_FALSE(kept->first_use("https://ehr.example", "1", now + 300).value());
  CHECK(kept->first_use("https://other.example", "1", now + 300).value());
  CHECK(kept->first_use("https://ehr.example", "2", now - 1).value());
  CHECK(kept->first_use("https://ehr.example", "2", now + 300).value());
  CHECK_FALSE(kept->first_use("https://ehr.example", "2", now + 300).value());
}

TEST_CASE("a register that can be written to has no trouble") {
  const Place place(GENERATE(from_range(kinds())));
  CHECK(place.open()->trouble().empty());
}

TEST_CASE("one submission that cannot be written does not take others with it") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (int i = 0; i < 20; ++i) submissions.push_back(approved("R" + std::to_string(i)));
  submissions[7].entry.id = submissions[3].entry.id;
  const auto receipts = write_all(*kept, std::move(submissions));
  for (std::size_t i = 0; i < receipts.size(); ++i) CHECK(receipts[i].has_value() == (i != 7));
  CHECK(entries(*kept).size() == 19);
  CHECK(authorisations(*kept).size() == 19);
  CHECK(found(*kept).faults.empty());
  // The error does not tell what was to be written.
  CHECK(receipts[7].error().find("R7") == std::string::npos);
}

TEST_CASE("when more waits than the register takes, the rest is told so at once") {
  const Place place(GENERATE(from_range(kinds())));
  auto kept = place.open();
  std::promise<void> go_on;
  std::promise<void> held;
  kept->submit(decision("R0"), [&](const Register::Result<Receipt>&) {
    held.set_value();
    go_on.get_future().wait();
  });
  held.get_future().wait();
  std::size_t done = 0;
  std::size_t failed = 0;
  for (int i = 0; i < 10005; ++i) {
    kept->submit(decision("R1"), [&](const Register::Result<Receipt>& receipt) { receipt ? ++done : ++failed; });
  }
  CHECK(failed == 5);
  CHECK(done == 0);
  CHECK(kept->trouble() == "more is waiting to be written than the register takes");
  go_on.set_value();
  kept.reset();
  CHECK(done == 10000);
  CHECK(failed == 5);
}

TEST_CASE("what waits is written before the register is closed") {
  const Place place(GENERATE(from_range(kinds())));
  std::size_t done = 0;
  {
    const auto kept = place.open();
    for (int i = 0; i < 500; ++i) {
      kept->submit(approved("R" + std::to_string(i)), [&](const Register::Result<Receipt>& receipt) {
        if (receipt) ++done;
      });
    }
  }
  CHECK(done == 500);
  CHECK(entries(*place.open()).size() == 500);
}

TEST_CASE("reading does not wait for who writes, and sees what was committed") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const Receipt receipt = write(*kept, approved("R1"));
  const auto other = names_postgres(place.where()) ? open_postgres(place.where()) : open_sqlite(place.where());
  REQUIRE(other);
  REQUIRE((*other)->begin(Database::Access::write));
  REQUIRE((*other)->run(Statement::withdraw_authorisation, {receipt.entry.codes[0]}));
  // A new connection too: the register opens another for every reader.
  CHECK_FALSE(kept->authorisation(receipt.entry.codes[0]).value()->withdrawn);
  CHECK(kept->entry(receipt.entry.id).value()->number == 1);
  CHECK(entries(*kept).size() == 1);
  CHECK(found(*kept).faults.empty());
  CHECK(place.open()->entry(receipt.entry.id).value().has_value());
  (*other)->rollback();
}

TEST_CASE("entries may be read from inside the reading of entries") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (int i = 0; i < 300; ++i) submissions.push_back(decision("R" + std::to_string(i)));
  write_all(*kept, std::move(submissions));
  std::uint64_t last = 0;
  REQUIRE(kept->each_entry([&](const LogEntry& entry) {
    CHECK(entry.number == last + 1);
    last = entry.number;
    if (entry.number % 50 == 0) CHECK(kept->entry(entry.id).value()->number == entry.number);
  }));
  CHECK(last == 300);
}

TEST_CASE("the file of a register is for its owner alone") {
  const Place place("sqlite");
  const auto kept = place.open();
  write(*kept, decision("R1"));
  for (const char* ending : {"", "-wal", "-shm"}) {
    struct stat status {};
    REQUIRE(stat((place.where() + ending).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
}

TEST_CASE("what is no register is not touched") {
  const Folder folder;
  const std::string text = folder.path() + "/notes.txt";
  const std::string content(5000, 'x');
  std::ofstream(text) << content;
  const auto opened = open_register(text);
  REQUIRE_FALSE(opened);
  CHECK(opened.error() == text + ": file is not a database");
  std::ifstream file(text);
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == content);

  const Place place("sqlite");
  place.tamper("DROP TABLE proviso_register");
  const auto foreign = open_register(place.where());
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error() == place.where() + " is no register");
  CHECK_FALSE(open_register(folder.path() + "/no such folder/register.db"));
  CHECK_FALSE(open_register(folder.path()));
}

TEST_CASE("a register of a newer version of the program is not touched") {
  const Place place(GENERATE(from_range(kinds())));
  place.open();
  place.tamper("UPDATE proviso_register SET version = 99");
  const auto opened = open_register(place.where());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().find("is in use by another version of the program: its tables are of version 99") !=
        std::string::npos);
}

TEST_CASE("a register goes on when its connections were ended") {
  for (const std::string& kind : kinds()) {
    if (kind != "postgres") continue;
    const Place place(kind);
    const auto kept = place.open();
    const Receipt before = write(*kept, approved("R1"));
    REQUIRE(kept->entry(before.entry.id).value());
    for (int i = 0; i < 3; ++i) {
      place.tamper(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
          "WHERE pid <> pg_backend_pid() AND datname = current_database()");
      CHECK(kept->entry(before.entry.id).value()->number == 1);
      CHECK(write(*kept, approved("R1")).entry.codes == before.entry.codes);
      CHECK(kept->trouble().empty());
    }
    CHECK(entries(*kept).size() == 4);
    CHECK(found(*kept).faults.empty());
  }
}

TEST_CASE("a text with a zero byte is kept, or refused without a word of it") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::vector<Submission> submissions;
  for (const char* referral : {"R1", "R2", "R3"}) submissions.push_back(decision(referral));
  const std::string facts("{\"secret\": 1}\0", 14);
  submissions[1].entry.facts = facts;
  const std::string id = submissions[1].entry.id;
  const auto receipts = write_all(*kept, std::move(submissions));
  CHECK(receipts[0]);
  CHECK(receipts[2]);
  if (receipts[1]) {
    CHECK(kept->entry(id).value()->facts == facts);
  } else {
    CHECK(receipts[1].error() == "the PostgreSQL database: a text with a zero byte");
  }
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("a database that is not there is an error without its password") {
  const auto opened = open_register("postgres://someone:secret@127.0.0.1:1/nothing");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().find("secret") == std::string::npos);
  CHECK(opened.error().find("the PostgreSQL database: ") == 0);
}
