#include "scanner/git/reftable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/git/open_repository.h"
#include "scanner/git/refs.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

// What Git 2.55 made of Reftable::make(): two tables, of which the second takes
// back the branch "topic".
struct Stack {
  const char* format;
  std::vector<const char*> tables;  // in hex
  const char *main, *tag, *last_stash, *first_stash;
};
const Stack kSha1 = {
    "sha1",
    {"524546540100100000000000000000010000000000000009720000ee002348454144"
     "000f726566732f68656164732f6d61696e00494f5249475f48454144056c5cf6fac8"
     "f6147d87ddce17d2fba40c895ba08a0079726566732f68656164732f6d61696e016c"
     "5cf6fac8f6147d87ddce17d2fba40c895ba08a0b29746f706963036c5cf6fac8f614"
     "7d87ddce17d2fba40c895ba08a05297374617368071c9d933be52abb80b278f0e6ce"
     "b72e3f321e1625053a746167732f763102cfb6b48f3e6d003ef5bd4a3fe13fc99288"
     "aa80786c5cf6fac8f6147d87ddce17d2fba40c895ba08a00001c0000330000530003"
     "670002b578da63c8f470757461f80f01df7262befd3af14da4b6fdee39f14bbf97f0"
     "74462fe8c226c698c89de890a4975a91985b9093dabaf2dc43060606b1a2d4e2d412"
     "2b85dcfcb2ccbc7485927c0590d95c3c9c3f6863ec5f062c80786393f37373334b14"
     "3432f3324b32137334ad14f2f352b9181a1c8b52d38af5335213538af5731333f360"
     "814313ebb80b4bf20b32936176fca6c80ea9a4a2c4bce40c2b05e7a2d4c492d41485"
     "b4a2fc5c05901fb8580b8b4b128b3360f67ce717f8b6e3fff27cf665195637ea02ea"
     "f49e0b9e3d283377b2f553addd0d9b2a3e3c3bb75dcfde484e4c15ab3d92e19e0140"
     "d7834db652304b364d4e334b037b4788f317361f60b38d4493191858181845199800"
     "23500b48524546540100100000000000000000010000000000000009000000000000"
     "00000000000000000000000000000000000000000000000000ee0000000000000000"
     "693331ff",
     "5245465401001000000000000000000a000000000000000a72000035008000726566"
     "732f68656164732f746f7069630000001c00016700002578da6368f0284a4d2bd6cf"
     "484d4c29d62fc92fc84c66f80f01bf191858181801ef9f0ef4524546540100100000"
     "0000000000000a000000000000000a00000000000000000000000000000000000000"
     "000000000000000000000000350000000000000000f75643d3"},
    "6c5cf6fac8f6147d87ddce17d2fba40c895ba08a",
    "cfb6b48f3e6d003ef5bd4a3fe13fc99288aa8078",
    "1c9d933be52abb80b278f0e6ceb72e3f321e1625",
    "0f10f6b8ffa76f07a6683ad87e507e2ee711cdc1"};

const Stack kSha256 = {
    "sha256",
    {"524546540200100000000000000000010000000000000009733235367200013a0023"
     "48454144000f726566732f68656164732f6d61696e00494f5249475f484541440559"
     "3d655f166accd741aceb7a3968e6edf0f3cfd2f4f77d9dd3d79a93ee8bfb6b007972"
     "6566732f68656164732f6d61696e01593d655f166accd741aceb7a3968e6edf0f3cf"
     "d2f4f77d9dd3d79a93ee8bfb6b0b29746f70696303593d655f166accd741aceb7a39"
     "68e6edf0f3cfd2f4f77d9dd3d79a93ee8bfb6b05297374617368079c1ee2dca8da23"
     "a8e2d27ea5978870fa52602e7403f1329471aa8b45df43f3ee053a746167732f7631"
     "02d3e9b07e8891c20a69ae9501816c26b4cd0b7e5fb79cb6868baf999579d2985e59"
     "3d655f166accd741aceb7a3968e6edf0f3cfd2f4f77d9dd3d79a93ee8bfb6b000020"
     "00003700006300036700035d78da63c8f470757461f80f01df226d53e3c5b2ce5c77"
     "5cf3baca32e3d9db0f9fcf5ffaf2bd76eee5ebb326bfebfe9d4d489e31913bd12149"
     "2fb52231b72027b575e5b9870c0c0c6245a9c5a925560ab9f9659979e90a25f90a20"
     "3bb978387fd0d7babf0c040079d625e7e7e66696286864e665966426e6685a29e4e7"
     "a57231343816a5a615eb67a426a614ebe72666e6c10299aecee02e2cc92fc84c86d9"
     "fd9b26764b251525e6256758293817a52696a4a628a415e5e72a80fcccc55a585c92"
     "589c01b3fffba13d6f5d3926acb65064574a7eecc2b9f4acddb4e5533edcb9e072f8"
     "eef65abfbd5fe6c83dbab3e296f28a4797ea964eef28f81594a057c2fcd1684ae1aa"
     "6ed7fbce9fdf61b55f32dc3300e85bb08d560aa696c62966a6a660ef0b71fe22e463"
     "422e22d14606061606c658062600b8af5e3e52454654020010000000000000000001"
     "00000000000000097332353600000000000000000000000000000000000000000000"
     "0000000000000000013a00000000000000000a63ced8",
     "5245465402001000000000000000000a000000000000000a73323536720000390080"
     "00726566732f68656164732f746f7069630000002000016700002578da6368f0284a"
     "4d2bd6cf484d4c29d62fc92fc84c66f80f01bf191858181801ef9f0ef45245465402"
     "001000000000000000000a000000000000000a733235360000000000000000000000"
     "000000000000000000000000000000000000000039000000000000000020a9b9ff"},
    "593d655f166accd741aceb7a3968e6edf0f3cfd2f4f77d9dd3d79a93ee8bfb6b",
    "d3e9b07e8891c20a69ae9501816c26b4cd0b7e5fb79cb6868baf999579d2985e",
    "9c1ee2dca8da23a8e2d27ea5978870fa52602e7403f1329471aa8b45df43f3ee",
    "c2bced450890ab3821072263e34409a5cd3e96a794f0dcd044c3ddb77d4ebdf4"};

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(hex_value(hex[i]) * 16 + hex_value(hex[i + 1]));
  }
  return bytes;
}

class Reftable : public EachFormat {
 protected:
  void SetUp() override {
    EachFormat::SetUp();
    for (const char* const table : stack().tables) {
      tables.push_back(bytes_of(table));
    }
  }

  static const Stack& stack() {
    return GetParam() == kSha1.format ? kSha1 : kSha256;
  }

  // The repository of the tables, with its refs in files.
  void make() const {
    init(GetParam());
    shell(
        "export GIT_AUTHOR_DATE='1700000000 +0000';"
        "export GIT_COMMITTER_DATE='1700000000 +0000';"
        "echo 1 > a; git add a; git commit -qm one; git tag -am tag v1;"
        "echo 2 > a; git stash push -q; echo 3 > a; git stash push -q");
  }

  void write_tables(const std::string& folder) const {
    std::string list;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const std::string name = std::to_string(i) + ".ref";
      write(folder + "/" + name, tables[i]);
      list += name + "\n";
    }
    write(folder + "/tables.list", list);
  }

  Result<Reftables> read() const {
    write_tables("tables");
    return read_reftables(root_ + "/tables");
  }

  std::vector<std::string> tables;
};

TEST_P(Reftable, AsGitWroteThem) {
  const auto found = read();
  ASSERT_TRUE(found) << found.error().text;
  EXPECT_THAT(found->refs, ElementsAre(Pair("HEAD", "ref: refs/heads/main"),
                                       Pair("ORIG_HEAD", stack().main),
                                       Pair("refs/heads/main", stack().main),
                                       Pair("refs/stash", stack().last_stash),
                                       Pair("refs/tags/v1", stack().tag)));
  ASSERT_EQ(found->stashes.size(), 2u);
  EXPECT_EQ(found->stashes[0].hex(), stack().last_stash);
  EXPECT_EQ(found->stashes[1].hex(), stack().first_stash);
}

// Refs in tables and in files are the same to whoever asks.
TEST_P(Reftable, OfARepository) {
  make();
  Diagnostics diagnostics;
  const auto names = [&] {
    std::vector<std::string> all;
    const auto repository = find_repository(root_);
    const auto refs = read_refs(*repository, diagnostics);
    EXPECT_TRUE(refs) << refs.error().text;
    EXPECT_EQ(refs->head.hex(), stack().main);
    EXPECT_EQ(refs->head_branch, "refs/heads/main");
    for (const Ref& ref : refs->all) {
      all.push_back(ref.name + " " + ref.target.hex());
    }
    return all;
  };
  const std::vector<std::string> in_files = names();
  EXPECT_EQ(in_files.size(), 4u);  // main, v1, two stashes
  shell(
      "git config core.repositoryFormatVersion 1;"
      "git config extensions.refStorage reftable; rm -rf .git/logs .git/refs/*;"
      "echo 'ref: refs/heads/.invalid' > .git/HEAD");
  write_tables(".git/reftable");
  EXPECT_EQ(names(), in_files);
  const auto opened = open_repository(root_, diagnostics);
  ASSERT_TRUE(opened) << opened.error().text;
  const auto tag = (*opened)->commit_named("v1");
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->hex(), stack().main);
  EXPECT_TRUE(diagnostics.take().empty());
}

TEST_P(Reftable, BrokenOnesAreSaid) {
  EXPECT_TRUE(read_reftables(root_ + "/nosuch")->refs.empty());
  const std::vector<std::string> whole = tables;
  for (const std::size_t size : {0, 4, 24, 100, 200}) {
    tables = whole;
    tables[0].resize(size);
    const auto found = read();
    ASSERT_FALSE(found) << size;
    EXPECT_THAT(found.error().text, HasSubstr("0.ref: is a broken reftable"));
  }
  tables = whole;
  write_tables("tables");
  shell("rm tables/1.ref");
  const auto found = read_reftables(root_ + "/tables");
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().text, HasSubstr("1.ref"));
}

// Nothing is read beyond a table whatever stands in it.
TEST_P(Reftable, EveryByteMayBeWrong) {
  const std::vector<std::string> whole = tables;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < whole[0].size(); ++i) {
    for (const char bits : {'\x01', '\x80', '\xff'}) {
      tables = {whole[0]};
      tables[0][i] = static_cast<char>(tables[0][i] ^ bits);
      refused += !read();
    }
  }
  EXPECT_GT(refused, whole[0].size());
}

INSTANTIATE_TEST_SUITE_P(Of, Reftable, kFormats, format_name);

}  // namespace
}  // namespace overreach
