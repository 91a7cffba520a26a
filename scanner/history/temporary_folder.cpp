#include "scanner/history/temporary_folder.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace overreach {
namespace {

// The child: waits for the parent's end, then removes the folder.  In a
// session of its own, so that Ctrl-C and a closed terminal do not reach it.
[[noreturn]] void remove_at_end(const std::string& path, int pipe) {
  ::setsid();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    std::signal(signal, SIG_IGN);
  }
  // Who reads the parent's output must not wait for this process.
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::close(standard);
  }
  char byte;
  while (::read(pipe, &byte, 1) != 0 && errno == EINTR) {
  }
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
  ::_exit(0);
}

std::string failed(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

}  // namespace

Result<std::unique_ptr<TemporaryFolder>> TemporaryFolder::make() {
  const char* const given = std::getenv("TMPDIR");
  std::string path =
      std::string(given && *given ? given : "/tmp") + "/overreach-XXXXXX";
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail(failed("pipe"));
  if (!::mkdtemp(path.data())) {
    const std::string text = failed(path + ": cannot be made");
    ::close(pipe[0]);
    ::close(pipe[1]);
    return fail(text);
  }
  const pid_t remover = ::fork();
  if (remover == 0) {
    ::close(pipe[1]);
    remove_at_end(path, pipe[0]);
  }
  const std::string text = remover < 0 ? failed("fork") : std::string();
  ::close(pipe[0]);
  if (remover < 0) {
    ::close(pipe[1]);
    ::rmdir(path.c_str());
    return fail(text);
  }
  return std::unique_ptr<TemporaryFolder>(
      new TemporaryFolder(std::move(path), pipe[1], remover));
}

TemporaryFolder::~TemporaryFolder() {
  ::close(pipe_);
  while (::waitpid(remover_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace overreach
