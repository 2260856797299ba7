#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "service/register/database.hpp"

namespace proviso::service {

/// Connections to read by, as many as read at the same time. None waits for the writer.
class Readers {
 public:
  explicit Readers(OpenDatabase open) : open_(std::move(open)) {}

  /// Sees one state of the database. May be called again, where the connection was lost.
  using Reading = std::function<Answer<void>(Database&)>;
  Answer<void> read(const Reading& reading);

 private:
  /// Kept open for who reads next.
  static constexpr std::size_t most_idle = 4;

  std::unique_ptr<Database> take_idle();
  void give_back(std::unique_ptr<Database> database);
  static Answer<void> read_by(Database& database, const Reading& reading);

  OpenDatabase open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace proviso::service
