#include "program/in_threads.hpp"

#include <pthread.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

using proviso::program::in_threads;

namespace {

/// While it lives no thread can be started: each asks for more memory than there are addresses.
class NoThreads {
 public:
  NoThreads() {
    pthread_getattr_default_np(&was_);
    pthread_attr_t vast;
    pthread_attr_init(&vast);
    REQUIRE(pthread_attr_setstacksize(&vast, std::size_t{1} << 62) == 0);
    REQUIRE(pthread_setattr_default_np(&vast) == 0);
    pthread_attr_destroy(&vast);
  }
  ~NoThreads() {
    pthread_setattr_default_np(&was_);
    pthread_attr_destroy(&was_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t was_{};
};

}  // namespace

TEST_CASE("work is done in as many threads as are asked for") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
    std::atomic<std::size_t> done{0};
    in_threads(count, [&] { ++done; });
    CHECK(done == count);
  }
}

TEST_CASE("where no thread can be started this one does the work") {
  std::atomic<std::size_t> done{0};
  const auto self = std::this_thread::get_id();
  bool here = false;
  {
    const NoThreads none;
    in_threads(8, [&] {
      ++done;
      here = std::this_thread::get_id() == self;
    });
  }
  CHECK(done == 1);
  CHECK(here);
}

TEST_CASE("what the work of a thread throws is thrown on, once the others have been stopped and are done") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{4}}) {
    std::atomic<bool> stopped{false};
    std::atomic<std::size_t> number{0};
    std::atomic<std::size_t> ended{0};
    std::atomic<std::size_t> stops{0};
    const auto work = [&] {
      if (number++ == 0) throw std::length_error("the ledger has too many lines");
      while (!stopped) std::this_thread::yield();
      ++ended;
    };
    const auto stop = [&] {
      ++stops;
      stopped = true;
    };
    CHECK_THROWS_WITH(in_threads(count, work, stop), "the ledger has too many lines");
    CHECK(ended == count - 1);
    CHECK(stops == 1);
  }
}

TEST_CASE("of several that throw the first is thrown on") {
  std::atomic<bool> thrown{false};
  std::atomic<std::size_t> number{0};
  const auto work = [&] {
    if (number++ == 0) throw std::runtime_error("first");
    while (!thrown) std::this_thread::yield();
    throw std::runtime_error("later");
  };
  CHECK_THROWS_WITH(in_threads(4, work, [&] { thrown = true; }), "first");
}
