#include <algorithm>
#include <string>

#include "trial/mutation/mutant_plan.hpp"
#include "trial/mutation/mutant_text.hpp"
#include "value/code.hpp"

// Changes of thresholds' values and of code lists, for all policies that read them.
namespace proviso::trial {
namespace {

using value::CodeInterval;
using value::CodeSystem;

constexpr std::size_t most_of_a_list = 12;
/// How far codes are looked for: the codes below one category and the gaps between categories are fewer.
constexpr std::int64_t reach = 3000;

bool is_code(CodeSystem system, std::int64_t packed) {
  return packed > 0 && value::parse_code(system, value::format_code(system, packed)) == packed;
}

/// Whether codes stand beside one another in a way that an author sees.
bool has_neighbours(CodeSystem system) {
  return system == CodeSystem::opcs4 || system == CodeSystem::icd10 || system == CodeSystem::hrg ||
         system == CodeSystem::tfc;
}

/// The largest code at the end of the interval: a category before what is below it.
CodeInterval at_the_end(CodeSystem system, CodeInterval within) {
  CodeInterval found{within.last, within.last};
  bool any = false;
  for (std::int64_t code = within.last; code >= within.first && code > within.last - reach; --code) {
    if (!is_code(system, code)) continue;
    const CodeInterval covers = value::covered(system, code);
    if (covers.last == within.last || !any) found = {code, std::min(covers.last, within.last)};
    any = true;
  }
  return found;
}

CodeInterval at_the_start(CodeSystem system, CodeInterval within) {
  if (!is_code(system, within.first)) return {within.first, within.first};
  return {within.first, std::min(value::covered(system, within.first).last, within.last)};
}

/// Whether a code of that form may be in use. Procedures are numbered from 1: `.0` and the category 00 are never given.
bool may_be_given(CodeSystem system, std::int64_t code) {
  if (!is_code(system, code)) return false;
  if (system != CodeSystem::opcs4) return true;
  const std::string written = value::format_code(system, code);
  return written.substr(1, 2) != "00" && (written.size() < 4 || written.back() != '0');
}

/// The next code beside the interval, of as many places as the code at that end; nothing where there is none near.
std::optional<CodeInterval> beside(CodeSystem system, CodeInterval within, int way) {
  const std::int64_t end = way > 0 ? at_the_end(system, within).first : at_the_start(system, within).first;
  const std::size_t places = value::format_code(system, end).size();
  const std::int64_t start = way > 0 ? within.last : within.first;
  for (std::int64_t code = start + way; code > 0 && std::abs(code - start) < reach; code += way) {
    if (may_be_given(system, code) && value::format_code(system, code).size() == places) {
      return value::covered(system, code);
    }
  }
  return std::nullopt;
}

/// The intervals without those codes.
void leave_out(model::CodeBlock& block, CodeInterval codes) {
  std::vector<std::int64_t> firsts;
  std::vector<std::int64_t> lasts;
  const auto keep = [&](std::int64_t first, std::int64_t last) {
    if (first > last) return;
    firsts.push_back(first);
    lasts.push_back(last);
  };
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    if (block.lasts[i] < codes.first || block.firsts[i] > codes.last) {
      keep(block.firsts[i], block.lasts[i]);
    } else {
      keep(block.firsts[i], codes.first - 1);
      keep(codes.last + 1, block.lasts[i]);
    }
  }
  block.firsts = std::move(firsts);
  block.lasts = std::move(lasts);
}

/// The intervals with those codes, which are in none of them.
void take_in(model::CodeBlock& block, CodeInterval codes) {
  const auto at = std::lower_bound(block.firsts.begin(), block.firsts.end(), codes.first) - block.firsts.begin();
  block.firsts.insert(block.firsts.begin() + at, codes.first);
  block.lasts.insert(block.lasts.begin() + at, codes.last);
}

bool overlaps(const model::CodeBlock& block, CodeInterval codes) {
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    if (block.firsts[i] <= codes.last && codes.first <= block.lasts[i]) return true;
  }
  return false;
}

}  // namespace

std::optional<std::int64_t> neighbour(CodeSystem system, std::int64_t code, int way) {
  if (!has_neighbours(system)) return std::nullopt;
  const auto next = beside(system, value::covered(system, code), way);
  return next ? std::optional(next->first) : std::nullopt;
}

void MutantPlan::mutate_thresholds(std::size_t family) {
  for (const auto& [threshold, readers] : thresholds_) {
    if (readers.first_family != family) continue;
    for (const std::uint32_t value : readers.values) {
      mutate_limit(threshold, value, readers);
      mutate_value_periods(threshold, value, readers);
    }
  }
}

void MutantPlan::mutate_limit(std::uint32_t threshold, std::uint32_t value, const Readers& readers) {
  const model::Threshold& declared = library_.thresholds[threshold];
  const model::ThresholdValue& now = declared.values[value];
  if (!now.constant.known) return;
  for (const int way : {1, -1}) {
    const auto moved = stepped(library_, now.constant.type, now.constant.bits, way);
    if (!moved) continue;
    Edit edit;
    model::ThresholdValue& changed = edit.threshold(library_, threshold, value);
    changed.constant.bits = *moved;
    std::string after = spell_value(library_, declared, changed);
    const model::Constant there{now.constant.type, true, *moved};
    add(MutantKind::limit, {readers.site.name, now.span}, std::move(edit), spell_value(library_, declared, now),
        std::move(after), readers.suites)
        .telling = {now.constant, there};
  }
}

void MutantPlan::mutate_code_lists(std::size_t family) {
  for (const auto& [list, readers] : code_lists_) {
    if (readers.first_family != family) continue;
    std::size_t left = most_of_a_list;
    for (const std::uint32_t block : readers.values) mutate_codes(list, block, readers, left);
  }
}

void MutantPlan::mutate_codes(std::uint32_t list, std::uint32_t block, const Readers& readers, std::size_t& left) {
  const model::CodeList& declared = library_.code_lists[list];
  const model::CodeBlock& now = declared.blocks[block];
  const CodeSystem system = declared.system;
  const std::string prefix(value::spelling(system));
  value::Type code_type;
  code_type.kind = value::Kind::code;
  code_type.system = system;
  const auto change = [&](CodeInterval codes, bool out) {
    if (left == 0) return;
    --left;
    Edit edit;
    edit.codes.push_back({list, block, now});
    if (out) {
      leave_out(edit.codes.back().content, codes);
    } else {
      take_in(edit.codes.back().content, codes);
    }
    add(MutantKind::codes, {readers.site.name, now.span}, std::move(edit), declared.name,
        declared.name + (out ? " without " : " with ") + prefix + ":" + value::format_code(system, codes.first),
        readers.suites)
        .telling = {{code_type, true, codes.first}};
  };
  const std::size_t size = now.firsts.size();
  // The codes next to the list first, so that a long list still has them.
  for (const int way : {-1, 1}) {
    if (size == 0 || !has_neighbours(system)) break;
    const std::size_t i = way > 0 ? size - 1 : 0;
    const auto next = beside(system, {now.firsts[i], now.lasts[i]}, way);
    if (next && !overlaps(now, *next)) change(*next, false);
  }
  for (std::size_t i = 0; i < size; ++i) {
    const CodeInterval whole{now.firsts[i], now.lasts[i]};
    const CodeInterval start = at_the_start(system, whole);
    const CodeInterval end = at_the_end(system, whole);
    change(start, true);
    if (end.first != start.first) change(end, true);
  }
}

}  // namespace proviso::trial
