#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "service/http/respond.hpp"

namespace proviso::service {

class Session;
class Reply;

/// What comes for a session: an answer, or an errand of the reply that it waits for.
struct Letter {
  std::weak_ptr<Session> session;
  Response response;
  const Reply* reply = nullptr;
  std::shared_ptr<Errand> errand;  ///< null: it is the answer
};

/// What is on its way to the thread that has the connections. That thread is woken by the first that comes into an
/// empty box: many that come together wake it once.
class Mailbox {
 public:
  /// `wake` is called from any thread, and makes the box's thread take what is in it.
  explicit Mailbox(std::function<void()> wake);

  void put(Letter&& letter);
  /// What was in it. `emptied` is given back for reuse.
  void take(std::vector<Letter>& emptied);
  /// From now on whatever is put is dropped, and nobody is woken.
  void close();

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<Letter> letters_;
};

/// The one answer that a request gets. Where nobody gives it, the request is answered with 500.
class Reply final : public Respond::Way {
 public:
  Reply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session);
  ~Reply() override;

  /// From any thread. Only the first counts.
  void give(Response&& response) override;
  void run(std::shared_ptr<Errand> errand) override;

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::weak_ptr<Session> session_;
  std::atomic<bool> given_ = false;
};

}  // namespace proviso::service
