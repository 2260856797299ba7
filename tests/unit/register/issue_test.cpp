#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <thread>
#include <unordered_set>

#include "sample.hpp"
#include "service/register/records.hpp"
#include "service/register/rules.hpp"

using namespace proviso::service;
using namespace proviso::service::sample;

TEST_CASE("who asks again for the same is given the same code") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const Receipt first = write(*kept, approved("R1"));
  const Receipt second = write(*kept, approved("R1"));
  CHECK(second.entry.number == 2);
  CHECK(second.entry.codes == first.entry.codes);
  CHECK(second.entry.issued.empty());
  REQUIRE(second.authorisations.size() == 1);
  CHECK(second.authorisations[0].decision == first.entry.id);
  CHECK(authorisations(*kept).size() == 1);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("the same facts in another order are the same, other facts are not") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const std::string code = write(*kept, approved("R1")).entry.codes[0];
  Submission same = approved("R1");
  same.approvals[0].bound = R"({"provider":"RJ2","procedure":"W37.1"})";
  CHECK(write(*kept, std::move(same)).entry.codes[0] == code);
  Submission other = approved("R1");
  other.approvals[0].bound = R"({"procedure": "W37.1", "provider": "RVR"})";
  CHECK(write(*kept, std::move(other)).entry.codes[0] != code);
  Submission unreadable = approved("R1");
  unreadable.approvals[0].bound = "not JSON";
  const std::string third = write(*kept, std::move(unreadable)).entry.codes[0];
  CHECK(third != code);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("another referral, policy, record or patient has a code of its own") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  std::set<std::string> codes = {write(*kept, approved("R1")).entry.codes[0],
                                 write(*kept, approved("R2")).entry.codes[0],
                                 write(*kept, approved("R1", "lewisham.cataract")).entry.codes[0]};
  Submission other_record = approved("R1");
  other_record.approvals[0].record = "DrugRequest";
  codes.insert(write(*kept, std::move(other_record)).entry.codes[0]);
  Submission other_patient = approved("R1");
  other_patient.approvals[0].patient = "hmac-sha256:" + std::string(64, 'c');
  codes.insert(write(*kept, std::move(other_patient)).entry.codes[0]);
  CHECK(codes.size() == 5);
}

TEST_CASE("referrals without an id are never taken for one another") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission twice = approved("");
  twice.approvals.push_back(twice.approvals[0]);
  const Receipt receipt = write(*kept, std::move(twice));
  std::set<std::string> codes(receipt.entry.codes.begin(), receipt.entry.codes.end());
  codes.insert(write(*kept, approved("")).entry.codes[0]);
  CHECK(codes.size() == 3);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("one decision that asks twice for the same has one authorisation, twice") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission twice = approved("R1");
  twice.approvals.push_back(twice.approvals[0]);
  const Receipt receipt = write(*kept, std::move(twice));
  REQUIRE(receipt.authorisations.size() == 2);
  CHECK(receipt.authorisations[0].code == receipt.authorisations[1].code);
  CHECK(receipt.entry.codes == std::vector<std::string>(2, receipt.authorisations[0].code));
  CHECK(authorisations(*kept).size() == 1);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("after a withdrawal a new code is issued, and the old one stays withdrawn") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const std::string first = write(*kept, approved("R1")).entry.codes[0];
  CHECK(kept->withdraw(first, "asked for by mistake", "commissioner").value() == Change::done);
  const std::string second = write(*kept, approved("R1")).entry.codes[0];
  CHECK(second != first);
  CHECK(write(*kept, approved("R1")).entry.codes[0] == second);
  CHECK(kept->authorisation(first).value()->withdrawn);
  CHECK_FALSE(kept->authorisation(second).value()->withdrawn);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("what is used up is still given to who asks again") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const std::string code = write(*kept, approved("R1")).entry.codes[0];
  CHECK(kept->use(code, "spell 1", "", "2026-12-01").value() == Change::done);
  const Receipt again = write(*kept, approved("R1"));
  CHECK(again.entry.codes[0] == code);
  CHECK(again.authorisations[0].used == 1);
  CHECK(again.authorisations[0].events.size() == 2);
}

TEST_CASE("what is used up is given to who asks again when it was withdrawn too") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const std::string code = write(*kept, approved("R1")).entry.codes[0];
  CHECK(kept->use(code, "spell 1", "", "2026-12-01").value() == Change::done);
  CHECK(kept->withdraw(code, "billed in error", "commissioner").value() == Change::done);
  const Receipt again = write(*kept, approved("R1"));
  CHECK(again.entry.codes[0] == code);
  CHECK(again.authorisations[0].withdrawn);
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("what is used up is given to who asks again after its last day too") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const auto ask = [&](const char* decided, const char* valid_to, int uses) {
    Submission asked = approved("R1");
    asked.approvals[0].decided = decided;
    asked.approvals[0].valid_to = valid_to;
    asked.approvals[0].uses = uses;
    return write(*kept, std::move(asked)).entry.codes[0];
  };
  const int uses = GENERATE(1, 2);
  const std::string first = ask("2026-11-22", "2027-11-21", uses);
  CHECK(kept->use(first, "spell 1", "", "2026-12-01").value() == Change::done);
  // Of two uses one is left, which ran out with the first authorisation.
  CHECK((ask("2027-11-22", "2028-11-21", uses) == first) == (uses == 1));
}

TEST_CASE("what is expired makes way for what lasts longer") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  const auto ask = [&](const char* decided, const char* valid_to) {
    Submission asked = approved("R1");
    asked.approvals[0].decided = decided;
    asked.approvals[0].valid_to = valid_to;
    return write(*kept, std::move(asked)).entry.codes[0];
  };
  const std::string first = ask("2026-11-22", "2027-11-21");
  CHECK(ask("2027-11-21", "2028-11-20") == first);  // its last day
  // A referral of long ago that is asked about again is good for the same days as it was.
  CHECK(ask("2029-01-01", "2027-11-21") == first);
  const std::string second = ask("2027-11-22", "2028-11-21");
  CHECK(second != first);
  CHECK(ask("2027-11-23", "2028-11-22") == second);
  CHECK(kept->authorisation(first).value()->valid_to == "2027-11-21");
  CHECK(found(*kept).faults.empty());
}

TEST_CASE("what was committed though nobody heard of it is not written again") {
  const Place place(GENERATE(from_range(kinds())));
  const auto kept = place.open();
  Submission asked = approved("R1");
  asked.approvals[0].uses = 3;
  AuthorisationEvent use{AuthorisationEvent::Kind::used, time_now(), "provider", ""};
  const auto opened = names_postgres(place.where()) ? open_postgres(place.where()) : open_sqlite(place.where());
  REQUIRE(opened);
  std::vector<std::string> codes;
  std::vector<std::string> digests;
  std::unordered_set<std::string> exemplars;
  for (const bool repeated : {false, true, true}) {
    Writing writing(**opened, exemplars, repeated);
    REQUIRE((*opened)->begin(Database::Access::write));
    LogEntry entry = asked.entry;
    Packer packer;
    pack(packer, 0, entry);
    const auto given = writing.add(entry, nullptr, asked.approvals);
    REQUIRE(given);
    REQUIRE(given->size() == 1);
    codes.push_back(given->front().code);
    digests.push_back(entry.digest);
    CHECK(writing.use(codes.back(), use, "2026-12-01").value() == Change::done);
    REQUIRE(writing.commit());
  }
  CHECK(codes == std::vector<std::string>(3, codes[0]));
  CHECK(digests == std::vector<std::string>(3, digests[0]));
  CHECK(entries(*kept).size() == 1);
  CHECK(kept->authorisation(codes[0]).value()->used == 1);
  CHECK(found(*kept).faults.empty());
}

// Two registers on one database, as two services have them; each with several threads.
TEST_CASE("those who ask at the same time have one code for a referral, and entries without gaps") {
  const Place place(GENERATE(from_range(kinds())));
  const std::vector<std::unique_ptr<Register>> services = [&] {
    std::vector<std::unique_ptr<Register>> opened;
    for (int i = 0; i < 2; ++i) opened.push_back(place.open());
    return opened;
  }();
  constexpr int referrals = 150;
  std::vector<std::vector<std::string>> codes(4, std::vector<std::string>(referrals));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t j = 0; j < referrals; j += 3) {
        std::vector<Submission> three;
        for (std::size_t k = j; k < j + 3; ++k) three.push_back(approved("R" + std::to_string(k)));
        auto receipts = write_all(*services[i % 2], std::move(three));
        for (std::size_t k = 0; k < 3; ++k) {
          if (receipts[k]) codes[i][j + k] = receipts[k]->entry.codes[0];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& of_thread : codes) CHECK(of_thread == codes[0]);
  CHECK(std::set<std::string>(codes[0].begin(), codes[0].end()).size() == referrals);
  CHECK(authorisations(*services[0]).size() == referrals);
  std::uint64_t last = 0;
  for (const LogEntry& entry : entries(*services[1])) CHECK(entry.number == ++last);
  CHECK(last == 4 * referrals);
  CHECK(found(*services[0]).faults.empty());
}

TEST_CASE("of those who use one authorisation at the same time as many succeed as may") {
  const Place place(GENERATE(from_range(kinds())));
  const std::unique_ptr<Register> services[] = {place.open(), place.open()};
  Submission asked = approved("R1");
  asked.approvals[0].uses = 5;
  const std::string code = write(*services[0], std::move(asked)).entry.codes[0];
  std::vector<Change> changes(12);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    threads.emplace_back(
        [&, i] { changes[i] = services[i % 2]->use(code, "spell " + std::to_string(i), "", "2026-12-01").value(); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(changes.begin(), changes.end(), Change::done) == 5);
  CHECK(std::count(changes.begin(), changes.end(), Change::used_up) == 7);
  CHECK(services[1]->authorisation(code).value()->used == 5);
  CHECK(found(*services[0]).faults.empty());
}
