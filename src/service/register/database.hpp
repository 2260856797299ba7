#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

/// The little that the register needs of a database. What it does with it is written once, over this.
namespace proviso::service {

/// Why a database did not do what it was asked. The text holds nothing of what was to be written.
struct DatabaseError {
  enum class Kind : std::uint8_t {
    lost,     ///< the connection is gone: another may be opened
    refused,  ///< because of what was to be written: without it, the rest of the transaction may be written
    failed,
  };
  Kind kind = Kind::failed;
  std::string text;
};
template <typename Value>
using Answer = tl::expected<Value, DatabaseError>;

enum class Statement : std::uint8_t {
#define PROVISO_STATEMENT(name, text) name,
#include "service/register/statements.def"
#undef PROVISO_STATEMENT
  count
};

/// One connection, for one thread at a time. After an error there is no transaction any more, but for rollback().
class Database {
 public:
  /// The columns of a row as text, numbers as their digits; valid until the function returns that is given them.
  using Row = std::span<const std::string_view>;
  using Take = std::function<void(Row)>;
  using Parameters = std::initializer_list<std::string_view>;
  /// Reading sees the database as it was when it began. Writing waits until no one else writes, here or in another
  /// process.
  enum class Access : std::uint8_t { read, write };

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  virtual Answer<void> begin(Access access) = 0;
  /// When it returns well, what was written is on disk.
  virtual Answer<void> commit() = 0;
  virtual void rollback() = 0;

  /// How many rows were read or changed.
  virtual Answer<std::size_t> run(Statement statement, Parameters parameters, const Take& take = {}) = 0;
  /// For a statement that reads nothing: its error may be told by a later call, by that of commit() at the latest.
  virtual Answer<void> run_later(Statement statement, Parameters parameters) = 0;
  /// Several statements without parameters, whose rows are all given.
  virtual Answer<void> run_script(const std::string& text, const Take& take = {}) = 0;
};

using OpenDatabase = std::function<Answer<std::unique_ptr<Database>>()>;

/// Opens the file and makes the register's tables in it where it is new.
Answer<std::unique_ptr<Database>> open_sqlite(const std::string& file);
Answer<std::unique_ptr<Database>> open_postgres(const std::string& address);

/// The text of a statement.
const char* text_of(Statement statement);

/// How a database tells whether the register's tables are in it, and how they are made.
struct TableMaking {
  std::string name;                      ///< of the file or database, for errors
  std::function<Answer<bool>()> is_new;  ///< an error where something else is there
  std::string begin;                     ///< begins a transaction that no other process makes tables in
  std::string number;                    ///< the type of whole numbers of 64 bits
};
/// Makes the tables where there are none, else sees to it that they are as this program knows them.
Answer<void> prepare_tables(Database& database, const TableMaking& making);

}  // namespace proviso::service
