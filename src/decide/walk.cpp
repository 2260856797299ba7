#include "decide/walk.hpp"

#include <algorithm>

namespace proviso::decide {

using value::Truth;

void walk(const View& view, Walk& result) {
  const std::vector<ClauseHead>& clauses = view.version->heads;
  result = Walk{Truth::yes, std::move(result.remaining), std::move(result.asking), {}, 0};
  result.remaining.clear();
  result.asking.clear();

  result.applies = view.truth(view.version->applies);
  if (result.applies == Truth::no) return;
  if (result.applies == Truth::unknown) result.possible.add(not_applicable);

  // yes decides; no: go on; unknown: the result stays possible and the walk goes on.
  for (std::uint32_t clause = 0; clause < clauses.size(); ++clause) {
    const Truth truth = view.truth(clauses[clause].condition);
    result.last_tried = clause;
    if (truth == Truth::no) continue;
    result.possible.add(clauses[clause].result);
    result.remaining.push_back(clause);
    if (truth == Truth::yes) break;
  }

  // An unknown clause asks for nothing if its result is the only one that those after it can still give.
  Outcomes after;
  for (std::size_t i = result.remaining.size(); i-- > 0;) {
    const std::uint32_t given = clauses[result.remaining[i]].result;
    const bool last = i + 1 == result.remaining.size();
    if (!last && !after.only(given)) result.asking.push_back(result.remaining[i]);
    after.add(given);
  }
  std::reverse(result.asking.begin(), result.asking.end());
}

}  // namespace proviso::decide
