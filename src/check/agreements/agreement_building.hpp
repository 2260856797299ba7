#pragma once

#include "check/agreements/agreements.hpp"

namespace proviso::check {

/// An agreement while it is put together.
struct Agreements::AgreementBuilding {
  const syntax::AgreementDeclaration& written;
  Context context;  ///< its file and its record: no names of its own
  model::Agreement agreement;
  bool unread = false;            ///< some line of it could not be read
  bool parties_are_right = true;  ///< nothing was complained about in `between`
  bool saving_is_right = false;   ///< nothing was complained about in it

  /// The party that the agreement writes so; none where there is none.
  std::uint32_t party(std::string_view name) const {
    for (std::uint32_t i = 0; i < agreement.parties.size(); ++i) {
      if (agreement.parties[i].name == name) return i;
    }
    return none;
  }
  /// A node that the agreement names: it is worked out for its lines.
  NodeId name(NodeId node) {
    if (node != none) agreement.lines.forms.front().values.push_back(node);
    return node;
  }
};

}  // namespace proviso::check
