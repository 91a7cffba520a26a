// Values that stand behind the name of a secret and have a use of their own:
// they name, identify or describe something, and open nothing.  Pure functions
// of the text; the kinds come from reading findings in repositories that no
// labelled set holds (tests/accuracy/README.md).
#pragma once

#include <string_view>

namespace overreach {

// Never a secret: urn:oid:2.5.4.35, --ask-pass, json:"secrets", $encrypted$,
// users#update, type=env,id=X, 'a'==b.type, md5{0}, x.*, ***DhOW, x$RANDOM.
bool has_other_use(std::string_view v);

// Identifies a key or an object: a UUID, an OpenPGP fingerprint, hexadecimal
// pairs with colons.  A key called just "key" may be this; an API key is not.
bool is_identifier_of_key(std::string_view v);

// A name as Kubernetes gives its objects: several words and perhaps a part
// that was generated, "session-store-x7k2p".
bool is_resource_name(std::string_view v);

// NAME=x: a setting of its own, as `build --secret id=x` takes.
bool is_setting(std::string_view v);

// UPPER_CASE with an underscore: what constants and commands are called.
bool is_constant_name(std::string_view v);

// The value is a word of the file's path, as a product's own name is in its
// set-ups: docker/vagrant/box.json gives "vagrant".
bool is_word_of_path(std::string_view v, std::string_view path);

}  // namespace overreach
