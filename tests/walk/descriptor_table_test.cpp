// Threads with a table of descriptors of their own.

#include "scanner/walk/descriptor_table.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <future>
#include <memory>
#include <thread>

#include "scanner/walk/folder.h"

namespace overreach {
namespace {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

std::shared_ptr<Folder> open_root() {
  auto opened = Folder::open("/");
  EXPECT_TRUE(opened);
  return opened ? *opened : nullptr;
}

TEST(DescriptorTable, AFolderClosesWithItsLastOwner) {
  auto folder = open_root();
  const int descriptor = folder->descriptor();
  EXPECT_TRUE(folder->is_here());
  folder.reset();
  EXPECT_FALSE(is_open(descriptor));
}

// The last owner is another thread, in which the number is of something else.
TEST(DescriptorTable, AFolderClosesInTheTableItIsOf) {
  std::promise<std::shared_ptr<Folder>> opened;
  std::promise<void> released;
  bool has_left = false;
  std::thread owner([&] {
    const auto before = DescriptorTable::of_this_thread();
    DescriptorTable::leave_shared();
    has_left = DescriptorTable::of_this_thread() != before;
    auto folder = open_root();
    const int descriptor = folder->descriptor();
    opened.set_value(std::move(folder));
    released.get_future().wait();
    EXPECT_EQ(is_open(descriptor), has_left);  // nobody closed it for us
    DescriptorTable::of_this_thread()->close_given_back();
    EXPECT_FALSE(is_open(descriptor));
  });
  auto folder = opened.get_future().get();
  EXPECT_EQ(folder->is_here(), !has_left);
  const int descriptor = folder->descriptor();
  const int same = has_left ? ::dup2(STDERR_FILENO, descriptor) : -1;
  folder.reset();
  if (has_left) {
    EXPECT_EQ(same, descriptor);
    EXPECT_TRUE(is_open(descriptor)) << "it is ours";
    ::close(descriptor);
  }
  released.set_value();
  owner.join();
}

// What was open before the thread left is open in both, and closed in one.
TEST(DescriptorTable, LeavingKeepsWhatIsOpen) {
  auto folder = open_root();
  const int descriptor = folder->descriptor();
  std::thread([&] {
    DescriptorTable::leave_shared();
    EXPECT_TRUE(is_open(descriptor));
  }).join();
  EXPECT_TRUE(is_open(descriptor));
}

}  // namespace
}  // namespace overreach
