#include <algorithm>

#include "trial/comparison/comparison_causes.hpp"

// What a criterion reads that is otherwise than before.
namespace proviso::trial {
namespace {

using decide::Read;
using decide::ReadValue;

/// How a fact counts: what it says is the case's own, and told apart by nothing else.
std::string standing(const SideDecision& decided, const Read& read, const ReadValue& value) {
  if (!value.known) return "unknown";
  if (value.out_of_date) return "out of date";
  const model::Fact& fact = decided.engine->record().facts[read.index];
  if (fact.assumed && program::bit(decided.chunk->column(read.index).assumed, decided.record)) {
    return "assumed " + model::format(decided.engine->library(), *fact.assumed);
  }
  return "given";
}

}  // namespace

void Causes::add_values(CausePart& part, const Pair& pair) const {
  if (pair[before].reason == nullptr || pair[after].reason == nullptr) return;
  const auto& old_reads = pair[before].item->reads;
  const auto& new_reads = pair[after].item->reads;
  const auto value = [&](Side side, std::size_t i) -> const ReadValue& {
    return decided(side).decisions->values[pair[side].reason->first_value + i];
  };
  const auto limit = [&](Side side, const Read& read, const ReadValue& seen) {
    const model::Library& library = sides_.library(side);
    if (!seen.known) return std::string("no value");
    return model::format(library, library.thresholds[read.index].values[static_cast<std::size_t>(seen.bits)].constant);
  };
  const auto name = [&](Side side, const Read& read) -> const std::string& {
    return read.what == Read::What::threshold ? sides_.library(side).thresholds[read.index].name
                                              : sides_.engine(side).record().facts[read.index].name;
  };
  for (std::size_t i = 0; i < new_reads.size(); ++i) {
    const Read& read = new_reads[i];
    if (read.what != Read::What::threshold && read.what != Read::What::fact) continue;
    for (std::size_t j = 0; j < old_reads.size(); ++j) {
      const Read& old = old_reads[j];
      if (old.what != read.what || name(before, old) != name(after, read)) continue;
      const bool is_limit = read.what == Read::What::threshold;
      const std::string was =
          is_limit ? limit(before, old, value(before, j)) : standing(decided(before), old, value(before, j));
      const std::string is =
          is_limit ? limit(after, read, value(after, i)) : standing(decided(after), read, value(after, i));
      if (was != is) part.details.push_back({is_limit ? "threshold" : "fact", name(after, read), was, is});
      break;
    }
  }
}

const output::Reads& Causes::reads(Side side, model::NodeId node) {
  const auto found = reads_[side].find(node);
  if (found != reads_[side].end()) return found->second;
  return reads_[side].emplace(node, output::reads_of(sides_.library(side), {node})).first->second;
}

const model::CodeBlock* Causes::block(Side side, const model::CodeList& list) const {
  const decide::Decision& decision = *decided(side).decision;
  const std::int32_t day = decision.has_date ? decision.on : versions_[side]->policy->effective.first;
  return sides_.library(side).in_force(list, decision.place, day);
}

void Causes::add_codes(CausePart& part, const Pair& pair) {
  const output::Reads& olds = reads(before, pair[before].item->node);
  for (const std::uint32_t number : reads(after, pair[after].item->node).code_lists) {
    const model::CodeList& list = sides_.library(after).code_lists[number];
    for (const std::uint32_t other : olds.code_lists) {
      const model::CodeList& old = sides_.library(before).code_lists[other];
      if (old.name != list.name) continue;
      const model::CodeBlock* was = block(before, old);
      const model::CodeBlock* is = block(after, list);
      const bool same =
          was == nullptr || is == nullptr ? was == is : was->firsts == is->firsts && was->lasts == is->lasts;
      if (!same) part.details.push_back({"codes", list.name, {}, {}});
    }
  }
}

/// What does not show in the criterion's own words: definitions, tables, scripts.
void Causes::add_hidden(CausePart& part, const Pair& pair) {
  const model::NodeId was = pair[before].item->node;
  const model::NodeId is = pair[after].item->node;
  const std::uint64_t key = std::uint64_t{was} << 32 | is;
  const auto [found, fresh] = definitions_.try_emplace(key);
  if (fresh && !meanings_.same(was, is)) {
    for (const auto& each : meanings_.changed_definitions(was, is)) found->second.push_back(each.name);
  }
  for (const std::string& name : found->second) part.details.push_back({"definition", name, {}, {}});
  const output::Reads& olds = reads(before, was);
  const output::Reads& news = reads(after, is);
  const model::Library& old_library = sides_.library(before);
  const model::Library& new_library = sides_.library(after);
  for (const std::uint32_t number : news.tables) {
    const model::Table& table = new_library.tables[number];
    for (const std::uint32_t other : olds.tables) {
      const model::Table& old = old_library.tables[other];
      if (old.name == table.name && (old.digest != table.digest || old.rows != table.rows)) {
        part.details.push_back({"table", table.name, {}, {}});
      }
    }
  }
  for (const std::uint32_t number : news.hooks) {
    const model::Hook& hook = new_library.hooks[number];
    for (const std::uint32_t other : olds.hooks) {
      const model::Hook& old = old_library.hooks[other];
      if (old.name != hook.name || old.script == model::none || hook.script == model::none) continue;
      if (old_library.scripts[old.script].digest != new_library.scripts[hook.script].digest) {
        part.details.push_back({"hooks", hook.name, {}, {}});
      }
    }
  }
}

}  // namespace proviso::trial
