// Git indexes: what can be read is sound, anything else fails and does no
// harm.

#include <string_view>

#include "scanner/walk/git_index.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {
namespace {

std::string number(std::uint32_t value) {
  std::string bytes(4, '\0');
  for (int i = 0; i < 4; ++i) {
    bytes[static_cast<std::size_t>(i)] =
        static_cast<char>(value >> (24 - 8 * i));
  }
  return bytes;
}

std::string entry(std::string_view path) {
  std::string bytes(24, '\0');
  bytes += number(0100644) + std::string(12, '\0') + std::string(20, 'o');
  bytes += std::string(1, '\0') + static_cast<char>(path.size());
  bytes += path;
  bytes.append(8 - bytes.size() % 8, '\0');
  return bytes;
}

std::string index(std::uint32_t version) {
  const std::string tree = std::string(
                               "\0"
                               "2 1\n",
                               5) +
                           std::string(20, 't') +
                           std::string(
                               "dir\0"
                               "-1 0\n",
                               9);
  return "DIRC" + number(version) + number(2) + entry("a.txt") +
         entry("dir/b") + "TREE" +
         number(static_cast<std::uint32_t>(tree.size())) + tree +
         std::string(20, '\0');
}

void use(const GitIndex& index) {
  std::size_t bytes = 0;
  for (const auto& one : index.entries()) {
    bytes += one.path.size() + static_cast<unsigned char>(one.oid[19]);
  }
  GitIndex::Cursor cursor(index);
  for (const auto& one : index.entries()) {
    FUZZ_CHECK(cursor.has_entry() && cursor.entry().path == one.path);
    cursor.next();
  }
  FUZZ_CHECK(!cursor.has_entry() && cursor.status());
  static volatile std::size_t sink;
  sink = bytes;
  (void)sink;
}

}  // namespace

std::vector<std::string> fuzz_seeds() { return {index(2), index(3), index(4)}; }

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto hash : {HashKind::sha1, HashKind::sha256}) {
    if (const auto index = GitIndex::parse(bytes, hash)) use(*index);
  }
  return 0;
}
