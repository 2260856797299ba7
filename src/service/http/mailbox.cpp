#include "service/http/mailbox.hpp"

#include <utility>

#include "service/http/response_text.hpp"
#include "service/http/session.hpp"

namespace proviso::service {

Mailbox::Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

void Mailbox::put(std::weak_ptr<Session> session, Response&& response) {
  const std::lock_guard lock(mutex_);
  if (!wake_) return;
  if (answers_.empty()) wake_();
  answers_.push_back({std::move(session), std::move(response)});
}

void Mailbox::take(std::vector<Answer>& emptied) {
  emptied.clear();
  const std::lock_guard lock(mutex_);
  answers_.swap(emptied);
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  answers_.clear();
}

Reply::Reply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session)
    : mailbox_(std::move(mailbox)), session_(std::move(session)) {}

Reply::~Reply() {
  if (!given_) give(plain_error(500, "the service has no answer to this request"));
}

void Reply::give(Response&& response) {
  if (given_.exchange(true)) return;
  if (Session::take_at_once(*this, response)) return;
  mailbox_->put(std::move(session_), std::move(response));
}

}  // namespace proviso::service
