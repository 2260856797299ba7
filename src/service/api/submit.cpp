#include <memory>
#include <utility>

#include "service/api/service.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

LogEntry entry_of(const Service& service, const Call& call, const Desk& desk, const Decided& decided) {
  LogEntry entry;
  entry.id = random_id();
  entry.at = time_now();
  entry.by = call.caller.name;
  entry.library = call.book->library().digest;
  entry.record = desk.engine().record().name;
  entry.referral = service.kept(decided.id);
  entry.patient = service.kept(decided.patient);
  entry.facts = decided.facts;
  entry.outcome = model::spelling(decided.outcome);
  entry.result = "{" + decided.rest;
  return entry;
}

}  // namespace

void submit(Service& service, const Call& call, const Desk& desk, std::string_view record_json,
            std::function<void(const Decided&, const Receipt&)> done, std::function<void()> failed) {
  const ApprovalTerms terms{service.options().keep_identifiers, service.today()};
  auto decided = std::make_shared<Decided>(desk.decide(record_json, terms));
  if (!decided->readable) return done(*decided, {});
  Submission submission;
  submission.entry = entry_of(service, call, desk, *decided);
  submission.likeness = decided->likeness ^ std::hash<std::string>()(submission.entry.library);
  submission.approvals = std::move(decided->approvals);
  for (Authorisation& approval : submission.approvals) {
    approval.referral = submission.entry.referral;
    approval.patient = submission.entry.patient;
    approval.decision = submission.entry.id;
  }
  auto& keeper = service.keeper();
  keeper.submit(std::move(submission), [&service, decided, book = call.book, done = std::move(done),
                                        failed = std::move(failed)](Register::Result<Receipt> receipt) {
    if (!receipt) {
      service.metrics().count_register_failure();
      service.log("a decision could not be kept: " + receipt.error());
      return failed();
    }
    service.metrics().count_decision(receipt->entry.record, receipt->entry.outcome);
    service.metrics().count_authorisations(receipt->authorisations.size());
    done(*decided, *receipt);
  });
}

}  // namespace proviso::service
