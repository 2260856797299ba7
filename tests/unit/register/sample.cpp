#include "sample.hpp"

#include <libpq-fe.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

namespace proviso::service::sample {
namespace {

/// Empty where there is none.
std::string postgres() {
  const char* address = std::getenv("PROVISO_TEST_POSTGRES");
  return address == nullptr ? "" : address;
}

/// Also those of another version, which the register would not touch.
void drop_tables() {
  PGconn* connection = PQconnectdb(postgres().c_str());
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  PGresult* result = PQexec(connection, "DROP SCHEMA IF EXISTS proviso CASCADE");
  const bool dropped = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  PQfinish(connection);
  REQUIRE(dropped);
}

std::unique_ptr<Database> open_database(const std::string& where) {
  auto database = names_postgres(where) ? open_postgres(where) : open_sqlite(where);
  if (!database) FAIL(database.error().text);
  return std::move(*database);
}

}  // namespace

std::vector<std::string> kinds() {
  if (postgres().empty()) return {"sqlite"};
  return {"sqlite", "postgres"};
}

Place::Place(const std::string& kind) {
  if (kind == "postgres") {
    where_ = postgres();
    drop_tables();
    return;
  }
  where_ = folder_.emplace().path() + "/register.db";
}

std::unique_ptr<Register> Place::open() const {
  auto opened = open_register(where_);
  if (!opened) FAIL(opened.error());
  return std::move(*opened);
}

std::vector<std::string> Place::tamper(const std::string& script) const {
  const auto database = open_database(where_);
  std::vector<std::string> column;
  const auto unguarded =
      database->run_script(folder_ ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica");
  REQUIRE(unguarded);
  const auto done =
      database->run_script(script, [&](Database::Row row) { column.emplace_back(row.empty() ? "" : row[0]); });
  if (!done) FAIL(done.error().text);
  return column;
}

Submission decision(const std::string& referral, const std::string& outcome) {
  Submission submission;
  submission.entry.id = random_id();
  submission.entry.at = time_now();
  submission.entry.by = "practice";
  submission.entry.library = "sha256:" + std::string(64, 'a');
  submission.entry.record = "Referral";
  submission.entry.referral = referral;
  submission.entry.patient = "hmac-sha256:" + std::string(64, 'b');
  submission.entry.facts = R"({"procedure": "W37.1", "patient": {"bmi": 36}})";
  submission.entry.outcome = outcome;
  submission.entry.result = R"({"record": "Referral", "outcome": ")" + outcome + R"("})";
  return submission;
}

Authorisation approval(const std::string& referral, const std::string& policy) {
  Authorisation wanted;
  wanted.record = "Referral";
  wanted.referral = referral;
  wanted.policy = policy;
  wanted.version = "2019-04-01";
  wanted.place = "Lewisham";
  wanted.bound = R"({"procedure": "W37.1", "provider": "RJ2"})";
  wanted.patient = "hmac-sha256:" + std::string(64, 'b');
  wanted.decided = "2026-11-22";
  wanted.valid_from = "2026-11-22";
  wanted.valid_to = "2027-11-21";
  return wanted;
}

Submission approved(const std::string& referral, const std::string& policy) {
  Submission submission = decision(referral, "approve");
  submission.approvals = {approval(referral, policy)};
  return submission;
}

std::vector<Register::Result<Receipt>> write_all(Register& to, std::vector<Submission> submissions) {
  std::mutex mutex;
  std::condition_variable finished;
  std::size_t waiting = submissions.size();
  std::vector<Register::Result<Receipt>> receipts(submissions.size(), tl::unexpected<std::string>("no answer"));
  for (std::size_t i = 0; i < submissions.size(); ++i) {
    to.submit(std::move(submissions[i]), [&, i](Register::Result<Receipt> receipt) {
      const std::lock_guard lock(mutex);
      receipts[i] = std::move(receipt);
      if (--waiting == 0) finished.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  finished.wait(lock, [&] { return waiting == 0; });
  return receipts;
}

Receipt write(Register& to, Submission submission) {
  std::vector<Submission> one;
  one.push_back(std::move(submission));
  auto receipt = std::move(write_all(to, std::move(one)).front());
  if (!receipt) FAIL(receipt.error());
  return std::move(*receipt);
}

std::vector<LogEntry> entries(Register& from) {
  std::vector<LogEntry> all;
  REQUIRE(from.each_entry([&](const LogEntry& entry) { all.push_back(entry); }));
  return all;
}

std::vector<Authorisation> authorisations(Register& from) {
  std::vector<Authorisation> all;
  REQUIRE(from.each_authorisation([&](const Authorisation& authorisation) { all.push_back(authorisation); }));
  return all;
}

Found found(Register& in) {
  auto looked = in.verify();
  if (!looked) FAIL(looked.error());
  return std::move(*looked);
}

}  // namespace proviso::service::sample
