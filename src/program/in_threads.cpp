#include "program/in_threads.hpp"

#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace proviso::program {

void in_threads(std::size_t count, const std::function<void()>& work, const std::function<void()>& stop) {
  std::once_flag once;
  std::exception_ptr thrown;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      std::call_once(once, [&] {
        thrown = std::current_exception();
        if (stop) stop();
      });
    }
  };
  std::vector<std::thread> others;
  others.reserve(count);
  try {
    while (others.size() + 1 < count) others.emplace_back(guarded);
  } catch (const std::system_error&) {
    // Those that could be started do it all.
  }
  guarded();
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace proviso::program
