#pragma once

#include <cstddef>
#include <functional>

/// How the benchmarks measure, and say what they found.
namespace proviso::bench {

/// The time that this thread has had a processor: what else the machine does counts for little.
double processor_nanoseconds();

/// The median of some repetitions, in nanoseconds a record.
double measure(std::size_t records, const std::function<void()>& work);

/// `figure NAME VALUE UNIT`.
void figure(const char* name, double value, const char* unit);

}  // namespace proviso::bench
