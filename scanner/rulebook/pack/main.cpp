// Build tool: rule files in, one C++ file with their packed bytes out.
//   rulepack OUTPUT.cpp FILE.toml...

#include <fstream>
#include <iostream>
#include <iterator>

#include "scanner/rulebook/rulebook.h"

namespace {

constexpr int kBytesPerLine = 24;

bool write_table(const char* path, const std::string& bytes) {
  std::ofstream out(path);
  out << "// Made by rulepack from rules/*.toml.\n"
         "#include \"scanner/rulebook/rulebook.h\"\n\n"
         "namespace overreach {\nnamespace {\n"
         "constexpr unsigned char kRules[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out << (i % kBytesPerLine == 0 ? "\n" : "")
        << static_cast<int>(static_cast<unsigned char>(bytes[i])) << ',';
  }
  out << "};\n}  // namespace\n\n"
         "RuleSet builtin_rules() {\n"
         "  return unpack_rules({reinterpret_cast<const char*>(kRules), "
         "sizeof kRules});\n}\n\n}  // namespace overreach\n";
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: rulepack OUTPUT.cpp FILE.toml...\n";
    return 2;
  }
  overreach::RuleSet rules;
  bool failed = false;
  for (int i = 2; i < argc; ++i) {
    if (const auto added = overreach::add_rule_path(argv[i], rules); !added) {
      std::cerr << added.error().text << '\n';
      failed = true;
    }
  }
  if (failed) return 1;
  if (!write_table(argv[1], pack_rules(rules))) {
    std::cerr << argv[1] << ": cannot be written\n";
    return 1;
  }
  return 0;
}
