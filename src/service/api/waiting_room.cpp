#include "service/api/waiting_room.hpp"

#include <utility>

namespace proviso::service {

WaitingRoom::WaitingRoom(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WaitingRoom::~WaitingRoom() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  something_waits_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WaitingRoom::add(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting) return false;
    waiting_.push_back(std::move(work));
  }
  something_waits_.notify_one();
  return true;
}

void WaitingRoom::work() {
  for (;;) {
    std::function<void()> next;
    {
      std::unique_lock lock(mutex_);
      something_waits_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    next();
  }
}

}  // namespace proviso::service
