#include "scanner/syntax/tree_memory.h"

#include <malloc.h>
#include <tree_sitter/api.h>

#include <cstdlib>
#include <cstring>
#include <limits>

namespace overreach {
namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

thread_local TreeMemory* current = nullptr;

}  // namespace

// What tree-sitter calls instead of malloc() and its kind.
struct TreeAllocator {
  using Block = TreeMemory::Block;
  static_assert(sizeof(Block) == alignof(std::max_align_t));

  // Does not come back when there is not so much left.
  static void want(std::size_t size) {
    if (current && current->used_ + size > current->most_) {
      std::longjmp(current->back_, 1);
    }
  }

  static void* link(Block* block) {
    if (!block) {
      if (!current || current->most_ == kNoLimit) std::abort();
      std::longjmp(current->back_, 1);
    }
    block->before = block->behind = block;
    if (current) {
      Block& all = current->all_;
      block->before = all.before;
      block->behind = &all;
      all.before->behind = block;
      all.before = block;
      current->used_ += malloc_usable_size(block);
    }
    return block + 1;
  }

  static Block* unlink(void* memory) {
    Block* const block = static_cast<Block*>(memory) - 1;
    if (block->behind != block) {
      block->before->behind = block->behind;
      block->behind->before = block->before;
      if (current) current->used_ -= malloc_usable_size(block);
    }
    return block;
  }

  static void* allocate(std::size_t size) {
    want(size);
    return link(static_cast<Block*>(std::malloc(size + sizeof(Block))));
  }

  static void* allocate_zeros(std::size_t count, std::size_t size) {
    void* const memory = allocate(count * size);
    std::memset(memory, 0, count * size);
    return memory;
  }

  static void* reallocate(void* memory, std::size_t size) {
    if (!memory) return allocate(size);
    want(size);
    Block* const block = unlink(memory);
    void* const moved = std::realloc(block, size + sizeof(Block));
    if (!moved) link(block);  // it is freed with the others
    return link(static_cast<Block*>(moved));
  }

  static void release(void* memory) {
    if (memory) std::free(unlink(memory));
  }
};

// For grammars/allocator.h.
extern "C" {
void* overreach_tree_malloc(std::size_t size);
void* overreach_tree_calloc(std::size_t count, std::size_t size);
void* overreach_tree_realloc(void* memory, std::size_t size);
void overreach_tree_free(void* memory);

void* overreach_tree_malloc(std::size_t size) {
  return TreeAllocator::allocate(size);
}
void* overreach_tree_calloc(std::size_t count, std::size_t size) {
  return TreeAllocator::allocate_zeros(count, size);
}
void* overreach_tree_realloc(void* memory, std::size_t size) {
  return TreeAllocator::reallocate(memory, size);
}
void overreach_tree_free(void* memory) { TreeAllocator::release(memory); }
}

TreeMemory::TreeMemory() : all_{&all_, &all_}, most_(kNoLimit) {
  static const bool is_set = [] {
    ts_set_allocator(TreeAllocator::allocate, TreeAllocator::allocate_zeros,
                     TreeAllocator::reallocate, TreeAllocator::release);
    return true;
  }();
  static_cast<void>(is_set);
}

TreeMemory::~TreeMemory() { free_all(); }

TreeMemory::Use::Use(TreeMemory& memory) : before_(current) {
  current = &memory;
}

TreeMemory::Use::~Use() { current = before_; }

bool TreeMemory::run(std::size_t most, void (*work)(void*), void* argument) {
  const Use use(*this);
  most_ = most;
  if (setjmp(back_) == 0) {
    work(argument);
    most_ = kNoLimit;
    return true;
  }
  most_ = kNoLimit;
  free_all();
  return false;
}

void TreeMemory::free_all() {
  while (all_.behind != &all_) {
    Block* const block = all_.behind;
    all_.behind = block->behind;
    std::free(block);
  }
  all_.before = &all_;
  used_ = 0;
}

}  // namespace overreach
