// Values that stand behind the name of a secret and have a use of their own:
// they name, identify or describe something, and open nothing.  Pure functions
// of the text; the kinds come from reading findings in repositories that no
// labelled set holds (tests/accuracy/README.md).
#pragma once

#include <string_view>

namespace overreach {

// Never a secret: urn:oid:2.5.4.35, --ask-pass, $encrypted$, type=env,id=X,
// md5{0}, ***DhOW, 1.30.2, fast_pbkdf2, en_US, SettingsRef:Password, and every
// piece of code (code_forms.h).
bool has_other_use(std::string_view v);

// *dbSecret2 and &dbSecret2 of YAML, *OCTET of a grammar, :name of SQL and
// Ruby: without quotes names of something elsewhere.  The hash of MySQL has a
// star as well.
bool is_marked_name(std::string_view v);

// Identifies a key or an object: a UUID, an OpenPGP fingerprint, hexadecimal
// pairs with colons, words and hexadecimal digits as in
// region_d9fe56bc9274fbb6. A key called just "key" may be this; an API key is
// not.
bool is_identifier_of_key(std::string_view v);

// Five times five capitals and digits: it activates a program, and for those
// of whole companies the vendor publishes it.
bool is_product_key(std::string_view v);

// A public key or a certificate in DER, as its first bytes in Base64 say: in a
// private key a number follows the outer sequence, not a sequence.
bool is_public_der(std::string_view v);

// A public key as OpenSSH has it, without the word before it: the name of its
// algorithm with its length, in Base64. A private one begins otherwise.
bool is_public_ssh(std::string_view v);

// Encrypted under a key that is elsewhere: {cipher}..., a Fernet token, what
// `openssl enc` writes, an initialization vector and the rest behind it.
bool is_ciphertext(std::string_view v);

// Made to be refused: wr0ngPass1, not-a-password, invalid_token.
bool is_wrong_on_purpose(std::string_view v);

// The line says that what stands on it is refused: assertFalse(, assert_not,
// .rejects, "wrong password".
bool expects_refusal(std::string_view line);

// The value repeats words of its name, as constants and set-ups do:
// SN_psk = "rsa-psk", redmine_password: redmine.
bool repeats_its_name(std::string_view v, std::string_view name);

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
