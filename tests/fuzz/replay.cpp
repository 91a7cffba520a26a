// Runs a fuzz target without libFuzzer over generated inputs, so that it is
// built and used in every test run.

#include <cstdint>
#include <cstdio>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

int main() {
  std::uint64_t state = 0x9e3779b97f4a7c15;
  const auto next = [&state] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  };
  constexpr std::string_view kPieces[] = {
      "{", "}", "\"", "=", ":", "\n", "[[token]]\n", "shape", "base62:20",
      "**/", "!", "DIRC", "password", "://", "-----BEGIN ", "eyJ", "\xff\xfe",
      "AKIA", "ghp_", ".", "TREE", "'", "\\", "#", " "};
  for (int i = 0; i < 2000; ++i) {
    std::string input;
    const std::size_t pieces = next() % 40;
    for (std::size_t k = 0; k < pieces; ++k) {
      if (next() % 3 == 0) {
        input += kPieces[next() % std::size(kPieces)];
      } else {
        input += static_cast<char>(next());
      }
    }
    LLVMFuzzerTestOneInput(
        reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::puts("2000 inputs");
  return 0;
}
