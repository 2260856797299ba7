#include "service/pages/suggestions.hpp"

#include <map>
#include <set>

#include "output/show_values.hpp"
#include "service/pages/wording.hpp"
#include "value/code.hpp"

namespace proviso::service::pages {
namespace {

constexpr std::size_t most_of_a_range = 200;

/// Adds the codes of [first, last] that are codes, without those inside others of them.
void add_range(value::CodeSystem system, std::int64_t first, std::int64_t last, const std::string& what,
               std::map<std::int64_t, std::string>& codes) {
  constexpr int most_steps = 20'000;
  std::size_t added = 0;
  for (int step = 0; first <= last && step < most_steps && added < most_of_a_range; ++step) {
    const auto parsed = value::parse_code(system, value::format_code(system, first));
    if (parsed && *parsed == first) {
      codes.emplace(first, what);
      ++added;
      first = value::covered(system, first).last;
    }
    ++first;
  }
}

}  // namespace

std::vector<Suggestion> suggest_codes(const model::Library& library, const model::Record& record,
                                      value::CodeSystem system) {
  std::set<std::uint32_t> lists;
  for (const model::Policy& policy : library.policies) {
    if (&library.records[policy.record] != &record) continue;
    for (const model::Form& form : policy.forms) {
      for (const std::uint32_t list : output::reads_of(library, policy, form).code_lists) lists.insert(list);
    }
  }
  std::map<std::int64_t, std::string> codes;
  for (const std::uint32_t number : lists) {
    const model::CodeList& list = library.code_lists[number];
    if (list.system != system) continue;
    const std::string what = with_capital(plain_words(list.name));
    for (const model::CodeBlock& block : list.blocks) {
      for (std::size_t i = 0; i < block.firsts.size(); ++i)
        add_range(system, block.firsts[i], block.lasts[i], what, codes);
    }
  }
  std::vector<Suggestion> suggestions;
  suggestions.reserve(codes.size());
  for (const auto& [code, what] : codes) suggestions.push_back({value::format_code(system, code), what});
  return suggestions;
}

}  // namespace proviso::service::pages
