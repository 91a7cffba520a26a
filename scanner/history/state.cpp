// The file: a line that says what it is, the key, a count and the ids of each
// of the two lists, a number for the names, the digest of the refs, the
// findings, the problems, and the SHA-256 of all before it.  Texts have their
// size before them, lists a count.
#include "scanner/history/state.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "scanner/base/digest.h"
#include "scanner/base/whole_file.h"

namespace overreach {
namespace {

constexpr std::string_view kName = "overreach.state/";
constexpr std::string_view kMagic = "overreach.state/4\n";
constexpr std::size_t kDigestBytes = 32;

bool is_of_another_version(std::string_view file) {
  if (!file.starts_with(kName)) return false;
  const std::string_view version =
      file.substr(kName.size(), file.find('\n') - kName.size());
  return file.size() > kName.size() + version.size() && !version.empty() &&
         version.find_first_not_of("0123456789") == version.npos;
}

void put_number(std::uint64_t value, std::string& out) {
  for (int shift = 0; shift < 64; shift += 8) {
    out += static_cast<char>(value >> shift & 0xff);
  }
}

void put_text(std::string_view text, std::string& out) {
  put_number(text.size(), out);
  out += text;
}

// Takes the parts of a file from its front.
class Parts {
 public:
  explicit Parts(std::string_view rest) : rest_(rest) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      is_short_ = true;
      return {};
    }
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }

  std::uint64_t number() {
    const std::string_view bytes = take(8);
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) {
      value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    }
    return value;
  }

  std::string_view ids(std::size_t id_bytes) {
    const std::uint64_t count = number();
    if (count > rest_.size() / id_bytes) is_short_ = true;
    return is_short_ ? std::string_view() : take(count * id_bytes);
  }

  std::string text() { return std::string(take(number())); }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  bool is_short() const { return is_short_; }

  bool is_whole() const { return !is_short_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_short_ = false;
};

void put_place(const Place& place, std::string& out) {
  for (const std::string* const text :
       {&place.path, &place.source, &place.commit, &place.author,
        &place.date}) {
    put_text(*text, out);
  }
  for (const std::uint32_t number :
       {place.line, place.column, place.end_line, place.end_column}) {
    put_number(number, out);
  }
  put_number(place.in_head ? (*place.in_head ? 2 : 1) : 0, out);
  put_number(place.refs.size(), out);
  for (const std::string& ref : place.refs) put_text(ref, out);
  put_number(place.more_refs, out);
}

Place take_place(Parts& parts) {
  Place place;
  place.exposure = Exposure::history;
  for (std::string* const text : {&place.path, &place.source, &place.commit,
                                  &place.author, &place.date}) {
    *text = parts.text();
  }
  for (std::uint32_t* const number :
       {&place.line, &place.column, &place.end_line, &place.end_column}) {
    *number = parts.small();
  }
  const std::uint64_t in_head = parts.number();
  if (in_head > 0) place.in_head = in_head == 2;
  for (std::uint64_t i = parts.number(); i > 0 && !parts.is_short(); --i) {
    place.refs.push_back(parts.text());
  }
  place.more_refs = parts.number();
  return place;
}

void put_finding(const KnownFinding& finding, std::string& out) {
  put_number(static_cast<std::uint64_t>(finding.kind), out);
  put_text(finding.key, out);
  put_text(finding.path, out);
  put_text(finding.member, out);
  put_number(finding.line, out);
  put_number(finding.column, out);
  put_number(finding.lines.first, out);
  put_number(finding.lines.last, out);
  put_text(finding.rule, out);
  put_number(finding.places.size(), out);
  for (const Place& place : finding.places) put_place(place, out);
}

KnownFinding take_finding(Parts& parts) {
  KnownFinding finding;
  finding.kind = static_cast<HistoryKind>(std::min<std::uint64_t>(
      parts.number(), static_cast<std::uint64_t>(HistoryKind::settings)));
  finding.key = parts.text();
  finding.path = parts.text();
  finding.member = parts.text();
  finding.line = parts.small();
  finding.column = parts.small();
  finding.lines.first = parts.small();
  finding.lines.last = parts.small();
  finding.rule = parts.text();
  for (std::uint64_t i = parts.number(); i > 0 && !parts.is_short(); --i) {
    finding.places.push_back(take_place(parts));
  }
  return finding;
}

void put_problem(const Problem& problem, std::string& out) {
  put_text(problem.path, out);
  put_text(problem.what, out);
  put_number(problem.kind == Problem::Kind::left_out, out);
}

Problem take_problem(Parts& parts) {
  Problem problem{parts.text(), parts.text()};
  if (parts.number() != 0) problem.kind = Problem::Kind::left_out;
  return problem;
}

}  // namespace

std::optional<std::size_t> HistoryState::find(std::string_view id,
                                              std::size_t guess) const {
  const std::string_view all = objects;
  const auto order_at = [&](std::size_t place) {
    return all.substr(place * id_bytes, id_bytes).compare(id);
  };
  std::size_t low = 0, high = objects.size() / id_bytes;
  if (guess < high && order_at(guess) == 0) return guess;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = order_at(middle);
    if (order == 0) return middle;
    order < 0 ? low = middle + 1 : high = middle;
  }
  return std::nullopt;
}

Result<HistoryState> load_state(const std::string& path,
                                const std::string& key) {
  HistoryState state;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return state;
  TRY_ASSIGN(const std::string bytes, read_file(path));
  const std::string_view all = bytes;
  if (!all.starts_with(kMagic)) {
    if (is_of_another_version(all)) return state;
    return fail(path + ": is no state of an audit; it is left as it is");
  }
  const std::string damaged =
      path + ": is damaged; without it everything is read anew";
  if (all.size() < kMagic.size() + kDigestBytes) return fail(damaged);
  const std::string_view body = all.substr(0, all.size() - kDigestBytes);
  if (sha256(body) != all.substr(body.size())) return fail(damaged);
  Parts parts(body.substr(kMagic.size()));
  if (parts.take(parts.number()) != key) return state;
  state.id_bytes = parts.number();
  if (state.id_bytes != 20 && state.id_bytes != 32) return fail(damaged);
  state.objects = parts.ids(state.id_bytes);
  std::string_view found = parts.ids(state.id_bytes);
  for (; !found.empty(); found.remove_prefix(state.id_bytes)) {
    state.found.emplace_back(found.substr(0, state.id_bytes));
  }
  state.found_in_names = parts.number() != 0;
  state.refs = parts.text();
  for (std::uint64_t i = parts.number(); i > 0 && !parts.is_short(); --i) {
    state.findings.push_back(take_finding(parts));
  }
  for (std::uint64_t i = parts.number(); i > 0 && !parts.is_short(); --i) {
    state.problems.push_back(take_problem(parts));
  }
  if (!parts.is_whole()) return fail(damaged);
  return state;
}

Status save_state(const std::string& path, const std::string& key,
                  const HistoryState& state) {
  std::string bytes(kMagic);
  put_number(key.size(), bytes);
  bytes += key;
  put_number(state.id_bytes, bytes);
  put_number(state.objects.size() / state.id_bytes, bytes);
  bytes += state.objects;
  put_number(state.found.size(), bytes);
  for (const std::string& id : state.found) bytes += id;
  put_number(state.found_in_names, bytes);
  put_text(state.refs, bytes);
  put_number(state.findings.size(), bytes);
  for (const KnownFinding& finding : state.findings) {
    put_finding(finding, bytes);
  }
  put_number(state.problems.size(), bytes);
  for (const Problem& problem : state.problems) put_problem(problem, bytes);
  bytes += sha256(bytes);
  return replace_file(path, bytes);
}

}  // namespace overreach
