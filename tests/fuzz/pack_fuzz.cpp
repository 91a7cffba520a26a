// Indexes, packs and deltas that anybody may have made: what can be read is
// sound, anything else is said to be unreadable and does no harm.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/git/delta.h"
#include "scanner/git/delta_forest.h"
#include "scanner/git/pack.h"
#include "scanner/git/pack_index.h"
#include "scanner/git/pack_walk.h"
#include "scanner/git/tree_entries.h"
#include "tests/fuzz/fuzz.h"
#include "tests/git/pack_writer.h"

namespace overreach {
namespace {

constexpr std::size_t kLengthBytes = 4;

// An index and its pack in one input.
std::string joined(const std::string& index, const std::string& pack) {
  return big_endian(index.size(), kLengthBytes) + index + pack;
}

PackWriter small_pack() {
  PackWriter pack;
  const std::string a = "one\ntwo\n", b = "one\n2\n", c = "one\n2\nthree\n";
  const std::size_t base = pack.add_blob(a);
  const std::size_t next = pack.add_offset_delta(base, delta_of(a, b), b);
  pack.add_id_delta(pack.id(next), delta_of(b, c), c);
  pack.add(ObjectKind::tree,
           "100644 a" + std::string(1, '\0') + std::string(20, 'x'));
  return pack;
}

void check_index(const PackIndex& index) {
  for (std::uint32_t i = 0; i < index.size(); ++i) {
    // In an index that is not sorted an id need not be found.
    const auto found = index.find(index.id_at(i));
    FUZZ_CHECK(!found || index.id_at(*found) == index.id_at(i));
    index.offset_at(i);
  }
}

void check_delta(std::string_view bytes) {
  const auto delta = parse_delta(bytes);
  if (!delta || delta->base_size > 4096 || delta->result_size > 65536) return;
  std::string base(static_cast<std::size_t>(delta->base_size), 'b');
  for (std::size_t i = 0; i < base.size(); ++i) {
    base[i] = static_cast<char>(i * 7);
  }
  std::string result(static_cast<std::size_t>(delta->result_size), '\0');
  std::vector<Copied> copies;
  if (!apply_delta(*delta, base, result.data(), copies)) return;
  std::size_t behind = 0;
  for (const Copied& copy : copies) {
    FUZZ_CHECK(copy.size > 0 && copy.to >= behind);
    behind = copy.to + copy.size;
    FUZZ_CHECK(behind <= result.size());
    FUZZ_CHECK(std::memcmp(result.data() + copy.to, base.data() + copy.from,
                           copy.size) == 0);
  }
}

// What is read of these trees, by position.
std::map<std::uint32_t, std::string> walk(const Pack& pack,
                                          const DeltaForest& forest) {
  std::map<std::uint32_t, std::string> read;
  Diagnostics diagnostics;
  PackWalk walk(
      {pack, forest, 1 << 20, diagnostics,
       [&](const StoredObject& object) -> std::shared_ptr<const Note> {
         FUZZ_CHECK(object.stream || object.bytes.size() == object.size);
         read.emplace(object.place, object.bytes);
         return read_changed_tree(
                    object, 20, [](const TreeEntry&) {},
                    [](std::size_t first, std::size_t last) {
                      FUZZ_CHECK(first < last);
                    })
             .note;
       },
       [](std::uint32_t position) { return position; }});
  for (const DeltaForest::Root& root : forest.roots()) {
    walk.walk(root, ObjectKind::tree, "one\ntwo\n");
  }
  return read;
}

// All objects, and each alone: it is the same then.
void walk_all(std::string_view bytes, PackIndex index) {
  const auto pack =
      Pack::parse(bytes, "a.pack", std::move(index), HashKind::sha1);
  if (!pack) return;
  const auto all = walk(*pack, DeltaForest(*pack, 2));
  constexpr std::uint32_t kMost = 16;
  for (std::uint32_t i = 0; i < std::min(kMost, pack->index().size()); ++i) {
    const std::vector<std::uint32_t> only = {i};
    const auto alone = walk(*pack, DeltaForest(*pack, only));
    FUZZ_CHECK(alone.size() <= 1);
    const auto found = all.find(i);
    if (found == all.end() || alone.empty()) continue;
    FUZZ_CHECK(alone.begin()->first == i);
    FUZZ_CHECK(alone.begin()->second == found->second);
  }
}

}  // namespace

std::vector<std::string> fuzz_seeds() {
  const PackWriter pack = small_pack();
  return {joined(pack.index(1), pack.pack()),
          joined(pack.index(2), pack.pack()),
          joined(pack.multi_index("a"), pack.pack()),
          delta_of("one two three", "one three two three")};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_delta(bytes);
  if (size < kLengthBytes) return 0;
  const std::size_t length = static_cast<std::size_t>(data[2]) << 8 | data[3];
  const std::string_view rest = bytes.substr(kLengthBytes);
  if (length > rest.size()) return 0;
  const std::string_view first = rest.substr(0, length);
  const std::string_view pack = rest.substr(length);
  for (const HashKind hash : {HashKind::sha1, HashKind::sha256}) {
    if (auto index = PackIndex::parse(first, hash, "a.idx")) {
      check_index(*index);
      if (hash == HashKind::sha1) walk_all(pack, *index);
    }
    if (auto index = MultiPackIndex::parse(first, hash, "m")) {
      if (index->pack_names().empty()) continue;
      check_index(index->of_pack(0));
      if (hash == HashKind::sha1) walk_all(pack, index->of_pack(0));
    }
  }
  return 0;
}
