#include "service/register/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "service/register/register.hpp"

namespace proviso::service {
namespace {

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// That a file has its name is on disk when its folder is.
void keep_folder(const std::string& file) {
  std::filesystem::path folder = std::filesystem::path(file).parent_path();
  if (folder.empty()) folder = ".";
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

tl::expected<bool, std::string> make_private_file(const std::string& file, std::string_view content) {
  // Written under another name, and then named: nobody ever sees half of it.
  const std::string draft = file + "." + random_id();
  const int descriptor = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return tl::unexpected<std::string>(std::strerror(errno));
  bool made = write_all(descriptor, content) && fsync(descriptor) == 0;
  int problem = errno;
  close(descriptor);
  if (made && link(draft.c_str(), file.c_str()) != 0) {
    made = false;
    problem = errno;
  }
  unlink(draft.c_str());
  keep_folder(file);
  if (made) return true;
  if (problem == EEXIST) return false;
  return tl::unexpected<std::string>(std::strerror(problem));
}

}  // namespace proviso::service
