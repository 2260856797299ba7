#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "value/truth.hpp"

/// What was decided for the records of a chunk. Everything is held in flat vectors that keep their memory from chunk to
/// chunk; texts that do not depend on the record are not here, but in the engine's versions and in the library.
namespace proviso::decide {

/// Part of one of the vectors of Decisions.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// The value of one of the item's reads, in the same order. For a threshold `bits` is the number of its value; for a
/// list, how many elements it has.
struct ReadValue {
  std::int64_t bits = 0;
  bool known = false;
  bool out_of_date = false;  ///< a measurement that is there, and shown, but does not count on the deciding date
  std::uint32_t sentence = model::none;  ///< of a hook that gave one: in Decisions::sentences
};

/// A criterion that decided, or that keeps the outcome open; or the amount or code of a payment's clause.
struct Reason {
  std::uint32_t item;  ///< in Version::items
  value::Truth result;
  std::uint32_t first_value;  ///< as many as the item has reads
};

/// A criterion that asks for a fact; `next` leads to the next one that asks for the same fact.
struct Why {
  std::uint32_t item;
  std::uint32_t next;
};

struct Need {
  model::FactId fact;
  bool out_of_date;
  std::uint32_t first_why;
  std::uint32_t last_why;
};

struct Decision {
  /// In Engine::versions(). Where the deciding date or the place is missing, the first version that may hold; where
  /// none holds, the policy's first.
  std::uint32_t version;
  model::Outcome outcome;
  bool holds;     ///< the version is the one that holds for the record
  bool has_date;  ///< there is a deciding date, `on`
  std::int32_t on;
  model::PlaceId place;  ///< the record's, by the fact that places the policy; none where there is none
  /// Where the deciding date or the place is missing, and the forms that may hold have not all the same category: which
  /// it is, is not known.
  bool category_is_open;
  /// The clause that decided; where several remain possible but all give one outcome, the last of them. None for
  /// `not applicable`, for `information needed`, and for a `review` or `query` because something could not be worked
  /// out.
  std::uint32_t clause;
  /// Of a payment that was decided: at most this is paid by it. None for `query`, `not applicable` and `exempt`, while
  /// information is needed, and where the price that it depends on is not known.
  std::optional<std::int64_t> amount;
  /// Of a payment that recounts the line: the code that it counts as, in bits.
  std::optional<std::int64_t> recount;
  Range reasons;
  /// Of a payment whose clauses are settled: in Decisions::reasons, what its amount and its code were worked out from.
  Range worked_out;
  Range needs;
  Range assumed;
  Range notes;
  std::uint32_t next;  ///< the record's next decision
};

struct RecordDecision {
  model::Outcome outcome = model::Outcome::not_applicable;  ///< the strictest of its decisions
  /// Where the record has a price: the least that its payments allow, and no more than the price. None while a payment
  /// needs information or an answer to a query, and where the price is not known and nothing is withheld.
  std::optional<std::int64_t> amount;
  std::uint32_t first = model::none;
  std::uint32_t last = model::none;
};

struct Decisions {
  std::vector<RecordDecision> records;  ///< one for each record of the chunk
  std::vector<Decision> decisions;      ///< of one record: from `first` by `next`, in the order of the policies
  std::vector<Reason> reasons;
  std::vector<ReadValue> values;
  std::vector<Need> needs;
  std::vector<Why> whys;
  std::vector<model::FactId> assumed;
  std::vector<std::string> notes;
  std::vector<std::string> sentences;  ///< of hooks

  void clear(std::size_t record_count);
  /// Gives the record one more decision, which may make its outcome stricter.
  void add(std::size_t record, const Decision& decision);
};

/// The price that the record asks; none where it has no price, or none that is known.
std::optional<std::int64_t> price_of(const program::Chunk& chunk, std::size_t record);

}  // namespace proviso::decide
