#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"

/// The records of the benchmarks, as columns and as structs.
namespace proviso::bench {

inline constexpr std::size_t record_count = std::size_t{1} << 20;

enum class Smoking : std::uint8_t { never, ex, current };
enum class Acuity : std::uint8_t { six_6, six_9, six_12, six_18, six_24 };

/// A referral as an engineer writes it down: every fact may be missing. Numbers are millionths.
struct Referral {
  std::optional<std::int32_t> referred;
  std::optional<std::int32_t> born;
  std::optional<std::int32_t> quit;
  std::optional<std::int32_t> procedure;
  std::optional<Smoking> smoking;
  std::optional<Acuity> acuity;
  std::optional<std::int64_t> bmi;
  std::optional<std::int64_t> pain;
  std::optional<std::int64_t> oxford_score;
  std::optional<std::int64_t> walking;
  std::optional<std::int64_t> hba1c;
  std::optional<std::int64_t> months_treated;
};

enum class Outcome : std::uint8_t { refuse, approve, information_needed };

/// The policy by hand, with short circuit.
Outcome decide(const Referral& referral);

/// The same for all records: `outcomes` has room for them.
void decide_all(const std::vector<Referral>& referrals, std::uint8_t* outcomes);

/// Random referrals, a tenth of their facts missing. Most comparisons are met, so that the short circuit comes late
/// about as often as early.
std::vector<Referral> make_referrals(std::size_t count);

/// The same records as chunks of the library's record.
std::vector<program::Chunk> make_chunks(const model::Library& library, const std::vector<Referral>& referrals,
                                        std::size_t chunk_rows);

}  // namespace proviso::bench
