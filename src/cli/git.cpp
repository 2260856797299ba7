#include "cli/git.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

extern char** environ;  // NOLINT: POSIX has it declared by the program

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int exit_code = 0;
  std::string out;
};

/// Runs git with these arguments, without a shell, and returns what it prints. What it complains about is thrown away:
/// what is wrong is said in our own words. The error says that there is no git.
tl::expected<Ran, std::string> run_git(std::vector<std::string> arguments, const std::string& index = {}) {
  arguments.insert(arguments.begin(), {"git", "-c", "core.symlinks=false", "-c", "core.fsmonitor=false"});
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& each : arguments) argv.push_back(each.data());
  argv.push_back(nullptr);
  std::string index_setting = "GIT_INDEX_FILE=" + index;
  std::vector<char*> environment;
  for (char** each = environ; *each != nullptr; ++each) {
    const bool replaced = !index.empty() && std::strncmp(*each, "GIT_INDEX_FILE=", 15) == 0;
    if (!replaced) environment.push_back(*each);
  }
  if (!index.empty()) environment.push_back(index_setting.data());
  environment.push_back(nullptr);

  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return tl::unexpected(std::string("git cannot be run: ") + strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return tl::unexpected(failed == ENOENT ? std::string("git is not installed")
                                           : std::string("git cannot be run: ") + strerror(failed));
  }
  Ran ran;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t count = read(ends[0], buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    ran.out.append(buffer.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return ran;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

struct Named {
  std::string revision;
  std::string folder;
};

Named split(const std::string& argument) {
  const auto colon = argument.find(':');
  return {argument.substr(0, colon), argument.substr(colon + 1)};
}

/// The object's name: of what stands in the folder of the revision.
tl::expected<std::string, std::string> find_object(const Named& named) {
  const auto root = run_git({"rev-parse", "--git-dir"});
  if (!root) return tl::unexpected(root.error());
  if (root->exit_code != 0) return tl::unexpected(std::string("this is not inside a git repository"));
  if (named.revision.empty()) {
    return tl::unexpected(std::string("no revision stands before the colon, as in `HEAD:policies`"));
  }
  // What begins with a hyphen would be an option.
  const bool plain = named.revision.front() != '-';
  const auto revision = plain ? run_git({"rev-parse", "--verify", "--quiet", named.revision + "^{tree}"}) : Ran{1, {}};
  if (!revision) return tl::unexpected(revision.error());
  if (revision->exit_code != 0) return tl::unexpected(fmt::format("git knows no revision `{}`", named.revision));
  // A repository without a working tree has no current folder: its own root then.
  for (const char* current : {"./", ""}) {
    const auto object = run_git({"rev-parse", "--verify", "--quiet", named.revision + ":" + current + named.folder});
    if (!object) return tl::unexpected(object.error());
    if (object->exit_code == 0) return first_line(object->out);
    const auto inside = run_git({"rev-parse", "--is-inside-work-tree"});
    if (inside && first_line(inside->out) == "true") break;
  }
  return tl::unexpected(fmt::format("there is no `{}` in revision `{}`, seen from the current folder",
                                    named.folder.empty() ? "." : named.folder, named.revision));
}

tl::expected<void, std::string> write_tree(const std::string& object, const TemporaryFolder& folder,
                                           const std::string& to) {
  const auto repository = run_git({"rev-parse", "--absolute-git-dir"});
  if (!repository) return tl::unexpected(repository.error());
  // An index of our own, so that the repository's stays as it is.
  const std::string index = folder.path() + "/index";
  const std::string git_dir = "--git-dir=" + first_line(repository->out);
  const auto read = run_git({git_dir, "read-tree", object}, index);
  if (!read) return tl::unexpected(read.error());
  const auto written = run_git({git_dir, "--work-tree=" + to, "checkout-index", "--all", "--quiet"}, index);
  if (!written) return tl::unexpected(written.error());
  if (read->exit_code != 0 || written->exit_code != 0) {
    return tl::unexpected(std::string("git could not write it to a temporary folder"));
  }
  return {};
}

/// What symbolic links lead to stands in their place, where it is a file of the revision: git writes where they lead.
tl::expected<void, std::string> follow_links(const Named& named, const std::string& object, const std::string& to) {
  const auto listed = run_git({"ls-tree", "-r", "-z", "--full-tree", object});
  if (!listed) return tl::unexpected(listed.error());
  const std::string& all = listed->out;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\0', at), all.size());
    const std::string entry = all.substr(at, end - at);  // `120000 blob 7b0e...<tab>path`
    at = end + 1;
    if (entry.rfind("120000 ", 0) != 0 || entry.find('\t') == std::string::npos) continue;
    const fs::path link = entry.substr(entry.find('\t') + 1);
    const fs::path written = fs::path(to) / link;
    std::ifstream file(written, std::ios::binary);
    const std::string target((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    file.close();
    const fs::path leads = (fs::path(named.folder.empty() ? "." : named.folder) / link).parent_path() / target;
    const auto found = find_object({named.revision, leads.lexically_normal().string()});
    const auto content = found ? run_git({"cat-file", "blob", *found}) : Ran{1, {}};
    if (!content) return tl::unexpected(content.error());
    if (content->exit_code == 0) {
      std::ofstream(written, std::ios::binary) << content->out;
    } else if (link.extension() == ".policy") {
      return tl::unexpected(fmt::format("`{}` is a symbolic link to `{}`, which is no file of revision `{}`",
                                        link.string(), target, named.revision));
    } else {
      std::error_code ignored;
      fs::remove(written, ignored);
    }
  }
  return {};
}

}  // namespace

tl::expected<TemporaryFolder, std::string> TemporaryFolder::make() {
  std::error_code error;
  fs::path parent = fs::temp_directory_path(error);
  if (error) parent = "/tmp";
  std::string path = (parent / "proviso-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) {
    return tl::unexpected(fmt::format("no temporary folder can be made in `{}`: {}", parent.string(), strerror(errno)));
  }
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

bool names_revision(const std::string& argument) {
  std::error_code error;
  return argument.find(':') != std::string::npos && !fs::exists(argument, error);
}

tl::expected<CheckedOut, std::string> check_out(const std::string& argument) {
  const Named named = split(argument);
  const auto object = find_object(named);
  if (!object) return tl::unexpected(object.error());
  const auto kind = run_git({"cat-file", "-t", *object});
  if (!kind) return tl::unexpected(kind.error());
  auto folder = TemporaryFolder::make();
  if (!folder) return tl::unexpected(folder.error());
  CheckedOut out{std::move(*folder), {}};
  const std::string files = out.folder.path() + "/files";
  std::error_code error;
  fs::create_directory(files, error);
  // What a file reads, tables and scripts, stands beside it: with a file goes the folder that it is in.
  const bool is_folder = first_line(kind->out) == "tree";
  const fs::path asked = named.folder;
  const Named around = is_folder ? named : Named{named.revision, asked.parent_path().string()};
  const auto tree = is_folder ? object : find_object(around);
  if (!tree) return tl::unexpected(tree.error());
  out.path = is_folder ? files : files + "/" + asked.filename().string();
  const auto written = write_tree(*tree, out.folder, files);
  if (!written) return tl::unexpected(written.error());
  const auto followed = follow_links(around, *tree, files);
  if (!followed) return tl::unexpected(followed.error());
  return out;
}

}  // namespace proviso::cli
