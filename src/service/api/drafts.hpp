#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::service {

/// Records that a clinical system has sent and that are not decided yet, so that a person can go on with one on the
/// pages and answers only what is missing. They are in memory alone, for a short time, and belong to whoever has the
/// name: an address may say the name, and says nothing of the patient. Any number of threads may use it.
class Drafts {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Limits {
    std::size_t count = 5000;
    std::size_t bytes = std::size_t{32} * 1024 * 1024;  ///< of all records
    std::size_t record_bytes = std::size_t{64} * 1024;  ///< of one; a larger one is not kept
    std::chrono::seconds age = std::chrono::minutes(30);
  };

  Drafts() : Drafts(Limits()) {}
  /// `now`, where it is given, is the clock: for tests.
  explicit Drafts(const Limits& limits, std::function<Time()> now = std::chrono::steady_clock::now);

  /// Keeps a record, as JSON input gives it; where there is no room left, in the place of the oldest. The name is 32
  /// hexadecimal digits, all of them random; empty where the record is too large.
  std::string keep(std::string record);
  /// Nothing where there is none of that name, or none any more. It stays there.
  std::optional<std::string> find(std::string_view name);
  std::size_t count();

 private:
  struct Draft {
    std::string name;
    std::string record;
    Time since;
  };
  const Limits limits_;
  const std::function<Time()> now_;
  std::mutex mutex_;
  std::list<Draft> drafts_;  ///< the oldest first
  std::map<std::string, std::list<Draft>::iterator, std::less<>> by_name_;
  std::size_t bytes_ = 0;

  void remove_oldest();
  void remove_outdated();
};

/// Whether the text can be the name of a draft.
bool is_draft_name(std::string_view text);

}  // namespace proviso::service
