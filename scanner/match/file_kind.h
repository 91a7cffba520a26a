// What a file's name says about how values are written in it.
#pragma once

#include <cstdint>
#include <string_view>

namespace overreach {

enum class FileKind : std::uint8_t {
  code,      // a bare word is a name: values stand in quotes
  script,    // shell and the like: a bare word is a value
  settings,  // .env, .ini, .properties, YAML, conf: a bare word is a value
  markup,    // XML, HTML
  prose,     // text, Markdown, everything else
};

FileKind kind_of_file(std::string_view path);

// A lock file or a list of checksums: full of random-looking values that are
// no secrets.
bool is_checksum_file(std::string_view path);

// Values, not expressions: JSON, YAML, .env, .ini ...; texts of a user
// interface (locale/en.json) are none.
bool is_data_file(std::string_view path);

// The texts a program shows, by its path: locale/, messages_de.properties,
// strings.xml, translations.php, App_fr.properties, pt-BR.yml, App.resx.
bool is_text_catalog(std::string_view path);

// An example by its name: .env.example, config.sample.yml, settings.dist.
bool is_example_file(std::string_view path);

}  // namespace overreach
