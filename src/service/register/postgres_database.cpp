#include <libpq-fe.h>

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "service/register/database.hpp"

namespace proviso::service {
namespace {

/// The address may hold a password, so errors do not tell it.
constexpr const char* name = "the PostgreSQL database";

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, FreeResult>;

std::string first_line(std::string_view text) {
  return std::string(name) + ": " + std::string(text.substr(0, text.find('\n')));
}

DatabaseError::Kind kind_of(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  // Data that cannot be, a constraint, more than there may be of something.
  if (group == "22" || group == "23" || group == "54") return DatabaseError::Kind::refused;
  // The connection, and a server that is being stopped or started.
  if (group == "08" || state.starts_with("57P")) return DatabaseError::Kind::lost;
  return DatabaseError::Kind::failed;
}

/// Statements are sent without waiting for the answer to the one before (the pipeline of libpq), and their answers read
/// when one is needed: run_later() costs no round trip.
class PostgresDatabase final : public Database {
 public:
  ~PostgresDatabase() override { PQfinish(connection_); }

  Answer<void> open(const std::string& address);

  Answer<void> begin(Access access) override;
  Answer<void> commit() override;
  void rollback() override;
  Answer<std::size_t> run(Statement statement, Parameters parameters, const Take& take) override {
    return send(statement, parameters).and_then([&] { return read_answers(take); });
  }
  Answer<void> run_later(Statement statement, Parameters parameters) override;
  Answer<void> run_script(const std::string& text, const Take& take = {}) override;

 private:
  DatabaseError lost() const;
  DatabaseError error_of(const PGresult* result) const;
  Answer<void> connect(const std::string& address);
  Answer<bool> is_new();
  Answer<void> prepare();
  Answer<void> send_text(const char* text);
  Answer<void> send(Statement statement, Parameters parameters);
  Answer<std::size_t> read_answers(const Take& take);
  std::size_t take_rows(const PGresult* result, const Take& take);

  PGconn* connection_ = nullptr;
  std::size_t sent_ = 0;  ///< statements whose answers were not read
  std::vector<std::string_view> row_;
};

DatabaseError PostgresDatabase::lost() const {
  return {DatabaseError::Kind::lost, first_line(PQerrorMessage(connection_))};
}

DatabaseError PostgresDatabase::error_of(const PGresult* result) const {
  // The primary message names constraints and types; the details would hold what was to be written.
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (PQstatus(connection_) != CONNECTION_OK || state == nullptr || message == nullptr) return lost();
  return {kind_of(state), first_line(message)};
}

Answer<void> PostgresDatabase::send_text(const char* text) {
  if (PQsendQueryParams(connection_, text, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
    return tl::unexpected(lost());
  }
  ++sent_;
  return {};
}

Answer<void> PostgresDatabase::begin(Access access) {
  if (access == Access::read) return send_text("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  // Whoever holds the head's row is the only one who writes.
  return send_text("BEGIN").and_then([&] { return send_text("SELECT number FROM head FOR UPDATE"); });
}

Answer<void> PostgresDatabase::commit() {
  return send_text("COMMIT").and_then([&] { return read_answers({}); }).map([](std::size_t) {});
}

void PostgresDatabase::rollback() {
  if (!send_text("ROLLBACK")) return;
  static_cast<void>(read_answers({}));
}

Answer<void> PostgresDatabase::send(Statement statement, Parameters parameters) {
  constexpr std::size_t most = 24;
  std::array<const char*, most> values{};
  std::array<int, most> lengths{};
  std::array<int, most> formats{};
  std::size_t count = 0;
  std::string ended;  // libpq wants a zero byte after each
  std::size_t size = 0;
  for (const std::string_view parameter : parameters) size += parameter.size() + 1;
  ended.reserve(size);
  for (const std::string_view parameter : parameters) {
    if (parameter.find('\0') != std::string_view::npos) {
      return tl::unexpected(DatabaseError{DatabaseError::Kind::refused, first_line("a text with a zero byte")});
    }
    values[count] = ended.data() + ended.size();
    lengths[count++] = static_cast<int>(parameter.size());
    ended += parameter;
    ended += '\0';
  }
  const std::string prepared = "s" + std::to_string(static_cast<int>(statement));
  if (PQsendQueryPrepared(connection_, prepared.c_str(), static_cast<int>(count), values.data(), lengths.data(),
                          formats.data(), 0) != 1) {
    return tl::unexpected(lost());
  }
  ++sent_;
  return {};
}

Answer<void> PostgresDatabase::run_later(Statement statement, Parameters parameters) {
  auto sent = send(statement, parameters);
  // Answers that nobody reads would fill the connection in the end.
  constexpr std::size_t most_unread = 200;
  if (!sent || sent_ < most_unread) return sent;
  return read_answers({}).map([](std::size_t) {});
}

std::size_t PostgresDatabase::take_rows(const PGresult* result, const Take& take) {
  const int rows = PQntuples(result);
  for (int row = 0; take && row < rows; ++row) {
    row_.clear();
    for (int column = 0; column < PQnfields(result); ++column) {
      row_.emplace_back(PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column)));
    }
    take(row_);
  }
  if (PQresultStatus(result) == PGRES_TUPLES_OK) return static_cast<std::size_t>(rows);
  const char* changed = PQcmdTuples(const_cast<PGresult*>(result));
  return static_cast<std::size_t>(std::strtoull(changed, nullptr, 10));
}

Answer<std::size_t> PostgresDatabase::read_answers(const Take& take) {
  std::size_t unread = std::exchange(sent_, 0);
  if (PQpipelineSync(connection_) != 1) return tl::unexpected(lost());
  std::optional<DatabaseError> first_error;
  std::size_t rows = 0;
  bool ended = false;
  while (true) {
    const Result result(PQgetResult(connection_));
    if (!result) {
      // One end stands after every statement's answers; two, where nothing comes any more.
      if (std::exchange(ended, true)) return tl::unexpected(first_error.value_or(lost()));
      continue;
    }
    ended = false;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      if (unread == 1) rows = take_rows(result.get(), take);
    } else if (status != PGRES_PIPELINE_ABORTED && !first_error) {
      first_error = error_of(result.get());
    }
    --unread;
  }
  if (first_error) return tl::unexpected(std::move(*first_error));
  return rows;
}

Answer<void> PostgresDatabase::run_script(const std::string& text, const Take& take) {
  if (sent_ > 0) {
    if (auto read = read_answers({}); !read) return tl::unexpected(std::move(read.error()));
  }
  PQexitPipelineMode(connection_);
  std::optional<DatabaseError> first_error;
  if (PQsendQuery(connection_, text.c_str()) != 1) return tl::unexpected(lost());
  while (const Result result{PQgetResult(connection_)}) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      take_rows(result.get(), take);
    } else if (!first_error) {
      first_error = error_of(result.get());
    }
    if (PQstatus(connection_) != CONNECTION_OK) break;
  }
  if (first_error) return tl::unexpected(std::move(*first_error));
  if (PQenterPipelineMode(connection_) != 1) return tl::unexpected(lost());
  return {};
}

Answer<void> PostgresDatabase::connect(const std::string& address) {
  // What stands before the address holds where the address says nothing else. A server that went away without a word is
  // given up after a quarter of a minute.
  const std::array keys = {"fallback_application_name",
                           "connect_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           "dbname",
                           "client_encoding",
                           static_cast<const char*>(nullptr)};
  const std::array values = {
      "proviso", "5", "5", "5", "2", "15000", address.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  connection_ = PQconnectdbParams(keys.data(), values.data(), 1);
  if (PQstatus(connection_) != CONNECTION_OK) return tl::unexpected(lost());
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  return {};
}

Answer<void> PostgresDatabase::prepare() {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Statement::count); ++i) {
    const std::string prepared = "s" + std::to_string(i);
    if (PQsendPrepare(connection_, prepared.c_str(), text_of(static_cast<Statement>(i)), 0, nullptr) != 1) {
      return tl::unexpected(lost());
    }
    ++sent_;
  }
  return read_answers({}).map([](std::size_t) {});
}

Answer<bool> PostgresDatabase::is_new() {
  bool made = false;
  return run_script("SELECT to_regclass('proviso.proviso_register') IS NOT NULL",
                    [&](Row row) { made = row[0] == "t"; })
      .map([&] { return !made; });
}

Answer<void> PostgresDatabase::open(const std::string& address) {
  return connect(address)
      .and_then([&] {
        // A database may be set up not to wait for its disk, or to keep a lock for whoever does not answer any more.
        return run_script(
            "SET search_path = proviso; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'; "
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
      })
      .and_then([&] {
        // The tables have a schema to themselves, which may have been made for a user who may make none.
        return prepare_tables(*this, {name, [this] { return is_new(); },
                                      "BEGIN; SELECT pg_advisory_xact_lock(8101886720451107); "
                                      "DO $$ BEGIN IF to_regnamespace('proviso') IS NULL THEN CREATE SCHEMA proviso; "
                                      "END IF; END $$",
                                      "BIGINT"});
      })
      .and_then([&] { return prepare(); });
}

}  // namespace

Answer<std::unique_ptr<Database>> open_postgres(const std::string& address) {
  auto database = std::make_unique<PostgresDatabase>();
  if (auto opened = database->open(address); !opened) return tl::unexpected(std::move(opened.error()));
  return database;
}

}  // namespace proviso::service
