// Folders by descriptor: no path is ever longer than the system allows, and
// the number of open descriptors stays bounded.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/walk/descriptor_table.h"

namespace overreach {

// An open folder; closed with its last owner, in whatever thread.
class Folder {
 public:
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // The folder `name` in `parent`, which may be AT_FDCWD.  Symbolic links are
  // followed only for `follow`; of a path none of its parts may be one.
  enum class Links { refuse, follow };
  static Result<std::shared_ptr<Folder>> open(int parent, const char* name,
                                              Links links);

  // A folder deep below `root`, step by step: for paths of any length.
  static Result<std::shared_ptr<Folder>> open_below(int root,
                                                    std::string_view path);

  // Of the thread that opened it and of those that left its table since.
  int descriptor() const { return descriptor_; }
  // Whether the calling thread has the table it was opened in.
  bool is_here() const { return table_ == DescriptorTable::of_this_thread(); }

 private:
  explicit Folder(int descriptor)
      : descriptor_(descriptor), table_(DescriptorTable::of_this_thread()) {}
  const int descriptor_;
  const std::shared_ptr<DescriptorTable> table_;
};

enum class FolderEntryKind : unsigned char { file, folder, link, other };

struct FolderEntry {
  const char* name;  // valid during the call
  FolderEntryKind kind;
  std::string_view what;  // of `other`: "FIFO", "socket", "device"
};

// Calls `use` for every entry but "." and "..".  `buffer` is scratch.
Status list_folder(int descriptor, std::vector<char>& buffer,
                   const std::function<void(const FolderEntry&)>& use);

}  // namespace overreach
