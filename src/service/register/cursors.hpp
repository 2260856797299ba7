#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/register/readers.hpp"
#include "service/register/records.hpp"

/// Going through the register some hundred rows at a time: no transaction is open while they are looked at, so a reader
/// who takes an hour holds nobody up.
namespace proviso::service {

/// First come rows under no number from 1 on, which the register did not write: their number reads as 0. Then all
/// others by number, also where one has the same as another.
template <typename Row>
class Cursor {
 public:
  explicit Cursor(Readers& readers) : readers_(readers) {}
  /// Null at the end.
  Answer<const Row*> next();

 private:
  Answer<void> turn();

  Readers& readers_;
  std::vector<Row> page_;
  std::size_t next_ = 0;
  bool begun_ = false;
  std::uint64_t after_ = 0;
};

using EntryCursor = Cursor<LogEntry>;
using EventCursor = Cursor<KeptEvent>;
/// In the order in which they were issued, with their events.
using AuthorisationCursor = Cursor<KeptAuthorisation>;

}  // namespace proviso::service
