// What may be said to a database at all: allow-lists, on the text itself.  The
// sessions are read-only as well, but a read-only transaction stops neither
// SELECT pg_terminate_backend(1) nor SELECT ... INTO OUTFILE, and Redis has
// none.  Rule files are held to this when they are checked, and every statement
// again before it leaves.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scanner/base/text.h"
#include "scanner/privilege/connection.h"
#include "scanner/privilege/statement_check.h"

namespace overreach {
namespace {

template <std::size_t n>
bool holds(const std::array<std::string_view, n>& words,
           std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words that may stand before '(' and are no functions.
constexpr std::array<std::string_view, 28> kKeywords = {
    "ALL",    "AND",     "ANY",    "AS",     "BETWEEN", "BY",     "CASE",
    "ELSE",   "EXISTS",  "EXCEPT", "FILTER", "FROM",    "HAVING", "IN",
    "JOIN",   "LATERAL", "LIKE",   "NOT",    "ON",      "OR",     "OVER",
    "SELECT", "THEN",    "UNION",  "USING",  "VALUES",  "WHEN",   "WHERE"};

// Functions that only look at catalogues or compute.
constexpr std::array<std::string_view, 53> kFunctions = {
    "ACLEXPLODE",
    "ARRAY",
    "ARRAY_AGG",
    "ARRAY_TO_STRING",
    "BOOL_AND",
    "BOOL_OR",
    "CAST",
    "COALESCE",
    "CONCAT",
    "CONCAT_WS",
    "COUNT",
    "CURRENT_DATABASE",
    "CURRENT_ROLE",
    "CURRENT_SCHEMAS",
    "CURRENT_SETTING",
    "CURRENT_USER",
    "DATABASE",
    "FORMAT",
    "GROUP_CONCAT",
    "HAS_ANY_COLUMN_PRIVILEGE",
    "HAS_DATABASE_PRIVILEGE",
    "HAS_SCHEMA_PRIVILEGE",
    "HAS_SEQUENCE_PRIVILEGE",
    "HAS_TABLE_PRIVILEGE",
    "IF",
    "IFNULL",
    "LEFT",
    "LENGTH",
    "LOWER",
    "MAX",
    "MIN",
    "NULLIF",
    "PG_DATABASE_SIZE",
    "PG_GET_USERBYID",
    "PG_HAS_ROLE",
    "PG_IS_IN_RECOVERY",
    "PG_RELATION_SIZE",
    "PG_SIZE_PRETTY",
    "PG_TOTAL_RELATION_SIZE",
    "REPLACE",
    "RIGHT",
    "ROUND",
    "SESSION_USER",
    "SPLIT_PART",
    "STRING_AGG",
    "SUBSTRING_INDEX",
    "SUM",
    "TO_CHAR",
    "TO_JSONB",
    "TRIM",
    "UPPER",
    "USER",
    "VERSION",
};

// They write, lock, or hold passwords, hashes and other people's statements.
constexpr std::array<std::string_view, 21> kForbidden = {
    "AUTHENTICATION_STRING",
    "DUMPFILE",
    "GLOBAL_PRIV",
    "INTO",
    "LOCK",
    "OUTFILE",
    "PASSWORD",
    "PG_AUTHID",
    "PG_HBA_FILE_RULES",
    "PG_SHADOW",
    "PG_STAT_ACTIVITY",
    "PG_STATISTIC",
    "PG_STATS",
    "PG_SUBSCRIPTION",
    "PG_USER",
    "PG_USER_MAPPING",
    "PG_USER_MAPPINGS",
    "PROCEDURE",
    "PROCESSLIST",
    "ROLPASSWORD",
    "USER_MAPPING_OPTIONS"};

// Settings that may hold a password, for SHOW and current_setting('').
constexpr std::array<std::string_view, 4> kSecretSettings = {
    "ARCHIVE_COMMAND", "PRIMARY_CONNINFO", "RESTORE_COMMAND",
    "SSL_PASSPHRASE_COMMAND"};

constexpr std::array<std::string_view, 7> kShowMysql = {
    "GRANTS",  "DATABASES", "SCHEMAS",   "VARIABLES",
    "PLUGINS", "STATUS",    "PRIVILEGES"};

struct Token {
  enum class Kind { word, quoted, text, sign } kind = Kind::sign;
  std::string value;  // words in upper case
};

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// Words, texts and signs.  What the two dialects read differently (comments,
// backslashes, dollar quotes) is refused instead of understood.
Result<std::vector<Token>> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    const std::string_view two = sql.substr(i, 2);
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0' || c == '\\' ||
        c == '$' || c == '#' || c == ';' || two == "--" || two == "/*" ||
        two == ":=") {
      return fail(
          "statement: comments, backslashes, '$', '#', ';' and ':=' "
          "are not allowed");
    }
    if (c == '\'' || c == '"' || c == '`') {
      const std::size_t close = sql.find(c, i + 1);
      if (close == sql.npos) return fail("statement: a quote is not closed");
      const std::string_view inside = sql.substr(i + 1, close - i - 1);
      if (inside.find('\\') != inside.npos) {
        return fail("statement: backslashes are not allowed");
      }
      tokens.push_back({c == '\'' ? Token::Kind::text : Token::Kind::quoted,
                        upper_case(inside)});
      i = close + 1;
    } else if (is_word_char(c)) {
      const std::size_t start = i;
      while (i < sql.size() && is_word_char(sql[i])) ++i;
      tokens.push_back(
          {Token::Kind::word, upper_case(sql.substr(start, i - start))});
    } else {
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        tokens.push_back({Token::Kind::sign, std::string(1, c)});
      }
      ++i;
    }
  }
  return tokens;
}

Status check_call(const std::vector<Token>& tokens, std::size_t i) {
  const Token& token = tokens[i];
  if (token.kind == Token::Kind::quoted) {
    return fail("statement: a call with a quoted name");
  }
  if (holds(kKeywords, token.value)) return {};
  if (!holds(kFunctions, token.value)) {
    return fail("statement: " + token.value +
                "() is not among the functions that only read");
  }
  // "s.version()" is somebody's own function.
  if (i >= 2 && tokens[i - 1].value == "." &&
      tokens[i - 2].value != "PG_CATALOG") {
    return fail("statement: " + token.value + "() of a schema");
  }
  return {};
}

Status check_show(std::string_view protocol, const std::vector<Token>& tokens) {
  if (tokens.size() < 2) return fail("statement: SHOW what?");
  if (protocol == "postgres") {
    const bool is_one = tokens.size() == 2 && tokens[1].value != "ALL";
    return is_one ? Status() : fail("statement: SHOW of one setting only");
  }
  std::size_t what = 1;
  if (tokens[1].value == "GLOBAL" || tokens[1].value == "SESSION") what = 2;
  if (what >= tokens.size() || !holds(kShowMysql, tokens[what].value)) {
    return fail("statement: this SHOW is not allowed");
  }
  return {};
}

Status check_sql(std::string_view protocol, std::string_view sql) {
  TRY_ASSIGN(const std::vector<Token> tokens, tokens_of(sql));
  if (tokens.empty()) return fail("statement: empty");
  const bool is_show = tokens[0].value == "SHOW";
  if (tokens[0].kind != Token::Kind::word ||
      (tokens[0].value != "SELECT" && !is_show)) {
    return fail("statement: only SELECT and SHOW are allowed");
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool is_text = token.kind == Token::Kind::text;
    if (holds(kSecretSettings, token.value) ||
        (!is_text && holds(kForbidden, token.value))) {
      return fail("statement: " + token.value + " is not allowed");
    }
    if (token.kind == Token::Kind::sign || is_text) continue;
    const bool has_next = i + 1 < tokens.size();
    if (token.value == "MYSQL" && has_next && tokens[i + 1].value == ".") {
      return fail("statement: tables of mysql hold password hashes");
    }
    if (has_next && tokens[i + 1].value == "(") TRY(check_call(tokens, i));
    if (token.value == "FOR" && has_next && !is_show) {
      return fail("statement: FOR locks rows");
    }
  }
  return is_show ? check_show(protocol, tokens) : Status();
}

constexpr std::array<std::string_view, 14> kRedisCommands = {
    "PING",
    "DBSIZE",
    "ROLE",
    "LASTSAVE",
    "INFO",
    "ACL WHOAMI",
    "ACL GETUSER self",
    "CLIENT INFO",
    "CLIENT ID",
    "CLIENT GETNAME",
    "CLUSTER INFO",
    "COMMAND COUNT",
    "MODULE LIST",
    "HELLO",
};

constexpr std::array<std::string_view, 10> kRedisSections = {
    "SERVER", "CLIENTS", "MEMORY",  "PERSISTENCE", "REPLICATION",
    "STATS",  "CPU",     "CLUSTER", "KEYSPACE",    "MODULES"};

constexpr std::array<std::string_view, 12> kRedisSettings = {
    "maxmemory",
    "maxmemory-policy",
    "appendonly",
    "save",
    "databases",
    "port",
    "tls-port",
    "protected-mode",
    "enable-debug-command",
    "enable-module-command",
    "enable-protected-configs",
    "cluster-enabled"};

Status check_redis(std::string_view statement) {
  const std::vector<std::string> words = split_words(statement);
  const auto word = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i]) : std::string_view();
  };
  const std::string first = upper_case(word(0));
  const std::string second = upper_case(word(1));
  bool is_good = holds(kRedisCommands, statement);
  if (first == "INFO" && words.size() == 2) {
    is_good = holds(kRedisSections, second);
  } else if (first == "CONFIG" && second == "GET" && words.size() == 3) {
    is_good = holds(kRedisSettings, word(2));
  } else if (first == "COMMAND" && second == "INFO") {
    is_good = words.size() > 2;
  } else if (first == "ACL" && second == "DRYRUN" && word(2) == "self") {
    is_good = words.size() > 3;  // asks about the command, does not run it
  }
  if (is_good) return {};
  return fail("statement: not among the Redis commands that only read");
}

// Answered by the server itself.
constexpr std::array<std::string_view, 5> kNatsRequests = {
    "PING", "$SYS.REQ.USER.INFO", "$SYS.REQ.SERVER.PING", "$JS.API.INFO",
    "$JS.API.STREAM.NAMES"};

Status check_mongo(std::string_view statement) {
  constexpr std::array<std::string_view, 7> kCommands = {"connectionStatus",
                                                         "listDatabases",
                                                         "listCollections",
                                                         "usersInfo",
                                                         "hello",
                                                         "buildInfo",
                                                         "ping"};
  const auto document =
      nlohmann::ordered_json::parse(statement, nullptr, false);
  if (!document.is_object() || document.empty() ||
      !holds(kCommands, document.begin().key())) {
    return fail("statement: not among the MongoDB commands that only read");
  }
  const std::string& command = document.begin().key();
  const bool names_only = document.value("nameOnly", false);
  if (command == "listCollections" && !names_only) {
    return fail("statement: listCollections only with nameOnly");
  }
  if (command == "usersInfo" && (document.begin().value() != "self" ||
                                 document.contains("showCredentials"))) {
    return fail("statement: usersInfo only of \"self\", without credentials");
  }
  return {};
}

}  // namespace

std::vector<std::string> split_words(std::string_view statement) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : statement) {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Status check_statement(std::string_view protocol, std::string_view statement) {
  if (statement.find('\0') != statement.npos) {
    return fail("statement: a zero byte");
  }
  if (statement.find_first_of("\r\n") != statement.npos &&
      protocol == "redis") {
    return fail("statement: more than one line");
  }
  if (protocol == "postgres" || protocol == "mysql") {
    return check_sql(protocol, statement);
  }
  if (protocol == "redis") return check_redis(statement);
  if (protocol == "mongodb" || protocol == "mongodb+srv") {
    return check_mongo(statement);
  }
  if (protocol == "nats") {
    if (holds(kNatsRequests, statement)) return {};
    return fail("statement: not among the NATS requests that only read");
  }
  return fail("statement: \"" + std::string(protocol) +
              "\" is no protocol that is known");
}

}  // namespace overreach
