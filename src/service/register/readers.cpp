#include "service/register/readers.hpp"

#include <utility>

namespace proviso::service {

std::unique_ptr<Database> Readers::take_idle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto database = std::move(idle_.back());
  idle_.pop_back();
  return database;
}

void Readers::give_back(std::unique_ptr<Database> database) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < most_idle) idle_.push_back(std::move(database));
}

Answer<void> Readers::read_by(Database& database, const Reading& reading) {
  auto read = database.begin(Database::Access::read).and_then([&] { return reading(database); });
  database.rollback();
  return read;
}

Answer<void> Readers::read(const Reading& reading) {
  // An idle connection may have been lost since it was used; one that was just opened was not.
  if (auto idle = take_idle()) {
    auto read = read_by(*idle, reading);
    if (read || read.error().kind != DatabaseError::Kind::lost) {
      give_back(std::move(idle));
      return read;
    }
    const std::lock_guard lock(mutex_);
    idle_.clear();
  }
  auto opened = open_();
  if (!opened) return tl::unexpected(std::move(opened.error()));
  auto read = read_by(**opened, reading);
  if (read || read.error().kind != DatabaseError::Kind::lost) give_back(std::move(*opened));
  return read;
}

}  // namespace proviso::service
