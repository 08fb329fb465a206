// Runs a program and says on stderr how long it took and how much memory it held at most:
// "seconds 1.234 cpu 2.345 peak_bytes 123456789". Where there is no /usr/bin/time.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: mta_measure PROGRAM [ARGUMENT...]\n", stderr);
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(arguments[1], arguments + 1);
    std::perror(arguments[1]);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) < 0) {
    std::perror("mta_measure");
    return 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::fprintf(stderr, "seconds %.3f cpu %.3f peak_bytes %lld\n", took.count(),
               seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
               static_cast<long long>(used.ru_maxrss) * 1'024);  // Linux counts it in KiB
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
