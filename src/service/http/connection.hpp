#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "service/http/session.hpp"

namespace proviso::service {

namespace asio = boost::asio;

using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using TlsStream = asio::ssl::stream<Socket>;

/// A session over a plain socket or over TLS.
template <typename Stream>
class Connection final : public Session {
 public:
  static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

  /// `made_of`: the socket, and for TLS the context.
  template <typename... MadeOf>
  Connection(Host& host, std::string peer, bool surplus, MadeOf&&... made_of)
      : Session(host, std::move(peer), is_tls, surplus), stream_(std::forward<MadeOf>(made_of)...) {}

 private:
  using Error = boost::system::error_code;

  /// What is called when an operation has ended. It keeps the session alive meanwhile.
  template <typename Act>
  auto then(Act act) {
    return
        [me = std::static_pointer_cast<Connection>(shared_from_this()), act](const Error& error, std::size_t size = 0) {
          try {
            act(*me, error, size);
          } catch (...) {
            me->give_up();
          }
        };
  }

  void shake_hands() override {
    if constexpr (is_tls) {
      stream_.async_handshake(asio::ssl::stream_base::server,
                              then([](Connection& me, const Error& error, std::size_t) { me.shaken(!error); }));
    }
  }
  void read(char* bytes, std::size_t size) override {
    stream_.async_read_some(asio::buffer(bytes, size), then([](Connection& me, const Error& error, std::size_t count) {
                              me.have_read(error ? 0 : count);
                            }));
  }
  void write(std::string_view first, std::string_view rest) override {
    auto written = then([](Connection& me, const Error& error, std::size_t) { me.have_written(!error); });
    if (rest.empty()) {
      asio::async_write(stream_, asio::buffer(first), std::move(written));
    } else {
      const std::array<asio::const_buffer, 2> both = {asio::buffer(first), asio::buffer(rest)};
      asio::async_write(stream_, both, std::move(written));
    }
  }
  void say_farewell() override {
    if constexpr (is_tls) {
      // As if the peer had said its own already: nobody waits for it.
      SSL_set_shutdown(stream_.native_handle(), SSL_RECEIVED_SHUTDOWN);
      stream_.async_shutdown(
          then([](Connection& me, const Error& error, std::size_t) { me.have_parted(!error && me.stop_sending()); }));
    } else {
      have_parted(stop_sending());
    }
  }
  void discard(char* bytes, std::size_t size) override {
    socket().async_read_some(asio::buffer(bytes, size),
                             then([](Connection& me, const Error& error, std::size_t) { me.have_discarded(!error); }));
  }
  void cancel() override {
    Error ignored;
    socket().cancel(ignored);
  }
  void close() override {
    Error ignored;
    socket().close(ignored);
  }
  bool bytes_wait() const override {
    Error error;
    return socket().available(error) > 0 && !error;
  }
  bool stop_sending() {
    Error error;
    socket().shutdown(Socket::shutdown_send, error);
    return !error;
  }

  Socket& socket() {
    if constexpr (is_tls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  const Socket& socket() const { return const_cast<Connection*>(this)->socket(); }

  Stream stream_;
};

}  // namespace proviso::service
