// Values behind names: password = "...", apiKey: "...", DB_PASS=...

#include <algorithm>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/base/path_pattern.h"
#include "scanner/base/text.h"
#include "scanner/core/shape.h"
#include "scanner/match/assignment.h"
#include "scanner/match/assignment_line.h"
#include "scanner/match/doubts.h"
#include "scanner/match/lines.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/used_name.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

constexpr int kMaxListed = 64;
constexpr std::string_view kExampleFile = "the file is an example by its name";

// A user name or login is assigned on this line or the two around it.
bool is_near_user(std::string_view text, std::size_t at) {
  constexpr std::size_t kReach = 160;
  const std::size_t low = at > kReach ? at - kReach : 0;
  const std::string around = lower_case(text.substr(low, at + kReach - low));
  for (const std::string_view word : {"user", "login", "email", "account"}) {
    const std::size_t found = around.find(word);
    if (found == around.npos) continue;
    const std::size_t behind =
        around.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-\"' ]", found);
    if (behind != around.npos &&
        std::string_view("=:,(>").find(around[behind]) !=
            std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// Cuts what belongs to the text around a value without quotes: the escaped end
// of a line in "passcode:x\n", the braces of ${NAME:-x}.
void trim_value(std::string_view text, FileKind kind, Assignment& found) {
  constexpr std::string_view kEnterKey = "{enter}";  // typed in a test
  if (text.substr(0, found.end).ends_with(kEnterKey)) {
    found.end -= std::min(kEnterKey.size(), found.end - found.begin);
  }
  // openssl -passin pass:x says where the password is: here.
  constexpr std::string_view kHere = "pass:";
  if (text.substr(found.begin, found.end - found.begin).starts_with(kHere)) {
    found.begin += kHere.size();
  }
  if (found.quoted) return;
  const std::string_view value =
      text.substr(found.begin, found.end - found.begin);
  const std::size_t name = name_at(text, found);
  const std::size_t brace = value.find('}');
  if (brace != value.npos && text.substr(0, name).ends_with("${")) {
    // The rest is of the text around it: db://shop:${NAME:-x}@db/shop.
    found.end = found.begin + (value.ends_with('}') ? value.size() - 1 : brace);
    if (value.front() == '-' && found.end > found.begin) ++found.begin;
    return;
  }
  // (e.g. PASSWORD=x): of the sentence around it.
  if (value.ends_with(')') && value.find('(') == value.npos &&
      kind != FileKind::settings && kind != FileKind::script) {
    --found.end;
    return;
  }
  for (const std::string_view escape : {"\\r", "\\n"}) {
    const std::size_t at = value.find(escape);
    if (at != value.npos &&
        (at + escape.size() == value.size() || is_inside_string(text, name))) {
      found.end = std::min(found.end, found.begin + at);
      found.quoted = true;  // by the text it stands in
    }
  }
}

// {SSHA}..., pbkdf2:..., "sha256:..." - a stored hash behind a password name.
bool is_stored_hash(std::string_view value) {
  static constexpr CharSet kFirst = char_set("{p$smbS");
  if (value.empty() || !kFirst.contains(value.front())) return false;
  for (const std::string_view start :
       {"{SSHA", "{SHA", "{PBKDF2", "{ARGON2", "{CRYPT}", "{bcrypt}", "{BLF",
        "pbkdf2", "$argon2", "scrypt:", "$pbkdf2",
        "sha512:", "sha256:", "bcrypt", "md5$", "sha1$", "SCRAM-SHA-"}) {
    if (value.starts_with(start) && value.size() > start.size() + 16) {
      return true;
    }
  }
  return false;
}

// The element that holds the name is one of a page.
bool is_in_form_tag(std::string_view text, std::size_t name_begin) {
  const std::size_t low = name_begin > 200 ? name_begin - 200 : 0;
  const std::size_t open = text.rfind('<', name_begin);
  if (open == text.npos || open < low) return false;
  for (const std::string_view tag :
       {"input", "label", "button", "a ", "span", "div", "select", "option",
        "textarea", "form", "meta", "td", "p ", "li", "xs:", "xsd:"}) {
    if (text.substr(open + 1).starts_with(tag)) return true;
  }
  return text.find('>', open) < name_begin;
}

// Comparisons of a field with a format, not with a secret:
// type="password", autocomplete="new-password".
bool is_form_attribute(std::string_view text, std::size_t name_begin) {
  if (name_begin < 2 || text[name_begin - 2] != '=') return false;
  const std::string_view before =
      text.substr(name_begin > 24 ? name_begin - 24 : 0,
                  std::min<std::size_t>(name_begin, 24));
  for (const std::string_view start :
       {"type=\"", "type='", "autocomplete=\"", "name=\"", "id=\"", "for=\"",
        "placeholder=\"", "class=\"", "action=\""}) {
    if (!before.ends_with(start)) continue;
    // <property name="password" value="x"/> is no field of a form.
    if (start.starts_with("name=") && !is_in_form_tag(text, name_begin)) {
      return false;
    }
    return true;
  }
  return false;
}

// {{- $password := include "common.password" . }}: a variable of a template
// takes what a function gives.
bool is_set_in_template(std::string_view text, std::size_t name_begin) {
  static constexpr CharSet kBetween = char_set("{$ \t-");
  std::size_t open = name_begin;
  while (open > 0 && kBetween.contains(text[open - 1])) --open;
  const std::string_view between = text.substr(open, name_begin - open);
  return between.find("{{") != between.npos;
}

// ALTER USER app PASSWORD :'name': psql fills in the variable.
bool is_psql_variable(const ReaderInput& input, const Assignment& found) {
  return found.quoted && input.path.ends_with(".sql") && found.begin >= 2 &&
         input.text[found.begin - 2] == ':';
}

// { key: "x", value: 1 }: the name of an entry.
bool is_key_of_pair(std::string_view text, const Assignment& found) {
  constexpr std::size_t kReach = 24;
  const std::string_view rest = text.substr(found.end, kReach);
  const std::size_t word = rest.find_first_not_of(" \t\r\n\"',;");
  return normalized(found.name) == "key" && word != rest.npos &&
         rest.substr(0, word).find(',') != rest.npos &&
         (rest.substr(word).starts_with("value") ||
          rest.substr(word).starts_with("Value"));
}

// <key>Window 7F1C</key><true/>: names in a property list of Apple's.
bool is_key_of_property_list(std::string_view text, const Assignment& found) {
  constexpr std::string_view kClose = "</key>";
  constexpr std::size_t kReach = 80;
  if (!text.substr(found.end).starts_with(kClose)) return false;
  const std::string_view rest = text.substr(found.end + kClose.size(), kReach);
  const std::size_t tag = rest.find_first_not_of(" \t\r\n");
  if (tag == rest.npos || rest[tag] != '<') return false;
  static constexpr auto kTypes = std::to_array<std::string_view>(
      {"string>", "dict>", "array>", "true/", "false/", "integer>", "real>",
       "date>", "data>", "dict/", "array/"});
  return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view type) {
    return rest.substr(tag + 1).starts_with(type);
  });
}

// "Server=db;User Id=app;Password=x": who and where stand before it.
bool is_in_connection_string(const ReaderInput& input,
                             const Assignment& found) {
  const std::size_t name = name_at(input.text, found);
  if (!is_among_settings(input.text, name)) return false;
  const std::size_t low = line_begin(input.text, name, 200);
  const std::string before = lower_case(input.text.substr(low, name - low));
  return before.find("user") != before.npos ||
         before.find("uid=") != before.npos ||
         before.find("server=") != before.npos ||
         before.find("host=") != before.npos;
}

// PASSWORD=x, --password=x: a word of a script means itself, and so does what
// is commented out, but a text is none.
bool is_word_of_script(const ReaderInput& input, const Assignment& found) {
  if (input.kind != FileKind::script) return false;
  const std::size_t name = name_at(input.text, found);
  return input.text.substr(name + found.name.size()).starts_with('=') ||
         !is_commented(input.text, name);
}

// Whether a bare word means itself there.
bool is_in_data(const ReaderInput& input, const Assignment& found) {
  return !found.in_list &&
         (is_data_file(input.path) || is_word_of_script(input, found) ||
          is_in_connection_string(input, found));
}

// "Server=...;Password=x;": a password among other settings of a string.
const TokenRule* connection_string_rule(const ReaderInput& input,
                                        const Assignment& found) {
  const std::size_t name = name_at(input.text, found);
  const std::size_t low = line_begin(input.text, name);
  const std::string_view before = input.text.substr(low, name - low);
  if (before.find_first_of(";?&") == before.npos) return nullptr;
  for (const std::uint32_t i : input.with(Finder::connection_string)) {
    const TokenRule& rule = input.rules.tokens[i];
    if (!rule.schemes.empty()) continue;
    if (input.contexts.nearness(i, input.text, found.begin, found.end, {}) >=
        Nearness::same_line) {
      return &rule;
    }
  }
  return nullptr;
}

void add(const ReaderInput& input, const Assignment& found,
         const TokenRule& rule, const Verdict& verdict, Findings& out) {
  Finding finding;
  finding.rule = &rule;
  finding.begin = found.begin;
  finding.end = found.end;
  finding.key = found.name;
  finding.confidence = verdict.confidence;
  finding.reasons = {verdict.reason};
  finding.priority = rule.provider == "generic" ? kByGenericName : kByKeyName;
  if (is_example_file(input.path) && finding.confidence > Confidence::low) {
    finding.confidence = Confidence::low;
    finding.reasons.push_back(kExampleFile);
  }
  out.push_back(std::move(finding));
}

// A rule whose name this is and whose shape the whole value has: of a token in
// which letters and digits hardly change, the runs alone say too little.
const TokenRule* shape_rule(const ReaderInput& input, const Assignment& found) {
  std::vector<ContextIndex::Support> supports;
  input.contexts.supported_by_name(found.name, supports);
  for (const ContextIndex::Support& support : supports) {
    const TokenRule& rule = input.rules.tokens[support.rule];
    if (rule.finder != Finder::shape || rule.check != Check::none) continue;
    const auto match = match_shape(rule.shape, input.text, found.begin);
    if (match && match->end == found.end) return &rule;
  }
  return nullptr;
}

// A rule of its own for this name takes any value that is no placeholder.
bool is_for_file(const TokenRule& rule, std::string_view path) {
  return rule.paths.empty() ||
         std::any_of(rule.paths.begin(), rule.paths.end(),
                     [&](std::string_view pattern) {
                       return match_path(pattern, path).has_value();
                     });
}

bool add_named(const ReaderInput& input, const Assignment& found,
               std::string_view value, const NameMemo::Meaning& meaning,
               Findings& out) {
  const auto [kind, rule] = meaning;
  if (!rule || rule->provider == "generic") return false;
  if (!is_for_file(*rule, input.path)) return false;
  if (!rule->context.empty()) {
    const auto index =
        static_cast<std::uint32_t>(rule - input.rules.tokens.data());
    if (input.contexts.nearness(index, input.text, found.begin, found.end,
                                {}) == Nearness::none) {
      return false;
    }
  }
  ValueSetting setting;
  setting.quoted = found.quoted;
  setting.strong_place = false;
  setting.near_user = true;
  setting.in_data = is_in_data(input, found);
  const Verdict verdict = judge_value(
      kind == NameKind::none || kind == NameKind::user ? NameKind::secret
                                                       : kind,
      value, setting);
  if (!verdict.is_secret) return false;
  add(input, found, *rule, verdict, out);
  return true;
}

// What the value of one assignment says.
void judge_assignment(const ReaderInput& input, const Assignment& found,
                      NameKind kind, Findings& out) {
  const std::string_view value =
      input.text.substr(found.begin, found.end - found.begin);
  if (value.size() < 2) return;
  if (is_stored_hash(value)) {
    if (const TokenRule* rule = input.rules.find("generic-password-hash")) {
      add(input, found, *rule,
          {true, Confidence::medium, "the value is a stored password hash"},
          out);
    }
    return;
  }
  ValueSetting setting;
  setting.quoted = found.quoted;
  setting.in_code = input.kind == FileKind::code;
  setting.strong_place = false;
  // A word in a list says nothing: it may be one of a vocabulary.
  setting.near_user = !found.in_list && is_near_user(input.text, found.begin);
  setting.in_data = is_in_data(input, found);
  Verdict verdict = judge_value(kind, value, setting);
  if (!verdict.is_secret) return;
  if (verdict.confidence > Confidence::low) {
    const std::string_view reason = doubt(input, found, kind);
    if (!reason.empty()) verdict = {true, Confidence::low, reason};
  }
  if (is_checksum_file(input.path)) return;
  const TokenRule* rule = kind == NameKind::password && !found.quoted
                              ? connection_string_rule(input, found)
                              : nullptr;
  if (!rule) rule = shape_rule(input, found);
  if (!rule) rule = input.rules.find(generic_rule(kind));
  if (rule) add(input, found, *rule, verdict, out);
}

bool is_plural(std::string_view name) {
  const std::string folded = normalized(name);
  return folded.ends_with("passwords") || folded.ends_with("secrets");
}

// "Authorization: Token x": the scheme is no part of the value.
void skip_scheme(std::string_view text, Assignment& found) {
  if (!normalized(found.name).ends_with("authorization")) return;
  for (const std::string_view scheme : {"Token", "token", "ApiKey", "Key"}) {
    const std::string_view rest = text.substr(found.begin, 400);
    if (!rest.starts_with(scheme) || rest.size() <= scheme.size() + 1 ||
        rest[scheme.size()] != ' ') {
      continue;
    }
    found.begin += scheme.size() + 1;
    found.end =
        std::min(text.find_first_of(" \t\r\n\"'`\\", found.begin), text.size());
    return;
  }
}

// Most names that hold one of our words are none of a secret: tokenType,
// keyCode.
bool may_be_secret(const ReaderInput& input, const NameSpan& span) {
  const std::string_view name =
      input.text.substr(span.begin, span.end - span.begin);
  const auto is_nothing = [&](std::string_view each) {
    return input.names.meaning_of(each, input.contexts).is_nothing();
  };
  if (!is_nothing(name)) return true;
  const std::string_view subject = without_verb(name);
  return subject.size() < name.size() && !is_nothing(subject);
}

}  // namespace

void read_name(const ReaderInput& input, const NamePlace& place,
               Findings& out) {
  if (is_only_used(input.text, place)) return;
  const NameSpan span = find_assigned_name(input.text, place, input.kind);
  if (!may_be_secret(input, span)) return;
  auto found = read_assignment(input.text, span, input.kind);
  if (!found) return;
  skip_scheme(input.text, *found);
  trim_value(input.text, input.kind, *found);
  const std::string_view value =
      input.text.substr(found->begin, found->end - found->begin);
  if (value.size() < 2) return;
  const auto meaning = input.names.meaning_of(found->name, input.contexts);
  if (add_named(input, *found, value, meaning, out)) return;
  const NameKind kind = meaning.kind;
  if (kind == NameKind::none || kind == NameKind::user) return;
  // encrypt-passwords="clear": of several only a list holds values.
  if (!found->in_list && is_plural(found->name)) return;
  const std::size_t name = name_at(input.text, *found);
  if (is_set_in_template(input.text, name) ||
      is_form_attribute(input.text, name) || is_psql_variable(input, *found) ||
      (kind == NameKind::any_key &&
       (is_key_of_pair(input.text, *found) ||
        is_key_of_property_list(input.text, *found)))) {
    return;
  }
  judge_assignment(input, *found, kind, out);
  if (found->in_list) {
    note_far_look(input, place.at, place.at,
                  found->end + kMaxListed * kLineReach);
  }
  for (int i = 0; found->in_list && i < kMaxListed; ++i) {
    const auto next = next_in_list(input.text, found->end + 1);
    if (!next) return;
    found->begin = next->begin;
    found->end = next->end;
    judge_assignment(input, *found, kind, out);
  }
}

}  // namespace overreach
