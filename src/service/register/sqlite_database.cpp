#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "service/register/database.hpp"
#include "service/register/private_file.hpp"

namespace proviso::service {
namespace {

constexpr int milliseconds_to_wait = 10000;

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(std::string file) : file_(std::move(file)) {}
  ~SqliteDatabase() override {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    for (sqlite3_stmt* statement : {begin_writing_, begin_reading_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(connection_);
  }

  Answer<void> open();

  Answer<void> begin(Access access) override {
    return access == Access::write ? run_prepared(begin_writing_, "BEGIN IMMEDIATE")
                                   : run_prepared(begin_reading_, "BEGIN");
  }
  Answer<void> commit() override { return run_prepared(commit_, "COMMIT"); }
  void rollback() override {
    // Some errors have ended the transaction already.
    if (sqlite3_get_autocommit(connection_) == 0) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Answer<std::size_t> run(Statement statement, Parameters parameters, const Take& take) override;
  Answer<void> run_later(Statement statement, Parameters parameters) override {
    return run(statement, parameters, {}).map([](std::size_t) {});
  }
  Answer<void> run_script(const std::string& text, const Take& take = {}) override;

 private:
  tl::unexpected<DatabaseError> error(int code) const;
  Answer<void> prepare(sqlite3_stmt*& prepared, const char* text);
  Answer<void> run_prepared(sqlite3_stmt*& prepared, const char* text);
  Answer<std::size_t> step(sqlite3_stmt* statement, const Take& take);
  Answer<void> open_connection();
  Answer<bool> is_new();
  Answer<void> write_ahead();

  std::string file_;
  sqlite3* connection_ = nullptr;
  std::array<sqlite3_stmt*, static_cast<std::size_t>(Statement::count)> statements_{};
  sqlite3_stmt* begin_writing_ = nullptr;
  sqlite3_stmt* begin_reading_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  std::vector<std::string_view> row_;
};

tl::unexpected<DatabaseError> SqliteDatabase::error(int code) const {
  DatabaseError told{DatabaseError::Kind::failed, fmt::format("{}: {}", file_, sqlite3_errstr(code))};
  const int primary = code & 0xff;
  if (primary == SQLITE_CONSTRAINT || primary == SQLITE_TOOBIG || primary == SQLITE_MISMATCH) {
    told.kind = DatabaseError::Kind::refused;
  }
  return tl::unexpected(std::move(told));
}

Answer<std::size_t> SqliteDatabase::step(sqlite3_stmt* statement, const Take& take) {
  std::size_t rows = 0;
  int code = 0;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    ++rows;
    if (!take) continue;
    row_.clear();
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      row_.push_back(text == nullptr ? std::string_view() : std::string_view(text, size));
    }
    take(row_);
  }
  if (code != SQLITE_DONE) return error(sqlite3_extended_errcode(connection_));
  return sqlite3_stmt_readonly(statement) != 0 ? rows : static_cast<std::size_t>(sqlite3_changes(connection_));
}

/// Once for each statement of the connection.
Answer<void> SqliteDatabase::prepare(sqlite3_stmt*& prepared, const char* text) {
  if (prepared != nullptr) return {};
  const int code = sqlite3_prepare_v3(connection_, text, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  return code == SQLITE_OK ? Answer<void>() : error(code);
}

/// What takes no parameters and has no rows.
Answer<void> SqliteDatabase::run_prepared(sqlite3_stmt*& prepared, const char* text) {
  return prepare(prepared, text).and_then([&] {
    auto done = step(prepared, {});
    sqlite3_reset(prepared);
    return done.map([](std::size_t) {});
  });
}

Answer<std::size_t> SqliteDatabase::run(Statement statement, Parameters parameters, const Take& take) {
  sqlite3_stmt*& prepared = statements_[static_cast<std::size_t>(statement)];
  if (auto done = prepare(prepared, text_of(statement)); !done) return tl::unexpected(std::move(done.error()));
  int index = 0;
  for (const std::string_view parameter : parameters) {
    // A text without bytes is still a text, and no null.
    const char* bytes = parameter.data() == nullptr ? "" : parameter.data();
    const int code = sqlite3_bind_text64(prepared, ++index, bytes, parameter.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) return error(code);
  }
  auto rows = step(prepared, take);
  sqlite3_reset(prepared);
  return rows;
}

Answer<void> SqliteDatabase::run_script(const std::string& text, const Take& take) {
  const char* rest = text.c_str();
  while (*rest != '\0') {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(connection_, rest, -1, &statement, &rest);
    if (code != SQLITE_OK) return error(code);
    if (statement == nullptr) return {};  // blanks at the end
    auto rows = step(statement, take);
    sqlite3_finalize(statement);
    if (!rows) return tl::unexpected(std::move(rows.error()));
  }
  return {};
}

Answer<void> SqliteDatabase::open_connection() {
  std::error_code problem;
  if (!std::filesystem::exists(file_, problem)) {
    // Made here, as SQLite would let everybody read it. Its other files have the rights of this one.
    const auto made = make_private_file(file_, "");
    if (!made) {
      return tl::unexpected(
          DatabaseError{DatabaseError::Kind::failed, fmt::format("{} cannot be made: {}", file_, made.error())});
    }
  }
  const int code = sqlite3_open_v2(file_.c_str(), &connection_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return error(code);
  sqlite3_extended_result_codes(connection_, 1);
  sqlite3_busy_timeout(connection_, milliseconds_to_wait);
  return {};
}

/// Whether nothing is in the file. It is an error where something is that is no register.
Answer<bool> SqliteDatabase::is_new() {
  bool anything = false;
  bool is_register = false;
  const auto read = run_script("SELECT name FROM sqlite_master", [&](Row row) {
    anything = true;
    is_register = is_register || row[0] == "proviso_register";
  });
  if (!read) return tl::unexpected(read.error());
  if (anything && !is_register) {
    return tl::unexpected(DatabaseError{DatabaseError::Kind::failed, fmt::format("{} is no register", file_)});
  }
  return !anything;
}

Answer<void> SqliteDatabase::write_ahead() {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds_to_wait);
  while (true) {
    auto set = run_script("PRAGMA journal_mode = WAL");
    // SQLite does not wait here for another process that does the same.
    if (set || std::chrono::steady_clock::now() > until || sqlite3_errcode(connection_) != SQLITE_BUSY) return set;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Answer<void> SqliteDatabase::open() {
  return open_connection()
      // Larger pages hold several entries each. It has an effect on a new file alone.
      .and_then([&] { return run_script("PRAGMA page_size = 8192; PRAGMA foreign_keys = ON"); })
      .and_then([&] {
        return prepare_tables(*this, {file_, [this] { return is_new(); }, "BEGIN IMMEDIATE", "INTEGER"});
      })
      .and_then([&] { return write_ahead(); })
      .and_then([&] {
        return run_script("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768");
      });
}

}  // namespace

Answer<std::unique_ptr<Database>> open_sqlite(const std::string& file) {
  auto database = std::make_unique<SqliteDatabase>(file);
  if (const auto opened = database->open(); !opened) return tl::unexpected(opened.error());
  return database;
}

}  // namespace proviso::service
