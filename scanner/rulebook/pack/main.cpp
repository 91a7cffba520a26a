// Build tool: rule files in, one C++ file with their packed bytes out.
//   rulepack OUTPUT.cpp FILE.toml...

#include <fstream>
#include <iostream>
#include <iterator>

#include "scanner/rulebook/rulebook.h"

namespace {

constexpr int kBytesPerLine = 24;

void write_bytes(std::ostream& out, const char* name,
                 const std::string& bytes) {
  out << "constexpr unsigned char " << name << "[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out << (i % kBytesPerLine == 0 ? "\n" : "")
        << static_cast<int>(static_cast<unsigned char>(bytes[i])) << ',';
  }
  out << "};\n\n";
}

bool write_tables(const char* path, const overreach::RuleSet& rules,
                  const overreach::ProviderSet& providers) {
  std::ofstream out(path);
  out << "// Made by rulepack from rules/*.toml.\n"
         "#include \"scanner/rulebook/rulebook.h\"\n\n"
         "namespace overreach {\nnamespace {\n";
  write_bytes(out, "kRules", overreach::pack_rules(rules));
  write_bytes(out, "kProviders", overreach::pack_providers(providers));
  out << "std::string_view bytes_of(const unsigned char* data, std::size_t "
         "size) {\n"
         "  return {reinterpret_cast<const char*>(data), size};\n}\n\n"
         "}  // namespace\n\n"
         "RuleSet builtin_rules() {\n"
         "  return unpack_rules(bytes_of(kRules, sizeof kRules));\n}\n\n"
         "ProviderSet builtin_providers() {\n"
         "  return unpack_providers(bytes_of(kProviders, sizeof "
         "kProviders));\n}\n\n"
         "}  // namespace overreach\n";
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: rulepack OUTPUT.cpp FILE.toml...\n";
    return 2;
  }
  overreach::RuleSet rules;
  overreach::ProviderSet providers;
  bool failed = false;
  for (int i = 2; i < argc; ++i) {
    auto added = overreach::add_rule_path(argv[i], rules);
    if (added) added = overreach::add_provider_path(argv[i], providers);
    if (!added) {
      std::cerr << added.error().text << '\n';
      failed = true;
    }
  }
  if (failed) return 1;
  if (!write_tables(argv[1], rules, providers)) {
    std::cerr << argv[1] << ": cannot be written\n";
    return 1;
  }
  return 0;
}
