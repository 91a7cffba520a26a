// A folder that only this user can read and that outlives this process by
// nothing.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "scanner/base/result.h"

namespace overreach {

class TemporaryFolder {
 public:
  // Below TMPDIR, or /tmp.
  static Result<std::unique_ptr<TemporaryFolder>> make();
  ~TemporaryFolder();  // returns when the folder is gone
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  TemporaryFolder(std::string path, int pipe, pid_t remover)
      : path_(std::move(path)), pipe_(pipe), remover_(remover) {}

  const std::string path_;
  const int pipe_;  // closed when this process ends, however it does
  const pid_t remover_;
};

}  // namespace overreach
