#include "service/api/metrics.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace proviso::service {

void Metrics::count_request(std::string_view method, std::string_view route, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  Times& times = requests_[{std::string(method), std::string(route)}];
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
  ++times.counts[static_cast<std::size_t>(bound - bounds.begin())];
  times.sum += seconds;
  ++times.by_status[status];
}

void Metrics::count_decision(std::string_view record, std::string_view outcome) {
  const std::lock_guard lock(mutex_);
  ++decisions_[{std::string(record), std::string(outcome)}];
}

std::string Metrics::text(std::string_view further) const {
  std::string out;
  const auto to = std::back_inserter(out);
  const std::lock_guard lock(mutex_);
  out +=
      "# HELP proviso_requests_total Requests answered, by route and status.\n# TYPE proviso_requests_total counter\n";
  for (const auto& [key, times] : requests_) {
    for (const auto& [status, count] : times.by_status) {
      fmt::format_to(to, "proviso_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", key.first,
                     key.second, status, count);
    }
  }
  out +=
      "# HELP proviso_request_seconds Time from a request read to its answer given.\n"
      "# TYPE proviso_request_seconds histogram\n";
  for (const auto& [key, times] : requests_) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < times.counts.size(); ++i) {
      count += times.counts[i];
      fmt::format_to(to, "proviso_request_seconds_bucket{{method=\"{}\",route=\"{}\",le=\"{}\"}} {}\n", key.first,
                     key.second, i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf", count);
    }
    fmt::format_to(to,
                   "proviso_request_seconds_sum{{method=\"{0}\",route=\"{1}\"}} {2}\n"
                   "proviso_request_seconds_count{{method=\"{0}\",route=\"{1}\"}} {3}\n",
                   key.first, key.second, times.sum, count);
  }
  out +=
      "# HELP proviso_decisions_total Records decided and kept, by outcome.\n# TYPE proviso_decisions_total counter\n";
  for (const auto& [key, count] : decisions_) {
    fmt::format_to(to, "proviso_decisions_total{{record=\"{}\",outcome=\"{}\"}} {}\n", key.first, key.second, count);
  }
  const auto counter = [&](const char* name, const char* help, std::uint64_t count) {
    fmt::format_to(to, "# HELP {0} {1}\n# TYPE {0} counter\n{0} {2}\n", name, help, count);
  };
  counter("proviso_authorisations_total", "Authorisations given, new ones and those that were there.", authorisations_);
  counter("proviso_reloads_total", "Times the library was read anew.", reloads_);
  counter("proviso_failed_reloads_total", "Times it could not be, and the old one stayed.", failed_reloads_);
  counter("proviso_register_failures_total", "Times the register could not keep or find something.",
          register_failures_);
  out += further;
  return out;
}

}  // namespace proviso::service
