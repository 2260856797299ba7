#include "trial/drawing/pool_wishes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;
using value::Kind;

/// More than an author would tell apart: what is beyond is left out.
constexpr std::size_t most_wishes = 24;

/// Operands that one comparison is followed back through.
constexpr std::size_t most_steps = 2000;

template <typename Value>
void add_once(std::vector<Value>& values, const Value& value, std::size_t most = most_wishes) {
  if (values.size() < most && std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

/// Numbers that a script writes out: what it may compare its parameters with.
std::vector<std::int64_t> numbers_in(std::string_view text) {
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  std::vector<std::int64_t> found;
  for (std::size_t i = 0; i < text.size();) {
    if (!value::is_digit(text[i]) ||
        (i > 0 && (is_name(text[i - 1]) || value::is_digit(text[i - 1]) || text[i - 1] == '.'))) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (value::is_digit(text[end]) || text[end] == '.')) ++end;
    if (const auto parsed = value::parse_decimal(text.substr(i, end - i)); parsed.value) {
      add_once(found, *parsed.value, 12);
    }
    i = end;
  }
  return found;
}

}  // namespace

void WishCollector::collect(NodeId root, model::FactId dated_by) {
  dated_by_ = dated_by;
  if (root != model::none) visit(root);
}

void WishCollector::hold_against(model::FactId price, NodeId amount) {
  if (amount == model::none || at(amount).type.kind != Kind::money) return;
  const Bits held = constants(amount);
  for (const std::int64_t bits : held) add_once(wishes_[price].bits, bits);
  // One that most payments leave as it is, and one that most cut.
  for (const std::int64_t pounds : {10, 1000}) add_once(wishes_[price].bits, pounds * value::decimal_scale);
}

void WishCollector::read(model::FactId fact) {
  const model::Record& record = library_.records[record_];
  while (fact != model::none) {
    wishes_[fact];
    const model::LevelId elements = record.facts[fact].elements;
    if (elements != model::none && record.levels[elements].plain) wishes_[record.levels[elements].facts.front()];
    const model::LevelId level = record.facts[fact].level;
    fact = level == 0 ? model::none : record.levels[level].list;
  }
}

void WishCollector::visit(NodeId id) {
  if (!seen_.insert(id).second) return;
  const Node& node = at(id);
  steps_left_ = most_steps;
  if (node.loop != model::none) read(library_.loops[node.loop].list);
  switch (node.kind) {
    case NodeKind::fact:
      read(node.index);
      break;
    case NodeKind::compare:
      compare(node.operands[0], node.operands[1], 1, 1);
      break;
    case NodeKind::compare_scaled:
      compare(node.operands[0], node.operands[1], node.value, node.second);
      break;
    case NodeKind::between:
      compare(node.operands[0], node.operands[1], 1, 1);
      compare(node.operands[0], node.operands[2], 1, 1);
      break;
    case NodeKind::in_set:
      for (std::size_t i = 1; i < node.operands.size(); ++i) compare(node.operands[0], node.operands[i], 1, 1);
      break;
    case NodeKind::in_list: {
      const model::FactId list = at(node.operands[1]).index;
      const model::Record& record = library_.records[record_];
      if (list < record.facts.size() && record.facts[list].elements != model::none) {
        Wishes& wishes = wishes_[record.levels[record.facts[list].elements].facts.front()];
        for (const std::int64_t bits : constants(node.operands[0])) add_once(wishes.bits, bits);
      }
      break;
    }
    case NodeKind::in_codes: {
      std::vector<std::pair<std::int64_t, std::int64_t>> intervals;
      for (const model::CodeBlock& block : library_.code_lists[node.index].blocks) {
        for (std::size_t i = 0; i < block.firsts.size(); ++i) intervals.emplace_back(block.firsts[i], block.lasts[i]);
      }
      want_codes(node.operands[0], intervals);
      break;
    }
    case NodeKind::lookup:
      compare_with_table(node);
      break;
    case NodeKind::hook:
      compare_in_hook(node);
      break;
    case NodeKind::any:
      if (node.operands.empty() || node.operands[0] == model::none) {
        add_once(wishes_[library_.loops[node.loop].list].lengths, std::int64_t{1});
      }
      break;
    default:
      break;
  }
  for (const NodeId operand : node.operands) {
    if (operand != model::none) visit(operand);
  }
}

/// a * numerator against b * denominator.
void WishCollector::compare(NodeId a, NodeId b, std::int64_t numerator, std::int64_t denominator) {
  if (at(a).type.kind == Kind::date || at(b).type.kind == Kind::date) {
    want_moments(a, moments(b));
    want_moments(b, moments(a));
    return;
  }
  const auto scaled = [](const Bits& values, std::int64_t times, std::int64_t over) {
    Bits result;
    for (const std::int64_t each : values) {
      std::int64_t made = 0;
      if (value::rescale(each, times, over, made)) add_once(result, made);
    }
    return result;
  };
  want(a, scaled(constants(b), denominator, numerator));
  want(b, scaled(constants(a), numerator, denominator));
}

void WishCollector::compare_with_table(const Node& node) {
  const model::Table& table = library_.tables[node.index];
  std::vector<std::vector<std::int64_t>> keys;
  for (const auto& [key, value] : table.rows) keys.push_back(key);
  std::sort(keys.begin(), keys.end());  // the table's own order is not the same everywhere
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    Bits wanted;
    for (std::size_t row = 0; row < keys.size() && wanted.size() < 8; ++row) add_once(wanted, keys[row][i]);
    if (!keys.empty()) add_once(wanted, keys.back()[i]);
    want(node.operands[i], wanted);
  }
}

void WishCollector::compare_in_hook(const Node& node) {
  const model::Hook& hook = library_.hooks[node.index];
  if (hook.script >= library_.scripts.size()) return;
  const Bits numbers = numbers_in(library_.scripts[hook.script].text);
  for (const NodeId operand : node.operands) {
    const value::Type& type = at(operand).type;
    if (type.kind == Kind::date) {
      Moments wanted;
      for (const std::int64_t number : numbers) {
        const auto count = static_cast<std::int32_t>(std::min<std::int64_t>(number / value::decimal_scale, 400));
        for (const std::int32_t days : {count, count * 7}) add_once(wanted, PoolValue{true, 0, -days, 0, 0});
        add_once(wanted, PoolValue{true, -count, 0, 0, 0});
      }
      want_moments(operand, wanted);
    } else if (type.kind == Kind::number || type.kind == Kind::quantity || type.kind == Kind::money) {
      want(operand, numbers);
    }
  }
}

WishCollector::Bits WishCollector::constants_of_operands(const Node& node, std::size_t first) const {
  Bits result;
  for (std::size_t i = first; i < node.operands.size(); ++i) {
    for (const std::int64_t each : constants(node.operands[i])) add_once(result, each);
  }
  return result;
}

const WishCollector::Bits& WishCollector::constants(NodeId id) const {
  const auto known = constants_.find(id);
  if (known != constants_.end()) return known->second;
  Bits found = find_constants(id);
  return constants_[id] = std::move(found);
}

WishCollector::Bits WishCollector::find_constants(NodeId id) const {
  const Node& node = at(id);
  Bits result;
  const auto each_of = [&](std::size_t operand, auto change) {
    for (const std::int64_t each : constants(node.operands[operand])) {
      std::int64_t made = 0;
      if (change(each, made)) add_once(result, made);
    }
  };
  const auto each_pair = [&](auto combine) {
    for (const std::int64_t a : constants(node.operands[0])) {
      for (const std::int64_t b : constants(node.operands[1])) {
        std::int64_t made = 0;
        if (combine(a, b, made)) add_once(result, made);
      }
    }
  };
  switch (node.kind) {
    case NodeKind::constant:
      return {node.value};
    case NodeKind::threshold:
      for (const model::ThresholdValue& each : library_.thresholds[node.index].values) {
        if (each.constant.known) add_once(result, each.constant.bits);
      }
      break;
    case NodeKind::definition:
    case NodeKind::rounded:
      return constants(node.operands[0]);
    case NodeKind::first_known:
    case NodeKind::minimum:
    case NodeKind::maximum:
      return constants_of_operands(node, 0);
    case NodeKind::conditional:
      return constants_of_operands(node, 1);
    case NodeKind::negate:
      each_of(0, [](std::int64_t a, std::int64_t& made) { return value::subtract(0, a, made); });
      break;
    case NodeKind::rescale:
    case NodeKind::duration_as_decimal:
      each_of(0, [&](std::int64_t a, std::int64_t& made) { return value::rescale(a, node.value, node.second, made); });
      break;
    case NodeKind::add:
      each_pair([](auto a, auto b, auto& made) { return value::add(a, b, made); });
      break;
    case NodeKind::subtract:
      each_pair([](auto a, auto b, auto& made) { return value::subtract(a, b, made); });
      break;
    case NodeKind::multiply:
      each_pair([](auto a, auto b, auto& made) { return value::multiply(a, b, made); });
      break;
    case NodeKind::divide:
      each_pair([](auto a, auto b, auto& made) { return value::divide(a, b, made); });
      break;
    case NodeKind::lookup: {
      std::vector<std::int64_t> values;
      for (const auto& [key, value] : library_.tables[node.index].rows) values.push_back(value);
      std::sort(values.begin(), values.end());
      for (const std::int64_t each : values) add_once(result, each, 8);
      break;
    }
    default:
      break;
  }
  return result;
}

void WishCollector::want(NodeId id, const Bits& wanted) {
  if (wanted.empty() || !goes_on()) return;
  const Node& node = at(id);
  if (node.type.kind == Kind::date) return;
  const auto made_of = [&](auto make) {
    Bits result;
    for (const std::int64_t each : wanted) {
      std::int64_t made = 0;
      if (make(each, made)) add_once(result, made);
    }
    return result;
  };
  switch (node.kind) {
    case NodeKind::fact:
      for (const std::int64_t each : wanted) add_once(wishes_[node.index].bits, each);
      break;
    case NodeKind::definition:
    case NodeKind::rounded:
      want(node.operands[0], wanted);
      break;
    case NodeKind::first_known:
    case NodeKind::minimum:
    case NodeKind::maximum:
      for (const NodeId operand : node.operands) want(operand, wanted);
      break;
    case NodeKind::conditional:
      want(node.operands[1], wanted);
      want(node.operands[2], wanted);
      break;
    case NodeKind::absolute:
      want(node.operands[0], wanted);
      [[fallthrough]];
    case NodeKind::negate:
      want(node.operands[0], made_of([](auto each, auto& made) { return value::subtract(0, each, made); }));
      break;
    case NodeKind::rescale:
    case NodeKind::duration_as_decimal:
      want(node.operands[0],
           made_of([&](auto each, auto& made) { return value::rescale(each, node.second, node.value, made); }));
      break;
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide: {
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        Bits others = constants(node.operands[1 - side]);
        const bool times = node.kind == NodeKind::multiply || node.kind == NodeKind::divide;
        if (others.empty()) others = {times ? value::decimal_scale : 0};
        Bits made;
        for (const std::int64_t other : others) {
          for (const std::int64_t each : wanted) {
            std::int64_t result = 0;
            const bool found =
                node.kind == NodeKind::add        ? value::subtract(each, other, result)
                : node.kind == NodeKind::multiply ? value::divide(each, other, result)
                : node.kind == NodeKind::subtract
                    ? (side == 0 ? value::add(each, other, result) : value::subtract(other, each, result))
                    : (side == 0 ? value::multiply(each, other, result) : value::divide(other, each, result));
            if (found) add_once(made, result);
          }
        }
        want(node.operands[side], made);
      }
      break;
    }
    case NodeKind::narrow_duration: {
      const bool days = static_cast<value::DurationKind>(node.word) == value::DurationKind::days;
      const bool either = at(node.operands[0]).type.duration == value::DurationKind::either;
      want(node.operands[0], made_of([&](std::int64_t each, std::int64_t& made) {
             made = either ? 2 * each + (days ? 1 : 0) : each;
             return true;
           }));
      break;
    }
    case NodeKind::elapsed:
      want_elapsed(node, wanted);
      break;
    case NodeKind::count:
      for (const std::int64_t each : wanted) {
        add_once(wishes_[library_.loops[node.loop].list].lengths, each / value::decimal_scale);
      }
      break;
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      want(node.operands[0], wanted);
      break;
    default:
      break;
  }
}

void WishCollector::want_codes(NodeId id, const std::vector<std::pair<std::int64_t, std::int64_t>>& intervals) {
  if (!goes_on()) return;
  const Node& node = at(id);
  switch (node.kind) {
    case NodeKind::fact:
      for (const auto& each : intervals) add_once(wishes_[node.index].codes, each, 400);
      break;
    case NodeKind::definition:
    case NodeKind::first_known:
      for (const NodeId operand : node.operands) want_codes(operand, intervals);
      break;
    case NodeKind::conditional:
      want_codes(node.operands[1], intervals);
      want_codes(node.operands[2], intervals);
      break;
    default:
      break;
  }
}

}  // namespace proviso::trial
