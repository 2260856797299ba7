#include "service/api/needs.hpp"

#include <utility>

#include <fmt/format.h>

#include "output/fhir.hpp"
#include "output/json_text.hpp"
#include "service/api/fhir.hpp"
#include "service/api/given_record.hpp"

namespace proviso::service {
namespace {

/// A record that is known in part, decided as far as that goes.
struct SoFar {
  const Desk* desk = nullptr;  ///< null: the call was answered
  Decided decided;
};

SoFar decide_so_far(const Service& service, Call& call) {
  SoFar made;
  const Desk* desk = take_record(service, call);
  if (desk == nullptr) return made;
  made.decided = desk->decide(call.request.body, {service.options().keep_identifiers, service.today()});
  if (made.decided.readable) {
    made.desk = desk;
  } else {
    std::string out;
    append_result(out, made.decided);
    call.respond(json(std::move(out), 422));
  }
  return made;
}

void append_need(std::string& out, const Desk& desk, const Needed& need) {
  const model::Fact& fact = desk.engine().record().facts[need.fact];
  out += "{\"fact\": ";
  output::append_json(out, fact.name);
  out += ", \"ask\": ";
  output::append_json(out, fact.ask);
  out += ", \"type\": ";
  output::append_json(out, model::format(desk.engine().library(), fact.type));
  out += ", \"measured\": ";
  out += fact.measured ? "true" : "false";
  output::append_json_list(out += ", \"why\": ", need.why);
  output::append_json_list(out += ", \"policies\": ", need.policy);
  out += need.out_of_date ? ", \"state\": \"out of date\"}" : ", \"state\": \"missing\"}";
}

/// The labels of policies; of many, as ask when and where a referral was made, how many they are.
std::string named(const std::vector<std::string>& policies) {
  constexpr std::size_t most = 3;
  if (policies.size() > most) return fmt::format("{} policies", policies.size());
  return fmt::format("{}", fmt::join(policies, ", "));
}

/// Who asks stands before the first criterion: `Hip and knee replacement: BMI is below 45`.
output::Question question_of(const Needed& need) {
  output::Question question{need.fact, need.out_of_date, need.why, need.made_after};
  std::string policies = named(need.policy);
  if (question.whys.empty()) {
    if (!policies.empty()) question.whys.push_back(std::move(policies));
  } else if (!policies.empty()) {
    question.whys.front().insert(0, policies + ": ");
  }
  return question;
}

}  // namespace

void answer_needs(const Service& service, Call&& call) {
  const auto [desk, decided] = decide_so_far(service, call);
  if (desk == nullptr) return;
  std::string out = "{\"id\": ";
  output::append_json_or_null(out, decided.id);
  out += ", \"outcome\": ";
  output::append_json(out, model::spelling(decided.outcome));
  out += ", \"needs\": [";
  for (std::size_t i = 0; i < decided.needs.size(); ++i) {
    if (i != 0) out += ", ";
    append_need(out, *desk, decided.needs[i]);
  }
  output::append_json_list(out += "], \"undeclared\": ", decided.undeclared);
  append_notes(out, call);
  out += ", \"result\": " + decided.result + "}";
  call.respond(json(std::move(out)));
}

void answer_questionnaire(const Service& service, Call&& call) {
  const auto [desk, decided] = decide_so_far(service, call);
  if (desk == nullptr) return;
  std::vector<output::Question> questions;
  questions.reserve(decided.needs.size());
  for (const Needed& need : decided.needs) questions.push_back(question_of(need));
  output::QuestionnaireHead head;
  head.version = desk->engine().library().digest;
  head.title = "What the funding policies need to know";
  head.description =
      fmt::format("The outcome {} `{}`. {}", questions.empty() ? "is" : "so far is", model::spelling(decided.outcome),
                  questions.empty() ? "Nothing more is needed." : "Only what can still change it is asked.");
  std::string out;
  output::append_questionnaire(out, desk->engine().library(), desk->engine().record(), questions, head);
  call.respond(fhir(std::move(out)));
}

}  // namespace proviso::service
