#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/register/register.hpp"

namespace proviso::service {

/// A register that keeps everything in memory, and answers at once from the caller's own thread: for tests of what
/// stands above it. `broken`, where it is not empty, is what every call fails with.
class MemoryRegister : public Register {
 public:
  std::string broken;
  std::vector<LogEntry> entries;
  std::vector<Authorisation> authorisations;
  std::set<std::pair<std::string, std::string>> feedback;  ///< card and outcome
  std::set<std::pair<std::string, std::string>> used_identifiers;

  void submit(Submission submission, std::function<void(Result<Receipt>)> done) override {
    if (!broken.empty()) return done(tl::unexpected(broken));
    Receipt receipt{std::move(submission.entry), {}};
    receipt.entry.number = entries.size() + 1;
    for (Authorisation& approval : submission.approvals) receipt.authorisations.push_back(given_or_new(approval));
    for (const Authorisation& each : receipt.authorisations) receipt.entry.codes.push_back(each.code);
    receipt.entry.previous = entries.empty() ? "" : entries.back().digest;
    receipt.entry.digest = "sha256:" + std::to_string(receipt.entry.number);
    entries.push_back(receipt.entry);
    done(receipt);
  }

  Result<std::optional<Authorisation>> authorisation(std::string_view code) override {
    if (!broken.empty()) return tl::unexpected(broken);
    for (const Authorisation& each : authorisations) {
      if (each.code == code) return std::optional(each);
    }
    return std::optional<Authorisation>();
  }

  Result<bool> each_authorisation(const std::function<void(const Authorisation&)>& take) override {
    for (const Authorisation& each : authorisations) take(each);
    return true;
  }

  Result<Change> use(std::string_view code, std::string_view reference, std::string_view by,
                     std::string_view today) override {
    for (Authorisation& each : authorisations) {
      if (each.code != code) continue;
      for (const AuthorisationEvent& event : each.events) {
        if (event.kind == AuthorisationEvent::Kind::used && event.reason == reference) return Change::done_before;
      }
      const auto state = each.state(today);
      if (state == Authorisation::State::withdrawn) return Change::withdrawn;
      if (state == Authorisation::State::used) return Change::used_up;
      if (state == Authorisation::State::expired) return Change::expired;
      ++each.used;
      each.events.push_back({AuthorisationEvent::Kind::used, "", std::string(by), std::string(reference)});
      return Change::done;
    }
    return Change::unknown_code;
  }

  Result<Change> withdraw(std::string_view code, std::string_view reason, std::string_view by) override {
    for (Authorisation& each : authorisations) {
      if (each.code != code) continue;
      if (each.withdrawn) return Change::done_before;
      each.withdrawn = true;
      each.events.push_back({AuthorisationEvent::Kind::withdrawn, "", std::string(by), std::string(reason)});
      return Change::done;
    }
    return Change::unknown_code;
  }

  Result<bool> is_empty() override { return entries.empty(); }

  Result<std::optional<LogEntry>> entry(std::string_view id) override {
    if (!broken.empty()) return tl::unexpected(broken);
    for (const LogEntry& each : entries) {
      if (each.id == id) return std::optional(each);
    }
    return std::optional<LogEntry>();
  }

  Result<bool> each_entry(const std::function<void(const LogEntry&)>& take) override {
    for (const LogEntry& each : entries) take(each);
    return true;
  }

  Result<Found> verify() override { return Found{entries.size(), {}, {}}; }

  Result<bool> add_feedback(std::string_view, std::string_view card, std::string_view outcome, std::string_view,
                            std::string_view) override {
    if (!broken.empty()) return tl::unexpected(broken);
    return feedback.emplace(card, outcome).second;
  }

  Result<bool> first_use(std::string_view issuer, std::string_view identifier, std::int64_t) override {
    if (!broken.empty()) return tl::unexpected(broken);
    return used_identifiers.emplace(issuer, identifier).second;
  }

  std::string trouble() override { return broken; }

 private:
  Authorisation given_or_new(Authorisation approval) {
    for (const Authorisation& each : authorisations) {
      if (!each.withdrawn && !each.referral.empty() && each.referral == approval.referral &&
          each.policy == approval.policy && each.bound == approval.bound) {
        return each;
      }
    }
    approval.code = new_code();
    approval.events.push_back({AuthorisationEvent::Kind::issued, "", "", ""});
    authorisations.push_back(approval);
    return approval;
  }
};

}  // namespace proviso::service
