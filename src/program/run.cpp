#include "program/registers.hpp"

namespace proviso::program {

Workspace::Workspace() : Workspace(InstructionSet::best) {}
Workspace::Workspace(InstructionSet set)
    : set_(set), shared_(std::make_unique<Registers>(set)), registers_(shared_.get()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

namespace {

/// Fetches the values of a column from memory while the instructions before still work: columns are long, and each
/// begins where no earlier access leads the processor to expect it.
void fetch(const Registers& registers, const ColumnRead& read) {
  const SpaceRows& rows = registers.spaces[read.space];
  const char* values = registers.pointers[read.source].values<const char>();
  const char* const end = values + std::size_t{rows.last} * read.bytes;
  for (values += std::size_t{rows.first} * read.bytes; values < end; values += 64) __builtin_prefetch(values);
}

}  // namespace

Registers& Workspace::registers_for(const Program& program, const Chunk& chunk) {
  if (chunk.capacity(0) > few_records || program.calls_hooks()) return *shared_;
  if (kept_.size() >= most_kept) kept_.clear();
  std::unique_ptr<Registers>& own = kept_[program.code().serial];
  if (!own) own = std::make_unique<Registers>(set_);
  return *own;
}

void Workspace::run(const Program& program, const Chunk& chunk, const Deciding& deciding, const Plane* selected) {
  Registers& registers = *shared_;
  registers_ = &registers;
  registers.one_record = false;
  registers.prepare(program.code(), chunk, 0, chunk.rows(), deciding, selected);
  const Packed<Instruction>& instructions = program.code().instructions;
  const std::vector<ColumnRead>& reads = program.code().tail.column_reads;
  std::size_t next_read = 0;
  for (std::uint32_t n = 0; n < instructions.size(); ++n) {
    for (; next_read < reads.size() && reads[next_read].instruction <= n + 2; ++next_read) {
      fetch(registers, reads[next_read]);
    }
    const Kernel kernel = registers.table[static_cast<std::size_t>(instructions[n].op)];
    if (kernel(registers.frame, instructions[n])) registers.failed.push_back(n);
  }
  registers.collect_problems();
}

void Workspace::run_row(const Program& program, const Chunk& chunk, std::size_t record, const Deciding& deciding) {
  Registers& registers = registers_for(program, chunk);
  registers_ = &registers;
  registers.one_record = true;
  registers.prepare(program.code(), chunk, record, record + 1, deciding, nullptr);
  run_instructions_for_one(registers);
  registers.collect_problems();
}

}  // namespace proviso::program
