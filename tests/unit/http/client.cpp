#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <thread>
#include <utility>

namespace proviso::service::testing {

bool Reply::closes() const {
  const auto found = headers.find("connection");
  return found != headers.end() && found->second == "close";
}

std::string body_of(const std::optional<Reply>& reply) { return reply ? reply->body : "(no response)"; }
int status_of(const std::optional<Reply>& reply) { return reply ? reply->status : 0; }

int open_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

bool connect_to(int socket, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  static_assert(sizeof generic == sizeof address);
  std::copy_n(reinterpret_cast<const char*>(&address), sizeof address, reinterpret_cast<char*>(&generic));
  return ::connect(socket, &generic, sizeof generic) == 0;
}

Client::Client(std::uint16_t port) : socket_(open_socket()) {
  if (!connect_to(socket_, port)) throw std::runtime_error("the client cannot connect");
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::silent(std::chrono::milliseconds time) {
  pollfd waiting{socket_, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(time.count())) == 0;
}

bool Client::more() {
  if (ended_ || silent(patience)) return false;
  std::array<char, 16 * 1024> bytes{};
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  ended_ = count <= 0;
  if (!ended_) rest_.append(bytes.data(), static_cast<std::size_t>(count));
  return !ended_;
}

std::optional<Reply> Client::receive(bool with_body) {
  std::size_t head = 0;
  while ((head = rest_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  Reply reply;
  reply.status = std::stoi(rest_.substr(std::min<std::size_t>(9, head), 3));
  for (std::size_t line = rest_.find("\r\n") + 2; line < head + 2;) {
    const std::size_t end = rest_.find("\r\n", line);
    const std::size_t colon = rest_.find(": ", line);
    std::string name = rest_.substr(line, colon - line);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    reply.headers[name] = rest_.substr(colon + 2, end - colon - 2);
    line = end + 2;
  }
  const auto length = reply.headers.find("content-length");
  const std::size_t size = with_body && length != reply.headers.end() ? std::stoul(length->second) : 0;
  while (rest_.size() < head + 4 + size) {
    if (!more()) return std::nullopt;
  }
  reply.body = rest_.substr(head + 4, size);
  rest_.erase(0, head + 4 + size);
  return reply;
}

bool Client::ends() {
  while (more()) {
  }
  return ended_;
}

void Client::stop_sending() { ::shutdown(socket_, SHUT_WR); }

void Client::take_little() {
  const int size = 4096;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

void Client::vanish() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

std::unique_ptr<Server> start(Handler handler, const Settings& settings) {
  ServerOptions options;
  options.port = 0;
  options.threads = settings.threads;
  options.limits = settings.limits;
  options.certificate = settings.certificate;
  options.key = settings.key;
  auto server = serve(options, std::move(handler));
  if (!server) throw std::runtime_error(server.error());
  return std::move(*server);
}

std::unique_ptr<Server> start(Handler handler, const Limits& limits) {
  Settings settings;
  settings.limits = limits;
  return start(std::move(handler), settings);
}

Response text(std::string body, int status) {
  Response response;
  response.status = status;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

void tell_back(Request&& request, const Respond& respond) {
  std::string seen = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) seen.append(" ").append(name).append("=").append(value);
  respond(text(seen + "; " + request.body));
}

std::string much() {
  std::string out;
  out.resize(30'000'000, 'a');
  return out;
}

std::string get(std::string_view path, std::string_view more_headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more_headers) + "\r\n";
}

std::string post(std::string_view path) { return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n"; }

bool comes_true(const std::function<bool()>& holds) {
  const Stopwatch watch;
  while (!holds()) {
    if (watch.elapsed() > patience) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

}  // namespace proviso::service::testing
