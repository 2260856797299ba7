#pragma once

#include "service/api/service.hpp"

/// What to ask next of a record that is known in part. Nothing is kept of it: no decision was asked for.
namespace proviso::service {

/// The outcome so far, and the questions in their order, as JSON.
void answer_needs(const Service& service, Call&& call);
/// The questions alone, as a Questionnaire; without any it has no items, and says so.
void answer_questionnaire(const Service& service, Call&& call);

}  // namespace proviso::service
