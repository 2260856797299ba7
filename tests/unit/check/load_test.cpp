#include "check/load.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "folder.hpp"
#include "support.hpp"
#include "unprivileged.hpp"

using namespace proviso;
using check::Checked;
using check::Codes;

namespace {

namespace fs = std::filesystem;

std::string policy_on(const std::string& name) {
  return "library example\nrecord " + name + " {\n  referred date\n  bmi number\n}\npolicy p_" + name + " \"P\" on " +
         name + " {\n  source \"S\"\n  effective 2019-04-01\n  dated by referred\n  otherwise approve \"yes\"\n}\n";
}

Checked loaded(const std::string& path) {
  Checked checked;
  checked.library = check::load_library({path}, checked.sources, checked.diagnostics);
  return checked;
}

}  // namespace

TEST_CASE("a folder of the library that cannot be read is an error, and its policies are not silently missed") {
  const Folder folder;
  fs::permissions(folder.path(), fs::perms(0755));
  for (const std::string name : {"a", "z"}) {
    fs::create_directory(folder.path() + '/' + name);
    folder.write(name + "/one.policy", policy_on(name));
  }
  CHECK(loaded(folder.path()).codes().empty());
  const std::string closed = folder.path() + "/a";
  fs::permissions(closed, fs::perms::none);
  Checked partly;
  Checked wholly;
  {
    const Unprivileged anybody;
    partly = loaded(folder.path());
    wholly = loaded(closed);
  }
  fs::permissions(closed, fs::perms(0755));
  CHECK(partly.codes() == Codes{"P0001"});
  CHECK(partly.first_message() == "the folder `" + closed + "` cannot be read: permission denied");
  CHECK(partly.library.policies.size() == 1);
  CHECK(wholly.codes() == Codes{"P0001"});
}

TEST_CASE("a policy file of a folder that may be listed and not entered is an error") {
  const Folder folder;
  fs::permissions(folder.path(), fs::perms(0755));
  fs::create_directory(folder.path() + "/a");
  folder.write("a/one.policy", policy_on("a"));
  fs::permissions(folder.path() + "/a", fs::perms(0744));
  Checked read;
  {
    const Unprivileged anybody;
    read = loaded(folder.path());
  }
  CHECK(read.codes() == Codes{"P0001"});
  CHECK(read.first_message().find("a/one.policy` cannot be read: Permission denied") != std::string::npos);
}

TEST_CASE("a folder that a link leads to is part of the library, once") {
  const Folder folder;
  const Folder shared;
  folder.write("own.policy", policy_on("own"));
  shared.write("shared.policy", policy_on("shared"));
  fs::create_directory_symlink(shared.path(), folder.path() + "/linked");
  fs::create_directory_symlink(folder.path(), folder.path() + "/round");
  const Checked read = loaded(folder.path());
  CHECK(read.codes().empty());
  CHECK(read.library.policies.size() == 2);
}
