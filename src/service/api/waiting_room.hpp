#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace proviso::service {

/// Threads for what waits for the register, so that the threads that read requests do not.
class WaitingRoom {
 public:
  static constexpr std::size_t most_waiting = 10'000;

  explicit WaitingRoom(unsigned threads);
  /// What waits is still done.
  ~WaitingRoom();
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  /// False where too much waits already; then it is not done.
  bool add(std::function<void()> work);

 private:
  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;

  void work();
};

}  // namespace proviso::service
