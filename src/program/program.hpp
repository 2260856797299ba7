#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hooks/session.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "value/truth.hpp"

/// Column programs: a policy version, in a place and on the days between two changes of what it says and of its
/// thresholds and code lists there, as a straight line of instructions that each fill one register for all rows of a
/// chunk. Nothing is skipped while a program runs, so afterwards every expression's value is in its register:
/// decisions, reasons and needs are read from there.
namespace proviso::program {

/// Which processors' instructions a run uses; `best` is what this one can do.
enum class InstructionSet : std::uint8_t { best, baseline, avx2, avx512 };

struct Code;       // instructions and registers: code.hpp
struct Registers;  // what a run fills: registers.hpp

/// Immutable once compiled; any number of threads run it.
class Program {
 public:
  Program();  ///< of nothing: only to be assigned to
  explicit Program(std::unique_ptr<const Code> code);
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  const Code& code() const { return *code_; }
  /// Whether the node is part of this program, and so has a register.
  bool has(model::NodeId node) const;
  /// The innermost loop whose rows the node's register counts; none: the records themselves.
  model::LoopId space(model::NodeId node) const;
  /// Whether the node has one value for each record, and not one for each element of a list.
  bool has_one_for_record(model::NodeId node) const;
  bool calls_hooks() const;
  /// Asks for what a run reads, long before it is read: of many programs, most are far away in memory.
  void fetch() const;
  /// The listing of the instructions, one a line: for people and for tests.
  std::string listing() const;

 private:
  std::unique_ptr<const Code> code_;
  std::size_t bytes_ = 0;  ///< of the code: asking the code would wait for it
};

/// Where and when: what decides which values thresholds and code lists have.
struct Setting {
  model::PlaceId place = model::none;  ///< none: no place in particular
  std::int32_t date = 0;
};

/// Compiles what `roots` need, for records of `record`, with thresholds and code lists as they are in the setting.
/// Measured facts count by the deciding date, which is fact `dated_by` of each record (none: there is no deciding
/// date). Takes time by the number of nodes that the roots need, however large the library is.
Program compile(const model::Library& library, std::uint32_t record, const std::vector<model::NodeId>& roots,
                const Setting& setting, model::FactId dated_by);

/// The program of one form of a policy version: its `applies when` and all clauses of the form.
Program compile(const model::Library& library, const model::Policy& policy, const model::Form& form,
                const Setting& setting);

/// How a run takes the deciding date.
struct Deciding {
  enum class Kind : std::uint8_t { from_record, given, unknown };
  Kind kind = Kind::from_record;
  std::int32_t date = 0;
};

/// What a program could not work out for a record, though nothing it reads was missing.
struct Problem {
  std::uint32_t row;        ///< of the record in the chunk
  model::NodeId node;       ///< whose value became unknown
  std::string_view reason;  ///< `division by zero`, `number out of range`, ...; valid until the next run
  bool silent = false;      ///< a hook said that it does not know: a reason, but nothing went wrong
};

/// The registers of a run. One for each thread, used again for every program and chunk; the last run's values stay in
/// it until the next.
class Workspace {
 public:
  Workspace();
  /// With kernels for no more than that instruction set: for tests and measurements.
  explicit Workspace(InstructionSet set);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  /// Fills the registers for all records of the chunk. Hooks are called for the records of `selected` alone (and for
  /// the elements of their lists); null: for all. For other records their answers are unknown.
  void run(const Program& program, const Chunk& chunk, const Deciding& deciding = {}, const Plane* selected = nullptr);
  /// Fills them for one record of the chunk, which is then row 0: the same answer, in less time than a run of one.
  void run_row(const Program& program, const Chunk& chunk, std::size_t record, const Deciding& deciding = {});

  // Reading after a run. `row` is a row of the loop `at` (none: of the records run); a node of an enclosing space is
  // read at the row that holds that one.
  value::Truth truth(model::NodeId node, std::size_t row, model::LoopId at = model::none) const;
  /// For nodes of any other type: nothing where unknown.
  std::optional<std::int64_t> value(model::NodeId node, std::size_t row, model::LoopId at = model::none) const;
  /// A node of either sort; unknown truth is an unknown constant.
  model::Constant constant(model::NodeId node, std::size_t row, model::LoopId at = model::none) const;
  /// The bounds of a `count` node: the elements that meet its condition, and those that may. Nothing over an unknown
  /// list.
  std::optional<std::pair<std::int64_t, std::int64_t>> bounds(model::NodeId count, std::size_t row,
                                                              model::LoopId at = model::none) const;
  /// The planes of a truth node at record level, 64 records a word, for walking clauses many records at once.
  const std::uint64_t* yes_plane(model::NodeId node) const;
  const std::uint64_t* no_plane(model::NodeId node) const;

  /// The rows of loop `loop` that belong to `row` of its enclosing space: first, and one past the last.
  std::pair<std::size_t, std::size_t> rows_of(model::LoopId loop, std::size_t row) const;
  /// The row of the loop's level (in the chunk) that row `row` of the loop stands for.
  std::size_t element(model::LoopId loop, std::size_t row) const;
  /// The record of the chunk that row `row` of the loop belongs to.
  std::size_t record_of(std::size_t row, model::LoopId at = model::none) const;

  /// What a hook said in the last run; null where it was not called for that row, or the node is no hook.
  const hooks::Answer* answer(model::NodeId node, std::size_t row, model::LoopId at = model::none) const;

  /// What went wrong, by record then node. `run_row` gives row 0.
  const std::vector<Problem>& problems() const;

 private:
  /// For chunks of so few records, filled again and again, each program keeps its own registers: pointing them at the
  /// columns takes as long as running it. Those with hooks share one session of scripts.
  static constexpr std::size_t few_records = 64;
  static constexpr std::size_t most_kept = 1000;

  Registers& registers_for(const Program& program, const Chunk& chunk);

  InstructionSet set_;
  std::unique_ptr<Registers> shared_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Registers>> kept_;  ///< by the program's serial number
  Registers* registers_;                                                ///< those of the last run
};

}  // namespace proviso::program
