#include "scanner/syntax/references.h"

#include <algorithm>
#include <array>

namespace overreach {
namespace {

constexpr int kMaxNesting = 4;  // of ${A:-${B:-...}}
constexpr std::uint32_t kLongestReference = 512;
// In what is longer, references are only looked for at the beginning.
constexpr std::uint32_t kMaxTemplateBytes = std::uint32_t{64} << 10;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What a word before ':' or '.' inside ${...} says is named:
// ${env:X} of editors and Serverless, ${env.X} of Maven, ${ssm:/prod/db}.
struct Prefix {
  std::string_view word;
  Target target;
};
constexpr auto kPrefixes = std::to_array<Prefix>({
    {"env", Target::environment},   {"env_file", Target::file},
    {"file", Target::file},         {"ssm", Target::secret},
    {"ssm-secure", Target::secret}, {"secretsmanager", Target::secret},
    {"secrets", Target::secret},    {"secret", Target::secret},
    {"vault", Target::secret},      {"sm", Target::secret},
    {"self", Target::variable},     {"opt", Target::variable},
    {"param", Target::variable},    {"custom", Target::variable},
    {"input", Target::variable},    {"var", Target::variable},
    {"cf", Target::resource},       {"cf.", Target::resource},
    {"sls", Target::variable},      {"resource", Target::resource},
});

class Finder {
 public:
  Finder(std::string_view text, std::vector<Reference>& found)
      : text_(text), found_(found) {}

  void find(Range range, int parent, int nesting) {
    for (std::uint32_t at = range.begin; at < range.end;) {
      const std::uint32_t next = read({at, range.end}, parent, nesting);
      at = next == at ? at + 1 : next;
    }
  }

 private:
  char byte(std::uint32_t at, std::uint32_t end) const {
    return at < end ? text_[at] : '\0';
  }
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }

  // In the bytes from `at` on that a reference may have; npos: not there.
  std::size_t find(std::string_view sign, std::size_t at,
                   std::size_t end) const {
    return text_.substr(0, std::min(end, at + kLongestReference))
        .find(sign, at);
  }

  // A reference that begins at range.begin.  Returns where it ends, or
  // range.begin when there is none.
  std::uint32_t read(Range range, int parent, int nesting) {
    const std::uint32_t at = range.begin;
    switch (text_[at]) {
      case '$':
        return dollar(range, parent, nesting);
      case '{':
        return braces(range, parent);
      case '<':
        return embedded_ruby(range, parent);
      case '%':
        return percent(range, parent);
      case '\\':
        return std::min(at + 2, range.end);
      default:
        return at;
    }
  }

  std::uint32_t dollar(Range range, int parent, int nesting) {
    const std::uint32_t at = range.begin;
    const char next = byte(at + 1, range.end);
    if (next == '$') return at + 2;  // an escaped one
    if (next == '{') {
      if (byte(at + 2, range.end) == '{') {  // ${{ }}
        const std::size_t close = find("}}", at + 3, range.end);
        if (close >= range.end) return at;
        const auto end = static_cast<std::uint32_t>(close);
        find_in_expression(text_, {at, end + 2}, {at + 3, end}, found_);
        return end + 2;
      }
      const std::uint32_t close = closing(at + 2, range.end, '{', '}');
      if (close == 0 || nesting >= kMaxNesting) return at;
      dollar_braces({at, close + 1}, parent, nesting);
      return close + 1;
    }
    if (next == '(') {  // of Kubernetes, Azure, MSBuild: only a plain name
      const std::uint32_t end = name_end(at + 2, range.end, true);
      if (end == at + 2 || byte(end, range.end) != ')') return at;
      push({at, end + 1}, Target::environment, slice(at + 2, end), parent);
      return end + 1;
    }
    const std::uint32_t end = name_end(at + 1, range.end, false);
    if (end == at + 1 || (next >= '0' && next <= '9')) return at;
    push({at, end}, Target::environment, slice(at + 1, end), parent);
    return end;
  }

  // ${...}: NAME, then nothing, an operator of the shell, or ':' and a default.
  void dollar_braces(Range whole, int parent, int nesting) {
    const std::uint32_t begin = whole.begin + 2, end = whole.end - 1;
    std::uint32_t name = begin;
    while (name < end &&
           (is_name_byte(text_[name]) || text_[name] == '.' ||
            (text_[name] == '-' && name + 1 < end &&
             is_lower(text_[name + 1]) && is_lower_before(name)))) {
      ++name;
    }
    const std::string_view word = slice(begin, name);
    if (word.empty()) return;
    Target target = is_variable_name(word) || word.find('.') == word.npos
                        ? Target::environment
                        : Target::variable;
    std::string_view names = word;
    std::uint32_t rest = name;
    if (const Prefix* prefix = prefix_of(begin, name, end)) {
      const std::uint32_t from =
          begin + static_cast<std::uint32_t>(prefix->word.size()) + 1;
      rest = std::min(static_cast<std::uint32_t>(
                          std::min(find(",", from, end), text_.size())),
                      end);
      target = prefix->target;
      names = slice(from, rest);
    }
    const int index = push(whole, target, names, parent);
    if (rest == end) return;
    fallback(default_of(rest, end), index, nesting);
  }

  static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
  bool is_lower_before(std::uint32_t at) const {
    return at > 0 && is_lower(text_[at - 1]);
  }

  // What is taken instead; empty when nothing is.
  Range default_of(std::uint32_t at, std::uint32_t end) const {
    const char first = text_[at];
    if (first == ',') {  // of Serverless: , 'dev'
      ++at;
      while (at < end && is_space(text_[at])) ++at;
      const char quote = byte(at, end);
      if ((quote == '\'' || quote == '"') && end - at >= 2 &&
          text_[end - 1] == quote) {
        return {at + 1, end - 1};
      }
      return {at, end};
    }
    const char second = byte(at + 1, end);
    if (first == ':' && (second == '-' || second == '=')) return {at + 2, end};
    if (first == '-' || first == '=') return {at + 1, end};
    if (first == ':' && second != '?' && second != '+') return {at + 1, end};
    return {};
  }

  // What stands in for found_[index]: a reference, or a text with some in it.
  void fallback(Range range, int index, int nesting) {
    if (range.empty()) return;
    const std::size_t before = found_.size();
    find(range, index, nesting + 1);
    if (found_.size() > before && found_[before].whole.begin == range.begin &&
        found_[before].whole.end == range.end) {
      return;
    }
    found_.resize(before);
    found_.push_back({range, range, Target::nothing, {}, index, true});
    find(range, static_cast<int>(before), nesting + 1);
  }

  const Prefix* prefix_of(std::uint32_t begin, std::uint32_t name,
                          std::uint32_t end) const {
    std::uint32_t word = begin;
    while (word < name && (is_name_byte(text_[word]) || text_[word] == '-')) {
      ++word;
    }
    if (word >= end || (text_[word] != ':' && text_[word] != '.')) {
      return nullptr;
    }
    const char second = byte(word + 1, end);
    if (second == '-' || second == '=' || second == '?') return nullptr;
    for (const Prefix& prefix : kPrefixes) {
      if (prefix.word == slice(begin, word)) return &prefix;
    }
    return nullptr;
  }

  // {{ .Values.x }}, {{ env "X" }}: the names; filters and functions are left.
  std::uint32_t braces(Range range, int parent) {
    const std::uint32_t at = range.begin;
    if (byte(at + 1, range.end) != '{') return at;
    const std::size_t close = find("}}", at + 2, range.end);
    if (close >= range.end) return at;
    auto end = static_cast<std::uint32_t>(close);
    const Range whole{at, end + 2};
    std::uint32_t begin = at + 2;
    while (begin < end && (is_space(text_[begin]) || text_[begin] == '-')) {
      ++begin;
    }
    while (end > begin && (is_space(text_[end - 1]) || text_[end - 1] == '-')) {
      --end;
    }
    std::string_view inside = slice(begin, end);
    Target target = Target::variable;
    for (const std::string_view call : {"env ", "lookup('env',", "env_var("}) {
      if (!inside.starts_with(call)) continue;
      target = Target::environment;
      inside.remove_prefix(call.size());
      const std::size_t first = inside.find_first_not_of(" '\"");
      if (first != inside.npos) inside.remove_prefix(first);
    }
    inside = inside.substr(0, inside.find_first_of(" \n|'\"()"));
    if (inside.starts_with('.')) inside.remove_prefix(1);
    if (!inside.empty()) push(whole, target, inside, parent);
    return whole.end;
  }

  // %env(X)% of Symfony, %(x)s of Python, %X% of Windows.
  std::uint32_t percent(Range range, int parent) {
    const std::uint32_t at = range.begin;
    const std::string_view rest =
        slice(at, std::min(range.end, at + kLongestReference));
    if (rest.starts_with("%env(")) {
      const std::size_t close = rest.find(")%");
      if (close == rest.npos) return at;
      const std::uint32_t end = at + static_cast<std::uint32_t>(close);
      std::string_view names = slice(at + 5, end);
      names = names.substr(names.rfind(':') + 1);  // of %env(int:PORT)%
      push({at, end + 2}, Target::environment, names, parent);
      return end + 2;
    }
    if (rest.starts_with("%(")) {
      const std::uint32_t end = name_end(at + 2, range.end, true);
      if (end == at + 2 || slice(end, range.end).substr(0, 2) != ")s") {
        return at;
      }
      push({at, end + 2}, Target::variable, slice(at + 2, end), parent);
      return end + 2;
    }
    const std::uint32_t end = name_end(at + 1, range.end, false);
    if (byte(end, range.end) != '%' || !is_variable_name(slice(at + 1, end))) {
      return at;
    }
    push({at, end + 1}, Target::environment, slice(at + 1, end), parent);
    return end + 1;
  }

  // <%= ENV["X"] || "y" %>, <%= ENV.fetch("X") { "y" } %> of Rails.
  std::uint32_t embedded_ruby(Range range, int parent) {
    const std::uint32_t at = range.begin;
    if (slice(at, range.end).substr(0, 3) != "<%=") return at;
    const std::size_t close = find("%>", at + 3, range.end);
    if (close >= range.end || close - at > kLongestReference) return at;
    const auto end = static_cast<std::uint32_t>(close);
    const Range whole{at, end + 2};
    const std::size_t read = find("ENV", at + 3, end);
    if (read >= end) return whole.end;
    const Range name = quoted(static_cast<std::uint32_t>(read), end);
    if (name.empty()) return whole.end;
    const int index =
        push(whole, Target::environment, slice(name.begin, name.end), parent);
    const Range value = quoted(name.end + 1, end);
    if (!value.empty()) {
      found_.push_back({value, value, Target::nothing, {}, index, true});
    }
    return whole.end;
  }

  // The next text in quotes, without them.
  Range quoted(std::uint32_t at, std::uint32_t end) const {
    while (at < end && text_[at] != '"' && text_[at] != '\'') ++at;
    if (at >= end) return {};
    const std::size_t close = find(text_.substr(at, 1), at + 1, end);
    if (close >= end) return {};
    return {at + 1, static_cast<std::uint32_t>(close)};
  }

  std::uint32_t name_end(std::uint32_t at, std::uint32_t end, bool dots) const {
    while (at < end && (is_name_byte(text_[at]) ||
                        (dots && (text_[at] == '.' || text_[at] == '-')))) {
      ++at;
    }
    return at;
  }

  // Where the bracket that is open at `at` closes; 0 when it does not.
  std::uint32_t closing(std::uint32_t at, std::uint32_t end, char open,
                        char close) const {
    int depth = 1;
    for (end = std::min(end, at + kLongestReference); at < end; ++at) {
      if (text_[at] == open) ++depth;
      if (text_[at] == close && --depth == 0) return at;
      if (text_[at] == '\n') return 0;
    }
    return 0;
  }

  int push(Range whole, Target target, std::string_view names, int parent) {
    found_.push_back({whole, whole, target, names, parent});
    return static_cast<int>(found_.size() - 1);
  }

  std::string_view text_;
  std::vector<Reference>& found_;
};

}  // namespace

bool is_variable_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<Reference> find_references(std::string_view text, Range range) {
  std::vector<Reference> found;
  range.end = std::min(range.end, range.begin + kMaxTemplateBytes);
  const std::string_view value =
      text.substr(range.begin, range.end - range.begin);
  if (value.find_first_of("$%{<") != value.npos) {
    Finder(text, found).find(range, -1, 0);
  }
  return found;
}

std::uint32_t add_references(Writer& writer, const Use& use,
                             std::string_view key,
                             const std::vector<Reference>& references) {
  std::vector<std::uint32_t> indices;
  for (const Reference& reference : references) {
    Use own = use;
    if (reference.parent >= 0) {
      own.parent = indices[reference.parent];
      const Reference& above = references[reference.parent];
      if (above.target == Target::nothing && own.parent != kNoEntry) {
        writer.list().entries()[own.parent].is_template = true;
      }
    }
    if (reference.target == Target::nothing) {
      if (reference.is_fallback) own.kind = EntryKind::fallback;
      indices.push_back(writer.add(own, key, reference.range));
    } else {
      indices.push_back(writer.reference(own, key, reference.range,
                                         reference.target, reference.names));
    }
  }
  return indices.front();
}

}  // namespace overreach
