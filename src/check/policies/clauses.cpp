#include <fmt/format.h>

#include "check/policies/policies.hpp"
#include "check/policies/reachability.hpp"

// The order of a policy's clauses, and whether each can be reached.
namespace proviso::check {

void Policies::clause_order(const syntax::PolicyDeclaration& written) {
  const syntax::Clause* otherwise = nullptr;
  const syntax::Clause* other = nullptr;
  for (const auto& clause : written.clauses) {
    if (otherwise) {
      auto& diagnostic =
          complain(Code::clause_order, clause.span,
                   clause.word == "otherwise" ? "a policy has one `otherwise`"
                                              : fmt::format("`{}` stands after `otherwise`", clause.word));
      diagnostic.notes.push_back(
          {clause.word == "otherwise" ? "the first is here" : "`otherwise` comes last", otherwise->span});
      continue;
    }
    if (clause.word == "otherwise") {
      otherwise = &clause;
    } else if (clause.word != "exempt") {
      other = &clause;
    } else if (other) {
      auto& diagnostic =
          complain(Code::clause_order, clause.span, fmt::format("`exempt` stands after `{}`", other->word));
      diagnostic.notes.push_back({"`exempt` clauses come first", other->span});
    }
  }
  if (!otherwise && !written.name.text.empty() && !unread_line(written.span, "otherwise", true)) {
    auto& diagnostic = complain(Code::missing_otherwise, written.name.span,
                                fmt::format("{} `{}` does not say what happens otherwise",
                                            written.payment ? "payment" : "policy", written.name.text));
    diagnostic.help =
        written.payment
            ? "end it with `otherwise pay in full`, or with `otherwise withhold must \"...\"` or another outcome"
            : "end it with `otherwise refuse \"...\"`, or with `otherwise approve` or `otherwise review`";
  }
}

void Policies::check_reach(const model::Policy& policy) {
  Reachability reachability(library_);
  const model::Form& form = policy.written();
  for (std::size_t i = 0; i < form.clauses.size(); ++i) {
    const Reach reach = reachability.in_every_form(policy, i);
    const auto& clause = form.clauses[i];
    if (reach.kind == Reach::Kind::constant) {
      complain(Code::constant_condition, clause.span,
               fmt::format("the condition of `{}` is always {}", clause.name, reach.truth ? "yes" : "no"));
    } else if (reach.kind == Reach::Kind::after_constant) {
      complain(Code::unreachable_clause, clause.span, fmt::format("no record reaches `{}`", clause.name))
          .notes.push_back({"this clause always decides", form.clauses[reach.earlier].span});
    } else if (reach.kind == Reach::Kind::decided_before) {
      const auto& earlier = form.clauses[reach.earlier];
      complain(Code::unreachable_clause, clause.span,
               fmt::format("no record reaches `{}`: whatever meets it meets an earlier clause", clause.name))
          .notes.push_back({fmt::format("`{}` decides first", earlier.name), earlier.span});
    }
  }
}

}  // namespace proviso::check
