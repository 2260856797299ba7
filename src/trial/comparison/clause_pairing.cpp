#include "trial/comparison/clause_pairing.hpp"

#include <algorithm>
#include <tuple>

#include "output/policy_view.hpp"
#include "output/show_compare_parts.hpp"

namespace proviso::trial {
namespace {

using model::Clause;
using model::Criterion;

void add_names(std::vector<std::string>& names, const std::vector<Criterion>& criteria) {
  for (const Criterion& each : criteria) {
    names.push_back(each.name);
    add_names(names, each.condition.criteria);
  }
}

/// All that a clause says.
std::vector<std::string> words_of(const Clause& clause) {
  std::vector<std::string> words = {output::head(clause), clause.sentence};
  for (const Criterion& each : clause.condition.criteria) output::add_lines(words, each, 0);
  return words;
}

struct Traits {
  std::string name;
  std::vector<std::string> words;
  std::vector<std::string> criteria;  ///< names, in order of the alphabet
};

std::vector<Traits> traits_of(const std::vector<Clause>& clauses) {
  std::vector<Traits> all;
  for (const Clause& clause : clauses) {
    Traits& traits = all.emplace_back();
    traits.name = clause_name(clause);
    traits.words = words_of(clause);
    add_names(traits.criteria, clause.condition.criteria);
    std::sort(traits.criteria.begin(), traits.criteria.end());
  }
  return all;
}

/// How alike two clauses of one name are: greater is more.
using Likeness = std::tuple<bool, std::size_t, bool, bool>;

Likeness likeness(const Clause& old_clause, const Traits& old_traits, const Clause& new_clause,
                  const Traits& new_traits) {
  std::vector<std::string> shared;
  std::set_intersection(old_traits.criteria.begin(), old_traits.criteria.end(), new_traits.criteria.begin(),
                        new_traits.criteria.end(), std::back_inserter(shared));
  const bool same_sentence = !new_clause.sentence.empty() && old_clause.sentence == new_clause.sentence;
  // What a clause without a group asks is in its head.
  const bool alone = new_clause.condition.kind == model::GroupKind::expression;
  const bool same_head = output::head(old_clause) == output::head(new_clause);
  return {old_traits.words == new_traits.words, shared.size() + (alone && same_head ? 1 : 0), same_sentence, same_head};
}

}  // namespace

std::string clause_name(const Clause& clause) { return clause.otherwise ? "otherwise" : clause.name; }

std::vector<std::uint32_t> pair_clauses(const std::vector<Clause>& olds, const std::vector<Clause>& news) {
  struct Candidate {
    Likeness likeness;
    std::uint32_t old_number;
    std::uint32_t new_number;
  };
  const std::vector<Traits> old_traits = traits_of(olds);
  const std::vector<Traits> new_traits = traits_of(news);
  std::vector<Candidate> candidates;
  for (std::uint32_t i = 0; i < news.size(); ++i) {
    for (std::uint32_t j = 0; j < olds.size(); ++j) {
      if (old_traits[j].name != new_traits[i].name) continue;
      candidates.push_back({likeness(olds[j], old_traits[j], news[i], new_traits[i]), j, i});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.likeness > b.likeness; });
  std::vector<std::uint32_t> found(news.size(), model::none);
  std::vector<bool> taken(olds.size(), false);
  for (const Candidate& each : candidates) {
    if (taken[each.old_number] || found[each.new_number] != model::none) continue;
    found[each.new_number] = each.old_number;
    taken[each.old_number] = true;
  }
  return found;
}

std::string telling_name(const std::vector<Clause>& clauses, std::size_t number) {
  const Clause& clause = clauses[number];
  std::string name = clause_name(clause);
  const auto share =
      std::count_if(clauses.begin(), clauses.end(), [&](const Clause& each) { return clause_name(each) == name; });
  if (share < 2) return name;
  std::string content = clause.expression;
  for (const Criterion& each : clause.condition.criteria) content += (content.empty() ? "" : ", ") + each.name;
  return name + " (" + content + ")";
}

}  // namespace proviso::trial
