#pragma once

#include <map>
#include <optional>

#include "support.hpp"

/// The meaning of nodes, as plainly as it can be written: one record, one node at a time, nothing shared.
namespace proviso::program::support {

struct Answer {
  bool known = false;
  std::int64_t bits = 0;  ///< truth: 1 or 0
  bool is_count = false;  ///< `least` and `most` are its bounds; of a list that is not known there is no most
  std::int64_t least = 0;
  std::int64_t most = 0;
};

class Naive {
 public:
  Naive(const model::Library& library, const Chunk& chunk, std::size_t record, std::optional<std::int32_t> deciding,
        std::int32_t on)
      : library_(library), chunk_(chunk), record_(record), deciding_(deciding), on_(on) {}

  Answer of(NodeId node);

 private:
  Answer fact(const model::Node& node);
  Answer arithmetic(const model::Node& node);
  Answer dates(const model::Node& node);
  Answer compare(Comparison comparison, const Answer& a, const Answer& b);
  Answer logic(const model::Node& node);
  Answer lists(const model::Node& node);
  Answer in_list(const model::Node& node);
  Answer cell(FactId fact, std::size_t row) const;
  std::size_t row_of(LoopId loop) const { return loop == model::none ? record_ : elements_.at(loop); }
  Truth truth_of(NodeId node);

  const model::Library& library_;
  const Chunk& chunk_;
  std::size_t record_;
  std::optional<std::int32_t> deciding_;
  std::int32_t on_;
  std::map<LoopId, std::size_t> elements_;  ///< where each loop stands: a row of its level
};

}  // namespace proviso::program::support
