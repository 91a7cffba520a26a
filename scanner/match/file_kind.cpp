#include "scanner/match/file_kind.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "scanner/base/text.h"
#include "scanner/base/word_map.h"
#include "scanner/core/dockerfile_name.h"

namespace overreach {
namespace {

// Behind the last dot.
constexpr WordMap kEndings(std::to_array<WordMeaning<FileKind>>({
    {"asp", FileKind::markup},    {"aspx", FileKind::markup},
    {"bash", FileKind::script},   {"bat", FileKind::script},
    {"c", FileKind::code},        {"cc", FileKind::code},
    {"cfg", FileKind::settings},  {"cjs", FileKind::code},
    {"clj", FileKind::code},      {"cmd", FileKind::script},
    {"cnf", FileKind::settings},  {"conf", FileKind::settings},
    {"config", FileKind::markup}, {"cpp", FileKind::code},
    {"cs", FileKind::code},       {"cshtml", FileKind::markup},
    {"csproj", FileKind::markup}, {"dart", FileKind::code},
    {"env", FileKind::settings},  {"erb", FileKind::markup},
    {"ex", FileKind::code},       {"exs", FileKind::code},
    {"go", FileKind::code},       {"gradle", FileKind::code},
    {"groovy", FileKind::code},   {"h", FileKind::code},
    {"hcl", FileKind::code},      {"hpp", FileKind::code},
    {"htm", FileKind::markup},    {"html", FileKind::markup},
    {"ini", FileKind::settings},  {"ipynb", FileKind::code},
    {"java", FileKind::code},     {"js", FileKind::code},
    {"json", FileKind::code},     {"json5", FileKind::code},
    {"jsonc", FileKind::code},    {"jsp", FileKind::markup},
    {"jsx", FileKind::code},      {"ksh", FileKind::script},
    {"kt", FileKind::code},       {"kts", FileKind::code},
    {"ldif", FileKind::settings}, {"lua", FileKind::code},
    {"m", FileKind::code},        {"mjs", FileKind::code},
    {"php", FileKind::code},      {"pl", FileKind::code},
    {"pm", FileKind::code},       {"properties", FileKind::settings},
    {"ps1", FileKind::code},      {"psm1", FileKind::code},
    {"py", FileKind::code},       {"r", FileKind::code},
    {"rb", FileKind::code},       {"rs", FileKind::code},
    {"scala", FileKind::code},    {"sh", FileKind::script},
    {"sql", FileKind::code},      {"svelte", FileKind::code},
    {"swift", FileKind::code},    {"tf", FileKind::code},
    {"tfvars", FileKind::code},   {"toml", FileKind::code},
    {"ts", FileKind::code},       {"tsx", FileKind::code},
    {"vb", FileKind::code},       {"vbs", FileKind::code},
    {"vue", FileKind::code},      {"xml", FileKind::markup},
    {"yaml", FileKind::settings}, {"yml", FileKind::settings},
    {"zsh", FileKind::script},
}));

constexpr auto kChecksumNames =
    std::to_array<std::string_view>({"package-lock.json",
                                     "npm-shrinkwrap.json",
                                     "yarn.lock",
                                     "pnpm-lock.yaml",
                                     "deno.lock",
                                     "Pipfile.lock",
                                     "poetry.lock",
                                     "uv.lock",
                                     "Cargo.lock",
                                     "Gemfile.lock",
                                     "composer.lock",
                                     "go.sum",
                                     "go.work.sum",
                                     "gradle.lockfile",
                                     "verification-metadata.xml",
                                     "flake.lock",
                                     "packages.lock.json",
                                     "bun.lock",
                                     "Podfile.lock",
                                     "mix.lock",
                                     ".terraform.lock.hcl",
                                     "pubspec.lock",
                                     "Package.resolved",
                                     "conan.lock",
                                     "Manifest.toml",
                                     ".package-lock.json",
                                     "checksums.json"});

constexpr auto kExampleParts = std::to_array<std::string_view>(
    {".example", ".sample", ".template", ".tmpl", ".dist", "-example",
     "-sample", "_example", "_sample", "example.", "sample.", ".tpl"});

std::optional<FileKind> kind_of_ending(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return std::nullopt;
  const FileKind* const kind = kEndings.find(name.substr(dot + 1));
  return kind ? std::optional(*kind) : std::nullopt;
}

constexpr auto kTemplateEndings = std::to_array<std::string_view>(
    {".erb", ".epp", ".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".template",
     ".tftpl", ".in", ".dist", ".sample", ".example", ".orig", ".bak", ".old"});

// The name of the file that a tool makes of this one.
std::string_view without_template(std::string_view name) {
  const std::string_view ending = name.substr(name.rfind('.'));
  const bool is_template =
      std::find(kTemplateEndings.begin(), kTemplateEndings.end(), ending) !=
      kTemplateEndings.end();
  return is_template ? name.substr(0, name.size() - ending.size()) : name;
}

}  // namespace

FileKind kind_of_file(std::string_view path) {
  const std::string name = lower_case(file_name(path));
  if (is_dockerfile(name) || name == "makefile") return FileKind::script;
  if (name.starts_with(".env") || name.ends_with("rc") || name == "hosts" ||
      name == "inventory") {
    return FileKind::settings;
  }
  if (name.find('.') == name.npos) return FileKind::settings;
  const auto kind = kind_of_ending(name);
  if (kind && !name.ends_with(".erb")) return *kind;
  // app.properties.erb: what the template makes counts.
  if (const auto made = kind_of_ending(without_template(name))) return *made;
  return kind.value_or(FileKind::prose);
}

bool is_checksum_file(std::string_view path) {
  const std::string_view name = file_name(path);
  return std::find(kChecksumNames.begin(), kChecksumNames.end(), name) !=
             kChecksumNames.end() ||
         name.ends_with(".sum") || name.ends_with(".sha256") ||
         name.ends_with(".sha512") || name.ends_with(".md5");
}

bool is_data_file(std::string_view path) {
  const std::string folded = lower_case(path);
  for (const std::string_view part :
       {"locale", "i18n", "l10n", "lang", "translat", "messages", "strings",
        "schema", "openapi", "swagger", "snippet", "label"}) {
    if (folded.find(part) != folded.npos) return false;
  }
  const std::string_view name = file_name(folded);
  const FileKind kind = kind_of_file(path);
  return name.ends_with(".json") || name.ends_with(".toml") ||
         name.ends_with(".xml") || name.ends_with(".tfvars") ||
         kind == FileKind::settings;
}

namespace {

// de, pt_br, zh-hans.  Codes that are words or regions as well (id, in, is, no,
// it, eu, uk) do not count.
bool is_language_tag(std::string_view tag) {
  constexpr auto kLanguages = std::to_array<std::string_view>(
      {"ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr",
       "he", "hr", "hu", "ja", "ko", "lt", "lv", "nb", "nl", "nn", "pl",
       "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "vi", "zh"});
  constexpr std::size_t kLongest = 7;  // zh_hans
  if (tag.size() > kLongest) return false;
  const std::string_view code = tag.substr(0, tag.find_first_of("_-"));
  return std::find(kLanguages.begin(), kLanguages.end(), code) !=
         kLanguages.end();
}

// A format that holds nothing else; de.yml; App_de.properties, which Java
// writes with a low line while app-de.properties is a profile of Spring.
bool is_named_as_catalog(std::string_view name) {
  for (const std::string_view end :
       {".po", ".pot", ".resx", ".xlf", ".xliff", ".arb", ".ftl"}) {
    if (name.ends_with(end)) return true;
  }
  const std::string_view stem = name.substr(0, name.rfind('.'));
  if (is_language_tag(stem)) return true;
  if (!name.ends_with(".properties")) return false;
  for (std::size_t at = stem.find('_'); at != stem.npos;
       at = stem.find('_', at + 1)) {
    if (is_language_tag(stem.substr(at + 1))) return true;
  }
  return false;
}

}  // namespace

bool is_text_catalog(std::string_view path) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"i18n", "l10n", "intl", "lang", "langs", "language", "languages",
       "locale", "locales", "messages", "strings", "translation",
       "translations"});
  constexpr std::size_t kLanguageTag = 5;  // pt_BR
  const std::string folded = lower_case(path);
  const std::string_view rest = folded;
  if (is_named_as_catalog(file_name(rest))) return true;
  for (std::size_t begin = 0; begin < rest.size();) {
    const std::size_t end =
        std::min(rest.find_first_of("/.", begin), rest.size());
    std::string_view part = rest.substr(begin, end - begin);
    const std::size_t tag = part.find_first_of("_-");
    if (tag != part.npos && part.size() - tag - 1 <= kLanguageTag) {
      part = part.substr(0, tag);
    }
    if (std::find(kWords.begin(), kWords.end(), part) != kWords.end()) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

bool is_example_file(std::string_view path) {
  const std::string name = lower_case(file_name(path));
  return std::any_of(
      kExampleParts.begin(), kExampleParts.end(),
      [&](std::string_view part) { return name.find(part) != name.npos; });
}

}  // namespace overreach
