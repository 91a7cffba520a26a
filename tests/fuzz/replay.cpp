// Runs a fuzz target without libFuzzer, so that it is built and used in every
// test run:
//   NAME_replay [FILE or FOLDER...]   its own seeds, these files, and texts
//                                     made from both by a fixed generator
//   NAME_replay --write-seeds FOLDER  writes its seeds for libFuzzer

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz.h"

namespace overreach {

// For a target that defines none.
__attribute__((weak)) std::vector<std::string> fuzz_seeds() { return {}; }

namespace {

namespace fs = std::filesystem;

constexpr int kMadeInputs = 2000;
constexpr std::string_view kPieces[] = {
    "{",        "}",           "\"",          "=",     ":",
    "\n",       "**/",         "!",           "DIRC",  "password",
    "://",      "-----BEGIN ", "eyJ",         "ghp_",  "AKIA",
    "\xff\xfe", ".",           "TREE",        "'",     "\\",
    "#",        " ",           "[[token]]\n", "shape", "regex",
    "base62:8", "\xe2\x80\xa6"};

class Generator {
 public:
  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ % limit);
  }

 private:
  std::uint64_t state_ = 0x9e3779b97f4a7c15;
};

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()),
                         input.size());
}

std::vector<std::string> read_inputs(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else if (fs::exists(path)) {
    files.push_back(path);
  }
  std::vector<std::string> inputs;
  for (const fs::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(stream),
                        std::istreambuf_iterator<char>());
  }
  return inputs;
}

// A seed (or nothing) with pieces and bytes put in and taken out.
std::string make_input(const std::vector<std::string>& seeds,
                       Generator& generator) {
  std::string text;
  if (!seeds.empty() && generator.below(4) != 0) {
    text = seeds[generator.below(seeds.size())];
  }
  for (std::size_t edits = generator.below(20); edits > 0; --edits) {
    const std::size_t at = generator.below(text.size() + 1);
    switch (generator.below(3)) {
      case 0:
        text.insert(at, kPieces[generator.below(std::size(kPieces))]);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(generator.below(256)));
        break;
      default:
        text.erase(at, generator.below(4));
    }
  }
  return text;
}

int write_seeds(const fs::path& folder) {
  int number = 0;
  for (const std::string& seed : fuzz_seeds()) {
    std::ofstream file(folder / ("seed" + std::to_string(number++)),
                       std::ios::binary);
    file << seed;
    if (!file.flush()) return 1;
  }
  return 0;
}

int replay(int count, char** paths) {
  std::vector<std::string> seeds = fuzz_seeds();
  for (int i = 0; i < count; ++i) {
    for (std::string& input : read_inputs(paths[i])) {
      seeds.push_back(std::move(input));
    }
  }
  for (const std::string& seed : seeds) run(seed);
  Generator generator;
  for (int i = 0; i < kMadeInputs; ++i) run(make_input(seeds, generator));
  std::printf("%zu seeds, %d made\n", seeds.size(), kMadeInputs);
  return 0;
}

}  // namespace
}  // namespace overreach

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--write-seeds") {
    return overreach::write_seeds(argv[2]);
  }
  return overreach::replay(argc - 1, argv + 1);
}
