#include <array>
#include <utility>

#include "input/fhir.hpp"
#include "service/cds/hook_call.hpp"
#include "service/cds/hook_routes.hpp"

namespace proviso::service {
namespace {

constexpr const char* requirements =
    "What the policies read is taken from the context and the prefetch alone: the service does not call back. What is "
    "not sent is unknown, and is asked for. What a query of the prefetch found is sent as the server gave it, with its "
    "`self` link: of a list without that it is not known that it is all. An answer without a card says that no policy "
    "of the library is known to apply, and nothing of whether the order is funded otherwise.";

struct Option {
  const char* code;
  const char* name;
  const char* description;
};
constexpr std::array<Option, 4> switches = {{
    {"coverage-info", "Coverage information",
     "Decisions are kept, authorisations issued, and their outcome written to the order. Off for a what-if question: "
     "cards "
     "alone, and nothing is kept"},
    {"not-funded", "Not routinely funded",
     "Cards on orders that a policy does not fund, or that the commissioner decides"},
    {"information-needed", "Information needed", "Cards that ask for what a policy needs to know"},
    {"approved", "Approved", "Cards on orders that meet a policy's criteria, with the code of the authorisation"},
}};

OrderedJson configuration_options() {
  OrderedJson list = OrderedJson::array();
  for (const Option& each : switches) {
    OrderedJson option;
    option["code"] = each.code;
    option["type"] = "boolean";
    option["name"] = each.name;
    option["description"] = each.description;
    option["default"] = true;
    list.push_back(std::move(option));
  }
  OrderedJson most;
  most["code"] = "max-cards";
  most["type"] = "integer";
  most["name"] = "Most cards";
  most["description"] = "How many cards an answer may have; those that need most attention come first";
  most["default"] = Wishes().most_cards;
  list.push_back(std::move(most));
  return list;
}

/// What brings the facts that the policies read, and no more.
OrderedJson prefetch_of(const Desk& desk, const input::FhirMapping& mapping, Hook hook) {
  std::vector<model::FactId> facts;
  for (model::FactId fact = 0; fact < desk.read_facts().size(); ++fact) {
    if (desk.read_facts()[fact]) facts.push_back(fact);
  }
  OrderedJson templates = OrderedJson::object();
  for (const input::FhirQuery& query : input::queries(mapping, facts)) templates[query.key] = query.query;
  // An appointment only names the request that it is for.
  if (hook == Hook::appointment_book) {
    templates["service_requests"] = "ServiceRequest?patient={{context.patientId}}&status=draft,active";
  }
  return templates;
}

}  // namespace

void answer_discovery(const Hooks& hooks, Call&& call) {
  const std::string& record = hooks.service.options().record;
  const Desk* desk = call.book->desk(record);
  const input::FhirMapping* mapping = call.book->fhir(record);
  OrderedJson services = OrderedJson::array();
  for (const HookService& each : hook_services) {
    if (desk == nullptr || mapping == nullptr) break;
    OrderedJson service;
    service["hook"] = spelling(each.hook);
    service["title"] = each.title;
    service["description"] = each.description;
    service["id"] = each.id;
    OrderedJson templates = prefetch_of(*desk, *mapping, each.hook);
    if (!templates.empty()) service["prefetch"] = std::move(templates);
    service["usageRequirements"] = requirements;
    service["extension"] = {{"davinci-crd.configuration-options", configuration_options()},
                            {"proviso.library", call.book->library().digest}};
    services.push_back(std::move(service));
  }
  OrderedJson answer;
  answer["services"] = std::move(services);
  call.respond(json(answer.dump()));
}

}  // namespace proviso::service
