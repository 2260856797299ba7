#pragma once

#include <string>
#include <vector>

#include "service/pages/answers.hpp"
#include "service/pages/html.hpp"
#include "service/pages/page.hpp"

/// One fact, asked for with the controls that suit its type.
namespace proviso::service::pages {

struct Question {
  model::FactId fact = model::none;
  std::size_t entries = 1;        ///< of a list: for how many elements there are controls
  std::string default_date = {};  ///< `2019-04-01`: what a date that was not typed yet begins with
  std::vector<Mistake> mistakes = {};
};

/// The question as the page's heading, with its controls, filled with what was typed.
void append_question(Html& html, const Answers& answers, const Question& question);
/// The same among other questions: the fact's label, not as a heading, and it may stay blank.
void append_controls(Html& html, const Answers& answers, const Question& question);
/// How many elements a list's form begins with: those that there are, and one more.
std::size_t entries_to_show(const Answers& answers, model::FactId list);

}  // namespace proviso::service::pages
