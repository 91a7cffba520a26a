// The entries of one file in a fraction of their memory, for as long as other
// files are read: some 25 bytes instead of 120 and their texts.
#pragma once

#include <cstdint>
#include <string>

#include "scanner/core/entry.h"

namespace overreach {

class PackedEntries {
 public:
  PackedEntries() = default;
  explicit PackedEntries(const EntryList& list);

  // The same list again, but for its notes.
  EntryList unpack() const;

 private:
  Language language_ = Language::none;
  std::uint32_t count_ = 0;
  std::string bytes_;
};

}  // namespace overreach
