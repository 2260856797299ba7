#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "settle/statement.hpp"

/// Settling agreements over a ledger of any length.
namespace proviso::settle {

struct AccountOptions {
  std::vector<std::string> agreements;  ///< only these, by name or full name; empty: all
  bool with_drafts = false;
  bool keep_lines = false;  ///< statements list the lines that they are made of
  std::size_t threads = 1;  ///< at most, of `settle`: the caller's own among them
};

/// An earlier settlement, as `settle` wrote it: what it paid need not be paid again.
struct Settled {
  std::string agreement;  ///< the full name
  std::vector<std::string> parties;
  std::string label;
  bool after = false;  ///< it was of an excess
  std::int64_t saving = 0;
  std::vector<std::int64_t> nets;  ///< by party
};

/// A row of what could be read of a line that could not be read: it counts for nothing, and is left out of what it
/// belongs to as far as that is known.
struct UnreadLine {
  std::uint32_t row = 0;
  std::string field;  ///< what could not be read: `quantity`
};

/// The lines of a ledger as they come, added up. Threads add chunks at the same time, each through a Clerk of its own;
/// the result does not depend on which thread took which chunk. Memory: some tens of bytes a line (its id, what it is
/// worth, and where that belongs), so that a later line of the same id can take its place.
class Accounts {
 public:
  /// All agreements must be on records of `record`.
  Accounts(const model::Library& library, std::uint32_t record, AccountOptions options = {});
  ~Accounts();
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  /// Names of AccountOptions::agreements that no agreement on this record bears.
  std::vector<std::string> unknown_agreements() const;
  /// Whether there is any agreement to settle.
  bool empty() const;
  /// Full names of those that it settles; and of those that it would settle, too, were only some not asked for.
  std::vector<std::string> agreements() const;
  std::vector<std::string> other_agreements() const;
  /// What it settles, as what asks relations and groups for lines.
  std::vector<const model::Policy*> policies() const;
  /// By which its agreements say which of the lines of one id counts, each once; none: the last of the input.
  const std::vector<model::FactId>& corrections() const;
  /// The facts that some agreement asks for.
  std::set<model::FactId> facts() const;

  class Clerk {
   public:
    explicit Clerk(Accounts& accounts);
    ~Clerk();
    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;
    /// Books every record of the finished chunk. `input` counts the files from 0, `block` the blocks of the file; later
    /// lines have a higher input, then block, then row. `lines` has the line of the file of each row; `unread` is by
    /// row.
    void add(const program::Chunk& chunk, std::uint32_t input, std::uint64_t block,
             const std::vector<std::uint64_t>& lines, const std::vector<UnreadLine>& unread = {});

   private:
    class Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// Once all clerks are gone. `inputs` are the names of the files, for the lines; `lost` lines more are in them, of
  /// which nothing could be read.
  Statement settle(const std::vector<std::string>& inputs, const std::vector<Settled>& before = {},
                   std::uint64_t lost = 0);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace proviso::settle
