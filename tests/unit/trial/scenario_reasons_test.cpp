#include "trial/scenarios/scenario_reasons.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace proviso::trial;

namespace {

using Names = std::vector<std::string>;

Names telling(const Names& reasons, const Names& usual, const Names& wanted) {
  std::vector<NamedReason> all;
  std::vector<NamedReason> of_usual;
  for (const auto& name : reasons) all.push_back({name, name == "group"});
  for (const auto& name : usual) of_usual.push_back({name});
  return most_telling(all, of_usual,
                      [&](const auto& name) { return std::find(wanted.begin(), wanted.end(), name) != wanted.end(); });
}

}  // namespace

TEST_CASE("of many reasons those are named that the case is there for") {
  CHECK(telling({"a", "b", "c", "d", "e"}, {}, {"e"}) == Names{"e"});
  CHECK(telling({"a", "group", "b"}, {}, {"group"}) == Names{"group"});
  CHECK(telling({"a", "b", "c", "d", "e"}, {"a", "b", "c"}, {}) == Names{"d", "e"});
  CHECK(telling({"a", "b", "c", "d", "e"}, {"a"}, {"a", "b", "c", "d", "e"}) == Names{"b", "c", "d"});
  CHECK(telling({"a", "group", "b", "c", "d"}, {"a", "b", "c", "d"}, {}) == Names{"a", "b", "c"});
  CHECK(telling({}, {"a"}, {"a"}).empty());
}
