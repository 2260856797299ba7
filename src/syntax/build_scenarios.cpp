#include <utility>

#include "syntax/build.hpp"

/// Scenarios.
namespace proviso::syntax {

/// The name of a fact; of a line's own number in a group, `rank in NAME`, whatever stood between the words.
Name Builder::fact_name(NodeIndex node) {
  if (rule(node) != Rule::rank_in) return name(node);
  return Name{"rank in " + std::string(text(children(node)[0])), span(node)};
}

GivenValue Builder::given_value(NodeIndex node) {
  const auto parts = children(node);
  GivenValue value;
  value.span = span(node);
  switch (rule(node)) {
    case Rule::given_record:
      for (NodeIndex part : parts) value.facts.push_back(given_fact(part));
      break;
    case Rule::given_list:
      for (NodeIndex part : parts) value.elements.push_back(given_value(part));
      break;
    default:
      value.value = expression(parts[0]);
      if (parts.size() > 1) value.on = expression(parts[1]);
  }
  return value;
}

/// The comma behind the fact is none of it.
GivenFact Builder::given_fact(NodeIndex node) {
  const auto parts = children(node);
  GivenFact fact;
  fact.name = fact_name(parts[0]);
  fact.value = given_value(parts[1]);
  fact.span = Span{file_, fact.name.span.begin, fact.value.span.end};
  return fact;
}

Expectation Builder::expectation(NodeIndex node) {
  Expectation expectation;
  expectation.span = span(node);
  for (NodeIndex part : children(node)) {
    const auto parts = children(part);
    switch (rule(part)) {
      case Rule::because:
        for (NodeIndex each : parts) expectation.because.push_back(name(each));
        break;
      case Rule::about:
        for (NodeIndex each : parts) expectation.about.push_back(fact_name(each));
        break;
      default: {
        const Span first = head(part);
        const auto word = content_.substr(first.begin, first.end - first.begin);
        expectation.outcome = Name{std::string(word), span(part)};
        if (word == "information") expectation.outcome.text = "information needed";
        if (word == "not") expectation.outcome.text = "not applicable";
        if (word == "recount") expectation.outcome.text = "recount as";
        for (NodeIndex each : parts) {
          if (rule(each) == Rule::outcome_word) continue;
          expectation.outcome.span = first;
          if (rule(each) == Rule::strength) {
            expectation.strength = name(each);
          } else if (word == "recount" && expectation.code == no_expression) {
            expectation.code = this->expression(each);
          } else {
            expectation.amount = this->expression(each);
          }
        }
      }
    }
  }
  return expectation;
}

VariedRow Builder::varied_row(NodeIndex node) {
  VariedRow row;
  row.span = span(node);
  for (NodeIndex part : children(node)) {
    if (rule(part) == Rule::expectation) {
      row.expected = expectation(part);
    } else {
      row.values.push_back(given_value(part));
    }
  }
  return row;
}

VariedFacts Builder::varied_facts(NodeIndex node) {
  VariedFacts varied;
  varied.span = span(node);
  for (NodeIndex part : children(node)) {
    if (rule(part) == Rule::varied_row) {
      varied.rows.push_back(varied_row(part));
    } else {
      varied.facts.push_back(fact_name(part));
    }
  }
  return varied;
}

void Builder::scenario_line(NodeIndex node, ScenarioDeclaration& scenario) {
  const auto parts = children(node);
  const auto once = [&](bool given) {
    if (given) scenario.repeated.push_back({span(node), {}});
    return !given;
  };
  const auto gives = [&] {
    if (scenario.given.end == 0) scenario.given = span(node);
    scenario.given.end = span(node).end;
  };
  switch (rule(node)) {
    case Rule::given:
      gives();
      for (NodeIndex part : parts) scenario.facts.push_back(given_fact(part));
      break;
    case Rule::like:
      if (!once(scenario.is_like())) break;
      scenario.like = Name{words(parts[0]), span(parts[0])};
      if (parts.size() > 1) gives();
      for (std::size_t i = 1; i < parts.size(); ++i) scenario.facts.push_back(given_fact(parts[i]));
      break;
    case Rule::vary:
      if (once(scenario.varied.has_value())) scenario.varied = varied_facts(node);
      break;
    case Rule::expect:
      if (once(scenario.expected.has_value())) scenario.expected = expectation(parts[0]);
      break;
    case Rule::with_drafts:
      if (once(scenario.with_drafts.has_value())) scenario.with_drafts = span(node);
      break;
    case Rule::note:
      scenario.notes.push_back(words(parts[0]));
      break;
    case Rule::unverified:
      scenario.unverified.push_back(words(parts[0]));
      break;
    default:
      break;
  }
}

ScenarioDeclaration Builder::scenario(NodeIndex node) {
  const auto parts = children(node);
  ScenarioDeclaration scenario;
  scenario.title = Name{words(parts[0]), span(parts[0])};
  scenario.policy = name(parts[1]);
  scenario.span = span(node);
  for (std::size_t i = 2; i < parts.size(); ++i) scenario_line(parts[i], scenario);
  find_first(node, scenario.repeated);
  return scenario;
}

}  // namespace proviso::syntax
