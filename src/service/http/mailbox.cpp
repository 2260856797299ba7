#include "service/http/mailbox.hpp"

#include <utility>

#include "service/http/response_text.hpp"
#include "service/http/session.hpp"

namespace proviso::service {

Mailbox::Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

void Mailbox::put(Letter&& letter) {
  const std::lock_guard lock(mutex_);
  if (!wake_) return;
  if (letters_.empty()) wake_();
  letters_.push_back(std::move(letter));
}

void Mailbox::take(std::vector<Letter>& emptied) {
  emptied.clear();
  const std::lock_guard lock(mutex_);
  letters_.swap(emptied);
}

void Mailbox::close() {
  // What is dropped may hold the last of a reply, which would put its answer here.
  std::vector<Letter> dropped;
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  letters_.swap(dropped);
}

Reply::Reply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session)
    : mailbox_(std::move(mailbox)), session_(std::move(session)) {}

Reply::~Reply() {
  if (!given_) give(plain_error(500, "the service has no answer to this request"));
}

void Reply::give(Response&& response) {
  if (given_.exchange(true)) return;
  if (Session::take_at_once(*this, response)) return;
  mailbox_->put({std::move(session_), std::move(response), this, nullptr});
}

void Reply::run(std::shared_ptr<Errand> errand) { mailbox_->put({session_, {}, this, std::move(errand)}); }

}  // namespace proviso::service
