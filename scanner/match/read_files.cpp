// Files whose name or first bytes say what they hold, each with a reader.

#include <algorithm>
#include <cstring>
#include <string>

#include "scanner/base/encoding.h"
#include "scanner/base/text.h"
#include "scanner/match/lines.h"
#include "scanner/match/literal.h"
#include "scanner/match/reader_tools.h"
#include "scanner/match/readers.h"
#include "scanner/match/value.h"

namespace overreach {
namespace {

void add(const TokenRule* rule, std::size_t begin, std::size_t end,
         Confidence confidence, std::string_view reason, std::string_view key,
         Findings& out) {
  if (!rule || begin >= end) return;
  Finding finding;
  finding.rule = rule;
  finding.begin = begin;
  finding.end = end;
  finding.key = key;
  finding.confidence = confidence;
  finding.reasons = {reason};
  finding.priority = kByReader;
  out.push_back(std::move(finding));
}

template <typename Use>
void for_each_line(std::string_view text, const Use& use) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = end + 1;
    if (end > at && text[end - 1] == '\r') --end;
    use(at, text.substr(at, end - at));
    at = next;
  }
}

// host:port:database:user:password
void read_pgpass(const ReaderInput& input, std::string_view name,
                 Findings& out) {
  if (!name.ends_with(".pgpass") && name != "pgpass.conf") return;
  const TokenRule* rule = rule_for(input, Finder::pgpass, 0, 0);
  for_each_line(input.text, [&](std::size_t at, std::string_view line) {
    if (line.starts_with('#')) return;
    std::size_t colon = 0;
    for (int field = 0; field < 4; ++field) {
      colon = line.find(':', colon);
      if (colon == line.npos) return;
      ++colon;
    }
    if (is_placeholder(line.substr(colon))) return;
    add(rule, at + colon, at + line.size(), Confidence::medium,
        "the password field of a PostgreSQL password file", {}, out);
  });
}

// The host of the netrc entry that goes on at `at`; empty for the default one.
std::string_view machine_before(std::string_view text, std::size_t at) {
  constexpr std::string_view kWord = "machine";
  const std::size_t found = text.substr(0, at).rfind(kWord);
  if (found == text.npos) return {};
  const std::size_t begin =
      text.find_first_not_of(" \t\r\n", found + kWord.size());
  if (begin == text.npos || begin >= at) return {};
  return text.substr(begin, text.find_first_of(" \t\r\n", begin) - begin);
}

// Of the host, where a provider is known to have its log-ins here.
const TokenRule* netrc_rule(const ReaderInput& input,
                            std::string_view machine) {
  for (const StoredIndex::Row* const row :
       input.stored.of(".netrc", ".netrc")) {
    if (std::find(row->names.begin(), row->names.end(), machine) !=
        row->names.end()) {
      return row->rule;
    }
  }
  return rule_for(input, Finder::netrc, 0, 0);
}

// machine h login u password p, on one line or several
void read_netrc(const ReaderInput& input, std::string_view name,
                Findings& out) {
  if (name != ".netrc" && name != "_netrc" && name != "netrc") return;
  const std::string_view text = input.text;
  constexpr std::string_view kWord = "password";
  for (std::size_t at = 0; (at = text.find(kWord, at)) != text.npos;) {
    at += kWord.size();
    const std::size_t begin = text.find_first_not_of(" \t\r\n", at);
    if (begin == text.npos || begin == at) continue;
    std::size_t end = text.find_first_of(" \t\r\n", begin);
    if (end == text.npos) end = text.size();
    if (is_placeholder(text.substr(begin, end - begin))) continue;
    add(netrc_rule(input, machine_before(text, begin)), begin, end,
        Confidence::medium, "the password of a netrc entry", "password", out);
  }
}

// user:hash, where the hash has no form of its own (DES, {SHA})
void read_htpasswd(const ReaderInput& input, std::string_view name,
                   Findings& out) {
  if (name.find("htpasswd") == name.npos && name != ".htaccess-users") return;
  const TokenRule* rule = rule_for(input, Finder::htpasswd, 0, 0);
  for_each_line(input.text, [&](std::size_t at, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || colon == 0 || line.starts_with('#')) return;
    const std::string_view hash = line.substr(colon + 1);
    const bool des =
        hash.size() == 13 && hash.find_first_of(" <{}()") == hash.npos;
    if (!des && !hash.starts_with("{SHA}")) return;
    add(rule, at + colon + 1, at + line.size(), Confidence::medium,
        "the hash of an htpasswd entry", line.substr(0, colon), out);
  });
}

// "user" "password" of PgBouncer
void read_userlist(const ReaderInput& input, Findings& out) {
  if (input.name != "userlist.txt") return;
  for_each_line(input.text, [&](std::size_t at, std::string_view line) {
    const auto user = read_literal(line, 0);
    if (!user) return;
    const std::size_t open = line.find('"', user->after);
    if (open == line.npos) return;
    const auto password = read_literal(line, open);
    if (!password) return;
    const auto confidence = judge_password_here(
        line.substr(password->begin, password->end - password->begin));
    if (!confidence) return;
    add(input.rules.find("generic-password"), at + password->begin,
        at + password->end, *confidence, "it is an entry of a list of users",
        line.substr(user->begin, user->end - user->begin), out);
  });
}

// db_password.txt, secrets/api_token: the file holds nothing but its value.
void read_only_value(const ReaderInput& input, Findings& out) {
  constexpr std::size_t kMaxFile = 2000;
  if (input.text.size() > kMaxFile) return;
  std::string_view name = input.name;
  if (const std::size_t dot = name.rfind('.'); dot != name.npos && dot > 0) {
    const std::string_view ending = name.substr(dot);
    if (ending != ".txt" && ending != ".secret" && ending != ".pass") return;
    name = name.substr(0, dot);
  }
  const NameKind kind = kind_of_name(name);
  if (kind != NameKind::password && kind != NameKind::secret &&
      kind != NameKind::token && kind != NameKind::api_key) {
    return;
  }
  const std::size_t begin = input.text.find_first_not_of(" \t\r\n");
  if (begin == input.text.npos) return;
  const std::size_t end = input.text.find_last_not_of(" \t\r\n") + 1;
  std::string value(input.text.substr(begin, end - begin));
  // Lines of base64 make one key; other lines make a text.
  const bool lines = value.find('\n') != value.npos;
  std::erase_if(value, [](char c) { return c == '\n' || c == '\r'; });
  if (value.find_first_of(" \t:") != value.npos ||
      (lines && (value.size() < 40 || !decode_base64(value)))) {
    return;
  }
  ValueSetting setting;
  setting.quoted = true;
  setting.in_data = true;
  const Verdict verdict = judge_value(kind, value, setting);
  if (!verdict.is_secret) return;
  add(input.rules.find(generic_rule(kind)), begin, end, verdict.confidence,
      "the file holds nothing else and is named after it", name, out);
}

void read_putty(const ReaderInput& input, Findings& out) {
  constexpr std::string_view kStart = "PuTTY-User-Key-File-";
  if (!input.text.starts_with(kStart)) return;
  const std::size_t lines = input.text.find("Private-Lines:");
  if (lines == input.text.npos) return;
  const bool encrypted = input.text.find("Encryption: none") == input.text.npos;
  add(rule_for(input, Finder::putty, 0, input.text.size()), 0,
      input.text.size(), encrypted ? Confidence::medium : Confidence::high,
      encrypted ? "a PuTTY private key, behind a passphrase"
                : "a PuTTY private key without a passphrase",
      {}, out);
  if (!out.empty()) {
    out.back().facts.emplace_back("encrypted", encrypted ? "yes" : "no");
    out.back().public_prefix = kStart.size();
    out.back().priority = kByForm;
  }
}

struct Entry {
  std::size_t indent, value, end;
  std::string_view key;
};

// "  key: value" of a YAML map; the value without quotes.
std::optional<Entry> map_entry(std::size_t at, std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent == line.npos || line[indent] == '#') return std::nullopt;
  const std::size_t colon = line.find(':', indent);
  if (colon == line.npos) return std::nullopt;
  std::size_t begin = line.find_first_not_of(" \t", colon + 1);
  std::size_t end = line.size();
  if (begin == line.npos) begin = end;
  if (end > begin + 1 && (line[begin] == '"' || line[begin] == '\'') &&
      line[end - 1] == line[begin]) {
    ++begin;
    --end;
  }
  return Entry{indent, at + begin, at + end,
               line.substr(indent, colon - indent)};
}

bool is_text(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\r' ||
           c == '\t';
  });
}

// A value of a Secret manifest: by what it is, not by its base64.
void judge_manifest_value(const ReaderInput& input, const TokenRule* rule,
                          const Entry& entry, bool encoded, Findings& out) {
  const std::string_view raw =
      input.text.substr(entry.value, entry.end - entry.value);
  if (raw.size() < 4 || is_placeholder(raw)) return;
  const auto decoded =
      encoded ? decode_base64(raw) : std::optional<std::string>(raw);
  if (!decoded || decoded->empty() || !is_text(*decoded)) return;
  std::string value = *decoded;
  while (!value.empty() && value.back() == '\n') value.pop_back();
  NameKind kind = kind_of_name(entry.key);
  if (kind == NameKind::user) return;
  if (kind == NameKind::none) kind = NameKind::any_key;
  ValueSetting setting;
  setting.quoted = true;
  setting.near_user = true;
  setting.strong_place = false;
  const Verdict verdict = judge_value(kind, value, setting);
  if (!verdict.is_secret) return;
  add(rule, entry.value, entry.end, verdict.confidence,
      "a value of a Kubernetes Secret manifest", entry.key, out);
  if (encoded && !out.empty() && out.back().begin == entry.value) {
    out.back().decoded = value;
  }
}

void read_kubernetes(const ReaderInput& input, Findings& out) {
  constexpr std::string_view kSecret = "kind: Secret";
  // Of whole texts, so by the C library: it looks at many bytes at once.
  if (input.kind != FileKind::settings ||
      !::memmem(input.text.data(), input.text.size(), kSecret.data(),
                kSecret.size())) {
    return;
  }
  const TokenRule* rule = rule_for(input, Finder::kubernetes_secret, 0, 0);
  bool is_secret = false, encoded = false;
  std::size_t section = std::string_view::npos;  // indent of data:
  // Documents are small: a first look decides whether one is a Secret.
  std::size_t document_end = 0;
  for_each_line(input.text, [&](std::size_t at, std::string_view line) {
    if (at >= document_end) {
      const std::size_t next = input.text.find("\n---", at);
      document_end = next == input.text.npos ? input.text.size() : next + 1;
      const std::string_view document =
          input.text.substr(at, document_end - at);
      const std::size_t kind = document.find("kind: Secret");
      is_secret = kind != document.npos &&
                  (kind + 12 >= document.size() ||
                   document[kind + 12] == '\n' || document[kind + 12] == '\r');
      section = std::string_view::npos;
    }
    if (!is_secret) return;
    const auto entry = map_entry(at, line);
    if (!entry) return;
    if (entry->key == "data" || entry->key == "stringData") {
      section = entry->indent;
      encoded = entry->key == "data";
    } else if (section != std::string_view::npos && entry->indent <= section) {
      section = std::string_view::npos;
    } else if (section != std::string_view::npos) {
      judge_manifest_value(input, rule, *entry, encoded, out);
    }
  });
}

// The name before the object that `at` is in: "registry.example.com": { ...
std::string_view name_of_object(std::string_view text, std::size_t at) {
  const std::size_t brace = text.rfind('{', at);
  if (brace == text.npos || brace == 0) return {};
  const std::size_t colon = text.find_last_not_of(" \t\r\n", brace - 1);
  if (colon == text.npos || colon == 0 || text[colon] != ':') return {};
  const std::size_t end = text.find_last_not_of(" \t\r\n", colon - 1);
  if (end == text.npos || end == 0 || text[end] != '"') return {};
  const std::size_t begin = text.rfind('"', end - 1);
  if (begin == text.npos || end - begin > 200) return {};  // no name of a host
  return text.substr(begin + 1, end - begin - 1);
}

// "auth": "dXNlcjpwYXNz" of a Docker configuration.
void read_docker_auth(const ReaderInput& input, std::string_view name,
                      Findings& out) {
  const std::string_view text = input.text;
  if (input.kind != FileKind::code && input.kind != FileKind::settings) return;
  const bool is_piped = name == "-" && text.find("\"auths\"") != text.npos;
  if (name.find("docker") == name.npos && name != "config.json" &&
      name != "auth.json" && !is_piped) {
    return;
  }
  const TokenRule* rule = rule_for(input, Finder::docker_auth, 0, 0);
  if (!rule) return;
  constexpr std::string_view kKey = "\"auth\"";
  for (std::size_t at = 0; (at = text.find(kKey, at)) != text.npos;) {
    at += kKey.size();
    const std::size_t open = text.find_first_not_of(" \t\r\n:", at);
    if (open == text.npos || text[open] != '"') continue;
    const std::size_t close = text.find('"', open + 1);
    if (close == text.npos) return;
    const auto decoded = decode_base64(text.substr(open + 1, close - open - 1));
    if (!decoded || decoded->find(':') == decoded->npos || !is_text(*decoded)) {
      continue;
    }
    add(rule, open + 1, close, Confidence::medium,
        "the log-in of a Docker registry", "auth", out);
    const std::string_view registry = name_of_object(text, at);
    if (!registry.empty()) {
      out.back().facts.emplace_back("registry", registry);
    }
  }
}

}  // namespace

void read_known_file(const ReaderInput& input, Findings& out) {
  const std::string_view name = input.name;
  read_putty(input, out);
  read_pgpass(input, name, out);
  read_netrc(input, name, out);
  read_htpasswd(input, name, out);
  read_userlist(input, out);
  read_only_value(input, out);
  read_kubernetes(input, out);
  read_docker_auth(input, name, out);
}

}  // namespace overreach
