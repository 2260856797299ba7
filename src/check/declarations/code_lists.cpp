#include "check/declarations/code_lists.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/calendar.hpp"
#include "value/code.hpp"

// Code lists: codes, categories and ranges as sorted intervals of packed codes.
namespace proviso::check {

namespace {

using Interval = std::pair<std::int64_t, std::int64_t>;

void merge(std::vector<Interval>& intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::vector<Interval> merged;
  for (const auto& interval : intervals) {
    if (!merged.empty() && interval.first <= merged.back().second + 1) {
      merged.back().second = std::max(merged.back().second, interval.second);
    } else {
      merged.push_back(interval);
    }
  }
  intervals = std::move(merged);
}

/// Takes `hole` out; whether there was anything to take.
bool remove(std::vector<Interval>& intervals, Interval hole) {
  std::vector<Interval> left;
  bool removed = false;
  for (const auto& [first, last] : intervals) {
    if (last < hole.first || first > hole.second) {
      left.emplace_back(first, last);
      continue;
    }
    removed = true;
    if (first < hole.first) left.emplace_back(first, hole.first - 1);
    if (last > hole.second) left.emplace_back(hole.second + 1, last);
  }
  intervals = std::move(left);
  return removed;
}

}  // namespace

std::optional<Interval> CodeLists::code_interval(value::CodeSystem system, const syntax::CodeItem& item) {
  const auto read = [&](const std::string& text) -> std::optional<value::CodeInterval> {
    const auto code = value::parse_code(system, text);
    if (code) return value::covered(system, *code);
    complain(Code::bad_code, item.span,
             fmt::format("`{}` is not a code of {}: expected one such as `{}`", text, value::spelling(system),
                         value::example_code(system)));
    return {};
  };
  const auto first = read(item.first);
  if (!first) return {};
  if (item.last.empty()) return Interval{first->first, first->last};
  const auto last = read(item.last);
  if (!last) return {};
  if (last->last < first->first) {
    complain(Code::reversed_range, item.span,
             fmt::format("the range ends at `{}`, before it begins at `{}`", item.last, item.first));
    return {};
  }
  return Interval{first->first, std::max(first->last, last->last)};
}

void CodeLists::add_code_block(const Symbol& symbol, const syntax::CodeBlock& written, model::CodeList& list) {
  model::CodeBlock block;
  block.span = written.span;
  block.place = written.place.text.empty() ? none : value_names_.find_place(written.place);
  if (written.source) block.source = model::Citation{written.source->document, written.source->section};
  if (block.place == none && !written.place.text.empty()) {
    workspace_.broken.insert({SymbolKind::codes, symbol.index});
    return;
  }
  if (written.period) {
    const auto in_force = literals_.period(symbol.tree, *written.period);
    if (!in_force) {
      workspace_.broken.insert({SymbolKind::codes, symbol.index});
      return;
    }
    block.period = *in_force;
  }
  std::vector<Interval> intervals;
  for (const auto& item : written.included) {
    if (const auto interval = code_interval(list.system, item)) intervals.push_back(*interval);
  }
  merge(intervals);
  for (const auto& item : written.excluded) {
    const auto interval = code_interval(list.system, item);
    if (interval && !remove(intervals, *interval)) {
      complain(Code::excludes_nothing, item.span,
               fmt::format("{} is not in the list, so `except` removes nothing", quoted(item.span)));
    }
  }
  for (const auto& [first, last] : intervals) {
    block.firsts.push_back(first);
    block.lasts.push_back(last);
  }
  for (const auto& other : list.blocks) {
    if (other.period.first != block.period.first || other.place != block.place) continue;
    const std::string where = block.place == none ? "" : fmt::format(" in {}", value_names_.place_name(block.place));
    complain(Code::same_start, written.span,
             block.period.first == INT32_MIN ? fmt::format("`{}` has two sets of codes without a date", symbol.name)
                                             : fmt::format("`{}` has two sets of codes{} from {}", symbol.name, where,
                                                           value::format_date(block.period.first)))
        .notes.push_back({"the other one", other.span});
    return;
  }
  list.blocks.push_back(std::move(block));
}

void CodeLists::check_code_list(Symbol& symbol) {
  const auto& written = declaration<syntax::CodesDeclaration>(symbol);
  auto& list = library_.code_lists[symbol.index];
  const auto system = value::code_system_by_spelling(written.system.text);
  if (!system) {
    auto& diagnostic = complain(Code::unknown_type, written.system.span,
                                fmt::format("there is no code system `{}`", written.system.text));
    diagnostic.help = "code systems are opcs4, icd10, snomed, dmd, hrg, tfc and ods";
    workspace_.broken.insert({SymbolKind::codes, symbol.index});
    return;
  }
  list.system = *system;
  list.span = symbol.span;
  list.unverified = written.unverified;
  if (written.source) list.source = model::Citation{written.source->document, written.source->section};
  for (const auto& block : written.blocks) add_code_block(symbol, block, list);
  std::sort(list.blocks.begin(), list.blocks.end(),
            [](const auto& a, const auto& b) { return a.period.first < b.period.first; });
}

}  // namespace proviso::check
