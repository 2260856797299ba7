#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "service/http/message.hpp"
#include "service/http/respond.hpp"

namespace proviso::service {

/// What one connection and all of them together may take. Whatever goes beyond gets its 4xx or is closed.
struct Limits {
  std::size_t header_bytes = 16 * 1024;      ///< 431
  std::size_t body_bytes = 4 * 1024 * 1024;  ///< 413
  /// From the first byte of a request to its last: slow clients get a 408.
  std::chrono::milliseconds request_time{10'000};
  std::chrono::milliseconds idle_time{60'000};      ///< between two requests of one connection
  std::chrono::milliseconds response_time{30'000};  ///< for the client to take the response
  std::size_t connections = 2'000;                  ///< more are told 503 and closed
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any that is free
  unsigned threads = 2;
  Limits limits;
  std::string certificate;  ///< a PEM file of the chain; empty: without TLS
  std::string key;          ///< a PEM file
};

/// Called on the server's threads, for many requests at once. What it throws is answered with 500 and told to nobody.
/// Each thread has its own connections, which wait while it runs: what takes more than milliseconds goes elsewhere.
using Handler = std::function<void(Request&& request, Respond respond)>;

/// HTTP/1.1 with keep-alive, in clear or with TLS (1.2 on). Requests of one connection are answered one after the
/// other. Whatever two readers could take for two different requests is refused, and nothing of a request is told in a
/// refusal.
class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  /// Takes no more connections, answers what was asked, and returns when all is answered or `patience` is over. After
  /// that no handler is called. Not to be called in a handler.
  virtual void stop(std::chrono::milliseconds patience) = 0;
  virtual std::size_t connections() const = 0;
  /// Requests that no handler saw: malformed, too large, too slow, or one connection too many.
  virtual std::uint64_t refused() const = 0;
};

/// Listens and serves until it is stopped or destroyed.
tl::expected<std::unique_ptr<Server>, std::string> serve(const ServerOptions& options, Handler handler);

}  // namespace proviso::service
