// Runs a command and prints what it took: measure RATE_FIGURE MEMORY_FIGURE RECORDS COMMAND [ARGUMENT ...]
// The rate is records a second of processor time; the memory is the most that the command held at once.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("usage: measure RATE_FIGURE MEMORY_FIGURE RECORDS COMMAND [ARGUMENT ...]\n", stderr);
    return 2;
  }
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[4], argv + 4);
    std::perror(argv[4]);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "measure: `%s` failed\n", argv[4]);
    return 1;
  }
  const double taken = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  std::printf("figure %s %.0f records/s\n", argv[1], std::atof(argv[3]) / taken);
  std::printf("figure %s %.1f MB\n", argv[2], static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}
