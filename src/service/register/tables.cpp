#include <fmt/format.h>

#include <array>

#include "service/register/database.hpp"

namespace proviso::service {
namespace {

/// Counts up with every change of the tables.
constexpr int tables_version = 2;

/// `{0}` is the type of numbers.
constexpr const char* tables = R"(
CREATE TABLE proviso_register (version {0} NOT NULL);
CREATE TABLE head (number {0} NOT NULL, digest TEXT NOT NULL, event {0} NOT NULL, event_digest TEXT NOT NULL);
CREATE TABLE log (
  number {0} PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, holder TEXT NOT NULL, library TEXT NOT NULL,
  record TEXT NOT NULL, referral TEXT NOT NULL, patient TEXT NOT NULL, outcome TEXT NOT NULL, kept TEXT NOT NULL,
  exemplar TEXT NOT NULL, codes TEXT NOT NULL, issued TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE exemplars (id TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE authorisations (
  code TEXT PRIMARY KEY, record TEXT NOT NULL, referral TEXT NOT NULL, policy TEXT NOT NULL, version TEXT NOT NULL,
  place TEXT NOT NULL, decision TEXT NOT NULL, bound TEXT NOT NULL, patient TEXT NOT NULL, decided TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, uses {0} NOT NULL, used {0} NOT NULL, retrospective {0} NOT NULL,
  withdrawn {0} NOT NULL, entry {0} NOT NULL REFERENCES log (number), ordinal {0} NOT NULL, matter TEXT UNIQUE,
  UNIQUE (entry, ordinal));
CREATE TABLE events (
  number {0} NOT NULL UNIQUE, code TEXT NOT NULL REFERENCES authorisations (code), ordinal {0} NOT NULL,
  kind TEXT NOT NULL, at TEXT NOT NULL, holder TEXT NOT NULL, reason TEXT NOT NULL, previous TEXT NOT NULL,
  digest TEXT NOT NULL, PRIMARY KEY (code, ordinal));
CREATE TABLE feedback (
  mark TEXT PRIMARY KEY, service TEXT NOT NULL, card TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE TABLE seen (mark TEXT PRIMARY KEY, remember_until {0} NOT NULL);
CREATE INDEX seen_by_time ON seen (remember_until);
CREATE TABLE pulse (beats {0} NOT NULL);
INSERT INTO proviso_register VALUES ({1});
INSERT INTO head VALUES (0, '', 0, '');
INSERT INTO pulse VALUES (0);
)";

constexpr std::array texts = {
#define PROVISO_STATEMENT(name, text) text,
#include "service/register/statements.def"
#undef PROVISO_STATEMENT
};

Answer<void> check_version(Database& database, const std::string& name) {
  std::string version;
  const auto read =
      database.run_script("SELECT version FROM proviso_register", [&](Database::Row row) { version = row[0]; });
  if (!read) return tl::unexpected(read.error());
  if (version == std::to_string(tables_version)) return {};
  return tl::unexpected(DatabaseError{
      DatabaseError::Kind::failed,
      fmt::format(
          "{} is in use by another version of the program: its tables are of version {}, and this program knows "
          "version {}",
          name, version, tables_version)});
}

}  // namespace

const char* text_of(Statement statement) { return texts[static_cast<std::size_t>(statement)]; }

Answer<void> prepare_tables(Database& database, const TableMaking& making) {
  const auto make = [&](bool still_new) {
    return still_new ? database.run_script(fmt::format(fmt::runtime(tables), making.number, tables_version))
                     : check_version(database, making.name);
  };
  const auto is_new = making.is_new();
  if (!is_new) return tl::unexpected(is_new.error());
  if (!*is_new) return check_version(database, making.name);
  // Another process may have been first.
  return database.run_script(making.begin).and_then([&] { return making.is_new(); }).and_then(make).and_then([&] {
    return database.run_script("COMMIT");
  });
}

}  // namespace proviso::service
