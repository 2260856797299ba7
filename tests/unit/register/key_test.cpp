#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <thread>

#include "sample.hpp"

using namespace proviso::service;
using namespace proviso::service::sample;
using proviso::Folder;

namespace {

mode_t rights_of(const std::string& file) {
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

Key key_of(const std::string& file) {
  const auto key = read_or_make_key(file);
  if (!key) FAIL(key.error());
  return *key;
}

}  // namespace

TEST_CASE("a key is made once, for its owner alone, and read ever after") {
  const Folder folder;
  const std::string file = folder.path() + "/register.key";
  const Key made = key_of(file);
  CHECK(made.bytes.size() == 32);
  CHECK(rights_of(file) == 0600);
  CHECK(key_of(file).bytes == made.bytes);
  CHECK(key_of(folder.path() + "/another.key").bytes != made.bytes);
}

TEST_CASE("those who make the same key at the same time have the same") {
  const Folder folder;
  const std::string file = folder.path() + "/register.key";
  std::vector<std::string> keys(8);
  std::vector<std::thread> threads;
  for (std::string& key : keys) {
    threads.emplace_back([&key, &file] { key = read_or_make_key(file).value_or(Key()).bytes; });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(keys.front().size() == 32);
  CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == 1);
}

TEST_CASE("what is no key is an error that does not tell what stands there") {
  const Folder folder;
  const std::string file = folder.path() + "/register.key";
  for (const std::string& content :
       {std::string(), std::string("secret"), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g')}) {
    std::ofstream(file, std::ios::trunc) << content;
    const auto key = read_or_make_key(file);
    REQUIRE_FALSE(key);
    CHECK(key.error() == "`" + file + "` holds no key: a key is 64 hexadecimal digits");
  }
  std::ofstream(file, std::ios::trunc) << std::string(64, '0') << "\r\n";
  CHECK(key_of(file).bytes == std::string(32, '\0'));
  CHECK_FALSE(read_or_make_key(folder.path() + "/no such folder/register.key"));
  CHECK_FALSE(read_or_make_key(folder.path()));
}

TEST_CASE("a keyed digest is HMAC-SHA-256") {
  // The first and second test case of RFC 4231.
  CHECK(keyed_digest({std::string(20, '\x0b')}, "Hi There") ==
        "hmac-sha256:b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(keyed_digest({"Jefe"}, "what do ya want for nothing?") ==
        "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("times have milliseconds and are in order as texts") {
  const std::string before = time_now();
  REQUIRE(before.size() == std::string("2026-11-22T10:05:31.123Z").size());
  CHECK(before[10] == 'T');
  CHECK(before[19] == '.');
  CHECK(before.back() == 'Z');
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  CHECK(before < time_now());
}

TEST_CASE("identifiers are 32 hexadecimal digits, and no two alike") {
  std::set<std::string> ids;
  for (int i = 0; i < 10000; ++i) {
    const std::string id = random_id();
    REQUIRE(id.size() == 32);
    REQUIRE(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    ids.insert(id);
  }
  CHECK(ids.size() == 10000);
}
