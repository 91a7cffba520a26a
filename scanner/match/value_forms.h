// The forms a value can have that make it no secret, or a weak one.  Pure
// functions of the text; value.cpp decides with them.
#pragma once

#include <string>
#include <string_view>

namespace overreach {

// What a text is made of.
struct Makeup {
  std::size_t lower = 0, upper = 0, digits = 0, symbols = 0, spaces = 0,
              other = 0;
  std::size_t changes = 0;  // between letters and digits
  std::size_t letters() const { return lower + upper; }
};

Makeup makeup_of(std::string_view value);

// Bytes written as escapes: a test vector, not a password.
bool is_byte_string(std::string_view v);

// The public half of a NATS key pair (an nkey), by its check digits.
bool is_public_nkey(std::string_view v);

// A variable's or a member's name: user_password, setPassword.
bool is_name_of_secret(std::string_view v, bool quoted);

// ${X}, $X, %X%, {{ x }}, <x>, [x], #{x}, @X@, %s, {0}
bool is_reference_form(std::string_view v);

// One character again and again, or none that counts.
bool is_repetition(std::string_view v);

// Characters that follow their neighbour: "abcdefgh", "12345678"; the same
// character in a row.
std::size_t longest_sequence(std::string_view v);
std::size_t longest_repeat(std::string_view v);

// 00112233445566778899, 0123456789abcdef0123456789abcdef: typed by counting.
bool is_counted(std::string_view v);

bool is_path_or_file(std::string_view v);

// snake_case, kebab-case, camelCase of words, or one word.
bool is_identifier_of_words(std::string_view v, const Makeup& shape);

// "Passw0rd!" -> "password": what people do to make a word look strong.
std::string unleet(std::string_view v);

// Real somewhere, and in every word list; with a digit or two behind it too.
bool is_weak(std::string_view v);
bool is_weak_word(std::string_view normalized_word);

}  // namespace overreach
