// Files as windows of text: encodings, sizes, and files that are none.

#include "scanner/read/read.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {
namespace {

namespace fs = std::filesystem;

struct Seen {
  std::string bytes;
  bool is_binary;
  std::uint32_t first_line, first_column;
  std::size_t seen_bytes;
  bool goes_on;
};

class ReadTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "read_XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(std::string_view bytes) {
    const std::string path = (folder_ / "file").string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  std::optional<std::uint64_t> read(const std::string& path,
                                    ReadOptions options = {}) {
    Reader reader(options);
    windows_.clear();
    return reader.read_file(
        {.directory = AT_FDCWD,
         .name = path.c_str(),
         .path = "file",
         .exposure = Exposure::untracked},
        diagnostics_, [&](const Window& window) {
          // Zeros follow, whatever was there before.
          for (int i = 0; i < 64; ++i) {
            ASSERT_EQ(window.bytes.data()[window.bytes.size() + i], 0);
          }
          windows_.push_back({std::string(window.bytes), window.is_binary,
                              window.first_line, window.first_column,
                              window.seen_bytes, window.goes_on});
        });
  }

  // Line and column of every occurrence, counted where it is not seen yet.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_of(
      std::string_view needle) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const Seen& window : windows_) {
      std::uint32_t line = window.first_line, column = window.first_column;
      std::size_t counted = 0;
      for (std::size_t at = 0;
           (at = window.bytes.find(needle, at)) != std::string::npos; ++at) {
        const std::size_t needle_end = at + needle.size();
        if (needle_end < window.seen_bytes ||
            (window.goes_on && needle_end == window.bytes.size())) {
          continue;
        }
        for (; counted < at; ++counted) {
          column = window.bytes[counted] == '\n' ? 1 : column + 1;
          line += window.bytes[counted] == '\n';
        }
        places.emplace_back(line, column);
      }
    }
    return places;
  }

  fs::path folder_;
  Diagnostics diagnostics_;
  std::vector<Seen> windows_;
};

TEST_F(ReadTest, ATextAsItIs) {
  for (const std::string_view text :
       {std::string_view("a\nb\n"), std::string_view("a\r\nb"),
        std::string_view("caf\xe9"), std::string_view("\xc3\xa4")}) {
    EXPECT_EQ(read(write(text)), text.size());
    ASSERT_EQ(windows_.size(), 1u);
    EXPECT_EQ(windows_[0].bytes, text);
    EXPECT_FALSE(windows_[0].is_binary);
    EXPECT_EQ(windows_[0].first_line, 1u);
    EXPECT_EQ(windows_[0].first_column, 1u);
    EXPECT_EQ(windows_[0].seen_bytes, 0u);
  }
}

TEST_F(ReadTest, AnEmptyFile) {
  EXPECT_EQ(read(write("")), 0u);
  EXPECT_TRUE(windows_.empty());
  EXPECT_TRUE(diagnostics_.take().empty());
}

TEST_F(ReadTest, ABinaryFile) {
  read(
      write(std::string("\x7f"
                        "ELF\0\0\0 text",
                        13)));
  ASSERT_EQ(windows_.size(), 1u);
  EXPECT_TRUE(windows_[0].is_binary);
}

TEST_F(ReadTest, Utf16BecomesUtf8) {
  std::string bytes = "\xff\xfe";
  for (const char c : std::string_view("pass = 1\n")) {
    bytes += c;
    bytes += '\0';
  }
  EXPECT_EQ(read(write(bytes)), bytes.size());
  ASSERT_EQ(windows_.size(), 1u);
  EXPECT_EQ(windows_[0].bytes, "pass = 1\n");
  EXPECT_FALSE(windows_[0].is_binary);
}

TEST_F(ReadTest, AVanishedFile) {
  EXPECT_FALSE(read((folder_ / "gone").string()).has_value());
  const auto problems = diagnostics_.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].path, "file");
  EXPECT_EQ(problems[0].kind, Problem::Kind::left_out);
}

TEST_F(ReadTest, AFolderIsNotRead) {
  read(folder_.string());
  EXPECT_TRUE(windows_.empty());
  const auto problems = diagnostics_.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].kind, Problem::Kind::incomplete);
}

// The file was replaced by a FIFO after it was listed: nobody waits.
// One that the walk found where a file was; one that the user names is waited
// for.
TEST_F(ReadTest, AFifoDoesNotBlock) {
  const std::string path = (folder_ / "fifo").string();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_GE(folder, 0);
  Reader reader{ReadOptions{}};
  int windows = 0;
  reader.read_file({.directory = folder,
                    .name = "fifo",
                    .path = "fifo",
                    .exposure = Exposure::untracked},
                   diagnostics_, [&](const Window&) { ++windows; });
  ::close(folder);
  EXPECT_EQ(windows, 0);
}

TEST_F(ReadTest, AFileOfTheSystemWhoseSizeIsZero) {
  std::ifstream file("/proc/version");
  const std::string wanted(std::istreambuf_iterator<char>(file), {});
  ASSERT_FALSE(wanted.empty());
  EXPECT_EQ(read("/proc/version"), wanted.size());
  ASSERT_EQ(windows_.size(), 1u);
  EXPECT_EQ(windows_[0].bytes, wanted);
}

// A file of /proc comes in parts of a page or less, whatever the folder that
// leads there promises.
TEST_F(ReadTest, AFileOfAnotherFileSystemThanItsFolder) {
  const int root = ::open("/", O_RDONLY | O_DIRECTORY);
  ASSERT_GE(root, 0);
  const std::string name = "proc/" + std::to_string(::getpid()) + "/smaps";
  Reader reader{ReadOptions{}};
  std::string text;
  reader.read_file({.directory = root,
                    .name = name.c_str(),
                    .path = "smaps",
                    .exposure = Exposure::untracked,
                    .is_paged = true},
                   diagnostics_,
                   [&](const Window& window) { text += window.bytes; });
  ::close(root);
  EXPECT_THAT(text, testing::HasSubstr("[stack]"));  // one of the last
}

TEST_F(ReadTest, AFileThatGrowsWhileItIsRead) {
  const std::string path = write(std::string(3 << 20, 'x'));
  std::ofstream more(path, std::ios::binary | std::ios::app);
  Reader reader{ReadOptions()};
  std::string end;
  const auto total =
      reader.read_file({.directory = AT_FDCWD,
                        .name = path.c_str(),
                        .path = "file",
                        .exposure = Exposure::untracked},
                       diagnostics_, [&](const Window& window) {
                         if (window.goes_on && end.empty())
                           more << "tail" << std::flush;
                         end = window.bytes.substr(window.bytes.size() - 4);
                       });
  EXPECT_EQ(total, (3u << 20) + 4);
  EXPECT_EQ(end, "tail");
}

TEST_F(ReadTest, LargerThanAsked) {
  const std::string path = write("12345");
  EXPECT_FALSE(read(path, {.max_file_bytes = 4}).has_value());
  EXPECT_TRUE(windows_.empty());
  const auto problems = diagnostics_.take();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].kind, Problem::Kind::left_out);
  EXPECT_EQ(problems[0].what, "larger than 4 bytes");
  EXPECT_EQ(read(path, {.max_file_bytes = 5}), 5u);
}

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::string_view kNeedle = "needle_0123456789_needle";

TEST_F(ReadTest, ALargeFileOfLines) {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
  for (std::uint32_t line = 1; text.size() < 17 * kMiB; ++line) {
    const std::size_t before = text.size();
    text += std::string(line % 90, 'x');
    // Around every border of a window, and here and there.
    const bool near_border =
        before % kMiB > kMiB - 2000 || before % kMiB < 2000 || line % 5000 == 0;
    if (near_border) {
      expected.emplace_back(line, line % 90 + 2);
      text += " " + std::string(kNeedle);
    }
    text += '\n';
  }
  EXPECT_EQ(read(write(text)), text.size());
  EXPECT_GT(windows_.size(), 10u);
  EXPECT_EQ(places_of(kNeedle), expected);
}

TEST_F(ReadTest, ALargeFileOfOneLine) {
  std::string text(17 * kMiB, 'x');
  std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
  for (std::size_t at = 100; at + 100 < text.size(); at += 10007) {
    text.replace(at, kNeedle.size(), kNeedle);
    expected.emplace_back(1, at + 1);
  }
  EXPECT_EQ(read(write(text)), text.size());
  EXPECT_EQ(places_of(kNeedle), expected);
}

TEST_F(ReadTest, ALargeFileInUtf16) {
  std::string bytes = "\xff\xfe";
  std::uint32_t line = 1;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      bytes += c;
      bytes += '\0';
    }
  };
  for (; bytes.size() < 5 * kMiB; ++line) {
    add(kNeedle);
    expected.emplace_back(line, 1);
    add(std::string(200 + line % 90, 'x') + "\n");
  }
  read(write(bytes));
  EXPECT_GT(windows_.size(), 2u);
  EXPECT_EQ(places_of(kNeedle), expected);
}

TEST_F(ReadTest, ReadTextDecodes) {
  Reader reader({});
  std::vector<std::string> texts;
  reader.read_text(
      "plain", [&](const Window& window) { texts.emplace_back(window.bytes); });
  reader.read_text(
      std::string_view("\xff\xfe"
                       "a\0b\0",
                       6),
      [&](const Window& window) { texts.emplace_back(window.bytes); });
  EXPECT_THAT(texts, testing::ElementsAre("plain", "ab"));
}

}  // namespace
}  // namespace overreach
