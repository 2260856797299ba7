#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "service/http/mailbox.hpp"
#include "service/http/request_reader.hpp"
#include "service/http/response_text.hpp"
#include "service/http/server.hpp"

namespace proviso::service {

using Clock = std::chrono::steady_clock;

/// What the sessions of one thread share. Used on that thread alone.
class Host {
 public:
  Host(const Limits& its_limits, const Handler& its_handler, std::atomic<std::uint64_t>& count_of_refused)
      : limits(its_limits), handler(its_handler), refused(count_of_refused) {}
  virtual ~Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The session's connection is closed.
  virtual void left(Session& session) = 0;

  const Limits& limits;
  const Handler& handler;
  std::atomic<std::uint64_t>& refused;
  std::shared_ptr<Mailbox> mailbox;
  DateLine date;
  bool stopping = false;
};

/// One connection: what is read, answered and closed when. The stream under it is the derived class's, and so are the
/// operations on it, of which at most one is under way. So a session is a chain of events on one thread, and needs no
/// lock: whatever cuts in (a time limit, the stop) only leaves a note and makes the operation end early.
class Session : public std::enable_shared_from_this<Session> {
 public:
  virtual ~Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  /// The answer to the request that was handed over last.
  void answer(Response&& response);
  /// Runs the errand if the reply is still waited for.
  void run(const Reply& reply, Errand& errand);
  /// Acts where a time limit is over.
  void check(Clock::time_point now);
  /// The stop has begun: closes what is idle.
  void wind_down();
  /// Closes whatever is under way.
  void end();

  bool surplus() const { return surplus_; }
  /// Where the host keeps it.
  std::size_t place = 0;

  /// An answer that is given while the handler or an errand runs: takes it without a way through the mailbox, and says
  /// whether it did.
  static bool take_at_once(const Reply& reply, Response& response);

 protected:
  /// `surplus`: one too many, which is only told so.
  Session(Host& host, std::string peer, bool tls, bool surplus);

  // Each begins an operation, whose end is told to the function named, from the thread's loop or at once where said.
  virtual void shake_hands() = 0;                                         ///< shaken
  virtual void read(char* bytes, std::size_t size) = 0;                   ///< have_read
  virtual void write(std::string_view first, std::string_view then) = 0;  ///< have_written
  virtual void say_farewell() = 0;                                        ///< have_parted, perhaps at once
  virtual void discard(char* bytes, std::size_t size) = 0;                ///< have_discarded
  /// Makes a read end, with no bytes. It may miss, and is then asked again.
  virtual void cancel() = 0;
  /// Makes every operation end.
  virtual void close() = 0;
  virtual bool bytes_wait() const = 0;

  void shaken(bool well);
  /// 0: the peer is gone, or it was cancelled.
  void have_read(std::size_t count);
  void have_written(bool well);
  void have_parted(bool well);
  void have_discarded(bool more);
  /// Where an event could not be dealt with: memory is short.
  void give_up() { finish(); }

 private:
  enum class State : unsigned char { handshaking, idle, reading, answering, writing, parting, closed };

  void go_on();
  void await_bytes();
  void hand_over();
  void respond(Response&& response);
  void send(Response&& response, Afterwards afterwards);
  void refuse(int status, std::string_view message);
  void next_request();
  void part(bool linger);
  void finish();

  Host& host_;
  const std::string peer_;
  const bool tls_;
  const bool surplus_;
  State state_ = State::idle;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool late_ = false;     ///< the request took too long: when its read has ended, it is refused
  bool ended_ = false;    ///< closed from outside: when the operation has ended, so has the session
  bool interim_ = false;  ///< what is being written is not the response, but the word to go on
  bool last_ = false;     ///< after this response the connection is closed,
  bool linger_ = false;   ///< and what the peer still sends is read, lest it loses the response
  RequestReader reader_;
  std::string input_;  ///< room for what is read; what has come and was not taken is from begin_ to end_
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  const Reply* reply_ = nullptr;  ///< of the request that was handed over last
  std::optional<Response> at_once_;
  std::string head_;
  std::string body_;
};

}  // namespace proviso::service
