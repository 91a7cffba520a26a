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

  // The folder `name`; symbolic links are followed.
  static Result<std::shared_ptr<Folder>> open(const char* name);

  // The folder `path` below this one, where no part may be a symbolic link.
  Result<std::shared_ptr<Folder>> open_inside(const char* path) const;

  // The same step by step: for paths of any length.
  Result<std::shared_ptr<Folder>> open_below(std::string_view path) const;

  // Of the thread that opened it and of those that left its table since.
  int descriptor() const { return descriptor_; }
  // As in FileSource.
  bool is_paged() const { return is_paged_; }
  // Whether the calling thread has the table it was opened in.
  bool is_here() const { return table_ == DescriptorTable::of_this_thread(); }

 private:
  Folder(int descriptor, bool is_paged)
      : descriptor_(descriptor),
        is_paged_(is_paged),
        table_(DescriptorTable::of_this_thread()) {}
  const int descriptor_;
  const bool is_paged_;
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
