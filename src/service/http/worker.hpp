#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "service/http/connection.hpp"

namespace proviso::service {

/// What the threads of a server share.
struct Common {
  Limits limits;
  Handler handler;
  std::unique_ptr<asio::ssl::context> tls;  ///< none: in clear
  std::atomic<std::uint64_t> refused = 0;
  /// Called on a worker's thread when one of its connections is closed.
  std::function<void(bool surplus)> closed;
};

/// A thread and the connections that live on it. Each has its own loop, so that they share no lock and a connection's
/// data stays with one processor; the server spreads the connections evenly.
class Worker final : public Host {
 public:
  explicit Worker(Common& common);
  ~Worker() override;

  asio::io_context& context() { return context_; }
  std::size_t load() const { return load_.load(std::memory_order_relaxed); }

  void run();
  /// From any thread. The connection counts from now on.
  void take(Socket&& socket, bool surplus);
  void wind_down(std::function<void()> done);
  /// Closes all connections and ends the thread.
  void end();

  void left(Session& session) override;

 private:
  void admit(Socket&& socket, bool surplus);
  std::shared_ptr<Session> session_of(Socket&& socket, bool surplus);
  void tick();
  void deliver();

  Common& common_;
  // One thread: the loop wakes no other.
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, asio::io_context::executor_type> timer_;
  std::chrono::milliseconds tick_;
  std::vector<std::shared_ptr<Session>> sessions_;
  std::vector<Letter> letters_;
  std::atomic<std::size_t> load_ = 0;
  bool over_ = false;  ///< all connections were closed, and none may come
  std::thread thread_;
};

}  // namespace proviso::service
