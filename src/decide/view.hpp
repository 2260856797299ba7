#pragma once

#include <cstddef>
#include <cstdint>

#include "decide/edition.hpp"
#include "decide/version.hpp"
#include "program/chunk.hpp"
#include "program/program.hpp"
#include "value/truth.hpp"

namespace proviso::decide {

/// One record after a run: where its registers are.
struct View {
  const Version* version;
  const Segment* segment;
  const program::Program* program;
  const program::Workspace* registers;
  const program::Chunk* chunk;
  std::size_t row;     ///< of the registers
  std::size_t record;  ///< of the chunk

  const model::Node& node(model::NodeId id) const { return chunk->library().nodes[id]; }
  /// Of an item: always yes for what has no condition.
  value::Truth truth(model::NodeId id) const {
    return id == model::none ? value::Truth::yes : registers->truth(id, row);
  }
};

}  // namespace proviso::decide
