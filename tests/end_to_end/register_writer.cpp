// Writes decisions into a register, as a service does that is asked by many at once, and says of each, when it is
// acknowledged, what it was acknowledged with. For tests that end it in the middle.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "service/register/register.hpp"

using namespace proviso::service;

namespace {

/// As many as are submitted and not yet answered.
constexpr std::size_t most_open = 40;

Submission decision(std::size_t referral) {
  Submission made;
  made.entry.id = random_id();
  made.entry.at = time_now();
  made.entry.record = "Referral";
  made.entry.referral = fmt::format("R{}", referral);
  made.entry.facts = R"({"procedure": "H51.1"})";
  made.entry.outcome = "approve";
  made.entry.result = R"({"record": "Referral", "text": ")" + std::string(1200, 'x') + R"("})";
  Authorisation wanted;
  wanted.record = "Referral";
  wanted.referral = made.entry.referral;
  wanted.policy = "sefton.haemorrhoids";
  wanted.bound = fmt::format(R"({{"patient": {{"nhs_number": "9990000018"}}, "procedure": "{}", "provider": "R1H"}})",
                             referral % 2 == 0 ? "H51.1" : "S06.5");
  wanted.decided = wanted.valid_from = "2019-04-01";
  wanted.valid_to = "2020-03-31";
  made.approvals = {wanted};
  return made;
}

/// In one piece, so that a line is there or not when the program is ended.
void print_line(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

std::string line_of(const LogEntry& entry) {
  return fmt::format("{} {} {} {}\n", entry.number, entry.id, entry.referral, fmt::join(entry.codes, " "));
}

class Writer {
 public:
  Writer(Register& kept, std::size_t referrals) : kept_(kept), referrals_(referrals) {}

  /// What is not acknowledged is submitted again, after a while and before anything new.
  void run() {
    std::size_t next = 0;
    while (true) {
      std::vector<std::size_t> failed;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return open_ == 0 || !failed_.empty() || (next < referrals_ && open_ < most_open); });
        if (failed_.empty() && next == referrals_) return;
        failed.swap(failed_);
      }
      if (failed.empty()) submit(next++);
      if (!failed.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      for (const std::size_t referral : failed) submit(referral);
    }
  }

 private:
  void submit(std::size_t referral) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return open_ < most_open; });
      ++open_;
    }
    kept_.submit(decision(referral), [this, referral](const Register::Result<Receipt>& receipt) {
      if (receipt) {
        print_line(line_of(receipt->entry));
      } else {
        fmt::print(stderr, "{}\n", receipt.error());
      }
      const std::lock_guard lock(mutex_);
      if (!receipt) failed_.push_back(referral);
      --open_;
      changed_.notify_one();
    });
  }

  Register& kept_;
  std::size_t referrals_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t open_ = 0;
  std::vector<std::size_t> failed_;
};

int list(Register& kept) {
  const auto read = kept.each_entry([](const LogEntry& entry) { print_line(line_of(entry)); });
  return read ? 0 : 1;
}

int withdraw(Register& kept, const char* code) {
  const auto done = kept.withdraw(code, "asked for by mistake", "commissioner");
  return done && *done == Change::done ? 0 : 1;
}

}  // namespace

/// register_writer REGISTER write REFERRALS: decides R0, R1, ... and prints `NUMBER ID REFERRAL CODE` for each.
/// register_writer REGISTER list: prints the same of every entry of the log.
/// register_writer REGISTER withdraw CODE
int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[2] : "";
  if (argc != (what == "list" ? 3 : 4)) return 2;
  const auto kept = open_register(argv[1]);
  if (!kept) {
    fmt::print(stderr, "{}\n", kept.error());
    return 1;
  }
  if (what == "list") return list(**kept);
  if (what == "withdraw") return withdraw(**kept, argv[3]);
  Writer(**kept, std::strtoul(argv[3], nullptr, 10)).run();
  return 0;
}
