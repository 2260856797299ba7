#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "folder.hpp"
#include "text/library_files.hpp"
#include "unprivileged.hpp"

using proviso::Folder;
using proviso::Unprivileged;
using proviso::text::library_files;
using proviso::text::LibraryFiles;

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

/// By their names from the folder, in order.
Names names_of(const LibraryFiles& found, const Folder& folder) {
  Names names;
  for (const fs::path& file : found.files) names.push_back(file.lexically_relative(folder.path()).string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("the files of a folder are found to any depth") {
  const Folder folder;
  fs::create_directories(folder.path() + "/hips/old/drafts");
  fs::create_directories(folder.path() + "/empty");
  folder.write("a.policy", "");
  folder.write("hips/old/drafts/b.policy", "");
  fs::create_symlink("a.policy", folder.path() + "/c.policy");
  fs::create_symlink("nowhere", folder.path() + "/d.policy");
  const LibraryFiles found = library_files(folder.path());
  CHECK(names_of(found, folder) == Names{"a.policy", "c.policy", "d.policy", "hips/old/drafts/b.policy"});
  CHECK(found.unreadable.empty());
}

TEST_CASE("links to folders are followed, and do not lead round in circles") {
  const Folder folder;
  const Folder elsewhere;
  elsewhere.write("shared.policy", "");
  folder.write("top.policy", "");
  fs::create_directory(folder.path() + "/inside");
  folder.write("inside/a.policy", "");
  fs::create_directory_symlink(elsewhere.path(), folder.path() + "/linked");
  fs::create_directory_symlink(elsewhere.path(), folder.path() + "/linked_too");
  fs::create_directory_symlink("inside", folder.path() + "/before_inside");
  fs::create_directory_symlink("..", folder.path() + "/inside/up");
  fs::create_directory_symlink(".", elsewhere.path() + "/again");
  const LibraryFiles found = library_files(folder.path());
  CHECK(names_of(found, folder) == Names{"inside/a.policy", "linked/shared.policy", "top.policy"});
  CHECK(found.unreadable.empty());
}

TEST_CASE("a folder that cannot be looked through is told, and hides no other") {
  const Folder folder;
  fs::permissions(folder.path(), fs::perms(0755));
  for (const std::string name : {"a", "m", "z"}) {
    fs::create_directory(folder.path() + '/' + name);
    folder.write(name + "/one.policy", "");
  }
  for (const std::string closed : {"a", "m", "z"}) {
    const std::string path = folder.path() + '/' + closed;
    fs::permissions(path, fs::perms::none);
    LibraryFiles found;
    {
      const Unprivileged anybody;
      found = library_files(folder.path());
    }
    fs::permissions(path, fs::perms(0755));
    CHECK(found.files.size() == 2);
    REQUIRE(found.unreadable.size() == 1);
    CHECK(found.unreadable[0].path == path);
    CHECK(found.unreadable[0].why == "permission denied");
  }
  const LibraryFiles none = library_files(folder.path() + "/missing");
  REQUIRE(none.unreadable.size() == 1);
  CHECK(none.unreadable[0].why == "No such file or directory");
}
