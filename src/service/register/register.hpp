#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/register/authorisation.hpp"

/// Where decisions and authorisations are kept: a file of SQLite, or a PostgreSQL database that several services share.
namespace proviso::service {

/// One decided record, as it is remembered. The log only grows; each entry carries the digest of the one before it.
struct LogEntry {
  std::uint64_t number = 0;        ///< from 1, without gaps; given by the register
  std::string id;                  ///< what the caller asks for it by; random
  std::string at;                  ///< `2026-11-22T10:05:31.123Z`
  std::string by;                  ///< the name of the token's holder
  std::string library;             ///< `sha256:...`
  std::string record;              ///< `Referral`
  std::string referral;            ///< the record's id; a keyed digest unless identifiers are kept
  std::string patient;             ///< keyed digest; empty where the record has no patient's number
  std::string facts;               ///< those that were read: a JSON object as input gives it, without identifiers
  std::string outcome;             ///< `information needed`
  std::string result;              ///< the whole result, as `decide` prints it, without the record's id
  std::string kept;                ///< facts and result as the log holds them; made by the register
  std::string exemplar;            ///< the digest of the text that `kept` differs from; empty: from none
  bool whole = true;               ///< false: what it differs from is missing, or was changed
  std::vector<std::string> codes;  ///< of the authorisations that were issued, or found to be issued before
  std::string issued;              ///< those that it issued itself, as they were then: a JSON object a line
  std::string previous;            ///< the digest of the entry before it; empty for the first
  std::string digest;              ///< `sha256:...` of all of the above, facts and result as they are kept
};
/// What `digest` must be.
std::string digest_of(const LogEntry& entry);

/// What is brought to the register for one decided record: an entry, and the authorisations that its approvals ask for,
/// their codes left empty. For each of these, where the referral and policy have one that is neither withdrawn nor
/// expired, and that is bound to the same, that one is given instead; so asking twice gives the same code.
struct Submission {
  LogEntry entry;
  std::uint64_t likeness = 0;  ///< the same where facts and results read alike: they take less room; 0: like no other
  std::vector<Authorisation> approvals;
};

struct Receipt {
  LogEntry entry;
  std::vector<Authorisation> authorisations;  ///< as many as approvals
};

enum class Change : unsigned char { done, done_before, unknown_code, withdrawn, expired, used_up };

struct Found {
  std::uint64_t entries = 0;
  std::string last;                 ///< the digest of the last entry; empty where there is none
  std::vector<std::string> faults;  ///< `entry 17: its text was changed`, `entry 18 is missing`; at most 100
};

/// Any number of threads may use it. What is written by many at once is written together: one transaction for all that
/// waited while the last was written. Nothing is reported as done before it is on disk.
class Register {
 public:
  template <typename Value>
  using Result = tl::expected<Value, std::string>;  ///< the error says what could not be done, for an operator's log

  virtual ~Register() = default;

  /// `done` is called once, from the register's own thread, when it is on disk, or when it cannot be; at once, where
  /// more wait than the register holds. It must not wait for the register itself. An error leaves open whether it is
  /// there.
  virtual void submit(Submission submission, std::function<void(Result<Receipt>)> done) = 0;

  virtual Result<std::optional<Authorisation>> authorisation(std::string_view code) = 0;
  /// All of them, in the order in which they were issued, with their events.
  virtual Result<bool> each_authorisation(const std::function<void(const Authorisation&)>& take) = 0;
  /// A use with the same reference is one use; one without a reference is like no other. `today` decides what is
  /// expired.
  virtual Result<Change> use(std::string_view code, std::string_view reference, std::string_view by,
                             std::string_view today) = 0;
  virtual Result<Change> withdraw(std::string_view code, std::string_view reason, std::string_view by) = 0;

  /// Whether nothing was decided yet.
  virtual Result<bool> is_empty() = 0;
  virtual Result<std::optional<LogEntry>> entry(std::string_view id) = 0;
  virtual Result<bool> each_entry(const std::function<void(const LogEntry&)>& take) = 0;
  /// Goes through the whole log and says what was changed, is missing or stands twice; and which authorisations are not
  /// as the log issued them.
  virtual Result<Found> verify() = 0;

  /// Feedback of a clinical system on a card: kept once, however often it is sent. False: it was there before.
  virtual Result<bool> add_feedback(std::string_view service, std::string_view card, std::string_view outcome,
                                    std::string_view detail, std::string_view at) = 0;
  /// Whether the identifier of a signed request is new; it is remembered until `until` (seconds since 1970).
  virtual Result<bool> first_use(std::string_view issuer, std::string_view identifier, std::int64_t until) = 0;

  /// Whether it can be written to now: for a health check. Empty: it can.
  virtual std::string trouble() = 0;
};

/// `where` is a file, made where there is none, or `postgres://...`. What is in use by a newer version of the program
/// is an error and not touched.
tl::expected<std::unique_ptr<Register>, std::string> open_register(const std::string& where);
/// Whether it names a PostgreSQL database and no file.
bool names_postgres(std::string_view where);

/// A key for digests of identifiers: 32 random bytes. It is kept beside the register, not in it, so that whoever copies
/// the register alone cannot find out who is meant.
struct Key {
  std::string bytes;
};
/// Reads the file; where there is none, makes one that only its owner may read.
tl::expected<Key, std::string> read_or_make_key(const std::string& file);
inline constexpr std::string_view keyed_digest_mark = "hmac-sha256:";
/// The mark and 64 hexadecimal digits.
std::string keyed_digest(const Key& key, std::string_view text);

/// `2026-11-22T10:05:31.123Z`, now.
std::string time_now();
/// 32 hexadecimal digits: twelve of the time in milliseconds, so that an index of them grows at its end, and twenty (80
/// bits) from the system's generator.
std::string random_id();

}  // namespace proviso::service
