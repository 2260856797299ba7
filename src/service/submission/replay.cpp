#include "service/submission/replay.hpp"

#include <fmt/format.h>

namespace proviso::service {
namespace {

constexpr std::size_t most_differences = 100;

/// As it was decided: with identifiers where they were kept, else knowing that there were some.
ApprovalTerms terms_of(const LogEntry& entry) {
  const auto withheld = [](const std::string& identifier) { return identifier.starts_with(keyed_digest_mark); };
  ApprovalTerms terms;
  terms.withheld_patient = withheld(entry.patient);
  terms.withheld_id = withheld(entry.referral);
  terms.keep_identifiers = !terms.withheld_patient && !terms.withheld_id;
  return terms;
}

/// Empty where it is the same.
std::string difference(const Rulebook& book, const LogEntry& entry) {
  const Desk* desk = book.desk(entry.record);
  if (desk == nullptr) return fmt::format("no policy is on a record `{}`", entry.record);
  const Decided again = desk->decide(entry.facts, terms_of(entry));
  if (!again.readable) return "its facts cannot be read";
  if (model::spelling(again.outcome) != entry.outcome) {
    return fmt::format("it was `{}`, and now is `{}`", entry.outcome, model::spelling(again.outcome));
  }
  return again.result == entry.result ? "" : "the outcome is the same, its explanation is another";
}

}  // namespace

tl::expected<Replayed, std::string> replay(const Rulebook& book, Register& keeper) {
  Replayed replayed;
  const auto read = keeper.each_entry([&](const LogEntry& entry) {
    if (entry.library != book.library().digest) {
      ++replayed.others;
      return;
    }
    const std::string found = difference(book, entry);
    if (found.empty()) {
      ++replayed.same;
      return;
    }
    ++replayed.different;
    if (replayed.differences.size() < most_differences) {
      replayed.differences.push_back(fmt::format("entry {}, decision {}: {}", entry.number, entry.id, found));
    }
  });
  if (!read) return tl::unexpected(read.error());
  return replayed;
}

}  // namespace proviso::service
