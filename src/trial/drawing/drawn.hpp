#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "model/library.hpp"

/// Records made up around the edges of policies.
namespace proviso::trial {

/// Draws records for some policies of one library: facts that the policies read, with values at the edges of their
/// limits, one step to each side, in and out of their code lists and places, dates at their durations from the
/// deciding date, and now and then nothing at all. The same seed draws the same records.
class Drawing {
 public:
  /// `policies` by full name; empty: all that are on the record.
  Drawing(const model::Library& library, std::uint32_t record, const std::vector<std::string>& policies,
          std::uint64_t seed);
  ~Drawing();
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  /// A record to which one of the policies applies more often than not.
  model::GivenRecord next();
  /// One of those in which a few facts of the record are drawn anew.
  model::GivenRecord near(const model::GivenRecord& record);
  /// Every record in which one fact of this one has another of the values that are drawn for it, or is left out.
  std::vector<model::GivenRecord> neighbours(const model::GivenRecord& record) const;

 private:
  class Pools;
  std::unique_ptr<Pools> pools_;
};

}  // namespace proviso::trial
