#include "scanner/git/parse.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

namespace overreach {
namespace {

constexpr const char* kBroken = "is broken";

// "Name <address> seconds zone"
Person parse_person(std::string_view line) {
  Person person;
  const std::size_t end = line.rfind('>');
  if (end == line.npos) {
    person.name = line;
    return person;
  }
  person.name = line.substr(0, end + 1);
  std::string_view rest = line.substr(end + 1);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  std::from_chars(rest.data(), rest.data() + rest.size(), person.seconds);
  return person;
}

// Takes the header lines of a commit or tag, and leaves the message.
template <typename Use>
void for_each_header(std::string_view& bytes, const Use& use) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.empty()) return;
    const std::size_t space = line.find(' ');
    // A line that begins with a space goes on with a signature.
    if (space == 0 || space == line.npos) continue;
    use(line.substr(0, space), line.substr(space + 1));
  }
}

ObjectId id_of(std::string_view hex) {
  return ObjectId::from_hex(hex).value_or(ObjectId());
}

}  // namespace

std::string Person::date() const {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  char text[40];
  if (!::gmtime_r(&time, &parts)) return {};
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Result<ParsedCommit> parse_commit(std::string_view bytes) {
  ParsedCommit commit;
  for_each_header(bytes, [&](std::string_view name, std::string_view value) {
    if (name == "tree") commit.tree = id_of(value);
    if (name == "parent") commit.parents.push_back(id_of(value));
    if (name == "author") commit.author = parse_person(value);
    if (name == "committer") commit.committed = parse_person(value).seconds;
  });
  for (const ObjectId& parent : commit.parents) {
    if (parent.empty()) return fail(kBroken);
  }
  if (commit.tree.empty()) return fail(kBroken);
  commit.message = bytes;
  return commit;
}

Result<ParsedTag> parse_tag(std::string_view bytes) {
  ParsedTag tag;
  for_each_header(bytes, [&](std::string_view name, std::string_view value) {
    if (name == "object") tag.target = id_of(value);
    if (name == "tag") tag.name = value;
    if (name == "tagger") tag.tagger = parse_person(value);
  });
  if (tag.target.empty()) return fail(kBroken);
  tag.message = bytes;
  return tag;
}

}  // namespace overreach
