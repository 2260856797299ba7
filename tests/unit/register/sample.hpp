#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "folder.hpp"
#include "service/register/database.hpp"
#include "service/register/register.hpp"

/// Registers to try things on: in a new file of SQLite each, and in the PostgreSQL database that PROVISO_TEST_POSTGRES
/// names, if it does. What is in that database's schema `proviso` is dropped.
namespace proviso::service::sample {

/// `sqlite`, and `postgres` where there is one.
std::vector<std::string> kinds();

/// An empty place for a register.
class Place {
 public:
  explicit Place(const std::string& kind);

  const std::string& where() const { return where_; }
  std::unique_ptr<Register> open() const;
  /// What stands in the first column, after whoever can write to the database behind the register's back wrote this.
  std::vector<std::string> tamper(const std::string& script) const;

 private:
  std::optional<Folder> folder_;  ///< of the file
  std::string where_;
};

/// A decision about the referral, with no approvals.
Submission decision(const std::string& referral, const std::string& outcome = "refuse");
/// One that approves by the policy.
Authorisation approval(const std::string& referral, const std::string& policy = "lewisham.hip_replacement");
Submission approved(const std::string& referral, const std::string& policy = "lewisham.hip_replacement");

/// Submits and waits; REQUIREs that it was written.
Receipt write(Register& to, Submission submission);
/// Submits all at once and waits for all, in their order.
std::vector<Register::Result<Receipt>> write_all(Register& to, std::vector<Submission> submissions);

std::vector<LogEntry> entries(Register& from);
std::vector<Authorisation> authorisations(Register& from);
Found found(Register& in);

}  // namespace proviso::service::sample
