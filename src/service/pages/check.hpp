#pragma once

#include <memory>
#include <string>
#include <vector>

#include "service/api/service.hpp"
#include "service/pages/answers.hpp"
#include "service/pages/page.hpp"
#include "service/pages/questions.hpp"

/// Checking a referral: one question after another, a look over the answers, and the decision.
namespace proviso::service::pages {

/// `GET /check`: the first question.
void begin_check(Service& service, Call&& call);
/// `POST /check`: takes an answer and asks the next question, or shows the answers when nothing is left to ask.
void continue_check(Service& service, Call&& call);
/// `POST /check/submit`: decides, keeps the decision, and shows it.
void submit_check(Service& service, Call&& call);

/// The page of one question. `needed` says why it is asked; null: nothing waits for it.
Page question_page(const Answers& answers, const Question& question, const Needed* needed);
/// The answers to look over, with what is assumed and what is missing. `wrong`: what cannot be read of a fact that an
/// authorisation binds to.
Page review_page(const Answers& answers, const Decided& decided, const Gathered& wrong = {});
/// What was decided. `full`: the result with every criterion, as JSON.
Page decision_page(const Answers& answers, const Decided& decided, std::string_view full, const Receipt& receipt,
                   std::string_view today);
/// What is still needed, as a question, and why it is still open where it was answered or cannot be answered here.
std::string open_question(const Answers& answers, const Needed& needed);
/// A row for each answer with a button that asks the question again.
void append_answers(Html& html, const Answers& answers, const std::vector<model::FactId>& but_not = {});

/// Of the facts that an authorisation binds to, those that can be asked.
std::vector<model::FactId> bound_facts(const Answers& answers);

}  // namespace proviso::service::pages
