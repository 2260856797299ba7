#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "service/http/server.hpp"

/// What the tests of the server share: a server, and a plain blocking client that does no more than it is told.
namespace proviso::service::testing {

using namespace std::chrono_literals;

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< by name in small letters
  std::string body;
  bool closes() const;
};
std::string body_of(const std::optional<Reply>& reply);
/// 0 where there is none.
int status_of(const std::optional<Reply>& reply);

class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False where the connection is closed.
  bool send(std::string_view bytes);
  /// The next response; nothing where the connection ends, or where it does not come in time.
  std::optional<Reply> receive(bool with_body = true);
  /// Whether the server closes the connection, all else having been received.
  bool ends();
  /// Whether nothing comes for so long.
  bool silent(std::chrono::milliseconds time);
  /// What was received beyond the last response, or a response that did not come whole.
  const std::string& rest() const { return rest_; }
  /// Says that nothing more is sent.
  void stop_sending();
  /// Makes the system keep little of what comes.
  void take_little();
  /// Closes as a machine does whose plug is pulled.
  void vanish();

 private:
  bool more();

  int socket_ = -1;
  bool ended_ = false;
  std::string rest_;
};

/// A socket that is not connected yet, and connecting it.
int open_socket();
bool connect_to(int socket, std::uint16_t port);

struct Settings {
  Limits limits;
  unsigned threads = 2;
  std::string certificate;
  std::string key;
};

std::unique_ptr<Server> start(Handler handler, const Settings& settings = {});
std::unique_ptr<Server> start(Handler handler, const Limits& limits);

/// Answers with the request as the handler sees it: `GET /path a=b; body`.
void tell_back(Request&& request, const Respond& respond);
Response text(std::string body, int status = 200);
/// More than the system keeps for a peer that takes nothing.
std::string much();
std::string get(std::string_view path, std::string_view more_headers = {});
/// The beginning of a POST, whose header has no end yet.
std::string post(std::string_view path);

/// Waits until it holds, for as long as a machine under load may take. Whether it came to hold.
bool comes_true(const std::function<bool()>& holds);

class Stopwatch {
 public:
  std::chrono::milliseconds elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// What a machine under load may need for what should take no time.
constexpr auto patience = 5'000ms;

}  // namespace proviso::service::testing
