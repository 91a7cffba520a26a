// What is found in the blobs of a pack by looking only at what is new in each
// has to be what is found in each whole blob: in histories made at random, and,
// with OVERREACH_REAL_HISTORY, in a real one.

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scanner/git/object_store.h"
#include "scanner/pipeline/worker.h"
#include "tests/match/secret_texts.h"
#include "tests/walk/git_sandbox.h"

namespace overreach {
namespace {

std::string shown(const Worker& worker) {
  std::string text;
  for (const Occurrence& each : worker.found) {
    const Candidate& c = each.candidate;
    text += std::string(c.rule->id) + ' ' + std::string(c.secret.reveal()) +
            ' ' + std::to_string(each.place.line) + ':' +
            std::to_string(each.place.column) + ' ' + each.place.key + ' ' +
            std::string(to_string(c.confidence)) + (c.leads ? " leads" : "");
    for (const auto& reason : c.reasons) text += "; " + std::string(reason);
    for (const auto& [name, value] : c.facts) text += ' ' + name + '=' + value;
    text += '\n';
  }
  return text + std::to_string(worker.suppressed);
}

struct Counts {
  std::size_t blobs = 0, edits = 0, found = 0;
};

// Every blob twice, as a file of that name.
Counts compare_all(const std::string& git_dir, const std::string& path) {
  Counts counts;
  Diagnostics diagnostics;
  const auto store = ObjectStore::open(git_dir, diagnostics);
  EXPECT_TRUE(store);
  if (!store) return counts;
  const ScanOptions options;
  Progress progress;
  constexpr int kThreads = 2;
  std::vector<std::unique_ptr<Worker>> by_change, whole;
  for (int i = 0; i < kThreads; ++i) {
    for (auto* const list : {&by_change, &whole}) {
      list->push_back(std::make_unique<Worker>(all_matcher(), options,
                                               diagnostics, progress));
    }
  }
  TextSource about;
  about.path = path;
  std::mutex mutex;  // guards the counts
  (*store)->visit(ObjectKind::blob, {kThreads, {}}, diagnostics,
                  [&](int thread, const StoredObject& blob) {
                    Worker& one = *by_change[static_cast<std::size_t>(thread)];
                    Worker& other = *whole[static_cast<std::size_t>(thread)];
                    auto note = one.scan_blob(about, blob);
                    if (!blob.stream) {
                      StoredObject alone = blob;
                      alone.edit = nullptr;
                      other.scan_blob(about, alone);
                      EXPECT_EQ(shown(one), shown(other))
                          << path << ": " << object_name(blob.kind, blob.id);
                    }
                    {
                      const std::lock_guard lock(mutex);
                      ++counts.blobs;
                      counts.edits += blob.edit != nullptr;
                      counts.found += one.found.size();
                    }
                    for (Worker* const worker : {&one, &other}) {
                      worker->found.clear();
                      worker->suppressed = 0;
                    }
                    return note;
                  });
  EXPECT_TRUE(diagnostics.take().empty());
  return counts;
}

class VersionsTest : public GitSandbox {};

TEST_F(VersionsTest, SameAsWholeBlobsInHistoriesMadeAtRandom) {
  init();
  TestRandom random(11);
  const std::vector<std::string> names = {"a.go", "b.env", "c.yaml", "d.sql"};
  std::map<std::string, std::vector<std::string>> parts;
  std::string script;
  for (int commit = 0; commit < 40; ++commit) {
    for (const std::string& name : names) {
      std::vector<std::string>& text = parts[name];
      const std::size_t at = random.below(text.size() + 1);
      if (text.size() > 12 && random.below(3) == 0) {
        text.erase(text.begin() +
                   static_cast<std::ptrdiff_t>(random.below(text.size())));
      } else {
        text.insert(text.begin() + static_cast<std::ptrdiff_t>(at),
                    piece(random));
      }
      std::string whole;
      for (const std::string& part : text) whole += part;
      write("v" + std::to_string(commit) + "/" + name, whole);
    }
    const std::string number = std::to_string(commit);
    script += "cp v" + number + "/* . && git add " + names[0] + " " + names[1] +
              " " + names[2] + " " + names[3] + " && git commit -qm " + number +
              "\n";
  }
  shell(script);
  for (const char* const repack :
       {"git repack -qadf --depth=50 --window=50",
        "git -c repack.useDeltaBaseOffset=false repack -qadf --depth=8",
        "git repack -qadF --window=2 --depth=4000"}) {
    shell(repack);
    for (const std::string& name : names) {
      const Counts counts = compare_all(root_ + "/.git", name);
      EXPECT_GT(counts.blobs, 100u);
      EXPECT_GT(counts.edits, counts.blobs / 2) << repack;
      EXPECT_GT(counts.found, counts.blobs);
    }
  }
}

TEST(Versions, SameAsWholeBlobsInARealHistory) {
  const char* const repository = std::getenv("OVERREACH_REAL_HISTORY");
  if (!repository) GTEST_SKIP() << "needs OVERREACH_REAL_HISTORY";
  for (const char* const path : {"a.go", "a.yaml", "a.txt", "a.sh"}) {
    const Counts counts = compare_all(repository, path);
    EXPECT_GT(counts.edits, 1000u);
  }
}

}  // namespace
}  // namespace overreach
