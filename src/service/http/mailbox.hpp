#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "service/http/message.hpp"

namespace proviso::service {

class Session;

struct Answer {
  std::weak_ptr<Session> session;
  Response response;
};

/// Answers on their way to the thread that has their connections. That thread is woken by the first that comes into an
/// empty box: many that come together wake it once.
class Mailbox {
 public:
  /// `wake` is called from any thread, and makes the box's thread take what is in it.
  explicit Mailbox(std::function<void()> wake);

  void put(std::weak_ptr<Session> session, Response&& response);
  /// What was in it. `emptied` is given back for reuse.
  void take(std::vector<Answer>& emptied);
  /// From now on whatever is put is dropped, and nobody is woken.
  void close();

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<Answer> answers_;
};

/// The one answer that a request gets. Where nobody gives it, the request is answered with 500.
class Reply {
 public:
  Reply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session);
  ~Reply();
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  /// From any thread. Only the first counts.
  void give(Response&& response);

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::weak_ptr<Session> session_;
  std::atomic<bool> given_ = false;
};

}  // namespace proviso::service
