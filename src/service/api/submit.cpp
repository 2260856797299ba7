#include <memory>
#include <utility>

#include "service/api/service.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

/// A record on its way through the register, and back to the thread that has the connection: the register's own thread
/// only writes.
class Submitted final : public Errand {
 public:
  using Done = std::function<void(const Decided&, const Receipt&)>;

  Submitted(Service& service, const Call& call, Decided&& decided, Done done, std::function<void()> failed)
      : service_(service),
        book_(call.book),
        respond_(call.respond),
        decided_(std::move(decided)),
        done_(std::move(done)),
        failed_(std::move(failed)) {}

  /// On the register's thread.
  static void come_back(const std::shared_ptr<Submitted>& me, Register::Result<Receipt>&& receipt) {
    me->receipt_ = std::move(receipt);
    me->count();
    me->respond_.run(me);
  }
  void run() override {
    if (!receipt_) return failed_();
    decided_.facts = std::move(receipt_->entry.facts);
    decided_.result = std::move(receipt_->entry.result);
    done_(decided_, *receipt_);
  }

 private:
  Service& service_;
  std::shared_ptr<const Rulebook> book_;  ///< what was decided names its facts by their places there
  Respond respond_;
  Decided decided_;  ///< without its texts, until the receipt brings them back
  Done done_;
  std::function<void()> failed_;
  Register::Result<Receipt> receipt_;

  void count() {
    Metrics& metrics = service_.metrics();
    if (receipt_) {
      metrics.count_decision(receipt_->entry.record, receipt_->entry.outcome);
      metrics.count_authorisations(receipt_->authorisations.size());
    } else {
      metrics.count_register_failure();
      service_.log("a decision could not be kept: " + receipt_.error());
    }
  }
};

/// Takes the texts along, which come back with the receipt.
Submission submission_of(const Service& service, const Call& call, const Desk& desk, Decided& decided) {
  Submission submission;
  LogEntry& entry = submission.entry;
  entry.id = random_id();
  entry.at = time_now();
  entry.by = call.caller.name;
  entry.library = call.book->library().digest;
  entry.record = desk.engine().record().name;
  entry.referral = service.kept(decided.id);
  entry.patient = service.kept(decided.patient);
  entry.facts = std::move(decided.facts);
  entry.outcome = model::spelling(decided.outcome);
  entry.result = std::move(decided.result);
  submission.likeness = decided.likeness ^ std::hash<std::string>()(entry.library);
  submission.approvals = std::move(decided.approvals);
  for (Authorisation& approval : submission.approvals) {
    approval.referral = entry.referral;
    approval.patient = entry.patient;
    approval.decision = entry.id;
  }
  return submission;
}

}  // namespace

void submit(Service& service, const Call& call, const Desk& desk, std::string_view record_json,
            std::function<void(const Decided&, const Receipt&)> done, std::function<void()> failed) {
  Decided decided = desk.decide(record_json, {service.options().keep_identifiers, service.today()});
  if (!decided.readable) return done(decided, {});
  Submission submission = submission_of(service, call, desk, decided);
  service.keeper().submit(
      std::move(submission),
      [submitted = std::make_shared<Submitted>(service, call, std::move(decided), std::move(done), std::move(failed))](
          Register::Result<Receipt> receipt) { Submitted::come_back(submitted, std::move(receipt)); });
}

}  // namespace proviso::service
