#include <algorithm>
#include <utility>

#include "trial/drawing/pool_wishes.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

// Days at which a condition changes, as they stand to the deciding date. Every other date is taken to be on it.
namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

constexpr std::size_t most_moments = 24;

void add_moment(std::vector<PoolValue>& moments, const PoolValue& moment) {
  if (moments.size() < most_moments && std::find(moments.begin(), moments.end(), moment) == moments.end()) {
    moments.push_back(moment);
  }
}

PoolValue fixed_day(std::int64_t date) { return {false, 0, 0, 0, date}; }

/// Moves by months, days or working days; what leaves the calendar stays where it is.
PoolValue moved_moment(PoolValue moment, std::int32_t months, std::int32_t days, std::int32_t working_days) {
  if (moment.relative) {
    moment.months += months;
    moment.days += days;
    moment.working_days += working_days;
    return moment;
  }
  auto date = static_cast<std::int32_t>(moment.bits);
  value::add_months(date, months, date);
  value::add_days(date, days, date);
  if (working_days != 0) value::add_working_days(date, working_days, date);
  moment.bits = date;
  return moment;
}

std::int32_t whole(std::int64_t count, int sign) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(count, -120'000, 120'000)) * sign;
}

}  // namespace

std::optional<std::int64_t> resolved(const PoolValue& value, std::int32_t deciding) {
  if (!value.relative) return value.bits;
  std::int32_t date = deciding;
  if (!value::add_months(date, value.months, date)) return {};
  if (!value::add_working_days(date, value.working_days, date) && value.working_days != 0) return {};
  if (!value::add_days(date, value.days, date)) return {};
  return date;
}

WishCollector::Moments WishCollector::shifted(const Moments& base, const Node& duration, const Bits& counts,
                                              int sign) const {
  Moments result;
  for (const PoolValue& moment : base) {
    for (const std::int64_t count : counts) {
      switch (duration.type.duration) {
        case value::DurationKind::months:
          add_moment(result, moved_moment(moment, whole(count, sign), 0, 0));
          break;
        case value::DurationKind::days:
          add_moment(result, moved_moment(moment, 0, whole(count, sign), 0));
          break;
        case value::DurationKind::either:
          add_moment(result, (count & 1) != 0 ? moved_moment(moment, 0, whole((count - 1) / 2, sign), 0)
                                              : moved_moment(moment, whole(count / 2, sign), 0, 0));
          break;
      }
    }
  }
  return result;
}

const WishCollector::Moments& WishCollector::moments(NodeId id) const {
  const auto known = moments_.find(id);
  if (known != moments_.end()) return known->second;
  Moments found = find_moments(id);
  return moments_[id] = std::move(found);
}

WishCollector::Moments WishCollector::find_moments(NodeId id) const {
  const Node& node = at(id);
  Moments result;
  const auto add_all = [&](const Moments& more) {
    for (const PoolValue& each : more) add_moment(result, each);
  };
  switch (node.kind) {
    case NodeKind::constant:
      return {fixed_day(node.value)};
    case NodeKind::threshold:
      for (const std::int64_t each : constants(id)) add_moment(result, fixed_day(each));
      return result;
    case NodeKind::definition:
    case NodeKind::start_of_month_of:
    case NodeKind::end_of_month_of:
    case NodeKind::financial_year_of:
      return moments(node.operands[0]);
    case NodeKind::first_known:
    case NodeKind::minimum:
    case NodeKind::maximum:
      for (const NodeId operand : node.operands) add_all(moments(operand));
      return result;
    case NodeKind::conditional:
      add_all(moments(node.operands[1]));
      add_all(moments(node.operands[2]));
      return result;
    case NodeKind::add_duration:
    case NodeKind::subtract_duration: {
      Bits counts = constants(node.operands[1]);
      if (counts.empty()) counts = {0};
      return shifted(moments(node.operands[0]), at(node.operands[1]), counts,
                     node.kind == NodeKind::add_duration ? 1 : -1);
    }
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days:
      for (const PoolValue& moment : moments(node.operands[0])) {
        for (const std::int64_t count : constants(node.operands[1])) {
          const int sign = node.kind == NodeKind::add_working_days ? 1 : -1;
          add_moment(result, moved_moment(moment, 0, 0, whole(count / value::decimal_scale, sign)));
        }
      }
      return result;
    default:
      return {PoolValue{true, 0, 0, 0, 0}};
  }
}

void WishCollector::want_moments(NodeId id, const Moments& wanted) {
  if (wanted.empty() || !goes_on()) return;
  const Node& node = at(id);
  switch (node.kind) {
    case NodeKind::fact:
      if (node.index == dated_by_) return;
      for (const PoolValue& each : wanted) add_moment(wishes_[node.index].dates, each);
      return;
    case NodeKind::definition:
    case NodeKind::start_of_month_of:
    case NodeKind::end_of_month_of:
    case NodeKind::financial_year_of:
    case NodeKind::least:
    case NodeKind::greatest:
      want_moments(node.operands[0], wanted);
      return;
    case NodeKind::first_known:
    case NodeKind::minimum:
    case NodeKind::maximum:
      for (const NodeId operand : node.operands) want_moments(operand, wanted);
      return;
    case NodeKind::conditional:
      want_moments(node.operands[1], wanted);
      want_moments(node.operands[2], wanted);
      return;
    case NodeKind::add_duration:
    case NodeKind::subtract_duration: {
      Bits counts = constants(node.operands[1]);
      if (counts.empty()) counts = {0};
      const int back = node.kind == NodeKind::add_duration ? -1 : 1;
      want_moments(node.operands[0], shifted(wanted, at(node.operands[1]), counts, back));
      return;
    }
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days: {
      Moments before;
      for (const PoolValue& moment : wanted) {
        for (const std::int64_t count : constants(node.operands[1])) {
          const int back = node.kind == NodeKind::add_working_days ? -1 : 1;
          add_moment(before, moved_moment(moment, 0, 0, whole(count / value::decimal_scale, back)));
        }
      }
      want_moments(node.operands[0], before);
      return;
    }
    default:
      return;
  }
}

void WishCollector::want_elapsed(const Node& node, const Bits& wanted) {
  const Moments from = moments(node.operands[0]);
  const Moments to = moments(node.operands[1]);
  Moments first;
  Moments last;
  for (const std::int64_t each : wanted) {
    const std::int64_t below = each / value::decimal_scale;
    // One unit more is the next number that can come out; the day before the limit already has one less.
    for (const std::int64_t count : {below, below + 1}) {
      std::int32_t months = 0;
      std::int32_t days = 0;
      std::int32_t working_days = 0;
      switch (static_cast<model::Elapsed>(node.word)) {
        case model::Elapsed::years:
          months = whole(count, 12);
          break;
        case model::Elapsed::months:
          months = whole(count, 1);
          break;
        case model::Elapsed::weeks:
          days = whole(count, 7);
          break;
        case model::Elapsed::days:
          days = whole(count, 1);
          break;
        case model::Elapsed::working_days:
          working_days = whole(count, 1);
          break;
      }
      for (const PoolValue& moment : to) add_moment(first, moved_moment(moment, -months, -days, -working_days));
      for (const PoolValue& moment : from) add_moment(last, moved_moment(moment, months, days, working_days));
    }
  }
  want_moments(node.operands[0], first);
  want_moments(node.operands[1], last);
}

}  // namespace proviso::trial
