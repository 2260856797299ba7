#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "folder.hpp"
#include "text/file.hpp"

using proviso::Folder;
using proviso::text::file_limit;
using proviso::text::read_file;

namespace {

namespace fs = std::filesystem;

std::string problem_of(const fs::path& path) {
  const auto read = read_file(path);
  return read ? "it was read" : read.error();
}

}  // namespace

TEST_CASE("a file is read as its bytes are") {
  const Folder folder;
  const std::string bytes = std::string("a\0b\r\n\xff", 6) + std::string(200'000, 'x');
  CHECK(read_file(folder.write("some", bytes)).value() == bytes);
  CHECK(read_file(folder.write("none", "")).value().empty());
}

TEST_CASE("why a file cannot be read is said") {
  const Folder folder;
  CHECK(problem_of(folder.path() + "/missing") == "there is no such file or folder");
  CHECK(problem_of(folder.path()) == "it is a folder");
  const fs::path large = folder.write("large", "");
  fs::resize_file(large, file_limit);
  CHECK(problem_of(large) == "it was read");
  fs::resize_file(large, file_limit + 1);
  CHECK(problem_of(large) == "it is larger than 64 MiB");
  CHECK(read_file(large, std::size_t{1} << 20U).error() == "it is larger than 1 MiB");
}

TEST_CASE("a pipe is read to its end") {
  const Folder folder;
  const fs::path pipe = folder.path() + "/pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(pipe) << "policy"; });
  CHECK(read_file(pipe).value() == "policy");
  writer.join();
}
