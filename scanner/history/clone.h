// A repository that is elsewhere, fetched into a private folder for as long as
// it is read.  The only thing of this stage that opens a connection, and only
// to the address it is given.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace overreach {

// https://, ssh://, file:// or git@host:path; also forms that are refused, so
// that they are not taken for a path.
bool is_repository_url(std::string_view target);

// Without the user's name and password.
std::string shown_url(const std::string& url);

class Clone {
 public:
  virtual ~Clone() = default;                     // removes the folder
  virtual const std::string& folder() const = 0;  // a bare repository
};

// Fetches all branches, tags and notes.  Who asks is known to the server by the
// URL, by OVERREACH_GIT_TOKEN (https), or by the SSH agent or keys of ~/.ssh.
// The folder goes however this process ends, by SIGKILL too: a child that has
// nothing else to do removes it.
Result<std::unique_ptr<Clone>> clone_repository(const std::string& url);

}  // namespace overreach
