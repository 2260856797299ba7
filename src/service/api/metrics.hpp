#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace proviso::service {

/// What the service has done, in the text form that Prometheus reads. Labels are routes, outcomes and policies, never
/// anything of a request.
class Metrics {
 public:
  void count_request(std::string_view method, std::string_view route, int status, double seconds);
  void count_decision(std::string_view record, std::string_view outcome);
  void count_authorisations(std::uint64_t count) { authorisations_ += count; }
  void count_reload(bool succeeded) { ++(succeeded ? reloads_ : failed_reloads_); }
  void count_register_failure() { ++register_failures_; }

  /// `further`: lines of the same form, to be appended.
  std::string text(std::string_view further) const;

 private:
  /// Upper bounds in seconds; the last has none.
  static constexpr std::array<double, 12> bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                    0.05,   0.1,   0.25,   0.5,   1,    2.5};
  struct Times {
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    double sum = 0;
    std::map<int, std::uint64_t> by_status;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Times, std::less<>> requests_;  ///< by method and route
  std::map<std::pair<std::string, std::string>, std::uint64_t, std::less<>> decisions_;
  std::atomic<std::uint64_t> authorisations_{0};
  std::atomic<std::uint64_t> reloads_{0};
  std::atomic<std::uint64_t> failed_reloads_{0};
  std::atomic<std::uint64_t> register_failures_{0};
};

}  // namespace proviso::service
