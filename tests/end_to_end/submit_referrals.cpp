// Submits referrals to a running service over several connections, and measures how long the answers take:
//   submit_referrals PORT PATH FILE COUNT CONNECTIONS RATE [ACKNOWLEDGED]
// FILE has one referral a line, taken in turn, each with an id of its own, ... RATE is requests a second of
// all connections together, 0: as fast as they are answered. Time counts from when a request was due, so that waiting
// behind a slow answer counts too. ACKNOWLEDGED is a file that gets a line for each answer of 200, as it comes: the id,
// the decision and the authorisations' codes. Ends when all is answered or the service is gone, and prints `answered`,
// `failed`, `seconds`, `p50` and `p99` in milliseconds.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Work {
  std::uint16_t port = 0;
  std::string path;
  std::vector<std::string> bodies;
  std::size_t count = 0;
  double rate = 0;
  std::FILE* acknowledged = nullptr;
  Clock::time_point begun;

  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::vector<double> milliseconds;
  std::size_t failed = 0;
};

int connect_to(std::uint16_t port) {
  const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(socket_number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(socket_number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket_number);
    return -1;
  }
  return socket_number;
}

bool send_all(int socket_number, const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t part = send(socket_number, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) return false;
    sent += static_cast<std::size_t>(part);
  }
  return true;
}

/// The whole answer; empty where the connection ended before its end.
std::string receive(int socket_number) {
  std::string text;
  std::size_t end = std::string::npos;
  std::size_t length = 0;
  char part[16384];
  while (end == std::string::npos || text.size() < end + 4 + length) {
    const ssize_t got = recv(socket_number, part, sizeof part, 0);
    if (got <= 0) return "";
    text.append(part, static_cast<std::size_t>(got));
    if (end != std::string::npos) continue;
    end = text.find("\r\n\r\n");
    const std::size_t at = text.find("Content-Length: ");
    if (end != std::string::npos && at < end) length = std::stoul(text.substr(at + 16));
  }
  return text;
}

/// The referral with that id in the place of its own.
std::string numbered(const std::string& body, const std::string& id) {
  const std::size_t at = body.find("\"id\":");
  if (at == std::string::npos) return "{\"id\": \"" + id + "\"," + body.substr(body.find('{') + 1);
  const std::size_t begin = body.find('"', at + 5);
  return body.substr(0, begin + 1) + id + body.substr(body.find('"', begin + 1));
}

/// The texts that follow the name in the answer, the first or all of them, with a blank before each.
std::string members(const std::string& answer, const std::string& name, bool all) {
  std::string found;
  for (std::size_t at = answer.find(name); at != std::string::npos; at = answer.find(name, at + 1)) {
    const std::size_t begin = at + name.size();
    found += " " + answer.substr(begin, answer.find('"', begin) - begin);
    if (!all) break;
  }
  return found;
}

void work(Work& shared) {
  int socket_number = connect_to(shared.port);
  std::vector<double> milliseconds;
  std::size_t failed = 0;
  for (std::size_t number = shared.next++; number < shared.count; number = shared.next++) {
    auto due = Clock::now();
    if (shared.rate > 0) {
      due = shared.begun + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(static_cast<double>(number) / shared.rate));
      std::this_thread::sleep_until(due);
    }
    const std::string id = "R-" + std::to_string(number + 1);
    const std::string body = numbered(shared.bodies[number % shared.bodies.size()], id);
    const std::string request = "POST " + shared.path +
                                " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
                                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    const std::string answer = send_all(socket_number, request) ? receive(socket_number) : "";
    if (answer.compare(0, 12, "HTTP/1.1 200") != 0) {
      ++failed;
      if (!answer.empty()) continue;
      close(socket_number);
      socket_number = connect_to(shared.port);
      if (socket_number < 0) break;
      continue;
    }
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - due).count());
    if (shared.acknowledged == nullptr) continue;
    const std::string line =
        id + members(answer, "\", \"decision\": \"", false) + members(answer, "{\"code\": \"", true) + "\n";
    const std::lock_guard lock(shared.mutex);
    std::fwrite(line.data(), 1, line.size(), shared.acknowledged);
  }
  close(socket_number);
  const std::lock_guard lock(shared.mutex);
  shared.milliseconds.insert(shared.milliseconds.end(), milliseconds.begin(), milliseconds.end());
  shared.failed += failed;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 7) return 2;
  Work shared;
  shared.port = static_cast<std::uint16_t>(std::stoul(arguments[1]));
  shared.path = arguments[2];
  std::ifstream file(arguments[3]);
  for (std::string line; std::getline(file, line);) shared.bodies.push_back(line);
  if (shared.bodies.empty()) return 2;
  shared.count = std::stoul(arguments[4]);
  shared.rate = std::stod(arguments[6]);
  if (argument_count > 7) shared.acknowledged = std::fopen(arguments[7], "w");
  shared.begun = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < std::stoul(arguments[5]); ++i) threads.emplace_back([&] { work(shared); });
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - shared.begun).count();
  if (shared.acknowledged != nullptr) std::fclose(shared.acknowledged);
  std::sort(shared.milliseconds.begin(), shared.milliseconds.end());
  const auto at = [&](std::size_t part) {
    return shared.milliseconds.empty() ? 0.0 : shared.milliseconds[shared.milliseconds.size() * part / 100];
  };
  std::printf("answered %zu failed %zu seconds %.3f p50 %.3f p99 %.3f\n", shared.milliseconds.size(), shared.failed,
              seconds, at(50), at(99));
  return 0;
}
