// What writing decisions into the register takes: entries with a result of 1.5 kB, brought in batches of fifty.
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <utility>
#include <vector>

#include "figures.hpp"
#include "service/register/register.hpp"

using namespace proviso::service;

namespace {

constexpr std::size_t batch = 50;
constexpr std::size_t batches = 400;

double processor_microseconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

Submission decision(const std::string& referral, bool approved) {
  Submission made;
  made.entry.id = random_id();
  made.entry.at = time_now();
  made.entry.by = "practice";
  made.entry.library = "sha256:" + std::string(64, 'a');
  made.entry.record = "Referral";
  made.entry.referral = referral;
  made.entry.patient = "hmac-sha256:" + std::string(64, 'b');
  made.entry.facts = R"({"procedure": "W37.1", "patient": {"bmi": 36}})";
  made.entry.outcome = approved ? "approve" : "refuse";
  made.entry.result = R"({"record": "Referral", "text": ")" + std::string(1470, 'x') + R"("})";
  if (!approved) return made;
  Authorisation wanted;
  wanted.record = "Referral";
  wanted.referral = referral;
  wanted.policy = "lewisham.hip_replacement";
  wanted.bound = R"({"procedure": "W37.1", "provider": "RJ2"})";
  wanted.decided = wanted.valid_from = "2026-11-22";
  wanted.valid_to = "2027-11-21";
  made.approvals = {wanted};
  return made;
}

/// Waits until all are on disk; the program ends where one cannot be written.
void write(Register& kept, std::vector<Submission> submissions) {
  std::mutex mutex;
  std::condition_variable finished;
  std::size_t waiting = submissions.size();
  for (Submission& submission : submissions) {
    kept.submit(std::move(submission), [&](const Register::Result<Receipt>& receipt) {
      if (!receipt) {
        fmt::print(stderr, "{}\n", receipt.error());
        std::abort();
      }
      const std::lock_guard lock(mutex);
      if (--waiting == 0) finished.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  finished.wait(lock, [&] { return waiting == 0; });
}

/// The processor time of an entry, the making up of entries left out. The least of several rounds: what else runs on
/// the machine adds to it and never takes away.
double time_an_entry(Register& kept, bool approved) {
  double least = 1e9;
  std::size_t referral = 0;
  for (int round = 0; round < 3; ++round) {
    double used = 0;
    for (std::size_t i = 0; i < batches; ++i) {
      std::vector<Submission> submissions;
      for (std::size_t j = 0; j < batch; ++j) {
        submissions.push_back(decision(keyed_digest({"a key"}, std::to_string(++referral)), approved));
      }
      const double before = processor_microseconds();
      write(kept, std::move(submissions));
      used += processor_microseconds() - before;
    }
    least = std::min(least, used / static_cast<double>(batch * batches));
  }
  return least;
}

}  // namespace

/// bench_register REGISTER: a new one.
int main(int argc, char** argv) {
  const auto kept = open_register(argc > 1 ? argv[1] : "");
  if (!kept) {
    fmt::print(stderr, "{}\n", kept.error());
    return 1;
  }
  proviso::bench::figure("register_entry", time_an_entry(**kept, false), "us");
  proviso::bench::figure("register_approval", time_an_entry(**kept, true), "us");
  return 0;
}
