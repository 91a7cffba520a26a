// A conversation with a database or broker in its own protocol: reading
// statements out, JSON in.  Read-only by construction, not by good will:
// PostgreSQL and MySQL in a read-only transaction that is rolled back and only
// single statements that begin with SELECT or SHOW; Redis, MongoDB and NATS
// only commands or requests of a short list that change nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/core/probe.h"
#include "scanner/core/report.h"
#include "scanner/privilege/policy.h"

namespace overreach {

// Where and as whom; from a URL, a DSN or facts of the credential.
struct ConnectionTarget {
  std::string protocol;  // "postgres", "mysql", "redis", "mongodb[+srv]",
                         // "nats"
  std::string provider;  // whose rule file asks, for the policy
  std::string host, database, user;
  std::string auth_database;  // MongoDB's authSource
  std::uint16_t port = 0;     // 0: the protocol's own
  Secret password;
  Secret token;  // NATS: the JWT of a user whose seed is the password
  enum class Tls { off, prefer, require } tls = Tls::prefer;
};

// What came of connecting or of a statement.
struct StatementReply {
  Outcome outcome = Outcome::unclear;
  // {"rows": [{column: value}]}; numbers and booleans as such, the rest as
  // texts; rows of SHOW GRANTS as in mysql_grants.h.  For Redis and NATS
  // {"reply": ...}, for MongoDB the reply itself.  Empty without an answer.
  std::string json;
  std::string error;  // one clause, never a secret
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual StatementReply ask(std::string_view statement) = 0;
};

struct Connected {
  // Null: `outcome` and `error` say why.
  std::unique_ptr<Connection> connection;
  Outcome outcome = Outcome::unclear;  // dead: user or password is wrong
  std::string error;
};

// Connects within 10 seconds, after the policy agreed to host and address.  An
// unknown protocol and a client library that is not installed are `unclear`.
Connected connect(const ConnectionTarget& target, const Policy& policy);

// "postgres://user:password@host:5432/db?sslmode=require" and its like.
Result<ConnectionTarget> parse_connection_url(std::string_view url);

// The same for a credential: its secret is such a text, or the password of the
// URL in the fact "url".
Result<ConnectionTarget> connection_target(const Credential& credential);

// Whether the statement is one that connect()ed sessions would send; for
// checking rule files.
Status check_statement(std::string_view protocol, std::string_view statement);

}  // namespace overreach
