#include "service/http/worker.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

namespace proviso::service {
namespace {

using namespace std::chrono_literals;

/// Time limits are looked at in steps: exact to a part of the shortest, and never so often that it costs.
std::chrono::milliseconds step_of(const Limits& limits) {
  const auto shortest = std::min({limits.request_time, limits.idle_time, limits.response_time});
  return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

std::string name_of(const Socket& socket, boost::system::error_code& error) {
  const auto end = socket.remote_endpoint(error);
  if (error) return {};
  const asio::ip::address address = end.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace

Worker::Worker(Common& common)
    : Host(common.limits, common.handler, common.refused),
      common_(common),
      work_(context_.get_executor()),
      timer_(context_.get_executor()),
      tick_(step_of(common.limits)) {
  mailbox = std::make_shared<Mailbox>([this] { asio::post(context_, [this] { deliver(); }); });
}

Worker::~Worker() { end(); }

void Worker::run() {
  tick();
  thread_ = std::thread([this] {
    for (;;) {
      try {
        context_.run();
        return;
      } catch (...) {
        // Memory was short for one event. The other connections go on.
      }
    }
  });
}

void Worker::take(Socket&& socket, bool surplus) {
  load_.fetch_add(1, std::memory_order_relaxed);
  asio::post(context_, [this, surplus, socket = std::move(socket)]() mutable { admit(std::move(socket), surplus); });
}

void Worker::admit(Socket&& socket, bool surplus) {
  std::shared_ptr<Session> session;
  try {
    if (sessions_.size() == sessions_.capacity()) sessions_.reserve(2 * sessions_.size() + 1);
    if (!over_) session = session_of(std::move(socket), surplus);
  } catch (...) {
    // Memory is short: the connection is closed.
  }
  if (!session) {
    load_.fetch_sub(1, std::memory_order_relaxed);
    return common_.closed(surplus);
  }
  session->place = sessions_.size();
  sessions_.push_back(session);
  session->start();
}

/// Nothing where the peer is gone already.
std::shared_ptr<Session> Worker::session_of(Socket&& socket, bool surplus) {
  boost::system::error_code error;
  std::string peer = name_of(socket, error);
  // An answer is written at once and whole: there is nothing to wait for before it is sent.
  if (!error) socket.set_option(asio::ip::tcp::no_delay(true), error);
  if (error) return nullptr;
  if (common_.tls) {
    return std::make_shared<Connection<TlsStream>>(*this, std::move(peer), surplus, std::move(socket), *common_.tls);
  }
  return std::make_shared<Connection<Socket>>(*this, std::move(peer), surplus, std::move(socket));
}

void Worker::left(Session& session) {
  const bool surplus = session.surplus();
  const std::size_t place = session.place;
  std::swap(sessions_[place], sessions_.back());
  sessions_[place]->place = place;
  // Whoever calls keeps the session for as long as the call lasts.
  sessions_.pop_back();
  load_.fetch_sub(1, std::memory_order_relaxed);
  common_.closed(surplus);
}

void Worker::tick() {
  timer_.expires_after(tick_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    // What was due before it was cancelled comes without an error.
    if (error || over_) return;
    const Clock::time_point now = Clock::now();
    for (const auto& session : sessions_) session->check(now);
    tick();
  });
}

void Worker::deliver() {
  mailbox->take(letters_);
  for (Letter& letter : letters_) {
    const auto session = letter.session.lock();
    if (!session) continue;
    if (letter.errand) {
      session->run(*letter.reply, *letter.errand);
      letter.errand.reset();
    } else {
      session->answer(std::move(letter.response));
    }
  }
  letters_.clear();
}

void Worker::wind_down(std::function<void()> done) {
  asio::post(context_, [this, done = std::move(done)] {
    stopping = true;
    for (const auto& session : sessions_) session->wind_down();
    done();
  });
}

void Worker::end() {
  mailbox->close();
  if (!thread_.joinable()) return;
  asio::post(context_, [this] {
    over_ = true;
    for (const auto& session : std::vector(sessions_)) session->end();
    timer_.cancel();
    work_.reset();
  });
  thread_.join();
}

}  // namespace proviso::service
