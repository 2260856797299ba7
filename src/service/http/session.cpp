#include "service/http/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace proviso::service {
namespace {

using namespace std::chrono_literals;

/// Of room to read into: what a connection begins with, what it keeps while it is idle, and the most it may have.
constexpr std::size_t least_input = 4 * 1024;
constexpr std::size_t kept_input = 16 * 1024;
constexpr std::size_t most_input = 64 * 1024;
/// Bodies up to this size are sent in one piece with their head.
constexpr std::size_t small_body = 8 * 1024;
/// How long a peer has to close its side, once it was told that the connection ends.
constexpr auto farewell_time = 1s;

constexpr std::string_view go_on_text = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view failed_text = "the service could not answer this request";

thread_local Session* called = nullptr;  ///< whose handler or errand runs on this thread

}  // namespace

Session::Session(Host& host, std::string peer, bool tls, bool surplus)
    : host_(host),
      peer_(std::move(peer)),
      tls_(tls),
      surplus_(surplus),
      reader_(host.limits),
      input_(least_input, '\0') {}

void Session::start() {
  try {
    if (!tls_) return shaken(true);
    state_ = State::handshaking;
    deadline_ = Clock::now() + host_.limits.request_time;
    shake_hands();
  } catch (...) {
    give_up();
  }
}

void Session::shaken(bool well) {
  if (!well || ended_) return finish();
  if (surplus_) return refuse(503, "there are too many connections");
  next_request();
}

void Session::next_request() {
  reader_.next();
  if (begin_ == end_ && input_.size() > kept_input) {
    input_.resize(least_input);
    input_.shrink_to_fit();
  }
  state_ = State::idle;
  deadline_ = Clock::now() + host_.limits.idle_time;
  go_on();
  // The stop may have begun while the response before was on its way.
  if (host_.stopping) wind_down();
}

/// Takes what was read, and sees what is missing.
void Session::go_on() {
  using Stage = RequestReader::Stage;
  if (begin_ < end_) begin_ += reader_.take({input_.data() + begin_, end_ - begin_});
  if (reader_.stage() == Stage::refused) return refuse(reader_.refusal().status, reader_.refusal().message);
  if (reader_.stage() == Stage::complete) return hand_over();
  if (state_ == State::idle && reader_.stage() != Stage::start) {
    state_ = State::reading;
    deadline_ = Clock::now() + host_.limits.request_time;
  }
  if (reader_.take_expectation() && begin_ == end_) {
    interim_ = true;
    return write(go_on_text, {});
  }
  await_bytes();
}

void Session::await_bytes() {
  if (begin_ == end_) {
    // What fills all the room is part of something large.
    if (end_ == input_.size() && end_ < most_input) input_.resize(std::min(end_ * 4, most_input));
    begin_ = end_ = 0;
  } else if (end_ == input_.size()) {
    // The reader takes a whole header at once, and refuses one that is too large.
    if (begin_ == 0) {
      input_.resize(input_.size() * 2);
    } else {
      std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    }
    end_ -= std::exchange(begin_, 0);
  }
  read(input_.data() + end_, input_.size() - end_);
}

void Session::have_read(std::size_t count) {
  if (ended_) return finish();
  end_ += count;
  if (late_) return refuse(408, "the request took too long to come");
  // An idle connection whose peer is gone, or which was idle for too long, ends without a word.
  if (count == 0) return part(false);
  go_on();
}

void Session::hand_over() {
  state_ = State::answering;
  deadline_ = Clock::time_point::max();
  Request& request = reader_.request();
  request.peer = peer_;
  request.tls = tls_;
  {
    const auto reply = std::make_shared<Reply>(host_.mailbox, weak_from_this());
    reply_ = reply.get();
    called = this;
    try {
      host_.handler(std::move(request), Respond(reply));
    } catch (...) {
      // What it says may hold a patient's data.
      reply->give(plain_error(500, failed_text));
    }
    called = nullptr;
  }
  if (at_once_) respond(*std::exchange(at_once_, std::nullopt));
}

bool Session::take_at_once(const Reply& reply, Response& response) {
  if (called == nullptr || called->reply_ != &reply) return false;
  called->at_once_ = std::move(response);
  return true;
}

void Session::answer(Response&& response) {
  if (state_ != State::answering) return;
  try {
    respond(std::move(response));
  } catch (...) {
    give_up();
  }
}

void Session::run(const Reply& reply, Errand& errand) {
  if (state_ != State::answering || reply_ != &reply) return;
  called = this;
  try {
    errand.run();
  } catch (...) {
    // Without an answer the request gets 500, once nobody is left who could give it.
  }
  called = nullptr;
  if (at_once_) answer(*std::exchange(at_once_, std::nullopt));
}

void Session::respond(Response&& response) {
  if (response.status < 200 || response.status > 999) response = plain_error(500, failed_text);
  const bool keep = reader_.keep_alive() && !host_.stopping;
  linger_ = host_.stopping || begin_ < end_;
  send(std::move(response), !keep ? Afterwards::close : reader_.is_old() ? Afterwards::keep_old : Afterwards::keep);
}

void Session::refuse(int status, std::string_view message) {
  host_.refused.fetch_add(1, std::memory_order_relaxed);
  late_ = false;
  linger_ = true;
  send(plain_error(status, message), Afterwards::close);
}

void Session::send(Response&& response, Afterwards afterwards) {
  last_ = afterwards == Afterwards::close;
  head_.clear();
  write_head(head_, response, host_.date.now(), afterwards);
  body_.clear();
  if (has_body(response.status) && !reader_.is_head()) {
    if (response.body.size() <= small_body) {
      head_ += response.body;
    } else {
      body_ = std::move(response.body);
    }
  }
  state_ = State::writing;
  deadline_ = Clock::now() + host_.limits.response_time;
  write(head_, body_);
}

void Session::have_written(bool well) {
  if (!well || ended_) return finish();
  if (std::exchange(interim_, false)) return late_ ? refuse(408, "the request took too long to come") : await_bytes();
  if (!body_.empty()) body_ = std::string();
  if (last_) return part(linger_);
  next_request();
}

void Session::part(bool linger) {
  linger_ = linger;
  if (!linger && !tls_) return finish();
  state_ = State::parting;
  deadline_ = Clock::now() + farewell_time;
  say_farewell();
}

void Session::have_parted(bool well) {
  if (!well || !linger_ || ended_) return finish();
  discard(input_.data(), input_.size());
}

void Session::have_discarded(bool more) {
  if (!more || ended_) return finish();
  discard(input_.data(), input_.size());
}

void Session::finish() {
  if (std::exchange(state_, State::closed) == State::closed) return;
  close();
  host_.left(*this);
}

void Session::check(Clock::time_point now) {
  if (now < deadline_) return;
  switch (state_) {
    case State::idle:
      return cancel();
    case State::reading:
      late_ = true;
      return cancel();
    case State::handshaking:
    case State::writing:
    case State::parting:
      return close();
    case State::answering:
    case State::closed:
      return;
  }
}

void Session::wind_down() {
  if (state_ != State::idle || begin_ < end_ || bytes_wait()) return;
  deadline_ = Clock::time_point::min();
  cancel();
}

void Session::end() {
  ended_ = true;
  if (state_ == State::answering) return finish();
  close();
}

}  // namespace proviso::service
