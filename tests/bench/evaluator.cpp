#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>

#include "check/load.hpp"
#include "figures.hpp"
#include "program/program.hpp"
#include "referrals.hpp"
#include "text/render.hpp"

// The evaluator on one policy of twelve comparisons: against the same policy by hand, and against only reading the
// data.
namespace {

using namespace proviso;
using bench::figure;
using bench::measure;
using bench::Outcome;
using bench::Referral;
using value::Truth;

std::uint64_t checksum(const std::vector<std::uint8_t>& outcomes) {
  std::uint64_t sum = 0;
  for (const std::uint8_t outcome : outcomes) sum = sum * 31 + outcome;
  return sum;
}

/// The eight lowest bits as bytes of 0 and 1.
std::uint64_t bytes_of(std::uint64_t bits) {
  const std::uint64_t apart = (bits & 0xff) * 0x0101010101010101 & 0x8040201008040201;
  return (apart + 0x7f7f7f7f7f7f7f7f) >> 7 & 0x0101010101010101;
}

/// Clauses in order, as for any policy, for 64 records a word: yes decides, no goes on, unknown leaves its outcome
/// possible. Outcomes as bytes.
void walk_planes(const program::Workspace& workspace, const model::Policy& policy, std::size_t rows,
                 std::uint8_t* out) {
  for (std::size_t word = 0; word * 64 < rows; ++word) {
    std::uint64_t open = ~std::uint64_t{0};
    std::uint64_t may_approve = 0;
    std::uint64_t may_refuse = 0;
    for (const model::Clause& clause : policy.written().clauses) {
      const model::NodeId node = clause.condition.node;
      const std::uint64_t yes = node == model::none ? ~std::uint64_t{0} : workspace.yes_plane(node)[word];
      const std::uint64_t no = node == model::none ? 0 : workspace.no_plane(node)[word];
      (clause.outcome == model::Outcome::approve ? may_approve : may_refuse) |= open & ~no;
      open &= ~yes;
    }
    const std::uint64_t both = may_approve & may_refuse;
    std::uint64_t bytes[8];
    for (unsigned eight = 0; eight < 8; ++eight) {
      bytes[eight] = bytes_of(may_approve >> (eight * 8)) + bytes_of(both >> (eight * 8));
    }
    std::memcpy(out + word * 64, bytes, std::min<std::size_t>(64, rows - word * 64));
  }
}

/// The same for one record, without a branch that its answers would have to be guessed for.
std::uint8_t walk_one(const program::Workspace& workspace, const model::Policy& policy) {
  unsigned open = 1;
  unsigned possible = 0;  // bit 0: approve, bit 1: refuse
  for (const model::Clause& clause : policy.written().clauses) {
    const model::NodeId node = clause.condition.node;
    const Truth truth = node == model::none ? Truth::yes : workspace.truth(node, 0);
    const unsigned outcome = clause.outcome == model::Outcome::approve ? 0 : 1;
    possible |= (open & static_cast<unsigned>(truth != Truth::no)) << outcome;
    open &= static_cast<unsigned>(truth != Truth::yes);
  }
  return static_cast<std::uint8_t>((possible & 1) + (possible == 3 ? 1 : 0));
}

template <typename Values>
std::uint64_t sum_of(const Values& values, std::size_t count) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < std::min(values.size(), count); ++i) sum += static_cast<std::uint64_t>(values[i]);
  return sum;
}

/// Every column and what is known of it, read once.
std::uint64_t read_all(const std::vector<program::Chunk>& chunks) {
  std::uint64_t sum = 0;
  for (const program::Chunk& chunk : chunks) {
    for (model::FactId fact = 0; fact < chunk.record().facts.size(); ++fact) {
      const program::Column& column = chunk.column(fact);
      sum += sum_of(column.known, (chunk.rows() + 63) / 64);
      sum += sum_of(column.narrow, chunk.rows());
      sum += sum_of(column.wide, chunk.rows());
    }
  }
  return sum;
}

bool agree(const char* what, const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  if (a == b) return true;
  std::fprintf(stderr, "%s: the outcomes differ (%llx, %llx)\n", what, static_cast<unsigned long long>(checksum(a)),
               static_cast<unsigned long long>(checksum(b)));
  return false;
}

bool measure_batch(const program::Program& program, const model::Policy& policy, const std::vector<Referral>& referrals,
                   const model::Library& library) {
  const std::vector<program::Chunk> chunks = bench::make_chunks(library, referrals, program::chunk_capacity);
  std::vector<std::uint8_t> by_columns(referrals.size());
  std::vector<std::uint8_t> by_hand(referrals.size());
  program::Workspace workspace;
  const double column = measure(referrals.size(), [&] {
    std::uint8_t* out = by_columns.data();
    for (const program::Chunk& chunk : chunks) {
      workspace.run(program, chunk);
      walk_planes(workspace, policy, chunk.rows(), out);
      out += chunk.rows();
    }
  });
  const double handwritten = measure(referrals.size(), [&] { bench::decide_all(referrals, by_hand.data()); });
  std::uint64_t sum = 0;
  const double reading = measure(referrals.size(), [&] { sum += read_all(chunks); });
  std::printf("%zu records in chunks of %zu, outcomes %016llx, columns sum to %016llx\n", referrals.size(),
              program::chunk_capacity, static_cast<unsigned long long>(checksum(by_columns)),
              static_cast<unsigned long long>(sum));
  for (const int outcome : {0, 1, 2}) {
    const auto count = std::count(by_columns.begin(), by_columns.end(), static_cast<std::uint8_t>(outcome));
    const char* const words[] = {"refuse", "approve", "information needed"};
    std::printf("  %s: %td\n", words[outcome], count);
  }
  figure("batch_column", column, "ns");
  figure("batch_handwritten", handwritten, "ns");
  figure("batch_reading", reading, "ns");
  figure("batch_over_handwritten", column / handwritten, "ratio");
  figure("batch_over_reading", column / reading, "ratio");
  return agree("batch", by_columns, by_hand);
}

bool measure_one(const program::Program& program, const model::Policy& policy, std::vector<Referral> referrals,
                 const model::Library& library) {
  referrals.resize(std::size_t{1} << 16);
  const std::vector<program::Chunk> chunks = bench::make_chunks(library, referrals, program::chunk_capacity);
  std::vector<std::uint8_t> by_columns(referrals.size());
  std::vector<std::uint8_t> by_hand(referrals.size());
  program::Workspace workspace;
  const double one = measure(referrals.size(), [&] {
    std::uint8_t* out = by_columns.data();
    for (const program::Chunk& chunk : chunks) {
      for (std::size_t record = 0; record < chunk.rows(); ++record) {
        workspace.run_row(program, chunk, record);
        *out++ = walk_one(workspace, policy);
      }
    }
  });
  const double handwritten = measure(referrals.size(), [&] { bench::decide_all(referrals, by_hand.data()); });
  figure("one_record", one, "ns");
  figure("one_handwritten", handwritten, "ns");
  figure("one_over_handwritten", one / handwritten, "ratio");
  return agree("one record", by_columns, by_hand);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s POLICY_FILE\n", arguments[0]);
    return 2;
  }
  text::Sources sources;
  text::Diagnostics diagnostics;
  const model::Library library = check::load_library({arguments[1]}, sources, diagnostics);
  if (library.policies.empty()) {
    std::fprintf(stderr, "%s: no policy in it, or it has errors\n", arguments[1]);
    return 1;
  }
  const model::Policy& policy = library.policies.front();
  const program::Program program =
      program::compile(library, policy, policy.written(), {model::none, policy.effective.first});
  std::fputs(program.listing().c_str(), stdout);
  const std::vector<Referral> referrals = bench::make_referrals(bench::record_count);
  const bool batch = measure_batch(program, policy, referrals, library);
  const bool one = measure_one(program, policy, referrals, library);
  return batch && one ? 0 : 1;
}
