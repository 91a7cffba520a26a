#include "scanner/match/doubts.h"

#include <algorithm>
#include <string>

#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/core/test_file.h"
#include "scanner/match/lines.h"
#include "scanner/match/other_uses.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/trace.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr std::string_view kUserReason =
    "the value is the user's name, as test set-ups have it";
constexpr std::string_view kPathReason =
    "the value is a name in the file's path, as set-ups have it";
constexpr std::string_view kTextReason =
    "the file holds the texts a program shows";
constexpr std::string_view kTestReason = "the value is a word in a test";
constexpr std::string_view kSentenceReason =
    "the value is a word of a sentence";
constexpr std::string_view kNameReason = "the value repeats its name";
constexpr std::string_view kRefusedReason = "the value is wrong on purpose";
constexpr std::string_view kSettingReason = "the value is a setting of its own";
constexpr std::string_view kSignerReason =
    "the value names an OpenPGP key to sign with";
constexpr std::string_view kSampleReason =
    "it stands below an example, as descriptions of an interface have it";
constexpr std::string_view kPictureReason = "it stands in the URL of a picture";

// The value stands on its line before: CREATE USER app PASSWORD 'app'.
bool repeats_its_line(std::string_view text, const Assignment& found) {
  const std::size_t low =
      std::max(line_begin(text, found.begin),
               found.begin > 200 ? found.begin - 200 : std::size_t{0});
  const std::string_view value =
      text.substr(found.begin, found.end - found.begin);
  const std::string_view before = text.substr(low, found.begin - low);
  const std::size_t at = before.find(value);
  if (at == before.npos || value.size() < 3) return false;
  const auto is_edge = [&](std::size_t i) {
    return i >= before.size() ||
           std::string_view(" \t\"'=:(,;/").find(before[i]) !=
               std::string_view::npos;
  };
  return (at == 0 || is_edge(at - 1)) && is_edge(at + value.size()) &&
         at + value.size() < before.size();
}

// The value stands on the line above or below as a user's or a database's
// name: POSTGRES_USER: shop, POSTGRES_PASSWORD: shop.
bool repeats_a_neighbor(std::string_view text, const Assignment& found) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kReach = 300;
  const std::string_view value =
      text.substr(found.begin, found.end - found.begin);
  if (value.size() < kShortest) return false;
  const std::size_t line = line_begin(text, found.begin);
  const auto names_it = [&](std::string_view other) {
    const std::string folded = normalized(other);
    const auto holds = [&](std::string_view word) {
      return folded.find(word) != folded.npos;
    };
    if (holds("pass") || holds("pwd") || holds("pw")) return false;
    if (!holds("user") && !holds("login") && !holds("database") &&
        !holds("db") && !holds("name")) {
      return false;
    }
    const std::size_t at = other.rfind(value);
    if (at == other.npos || at == 0) return false;
    const std::size_t end = at + value.size();
    return !kAlnum.contains(other[at - 1]) &&
           (end == other.size() || !kAlnum.contains(other[end]));
  };
  if (line > 0) {
    const std::size_t above =
        std::max(line_begin(text, line - 1), line - std::min(line, kReach));
    if (names_it(text.substr(above, line - above))) return true;
  }
  const std::size_t below = line_end(text, found.end);
  if (below >= text.size()) return false;
  const std::string_view next = text.substr(below + 1, kReach);
  return names_it(next.substr(0, line_end(next, 0)));
}

bool is_one_word(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

// PASS=Already logged-in: behind a value without quotes goes on a text.
bool goes_on_as_text(std::string_view text, const Assignment& found) {
  if (found.quoted || found.end + 1 >= text.size() || text[found.end] != ' ') {
    return false;
  }
  const std::string_view rest =
      text.substr(found.end + 1, line_end(text, found.end) - found.end - 1);
  const std::string_view word = rest.substr(0, rest.find(' '));
  return word.size() > 1 && kAlnum.contains(word.front()) &&
         word.find_first_of("=:\"'") == word.npos;
}

// badge.svg?token=x shows a picture and opens nothing else.
bool is_in_picture_url(std::string_view text, std::size_t name_begin) {
  if (name_begin == 0 || text[name_begin - 1] != '?') return false;
  const std::string_view before = text.substr(0, name_begin - 1);
  return before.ends_with(".svg") || before.ends_with(".png");
}

// The line begins with the key of an example: example:, "examples": {
bool is_example_key(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\"'-");
  if (begin == line.npos) return false;
  line.remove_prefix(begin);
  if (!line.starts_with("example")) return false;
  const std::size_t end = line.find_first_not_of("aelmpsx\"'");
  return end != line.npos && line[end] == ':';
}

// OpenAPI and JSON Schema: example: {password: x}, or in a block below it.
bool stands_below_example(const ReaderInput& input, std::size_t name_begin) {
  constexpr std::size_t kReach = 600;
  constexpr std::string_view kIndent = " -\t";
  const std::string_view text = input.text;
  const std::size_t begin = line_begin(text, name_begin);
  if (is_example_key(text.substr(begin, name_begin - begin))) return true;
  const auto indent_of = [&](std::size_t line) {
    const std::size_t end = text.find_first_not_of(kIndent, line);
    return end == text.npos ? std::size_t{0} : end - line;
  };
  const std::size_t low = begin - std::min(begin, kReach);
  std::size_t indent = indent_of(begin);
  std::size_t line = begin;
  std::size_t seen = begin;
  bool found = false;
  while (line > low && indent > 0 && !found) {
    const std::size_t above = line_begin(text, line - 1);
    seen = std::max(above, low);
    if (above < low) break;
    const std::string_view content = text.substr(above, line - 1 - above);
    const std::size_t depth = indent_of(above);
    if (depth < indent && content.find_first_not_of(" \r") != content.npos) {
      found = is_example_key(content);
      indent = depth;
    }
    line = above;
  }
  if (begin - seen > kBefore.bytes) {
    note_far_look(input, name_begin, seen, name_begin);
  }
  return found;
}

// signingkey = 0123456789ABCDEF: which key of a ring Git signs with.
bool names_signing_key(std::string_view value, std::string_view name) {
  constexpr std::size_t kLongId = 16, kFingerprint = 40;
  return (value.size() == kLongId || value.size() == kFingerprint) &&
         normalized(name) == "signingkey" &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return is_digit(c) || (c >= 'A' && c <= 'F');
         });
}

}  // namespace

std::size_t name_at(std::string_view text, const Assignment& found) {
  return static_cast<std::size_t>(found.name.data() - text.data());
}

std::string_view doubt(const ReaderInput& input, const Assignment& found,
                       NameKind kind) {
  const std::string_view value =
      input.text.substr(found.begin, found.end - found.begin);
  if (is_word_of_path(value, input.path)) return kPathReason;
  const bool is_option =
      input.text.substr(0, name_at(input.text, found)).ends_with("--");
  if ((found.in_list || is_option) && is_setting(value)) return kSettingReason;
  if (is_in_picture_url(input.text, name_at(input.text, found))) {
    return kPictureReason;
  }
  if (stands_below_example(input, name_at(input.text, found))) {
    return kSampleReason;
  }
  if (names_signing_key(value, found.name)) return kSignerReason;
  const bool random = looks_random(value);
  if (is_wrong_on_purpose(value)) return kRefusedReason;
  if (!random && is_text_catalog(input.path)) return kTextReason;
  if (!random && (repeats_its_line(input.text, found) ||
                  repeats_a_neighbor(input.text, found))) {
    return kUserReason;
  }
  if (repeats_its_name(value, found.name)) return kNameReason;
  if (kind != NameKind::password) return {};
  if (input.kind == FileKind::code && is_test_file(input.path)) {
    if (is_one_word(value)) return kTestReason;
    const std::size_t line = line_begin(input.text, found.begin);
    if (expects_refusal(input.text.substr(
            line, line_end(input.text, found.begin) - line))) {
      return kRefusedReason;
    }
  }
  const bool plain = value.find_first_of("0123456789") == value.npos;
  return plain && goes_on_as_text(input.text, found) ? kSentenceReason
                                                     : std::string_view();
}

}  // namespace overreach
