#include "trial/drawing/pool.hpp"

#include <algorithm>
#include <map>

#include "trial/drawing/pool_wishes.hpp"
#include "trial/drawing/step.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using value::Kind;

constexpr std::size_t most_values = 96;

/// Makes one fact's values from what it is compared with.
class Values {
 public:
  Values(const model::Library& library, const model::Fact& fact, const Wishes& wishes)
      : library_(library), fact_(fact), wishes_(wishes) {}

  std::vector<PoolValue> make() {
    switch (fact_.type.kind) {
      case Kind::truth:
        add_range(2);
        break;
      case Kind::enumeration:
      case Kind::scale:
        add_range(static_cast<std::int64_t>(library_.enumerations[fact_.type.id].values.size()));
        break;
      case Kind::place:
        make_places();
        break;
      case Kind::number:
      case Kind::money:
      case Kind::percent:
      case Kind::quantity:
        make_numbers();
        if (fact_.relation != model::none) keep_ranks();
        break;
      case Kind::duration:
        make_durations();
        break;
      case Kind::date:
        make_dates();
        break;
      case Kind::code:
        make_codes();
        break;
      case Kind::text:
        for (const std::int64_t each : wishes_.bits) {
          // Input that fails the check never reaches a record.
          if (!fact_.nhs_number || value::valid_nhs_number(library_.texts[static_cast<std::size_t>(each)])) add(each);
        }
        break;
      default:
        break;
    }
    return std::move(values_);
  }

 private:
  const model::Library& library_;
  const model::Fact& fact_;
  const Wishes& wishes_;
  std::vector<PoolValue> values_;

  void add(const PoolValue& value) {
    if (values_.size() < most_values && std::find(values_.begin(), values_.end(), value) == values_.end()) {
      values_.push_back(value);
    }
  }
  void add(std::int64_t bits) { add(PoolValue{false, 0, 0, 0, bits}); }
  void add_range(std::int64_t count) {
    for (std::int64_t bits = 0; bits < count; ++bits) add(bits);
  }

  void make_places() {
    for (const std::int64_t each : wishes_.bits) {
      add(each);
      const auto place = static_cast<std::size_t>(each);
      if (place < library_.places.size() && library_.places[place].last > each) add(library_.places[place].last);
    }
    // A few more, some of which are outside those.
    const std::size_t count = library_.places.size();
    for (std::size_t n = 0; n < 6 && count > 0; ++n) add(static_cast<std::int64_t>(n * (count - 1) / 5));
  }

  void make_numbers() {
    const std::int64_t unit = value::decimal_scale;
    std::vector<std::int64_t> wanted = wishes_.bits;
    if (wanted.empty()) {
      if (fact_.type.kind == Kind::percent || fact_.in_percent) {
        wanted = {0, unit / 10, unit / 2, unit};
      } else {
        wanted = {0, unit, 5 * unit, 20 * unit, 40 * unit, 100 * unit};
      }
    }
    for (const std::int64_t each : wanted) add(each);
    std::int64_t step = unit;
    for (const std::int64_t each : wanted) {
      step = std::max<std::int64_t>(step_of(library_, fact_.type, each), 1);
      std::int64_t moved = 0;
      if ((each >= step || each <= 0) && value::subtract(each, step, moved)) add(moved);
      if (value::add(each, step, moved)) add(moved);
    }
    add_between(wanted);
    const auto [least, greatest] = std::minmax_element(wanted.begin(), wanted.end());
    std::int64_t far = 0;
    if (value::add(*greatest, std::max(*greatest / 2 / step * step, 10 * step), far)) add(far);
    if (*least > 0) {
      add(*least / 2 / step * step);
    } else if (value::subtract(*least, 10 * step, far)) {
      add(far);
    }
  }

  /// Two limits a step apart have something between them where they are not whole.
  void add_between(std::vector<std::int64_t> wanted) {
    std::sort(wanted.begin(), wanted.end());
    for (std::size_t i = 1; i < wanted.size(); ++i) {
      const std::int64_t step = std::max<std::int64_t>(step_of(library_, fact_.type, wanted[i]), 1);
      std::int64_t apart = 0;
      if (!value::subtract(wanted[i], wanted[i - 1], apart)) continue;
      if (apart > 1 && apart <= step) add(wanted[i - 1] + apart / 2);
    }
  }

  /// The lines of a group are numbered from 1.
  void keep_ranks() {
    const auto is_none = [](const PoolValue& value) {
      return value.bits < value::decimal_scale || value.bits % value::decimal_scale != 0;
    };
    values_.erase(std::remove_if(values_.begin(), values_.end(), is_none), values_.end());
    for (const std::int64_t rank : {1, 2}) add(rank * value::decimal_scale);
  }

  void make_durations() {
    const std::int64_t step = fact_.type.duration == value::DurationKind::either ? 2 : 1;
    std::vector<std::int64_t> wanted = wishes_.bits;
    if (wanted.empty()) wanted = {0, 6 * step};
    for (const std::int64_t each : wanted) add(each);
    for (const std::int64_t each : wanted) {
      add(each - step);
      add(each + step);
    }
    add(*std::max_element(wanted.begin(), wanted.end()) + 24 * step);
  }

  void make_dates() {
    PoolValue far{true, -12, 0, 0, 0};
    for (const PoolValue& each : wishes_.dates) {
      add(each);
      if (each.relative) far.months = std::min(far.months, 2 * each.months);
    }
    for (const PoolValue& each : wishes_.dates) {
      for (const int day : {-1, 1}) {
        PoolValue beside = each;
        if (each.relative) {
          beside.days += day;
        } else {
          std::int32_t date = 0;
          if (!value::add_days(static_cast<std::int32_t>(each.bits), day, date)) continue;
          beside.bits = date;
        }
        add(beside);
      }
    }
    add(PoolValue{true, 0, 0, 0, 0});
    add(PoolValue{true, -1, 0, 0, 0});
    far.months = std::max(far.months, -12 * 80);
    add(far);
    add(PoolValue{true, 1, 0, 0, 0});
  }

  bool is_code(std::int64_t bits) const {
    const auto read = value::parse_code(fact_.type.system, value::format_code(fact_.type.system, bits));
    return read && *read == bits;
  }

  bool is_wanted(std::int64_t bits) const {
    return std::any_of(wishes_.codes.begin(), wishes_.codes.end(),
                       [&](const auto& each) { return each.first <= bits && bits <= each.second; }) ||
           std::find(wishes_.bits.begin(), wishes_.bits.end(), bits) != wishes_.bits.end();
  }

  /// A code below the category in which the interval ends.
  void add_last(const std::pair<std::int64_t, std::int64_t>& interval) {
    const value::CodeSystem system = fact_.type.system;
    if (is_code(interval.second)) return add(interval.second);
    const std::string last = value::format_code(system, interval.second);
    for (const std::string_view further : {"9", "8", "5", "1"}) {
      const auto read = value::parse_code(system, last.substr(0, 3) + "." + std::string(further));
      if (read && interval.first <= *read && *read <= interval.second && is_code(*read)) return add(*read);
    }
  }

  void make_codes() {
    for (const std::int64_t each : wishes_.bits) {
      if (is_code(each)) add(each);
    }
    const std::size_t count = wishes_.codes.size();
    for (std::size_t i = 0; i < count && values_.size() < 12; i += std::max<std::size_t>(1, count / 6)) {
      if (is_code(wishes_.codes[i].first)) add(wishes_.codes[i].first);
      add_last(wishes_.codes[i]);
    }
    if (count > 0) add_last(wishes_.codes.back());
    for (const std::int64_t each : {beyond(1), beyond(-1), example()}) {
      if (each >= 0 && !is_wanted(each)) return add(each);
    }
  }

  std::int64_t example() const {
    const auto read = value::parse_code(fact_.type.system, value::example_code(fact_.type.system));
    return read && is_code(*read) ? *read : -1;
  }

  /// A code of a form that the system has, from one end of it; -1 where all that are tried are wanted.
  std::int64_t beyond(int direction) const {
    static constexpr std::string_view codes[] = {"A01.1",    "B27.4",    "E03.6",    "M45.9", "X55.9", "Z92.3",
                                                 "AA22A",    "LA08E",    "WF01A",    "100",   "330",   "812",
                                                 "22298006", "73211009", "38341003", "RXX",   "Y99"};
    const std::size_t count = std::size(codes);
    for (std::size_t i = 0; i < count; ++i) {
      const auto read = value::parse_code(fact_.type.system, codes[direction > 0 ? i : count - 1 - i]);
      if (read && is_code(*read) && !is_wanted(*read)) return *read;
    }
    return -1;
  }
};

class Builder {
 public:
  Builder(const model::Library& library, std::uint32_t record, const std::map<model::FactId, Wishes>& wishes)
      : library_(library), record_(library.records[record]), wishes_(wishes) {}

  std::vector<Pool> of_level(model::LevelId level) const {
    std::vector<Pool> pools;
    for (const auto& [fact, wishes] : wishes_) {
      if (record_.facts[fact].level == level) pools.push_back(pool(fact, wishes));
    }
    return pools;
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  const std::map<model::FactId, Wishes>& wishes_;

  Pool pool(model::FactId id, const Wishes& wishes) const {
    const model::Fact& fact = record_.facts[id];
    Pool made;
    made.fact = id;
    if (fact.type.kind != Kind::list) {
      made.values = Values(library_, fact, wishes).make();
      return made;
    }
    made.elements = of_level(fact.elements);
    made.lengths = {0, 1};
    for (const std::int64_t count : wishes.lengths) {
      for (const std::int64_t each : {count, count - 1, count + 1}) {
        const auto length = static_cast<std::uint32_t>(std::clamp<std::int64_t>(each, 0, most_elements));
        if (std::find(made.lengths.begin(), made.lengths.end(), length) == made.lengths.end()) {
          made.lengths.push_back(length);
        }
      }
    }
    return made;
  }
};

}  // namespace

std::vector<Pool> pools_of(const model::Library& library, std::uint32_t record,
                           const std::vector<PoolSource>& sources) {
  WishCollector collector(library, record);
  for (const PoolSource& source : sources) {
    for (const model::NodeId root : source.roots) collector.collect(root, source.dated_by);
    for (const model::NodeId amount : source.amounts) {
      collector.collect(amount, source.dated_by);
      if (source.price != model::none) collector.hold_against(source.price, amount);
    }
    for (const model::FactId fact : {source.dated_by, source.placed_by, source.price}) {
      if (fact != model::none) collector.wishes()[fact];
    }
  }
  return Builder(library, record, collector.wishes()).of_level(0);
}

}  // namespace proviso::trial
