#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "relations_sample.hpp"
#include "seed.hpp"

// Random lines joined, against a quadratic join that looks at every pair.
namespace proviso::settle {
namespace {

using namespace sample;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  bool one_in(int count) { return below(count) == 0; }
  template <typename Things>
  void shuffle(Things& things) {
    std::shuffle(things.begin(), things.end(), engine_);
  }

 private:
  std::mt19937 engine_;
};

/// Few patients and close days, so that much belongs together; some facts missing. Ids differ.
Lines random_lines(Random& random, int count) {
  Lines lines;
  for (int i = 0; i < count; ++i) {
    Line line{{{"id", std::to_string(i)}}};
    if (!random.one_in(10)) line.facts["patient"] = "P" + std::to_string(random.below(50));
    if (!random.one_in(10)) line.facts["provider"] = std::to_string(random.below(3));
    if (!random.one_in(10)) line.facts["admitted"] = value::format_date(18000 + random.below(200));
    if (!random.one_in(10)) line.facts["discharged"] = value::format_date(18000 + random.below(200));
    if (!random.one_in(10)) line.facts["order"] = std::to_string(random.below(20));
    lines.push_back(std::move(line));
  }
  return lines;
}

Blocks random_blocks(Random& random, const Lines& lines) {
  Blocks blocks(1);
  for (const Line& line : lines) {
    if (!blocks.back().empty() && random.one_in(20)) blocks.emplace_back();
    blocks.back().push_back(line);
  }
  return blocks;
}

bool have_equal(const Line& a, const Line& b, const std::string& path) {
  return a.find(path) != nullptr && b.find(path) != nullptr && *a.find(path) == *b.find(path);
}

/// Whether the other was discharged within two months before the own admission, as far as is known.
bool may_lie_within(const Line& own, const Line& other) {
  if (own.find("admitted") == nullptr || other.find("discharged") == nullptr) return true;
  const std::int32_t admitted = day(*own.find("admitted"));
  const std::int32_t discharged = day(*other.find("discharged"));
  std::int32_t earliest = 0;
  REQUIRE(value::add_months(admitted, -2, earliest));
  return earliest <= discharged && discharged <= admitted;
}

Filled related(const Lines& lines, const Line& own) {
  Filled filled;
  filled.known = own.find("patient") != nullptr && own.find("provider") != nullptr;
  for (const Line& other : lines) {
    const bool same = have_equal(own, other, "patient") && have_equal(own, other, "provider");
    if (&own != &other && same && may_lie_within(own, other)) filled.found.push_back(*other.find("id"));
  }
  return filled;
}

/// By a number and then by a provider, as text, then by id as text; nothing where a fact that is missing may tell.
std::optional<bool> ranks_before(const Line& a, const Line& b) {
  for (const char* path : {"order", "provider"}) {
    if (a.find(path) == nullptr || b.find(path) == nullptr) return std::nullopt;
    if (*a.find(path) == *b.find(path)) continue;
    if (path == std::string("provider")) return *a.find(path) < *b.find(path);
    return std::stoll(*a.find(path)) < std::stoll(*b.find(path));
  }
  return *a.find("id") < *b.find("id");
}

Filled grouped(const Lines& lines, const Line& own) {
  Filled filled;
  filled.known = own.find("patient") != nullptr;
  if (!filled.known) return filled;
  filled.rank = 1;
  bool open = false;
  for (const Line& other : lines) {
    if (!have_equal(own, other, "patient")) continue;
    filled.found.push_back(*other.find("id"));
    if (&other == &own) continue;
    const std::optional<bool> before = ranks_before(other, own);
    open = open || !before;
    if (before == true) ++*filled.rank;
  }
  if (open) filled.rank.reset();
  return filled;
}

Filled sorted(Filled filled) {
  std::sort(filled.found.begin(), filled.found.end());
  return filled;
}

World related_and_grouped() {
  World world;
  model::Relation relation;
  relation.name = "earlier";
  relation.other = 0;
  relation.keys = {{world.patient, world.patient}, {world.provider, world.provider}};
  relation.window = model::Relation::Window{world.admitted, world.discharged, 2, value::DurationKind::months, true};
  world.relate(relation, {"id"});
  model::Relation group;
  group.name = "together";
  group.other = 0;
  group.group = true;
  group.keys = {{world.patient, world.patient}};
  group.order = {world.order, world.provider};
  world.relate(group, {"id"}, true);
  return world;
}

/// Gathers the blocks in any order by two threads.
void gather_in_threads(Relations& relations, const World& world, const Blocks& blocks, Random& random) {
  std::vector<std::size_t> order(blocks.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  random.shuffle(order);
  const auto gather_half = [&](std::size_t half) {
    for (std::size_t i = half; i < order.size(); i += 2) {
      relations.gather(chunk_of(world.library, 0, blocks[order[i]]), order[i]);
    }
  };
  std::thread other([&] { gather_half(1); });
  gather_half(0);
  other.join();
}

TEST_CASE("lines in any order and any blocks are joined as by looking at every pair") {
  const auto seed = static_cast<unsigned>(random_seed());
  CAPTURE(seed);
  Random random(seed);
  const World world = related_and_grouped();
  for (int round = 0; round < 20; ++round) {
    Lines lines = random_lines(random, 1 + random.below(300));
    random.shuffle(lines);
    const Blocks blocks = random_blocks(random, lines);
    Relations relations(world.library, 0);
    gather_in_threads(relations, world, blocks, random);
    relations.complete();
    const auto earlier = fill(relations, world, blocks, 0);
    const auto together = fill(relations, world, blocks, 1);
    REQUIRE(earlier.size() == lines.size());
    bool same = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      same = same && sorted(earlier[i]) == sorted(related(lines, lines[i]));
      same = same && sorted(together[i]) == sorted(grouped(lines, lines[i]));
    }
    REQUIRE(same);
  }
}

TEST_CASE("a second gathering by other threads fills the very same") {
  const auto seed = static_cast<unsigned>(random_seed());
  CAPTURE(seed);
  Random random(seed);
  const World world = related_and_grouped();
  const Lines lines = random_lines(random, 2000);
  const Blocks blocks = random_blocks(random, lines);
  std::vector<std::vector<Filled>> all;
  for (int time = 0; time < 2; ++time) {
    Relations relations(world.library, 0);
    gather_in_threads(relations, world, blocks, random);
    relations.complete();
    all.push_back(fill(relations, world, blocks, 0));
    all.push_back(fill(relations, world, blocks, 1));
  }
  const bool same = all[0] == all[2] && all[1] == all[3];
  CHECK(same);
}

}  // namespace
}  // namespace proviso::settle
