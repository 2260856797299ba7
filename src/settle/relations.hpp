#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"

/// What belongs to each line out of others, by the library's relations and groups: gathered in one reading of all
/// lines, and filled into chunks in another.
namespace proviso::settle {

/// Which line of its input a record is: the number of its block, and its row in the chunk made of that block alone.
/// Both readings cut the same blocks.
using LineNumber = std::uint64_t;
inline LineNumber line_number(std::uint64_t block, std::size_t row) { return block * program::chunk_capacity + row; }

/// Everything that relations of one kind of record need of the other lines. Gathering is by many threads; once
/// complete, filling changes nothing in it and is by many threads too. Takes memory by the facts that list forms over
/// the relations read, not by the whole lines. The library must outlive it.
class Relations {
 public:
  /// The relations whose lists or ranks policies, payments and agreements on `record` ask: others are left unknown.
  Relations(const model::Library& library, std::uint32_t record);
  /// Those that one of these policies on it asks.
  Relations(const model::Library& library, std::uint32_t record, const std::vector<const model::Policy*>& policies);
  ~Relations();
  Relations(Relations&&) noexcept;
  Relations& operator=(Relations&&) noexcept;

  /// Whether there is anything to do: where not, one reading is enough.
  bool empty() const;
  /// The kinds of records that must be gathered: registers, and the record itself where its own lines are asked for.
  std::vector<std::uint32_t> gathered() const;

  /// Takes what is needed from a finished chunk of `gathered()` records; from others nothing. Safe to call from many
  /// threads. The blocks of all files of one kind have numbers of their own. A register without lines is gathered by
  /// an empty chunk. Throws std::length_error beyond four million blocks. Where a key of a
  /// line is unknown and a problem of the chunk, it said something that could not be taken: the lists of all that the
  /// line may belong to by its other keys are incomplete.
  void gather(const program::Chunk& chunk, std::uint64_t block);
  /// Before complete(): not every line of a register, or of the record itself, could be read. What is not there is then
  /// not known to be missing: every list of such lines is incomplete. It has the elements that were found and is not
  /// known, so that of all that is asked of it `any` alone can be yes, `every` no, and nothing else is known, nor is a
  /// rank in it; the problem is said of the record.
  void not_read_completely(std::uint32_t record);
  /// The facts of a record of gathered() that must be known of a line for it to be found, of the relations that bring
  /// lines from elsewhere.
  std::vector<model::FactId> keys(std::uint32_t record) const;
  /// No line of a whole file has the key: the same for the lists of the relations that find lines by it.
  void without_key(std::uint32_t record, model::FactId key);
  /// Before complete(), and after the last line of the record: the lines of it that count for nothing, since others
  /// have taken their place. No list has them, and they have no rank.
  void leave_out(std::uint32_t record, const std::function<bool(LineNumber)>& is_left_out);
  /// After the last line of all kinds. What is filled does not depend on the order in which the lines came, nor, but
  /// for lines that are alike, on the order of the input.
  void complete();

  /// Fills the lists and ranks of all records of the chunk, which is of `record`, has been read and finished (so that
  /// what is assumed counts as a key too), and is `block` of the input. A register that was not gathered leaves its
  /// lists unknown; so does a list of more than 10,000 lines, with the problem said of the record. A rank is unknown
  /// where a missing fact of this line or of another leaves open which of the two comes first; ranks have no limit.
  void fill(program::Chunk& chunk, std::uint64_t block) const;

  /// By name of the relation, how many lines had no key, and so are found by nobody: not those whose key could not be
  /// read.
  std::map<std::string, std::uint64_t> without_key() const;
  /// By name of the relation, how many lines had a key that could not be read, and so may belong to several others.
  std::map<std::string, std::uint64_t> unplaced() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace proviso::settle
