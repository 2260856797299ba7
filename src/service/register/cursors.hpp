#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/register/readers.hpp"
#include "service/register/records.hpp"

/// Going through the register some hundred rows at a time: no transaction is open while they are looked at, so a reader
/// who takes an hour holds nobody up.
namespace proviso::service {

class EntryCursor {
 public:
  explicit EntryCursor(Readers& readers) : readers_(readers) {}
  /// The next by number, also where one has the same; null at the end.
  Answer<const LogEntry*> next();

 private:
  Readers& readers_;
  std::vector<LogEntry> page_;
  std::size_t next_ = 0;
  std::uint64_t after_ = 0;
};

class EventCursor {
 public:
  explicit EventCursor(Readers& readers) : readers_(readers) {}
  /// The next by number; null at the end.
  Answer<const KeptEvent*> next();

 private:
  Readers& readers_;
  std::vector<KeptEvent> page_;
  std::size_t next_ = 0;
};

class AuthorisationCursor {
 public:
  explicit AuthorisationCursor(Readers& readers) : readers_(readers) {}
  /// The next in the order in which they were issued, with its events; null at the end.
  Answer<const KeptAuthorisation*> next();

 private:
  Readers& readers_;
  std::vector<KeptAuthorisation> page_;
  std::size_t next_ = 0;
};

}  // namespace proviso::service
