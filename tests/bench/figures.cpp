#include "figures.hpp"

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace proviso::bench {
namespace {

constexpr int repetitions = 9;

}  // namespace

double processor_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double measure(std::size_t records, const std::function<void()>& work) {
  std::vector<double> times;
  work();  // warm
  for (int i = 0; i < repetitions; ++i) {
    const double start = processor_nanoseconds();
    work();
    times.push_back((processor_nanoseconds() - start) / static_cast<double>(records));
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void figure(const char* name, double value, const char* unit) { std::printf("figure %s %.3f %s\n", name, value, unit); }

}  // namespace proviso::bench
