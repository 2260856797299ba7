#include "decide/walk.hpp"

#include <algorithm>

namespace proviso::decide {

using value::Truth;

namespace {

template <typename ResultOf>
void weigh_by(Walk& walk, ResultOf result_of) {
  walk.possible = {};
  walk.asking.clear();
  if (walk.applies == Truth::unknown) walk.possible.add(not_applicable);
  // An unknown clause asks for nothing if its result is the only one that those after it can still give.
  Outcomes after;
  for (std::size_t i = walk.remaining.size(); i-- > 0;) {
    const std::uint32_t given = result_of(i);
    const bool last = i + 1 == walk.remaining.size();
    if (!last && !after.only(given)) walk.asking.push_back(walk.remaining[i]);
    after.add(given);
    walk.possible.add(given);
  }
  std::reverse(walk.asking.begin(), walk.asking.end());
}

}  // namespace

void weigh(const std::vector<std::uint32_t>& results, Walk& walk) {
  weigh_by(walk, [&](std::size_t i) { return results[i]; });
}

void walk(const View& view, Walk& result) {
  const std::vector<ClauseHead>& clauses = view.version->heads;
  result = Walk{Truth::yes, std::move(result.remaining), std::move(result.asking), {}, 0};
  result.remaining.clear();
  result.asking.clear();

  result.applies = view.truth(view.version->applies);
  if (result.applies == Truth::no) return;

  // yes decides; no: go on; unknown: the result stays possible and the walk goes on.
  for (std::uint32_t clause = 0; clause < clauses.size(); ++clause) {
    const Truth truth = view.truth(clauses[clause].condition);
    result.last_tried = clause;
    if (truth == Truth::no) continue;
    result.remaining.push_back(clause);
    if (truth == Truth::yes) break;
  }
  weigh_by(result, [&](std::size_t i) { return clauses[result.remaining[i]].result; });
}

}  // namespace proviso::decide
