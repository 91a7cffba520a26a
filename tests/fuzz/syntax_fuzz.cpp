// Every reader on any text, the first byte chooses which; what is promised of
// entries must hold for each of them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "scanner/syntax/syntax.h"

namespace {

using overreach::Entry;
using overreach::Language;

constexpr int kLanguages = static_cast<int>(Language::csharp) + 1;

void check(const Entry& entry, std::size_t index, std::string_view text) {
  const overreach::Span& span = entry.span;
  FUZZ_CHECK(span.begin <= span.end && span.end <= text.size());
  const std::string_view before = text.substr(0, span.begin);
  FUZZ_CHECK(span.line == 1 + std::count(before.begin(), before.end(), '\n'));
  FUZZ_CHECK(span.column == span.begin - (before.rfind('\n') + 1) + 1);
  FUZZ_CHECK(entry.parent == overreach::kNoEntry || entry.parent < index);
  FUZZ_CHECK(!entry.path.empty());
  FUZZ_CHECK(entry.section().size() < entry.path.size());
  FUZZ_CHECK((entry.kind == overreach::EntryKind::reference) ==
             (entry.target != overreach::Target::nothing));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const auto language = static_cast<Language>(data[0] % kLanguages);
  // In memory of its own size, so that a step too far is seen.
  const std::vector<char> bytes(data + 1, data + size);
  const std::string_view text(bytes.data(), bytes.size());
  overreach::Syntax syntax;
  const overreach::EntryList list = syntax.entries(language, text);
  // Lines are counted for each: not for too many.
  const std::size_t count = std::min<std::size_t>(list.entries().size(), 500);
  for (std::size_t i = 0; i < count; ++i) check(list.entries()[i], i, text);
  return 0;
}

std::vector<std::string> overreach::fuzz_seeds() {
  std::vector<std::string> seeds;
  for (const std::string_view text :
       {"export A=\"${B:-$C}\" # d\nE='f'\n", "[s \"t\"]\nk = v ; c\n",
        "a: &b {c: [1, *b]}\n<<: *b\nd: |\n  e\n--- \nf: !Ref g\n",
        "- name: X\n  value: ${{ secrets.Y || 'z' }}\n  run: a > b\n",
        R"({"a": ["b\n", {"name": "c", "value": 1}], // d
"command": "e \"f\""})",
        "[a.b]\nc.d = 'e'\n[[f]]\ng = {h = \"i\"}\n",
        "a \"b\" {\n c = \"${var.d}\"\n e = coalesce(f.g, \"h\")\n}\n",
        "<a b=\"c\"><d key='e' value=\"f\"/><![CDATA[g]]></a>",
        "FROM a AS b\nENV C=d \\\n # e\n F=\"g h\"\nRUN i && j\nCMD [\"k\"]\n",
        "A = os.environ.get('B') or f'c{D}'\nif A == 'e':\n  F = {'g': 'h'}\n",
        "const {a = `b${c}`} = process.env; d.e ||= f ? 'g' : h(i => ({j}))\n",
        "v := os.Getenv(\"A\")\nif v == \"\" { v = T{B: \"c\"} }\n",
        "A = ENV.fetch('B') { \"c#{d}\" }\n",
        "class A { @V(\"${b:c}\") String d = "
        "o(System.getenv(\"E\")).orElse(f); }",
        "<?php $a = getenv('B') ?: ['c' => $d->e ?? \"f$g\"];",
        "class A { string B = C(\"D\") ?? $\"{e}\"; F g = new() { [\"h\"] = 1 "
        "}; }",
        "machine a login b password c\n", "a: b ${C} > d\n"}) {
    for (int i = 1; i < kLanguages; ++i) {
      seeds.push_back(std::string(1, static_cast<char>(i)) + std::string(text));
    }
  }
  return seeds;
}
