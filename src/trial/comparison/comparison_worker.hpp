#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "decide/decider.hpp"
#include "decide/decision.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "program/chunk.hpp"
#include "trial/comparison/comparison.hpp"
#include "trial/comparison/comparison_causes.hpp"
#include "trial/comparison/comparison_sides.hpp"
#include "trial/comparison/comparison_tables.hpp"

namespace proviso::trial {

/// Compares the cases of one input: what the threads share.
class Comparer {
 public:
  Comparer(const model::Library& old_library, const model::Library& new_library, const std::string& record,
           input::RecordSource& source, const ComparisonOptions& options)
      : sides(old_library, new_library, record, options), full(sides), options_(options), source_(source) {
    result.record = record;
  }

  /// Of the records that a library could not read, so many are told.
  static constexpr std::size_t first_unreadable_kept = 5;

  Sides sides;
  FullEngines full;
  CaseComparison result;

  CaseComparison run();
  std::unique_ptr<input::RecordReader> make_reader(Side side) const;
  /// The next block; false at the end, and once it was stopped.
  bool next(input::Block& block);
  void stop();
  /// What a thread found, once it has finished.
  void add(const Tallies& tallies, const CaseComparison& part);

 private:
  const ComparisonOptions& options_;
  input::RecordSource& source_;
  input::CsvStart csv_start_;
  std::mutex reading_;
  bool stopped_ = false;
  std::uint64_t records_read_ = 0;
  std::mutex adding_;
  Tallies tallies_;

  bool read_header();
  tl::expected<std::unique_ptr<input::RecordReader>, input::FileError> make_csv_reader(
      const decide::Engine& engine) const;
  void finish();
};

/// One thread: the memory that comparing a block needs, and what it has counted.
class Worker {
 public:
  explicit Worker(Comparer& shared)
      : shared_(shared),
        sides_(shared.sides),
        causes_(shared.sides),
        halves_{Half(shared, before), Half(shared, after)} {}

  void work() {
    input::Block block;
    while (shared_.next(block)) compare(block);
    for (const Side side : both_sides) part_.undeclared[side] = halves_[side].reader->undeclared_fields();
    shared_.add(tallies_, part_);
  }

 private:
  /// All that is there once for each library.
  struct Half {
    Half(const Comparer& shared, Side side)
        : reader(shared.make_reader(side)),
          decider(shared.sides.engine(side)),
          chunk(new_chunk(shared.sides.engine(side))),
          full_chunk(new_chunk(shared.sides.engine(side))),
          full_deciders(shared.sides.policies().size()) {
      // As they were gathered: relations go by the rows.
      if (shared.sides.options().fill[side] != nullptr) reader->keep_readable();
    }

    std::unique_ptr<input::RecordReader> reader;
    decide::Decider decider;
    program::Chunk chunk;
    decide::Decisions decisions;
    input::Results results;
    program::Chunk full_chunk;
    decide::Decisions full_decisions;
    input::Results full_results;
    std::vector<std::unique_ptr<decide::Decider>> full_deciders;  ///< by policy

    static program::Chunk new_chunk(const decide::Engine& engine) {
      return program::Chunk(engine.library(), engine.record_index());
    }
    void read(const input::Block& block, program::Chunk& to, input::Results& into) const {
      to.clear();
      into.clear();
      reader->read(block, to, into);
      to.finish();
    }
    /// The chunk of the whole block explains too where other lines say something: which row is which line would not be
    /// known of a few of its records alone.
    const program::Chunk& explained(bool filled) const { return filled ? chunk : full_chunk; }
  };

  /// A decision that is another one than before.
  struct Changed {
    std::size_t record;  ///< of the block
    std::uint32_t policy;
    CaseOutcome was;
    CaseOutcome is;
    std::array<const decide::Decision*, 2> decisions;
    TableTally* tally;
  };

  Comparer& shared_;
  const Sides& sides_;
  Causes causes_;
  std::array<Half, 2> halves_;
  Tallies tallies_;
  CaseComparison part_;
  std::vector<Changed> changed_;
  input::Block few_;                                 ///< the records to be explained
  std::array<std::vector<std::uint64_t>, 2> names_;  ///< of facts or reasons, to be compared

  void compare(input::Block& block);
  void compare_record(std::size_t number, std::size_t old_row, std::size_t new_row);
  void compare_decisions(std::size_t number, std::uint32_t policy, const decide::Decision* was,
                         const decide::Decision* is);
  void compare_amounts(const decide::RecordDecision& was, const decide::RecordDecision& is);
  void compare_terms(const decide::Decision& was, const decide::Decision& is, TableTally& tally) const;
  void compare_reasons(const decide::Decision& was, const decide::Decision& is, TableTally& tally);
  void count_unreadable(Side side, const input::RecordError& error);
  void explain(input::Block& block);
  void explain(std::vector<Changed>::const_iterator first, std::vector<Changed>::const_iterator last);
  void decide_in_full(std::uint32_t policy);
  SideDecision decided_in_full(Side side, const Changed& changed, std::size_t number) const;
  std::string id_of(std::size_t number) const;
  std::uint64_t line_of(std::size_t number) const { return halves_[before].results.records[number].line; }
  bool filled(Side side) const { return sides_.options().fill[side] != nullptr; }
  bool wanted(Side side, const decide::Decision& decision) const { return sides_.wanted(side, decision.place); }
};

}  // namespace proviso::trial
