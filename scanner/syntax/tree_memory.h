// The memory of one tree-sitter parser, with a limit.  tree-sitter asks whether
// to go on between its steps only, and one step may take gigabytes: at the end
// of a text full of things begun it copies every way in which they could have
// been meant.  When memory fails it ends the process.
//
// Belongs to one thread at a time.  The scanners of grammars allocate here, too
// (grammars/allocator.h).
#pragma once

#include <csetjmp>
#include <cstddef>

namespace overreach {

class TreeMemory {
 public:
  TreeMemory();
  ~TreeMemory();  // frees everything
  TreeMemory(const TreeMemory&) = delete;
  TreeMemory& operator=(const TreeMemory&) = delete;

  // While one lives, what tree-sitter allocates on this thread is of `memory`,
  // without a limit.
  class Use {
   public:
    explicit Use(TreeMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    TreeMemory* const before_;
  };

  // Calls work(argument).  False when it wanted more than `most` bytes in all:
  // then it was left in the middle, and everything ever allocated here is free
  // again, parsers and trees too.
  // REQUIRES: `work` makes no object with a destructor.
  bool run(std::size_t most, void (*work)(void*), void* argument);

  std::size_t used() const { return used_; }  // bytes

 private:
  friend struct TreeAllocator;
  struct Block {  // stands before each piece of memory
    Block *before, *behind;
  };

  void free_all();

  Block all_;  // a ring
  std::size_t used_ = 0;
  std::size_t most_;
  std::jmp_buf back_;
};

}  // namespace overreach
