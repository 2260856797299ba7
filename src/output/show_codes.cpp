#include <algorithm>

#include "output/show_values.hpp"
#include "value/code.hpp"

// Intervals of codes as a reader of code lists knows them: W37, L84..L88.
namespace proviso::output {
namespace {

/// The shortest code that covers everything down to the interval's end: `S11` for the end of `S05..S11`.
std::string last_code(value::CodeSystem system, std::int64_t last) {
  std::string whole = value::format_code(system, last);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto code = value::parse_code(system, std::string_view(whole).substr(0, length));
    if (code && value::covered(system, *code).last == last) return value::format_code(system, *code);
  }
  return whole;
}

std::string spell_interval(value::CodeSystem system, std::int64_t first, std::int64_t last) {
  const std::string from = value::format_code(system, first);
  const std::string to = last_code(system, last);
  return from == to ? from : from + ".." + to;
}

/// The codes of `block` that are not in `other`.
model::CodeBlock without(const model::CodeBlock& block, const model::CodeBlock& other) {
  model::CodeBlock left;
  const auto add = [&](std::int64_t first, std::int64_t last) {
    left.firsts.push_back(first);
    left.lasts.push_back(last);
  };
  std::size_t hole = 0;
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    std::int64_t first = block.firsts[i];
    const std::int64_t last = block.lasts[i];
    while (hole < other.firsts.size() && other.lasts[hole] < first) ++hole;
    // The last hole may reach into the next interval too, so it is not passed over.
    for (std::size_t next = hole; first <= last && next < other.firsts.size() && other.firsts[next] <= last; ++next) {
      if (other.firsts[next] > first) add(first, other.firsts[next] - 1);
      first = other.lasts[next] + 1;
    }
    if (first <= last) add(first, last);
  }
  return left;
}

}  // namespace

std::string spell_codes(value::CodeSystem system, const model::CodeBlock& block) {
  std::string out;
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    if (i != 0) out += ' ';
    out += spell_interval(system, block.firsts[i], block.lasts[i]);
  }
  return out;
}

std::string spell_difference(value::CodeSystem system, const model::CodeBlock& block, const model::CodeBlock& other) {
  std::string out;
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    model::CodeBlock whole;
    whole.firsts = {block.firsts[i]};
    whole.lasts = {block.lasts[i]};
    const model::CodeBlock left = without(whole, other);
    if (left.firsts.empty()) continue;
    if (!out.empty()) out += ' ';
    // What is left of one interval has ends that are no codes where something was cut out of it.
    model::CodeBlock around;
    around.firsts = {left.firsts.front()};
    around.lasts = {left.lasts.back()};
    out += spell_codes(system, around);
    const model::CodeBlock holes = without(around, left);
    if (!holes.firsts.empty()) out += " except " + spell_codes(system, holes);
    if (!holes.firsts.empty() && i + 1 < block.firsts.size()) out += ",";
  }
  if (!out.empty() && out.back() == ',') out.pop_back();
  return out;
}

}  // namespace proviso::output
