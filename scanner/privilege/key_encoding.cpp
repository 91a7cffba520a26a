#include "scanner/privilege/key_encoding.h"

#include <cstddef>

namespace overreach {
namespace {

constexpr char kInteger = 0x02, kBits = 0x03, kBytes = 0x04, kSequence = 0x30;
constexpr char kFirst = '\xa0', kSecond = '\xa1';  // [0], [1]

constexpr std::string_view kRsa("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01",
                                11);
constexpr std::string_view kElliptic("\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", 9);
constexpr std::string_view kNull("\x05\x00", 2);

// An element with its head, and what is inside.
struct Element {
  std::string_view whole, content;

  bool is(char tag) const { return !whole.empty() && whole.front() == tag; }
};

// Takes the next one off `rest`; an empty one where none is whole.
Element next(std::string_view& rest) {
  if (rest.size() < 2) return {};
  std::size_t head = 2;
  std::size_t size = static_cast<unsigned char>(rest[1]);
  if (size >= 0x80) {
    const std::size_t count = size - 0x80;
    if (count == 0 || count > 3 || rest.size() < head + count) return {};
    for (size = 0; head < 2 + count; ++head) {
      size = size << 8 | static_cast<unsigned char>(rest[head]);
    }
  }
  if (rest.size() - head < size) return {};
  const Element element{rest.substr(0, head + size), rest.substr(head, size)};
  rest.remove_prefix(head + size);
  return element;
}

std::string element(char tag, std::string_view content) {
  std::string whole(1, tag);
  const std::size_t size = content.size();
  if (size >= 0x100) {
    whole += '\x82';
    whole += static_cast<char>(size >> 8);
  } else if (size >= 0x80) {
    whole += '\x81';
  }
  whole += static_cast<char>(size & 0xff);
  return whole.append(content);
}

// version, modulus, public exponent, ...
std::string of_rsa(std::string_view fields) {
  next(fields);
  const Element modulus = next(fields);
  const Element exponent = next(fields);
  if (!modulus.is(kInteger) || !exponent.is(kInteger)) return {};
  const std::string numbers =
      element(kSequence, std::string(modulus.whole).append(exponent.whole));
  return element(kSequence,
                 element(kSequence, std::string(kRsa).append(kNull)) +
                     element(kBits, std::string(1, '\0') + numbers));
}

// version, private key, [0] curve, [1] public key.  The curve may stand
// outside.
std::string of_elliptic(std::string_view fields, std::string_view curve) {
  next(fields);
  next(fields);
  Element part = next(fields);
  if (part.is(kFirst)) {
    curve = part.content;
    part = next(fields);
  }
  std::string_view inside = part.content;
  const Element bits = next(inside);
  if (!part.is(kSecond) || !bits.is(kBits) || curve.empty()) return {};
  return element(kSequence,
                 element(kSequence, std::string(kElliptic).append(curve))
                     .append(bits.whole));
}

}  // namespace

std::string_view certified_key(std::string_view certificate) {
  std::string_view outer = next(certificate).content;
  std::string_view fields = next(outer).content;
  if (fields.starts_with(kFirst)) next(fields);  // version
  // Serial number, algorithm, issuer, validity, subject.
  for (int i = 0; i < 5; ++i) next(fields);
  return next(fields).whole;
}

std::string paired_key(std::string_view private_key) {
  const std::string_view fields = next(private_key).content;
  std::string_view rest = fields;
  next(rest);  // version
  const Element second = next(rest);
  if (second.is(kInteger)) return of_rsa(fields);
  if (second.is(kBytes)) return of_elliptic(fields, {});
  if (!second.is(kSequence)) return {};
  std::string_view kind = second.content;
  std::string_view inside = next(rest).content;
  const std::string_view key = next(inside).content;
  const std::string_view name = next(kind).whole;
  if (name == kRsa) return of_rsa(key);
  return name == kElliptic ? of_elliptic(key, kind) : std::string();
}

}  // namespace overreach
