#include "service/http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "service/http/address.hpp"
#include "service/http/tls.hpp"
#include "service/http/worker.hpp"

namespace proviso::service {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using Error = boost::system::error_code;

/// How long to wait before the next connection is taken where the system has no more descriptors or memory.
constexpr auto breath = 20ms;
constexpr std::chrono::milliseconds longest_patience = 24h;
/// Connections above the limit that are being told so; those above these are closed without a word.
constexpr std::size_t most_surplus = 64;

class Listener final : public Server {
 public:
  Listener(const ServerOptions& options, Handler handler, std::unique_ptr<asio::ssl::context> tls) {
    common_.limits = options.limits;
    common_.handler = std::move(handler);
    common_.tls = std::move(tls);
    common_.closed = [this](bool surplus) { count_down(surplus); };
    for (unsigned i = 0; i < std::max(options.threads, 1U); ++i) workers_.push_back(std::make_unique<Worker>(common_));
    acceptor_ = std::make_unique<Acceptor>(workers_.front()->context().get_executor());
    pause_ = std::make_unique<Timer>(workers_.front()->context().get_executor());
  }
  ~Listener() override { stop(0ms); }

  Error listen(const tcp::endpoint& at) {
    Error error;
    acceptor_->open(at.protocol(), error);
    if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_->bind(at, error);
    if (!error) acceptor_->listen(Acceptor::max_listen_connections, error);
    if (!error) port_ = acceptor_->local_endpoint(error).port();
    return error;
  }

  void run() {
    accept();
    for (const auto& worker : workers_) worker->run();
  }

  std::uint16_t port() const override { return port_; }
  std::size_t connections() const override { return admitted_; }
  std::uint64_t refused() const override { return common_.refused; }

  void stop(std::chrono::milliseconds patience) override;

 private:
  using Executor = asio::io_context::executor_type;
  using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
  using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

  void accept();
  void accepted(Worker& worker, const Error& error, Socket&& socket);
  void count_down(bool surplus);

  Common common_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Acceptor> acceptor_;  ///< on the first worker's thread
  std::unique_ptr<Timer> pause_;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> admitted_ = 0;
  std::atomic<std::size_t> surplus_ = 0;
  std::mutex stop_mutex_;
  bool stopped_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t winding_down_ = 0;  ///< workers that know of the stop
};

/// Each connection goes to the worker with the fewest.
void Listener::accept() {
  Worker& worker = **std::min_element(workers_.begin(), workers_.end(),
                                      [](const auto& a, const auto& b) { return a->load() < b->load(); });
  acceptor_->async_accept(worker.context().get_executor(), [this, &worker](const Error& error, Socket socket) {
    accepted(worker, error, std::move(socket));
  });
}

void Listener::accepted(Worker& worker, const Error& error, Socket&& socket) {
  if (!acceptor_->is_open()) return;
  if (error == asio::error::connection_aborted) return accept();
  if (error) {
    pause_->expires_after(breath);
    return pause_->async_wait([this](const Error& cancelled) {
      if (!cancelled && acceptor_->is_open()) accept();
    });
  }
  const bool surplus = admitted_ >= common_.limits.connections;
  if (surplus && surplus_ >= most_surplus) {
    ++common_.refused;
    Error ignored;
    socket.close(ignored);
    return accept();
  }
  ++(surplus ? surplus_ : admitted_);
  worker.take(std::move(socket), surplus);
  accept();
}

void Listener::count_down(bool surplus) {
  if (--(surplus ? surplus_ : admitted_) > 0) return;
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

void Listener::stop(std::chrono::milliseconds patience) {
  const std::lock_guard once(stop_mutex_);
  if (std::exchange(stopped_, true)) return;
  asio::post(workers_.front()->context(), [this] {
    Error ignored;
    acceptor_->close(ignored);
    pause_->cancel();
    for (const auto& worker : workers_) {
      worker->wind_down([this] {
        const std::lock_guard lock(mutex_);
        ++winding_down_;
        changed_.notify_all();
      });
    }
  });
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::min(patience, longest_patience),
                      [this] { return winding_down_ == workers_.size() && admitted_ == 0 && surplus_ == 0; });
  }
  // The first one first: its thread may be still to tell the others of the stop.
  for (const auto& worker : workers_) worker->end();
}

}  // namespace

tl::expected<std::unique_ptr<Server>, std::string> serve(const ServerOptions& options, Handler handler) {
  std::unique_ptr<asio::ssl::context> tls;
  if (options.certificate.empty() != options.key.empty()) {
    return tl::unexpected(std::string("TLS needs both a certificate and a key"));
  }
  if (!options.certificate.empty()) {
    auto context = make_tls(options.certificate, options.key);
    if (!context) return tl::unexpected(std::move(context.error()));
    tls = std::make_unique<asio::ssl::context>(context->release());
  }
  Error error;
  const auto address = asio::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, error);
  if (error) return tl::unexpected(fmt::format("`{}` is not an address of a network interface", options.address));
  auto listener = std::make_unique<Listener>(options, std::move(handler), std::move(tls));
  if (const Error failure = listener->listen({address, options.port})) {
    return tl::unexpected(
        fmt::format("{} cannot be listened on: {}", with_port(options.address, options.port), failure.message()));
  }
  listener->run();
  return listener;
}

}  // namespace proviso::service
