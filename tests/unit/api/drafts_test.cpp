#include <chrono>
#include <set>

#include <catch2/catch.hpp>

#include "service/api/drafts.hpp"

using namespace proviso::service;
using namespace std::chrono_literals;

namespace {

/// Drafts by a clock that the test moves on.
struct Timed {
  Drafts::Time now{};
  Drafts drafts;
  explicit Timed(const Drafts::Limits& limits) : drafts(limits, [this] { return now; }) {}
};

}  // namespace

TEST_CASE("a draft is found by its name, again and again, and by no other") {
  Drafts drafts;
  const std::string name = drafts.keep("{}");
  CHECK(is_draft_name(name));
  CHECK(drafts.find(name) == "{}");
  CHECK(drafts.find(name) == "{}");
  CHECK_FALSE(drafts.find(""));
  CHECK_FALSE(drafts.find(name.substr(1)));
  CHECK_FALSE(drafts.find(std::string(32, '0')));
  for (const char* other : {"", "a", "0000000000000000000000000000000g", "000000000000000000000000000000000"}) {
    CHECK_FALSE(is_draft_name(other));
  }
}

TEST_CASE("names are random from their first digit to their last") {
  Drafts drafts;
  std::vector<std::set<char>> digits(32);
  for (int i = 0; i < 500; ++i) {
    const std::string name = drafts.keep("{}");
    for (std::size_t place = 0; place < name.size(); ++place) digits[place].insert(name[place]);
  }
  for (const auto& each : digits) CHECK(each.size() == 16);
}

TEST_CASE("after half an hour a draft is gone") {
  Timed timed({});
  const std::string first = timed.drafts.keep("first");
  timed.now += 20min;
  const std::string second = timed.drafts.keep("second");
  timed.now += 9min + 59s;
  CHECK(timed.drafts.find(first) == "first");
  timed.now += 1s;
  CHECK_FALSE(timed.drafts.find(first));
  CHECK(timed.drafts.find(second) == "second");
  CHECK(timed.drafts.count() == 1);
}

TEST_CASE("the oldest makes room for a new one, in number and in bytes") {
  Drafts few({.count = 2, .bytes = 1000, .record_bytes = 1000});
  const std::string first = few.keep("1");
  const std::string second = few.keep("2");
  const std::string third = few.keep("3");
  CHECK_FALSE(few.find(first));
  CHECK(few.find(second) == "2");
  CHECK(few.find(third) == "3");
  Drafts small({.count = 100, .bytes = 10, .record_bytes = 8});
  const std::string four = small.keep("4444");
  const std::string six = small.keep("666666");
  CHECK(small.find(four));
  const std::string one = small.keep("1");
  CHECK_FALSE(small.find(four));
  CHECK(small.find(six));
  CHECK(small.find(one));
  CHECK(small.keep("999999999").empty());
  CHECK(small.count() == 2);
  const std::string eight = small.keep("88888888");
  CHECK(small.count() == 2);
  CHECK(small.find(one));
  CHECK(small.find(eight) == "88888888");
}
