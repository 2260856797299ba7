#include "trial/drawing/drawn.hpp"

#include <algorithm>
#include <deque>

#include "trial/drawing/drawn_policy.hpp"
#include "trial/drawing/drawn_relations.hpp"
#include "trial/scenarios/given.hpp"

namespace proviso::trial {
namespace {

decide::Options drawing_options(const std::vector<std::string>& policies) {
  decide::Options result;
  result.policies = policies;
  result.with_drafts = true;
  result.explain = decide::Explain::none;
  return result;
}

model::GivenRecord sorted(const model::GivenRecord& record) {
  model::GivenRecord result = record;
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.fact < b.fact; });
  return result;
}

}  // namespace

class Drawing::Pools {
 public:
  Pools(const model::Library& library, std::uint32_t record, const std::vector<std::string>& policies,
        std::uint64_t seed)
      : library_(library),
        number_(record),
        record_(library.records[record]),
        engine_(library, record_.name, drawing_options(policies)),
        trials_(library, record),
        dice_(seed) {
    for (const decide::Family& family : engine_.families()) {
      auto policy = std::make_unique<PolicyDrawer>(engine_, family, dice_.seed());
      if (policy->holds_somewhere()) policies_.push_back(std::move(policy));
    }
  }

  model::GivenRecord next() {
    if (policies_.empty()) return {};
    model::GivenRecord result = policies_[dice_.below(policies_.size())]->next(dice_, trials_);
    keep_possible(library_, number_, result);
    return result;
  }

  model::GivenRecord near(const model::GivenRecord& record) {
    if (policies_.empty()) return record;
    PolicyDrawer& policy = *policies_[policy_reading(record, dice_.below(policies_.size()))];
    model::GivenRecord result = sorted(record);
    if (policy.pools().empty()) return result;
    for (std::size_t count = 1 + dice_.below(3); count-- > 0;) {
      const auto pool = static_cast<std::uint32_t>(dice_.below(policy.pools().size()));
      put(result, policy.drawn_anew(pool, record, dice_));
    }
    keep_possible(library_, number_, result);
    return result;
  }

  std::vector<model::GivenRecord> neighbours(const model::GivenRecord& record) const {
    std::vector<model::GivenRecord> result;
    if (policies_.empty()) return result;
    const model::GivenRecord base = sorted(record);
    const PolicyDrawer& policy = *policies_[policy_reading(record, 0)];
    std::vector<model::GivenFact> others;
    for (const Pool& pool : policy.pools()) {
      others.clear();
      policy.append_others(pool, base, others);
      append_lists(pool, base, others);
      for (model::GivenFact& other : others) put(result.emplace_back(base), std::move(other));
      model::GivenFact left;
      left.fact = pool.fact;
      left.constant.known = false;
      model::GivenRecord without = base;
      put(without, std::move(left));
      if (without.size() != base.size()) result.push_back(std::move(without));
    }
    for (model::GivenRecord& each : result) keep_possible(library_, number_, each);
    return result;
  }

 private:
  const model::Library& library_;
  std::uint32_t number_;
  const model::Record& record_;
  decide::Engine engine_;
  Trials trials_;
  Dice dice_;
  std::vector<std::unique_ptr<PolicyDrawer>> policies_;

  /// The first policy, from that one on, that reads all facts of the record; or else the one that reads most of them.
  std::size_t policy_reading(const model::GivenRecord& record, std::size_t first) const {
    std::size_t best = first;
    std::size_t most = 0;
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      const std::size_t number = (first + i) % policies_.size();
      const auto reads = [&](const auto& each) { return policies_[number]->pool_of(each.fact) != model::none; };
      const auto count = static_cast<std::size_t>(std::count_if(record.begin(), record.end(), reads));
      if (count > most) {
        most = count;
        best = number;
      }
      if (count == record.size()) break;
    }
    return best;
  }

  /// The list with another number of elements, and with one fact of one element another.
  void append_lists(const Pool& pool, const model::GivenRecord& record, std::vector<model::GivenFact>& others) const {
    if (record_.facts[pool.fact].type.kind != value::Kind::list) return;
    const model::GivenFact* now = find(record, pool.fact);
    model::GivenFact list;
    if (now != nullptr) list = *now;
    list.fact = pool.fact;
    list.constant = {record_.facts[pool.fact].type, true, 0};
    const std::size_t size = list.elements.size();
    for (const std::uint32_t length : pool.lengths) {
      if (now != nullptr && length == size) continue;
      model::GivenFact other = list;
      other.elements.resize(length, size == 0 ? model::GivenRecord{} : list.elements.front());
      others.push_back(std::move(other));
    }
    if (now == nullptr) return;
    const std::int32_t day = policies_[policy_reading(record, 0)]->deciding(record);
    const FactDrawer drawer(record_);
    for (std::size_t i = 0; i < size && i < 8; ++i) {
      for (const Pool& part : pool.elements) {
        for (const PoolValue& value : part.values) {
          model::GivenFact other = list;
          put(other.elements[i], drawer.given(part, value, Taken::unsaid, day));
          if (!difference({list}, {other}).empty()) others.push_back(std::move(other));
        }
      }
    }
    if (size > 1) {
      list.elements.pop_back();
      others.push_back(std::move(list));
    }
  }
};

Drawing::Drawing(const model::Library& library, std::uint32_t record, const std::vector<std::string>& policies,
                 std::uint64_t seed)
    : pools_(std::make_unique<Pools>(library, record, policies, seed)) {}
Drawing::~Drawing() = default;

model::GivenRecord Drawing::next() { return pools_->next(); }
model::GivenRecord Drawing::near(const model::GivenRecord& record) { return pools_->near(record); }
std::vector<model::GivenRecord> Drawing::neighbours(const model::GivenRecord& record) const {
  return pools_->neighbours(record);
}

}  // namespace proviso::trial
