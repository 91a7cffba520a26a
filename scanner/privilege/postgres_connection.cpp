// PostgreSQL and what speaks like it, by libpq.
//
// Nothing is set for the session that could outlive us in a pooler's
// connection: read-only, time limits and the search path hold for one
// transaction, which is always rolled back.  The search path is empty, so that
// a hostile database cannot put its own functions before those of pg_catalog.
// Everything that libpq would take from the environment or from files of the
// user's home is given explicitly; PGSERVICE can only make a connection fail.

#include <poll.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "scanner/privilege/connection_tools.h"
#include "scanner/privilege/libpq.h"

namespace overreach {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kConnectTime{10};
constexpr std::chrono::seconds kStatementTime{8};
constexpr std::size_t kMaxRows = 5000;
constexpr const char* kNowhere = "/dev/null/none";  // a file that cannot be
constexpr const char* kReadOnly =
    "-c default_transaction_read_only=on -c statement_timeout=5000 "
    "-c lock_timeout=1000 -c idle_in_transaction_session_timeout=15000";

struct Finish {
  void operator()(PGconn* handle) const { libpq().finish(handle); }
};
using Handle = std::unique_ptr<PGconn, Finish>;

struct Clear {
  void operator()(PGresult* result) const { libpq().clear(result); }
};
using Reply = std::unique_ptr<PGresult, Clear>;

// False when the time is over.
bool wait_for(PGconn* handle, short events, Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - Clock::now());
  if (left.count() <= 0) return false;
  pollfd entry{libpq().socket(handle), events, 0};
  return poll(&entry, 1, static_cast<int>(left.count())) > 0;
}

// How the server is reached in one attempt.
struct Attempt {
  std::string database;
  std::string tls;           // sslmode
  std::string certificates;  // sslrootcert
  bool has_options = true;   // poolers refuse them
  bool hands_nothing_over = false;
};

struct Login {
  Handle handle;
  std::string state;  // SQLSTATE; empty when no server said one
  std::string error;
};

// libpq says "FATAL:  28P01: password ..." once it is told to be verbose.
std::string state_of(std::string_view error) {
  for (std::size_t at = error.find(":  "); at != error.npos;
       at = error.find(":  ", at + 1)) {
    const std::string_view code = error.substr(at + 3, 6);
    const bool is_code =
        code.size() == 6 && code[5] == ':' &&
        code.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5;
    if (is_code) return std::string(code.substr(0, 5));
  }
  return "";
}

using Options = std::vector<std::pair<const char*, std::string>>;

// Empty values would be taken from the environment.
Options options_of(const ConnectionTarget& target, const PinnedAddress& pinned,
                   const Attempt& attempt) {
  Options options = {
      {"host", target.host},
      {"hostaddr", pinned.address},
      {"port", std::to_string(pinned.port)},
      {"dbname", attempt.database},
      {"user", target.user},
      {"password", std::string(target.password.reveal())},
      {"passfile", kNowhere},
      {"sslmode", attempt.tls},
      {"sslrootcert", attempt.certificates},
      {"sslcert", kNowhere},
      {"gssencmode", "disable"},
      {"client_encoding", "UTF8"},
      {"application_name", "overreach"},
      {"target_session_attrs", "any"},
      {"connect_timeout", std::to_string(kConnectTime.count())},
  };
  if (attempt.has_options) options.emplace_back("options", kReadOnly);
  // Before 16 only channel binding excludes the ways that hand the password
  // over; it excludes a man in the middle as well.
  constexpr int kHasRequireAuth = 160000;
  if (!attempt.hands_nothing_over) {
    options.emplace_back("channel_binding", "prefer");
  } else if (libpq().version() >= kHasRequireAuth) {
    options.emplace_back("require_auth", "scram-sha-256");
  } else {
    options.emplace_back("channel_binding", "require");
  }
  return options;
}

Login login(const ConnectionTarget& target, const PinnedAddress& pinned,
            const Attempt& attempt) {
  const Libpq& pq = libpq();
  const Options options = options_of(target, pinned, attempt);
  std::vector<const char*> keys, values;
  for (const auto& [key, value] : options) {
    keys.push_back(key);
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  constexpr int kDatabaseIsAName = 0;  // and no connection string
  Login result;
  result.handle.reset(
      pq.connect_start(keys.data(), values.data(), kDatabaseIsAName));
  if (!result.handle) return result;
  PGconn* const handle = result.handle.get();
  pq.set_verbosity(handle, PQERRORS_VERBOSE);
  pq.set_notices(
      handle, [](void*, const char*) {}, nullptr);
  const Clock::time_point deadline = Clock::now() + kConnectTime;
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (pq.status(handle) != CONNECTION_BAD && next != PGRES_POLLING_OK &&
         next != PGRES_POLLING_FAILED) {
    if (!wait_for(handle, next == PGRES_POLLING_READING ? POLLIN : POLLOUT,
                  deadline)) {
      result.error = "no answer within 10 seconds";
      result.handle.reset();
      return result;
    }
    next = pq.connect_poll(handle);
  }
  if (pq.status(handle) == CONNECTION_OK) return result;
  std::string error = pq.error_message(handle);
  result.state = state_of(error);
  // "connection to server at "10.0.0.1", port 5432 failed: FATAL: ..."
  constexpr std::string_view kFailed = " failed: ";
  const std::size_t failed = error.find(kFailed);
  if (failed != error.npos) error.erase(0, failed + kFailed.size());
  result.error = clean_error(error, target.password);
  result.handle.reset();
  return result;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

Outcome login_outcome(const Login& failed) {
  // A pooler's word for a wrong password.
  if (failed.state == "08P01" &&
      contains(failed.error, "authentication failed")) {
    return Outcome::dead;
  }
  if (failed.state == "28P01") return Outcome::dead;
  // Checked after the password: the credential is right.
  if (failed.state == "3D000") return Outcome::missing;
  if (failed.state == "42501") return Outcome::denied;
  // pg_hba.conf, ident and the like say 28000 as well, before the password.
  if (failed.state == "28000" &&
      contains(failed.error, "is not permitted to log in")) {
    return Outcome::denied;
  }
  return Outcome::unclear;
}

// Some servers agree to less than all of it; what is given up never weakens
// the guards: each has a second one behind it.
Login login_patiently(const ConnectionTarget& target,
                      const PinnedAddress& pinned, Attempt attempt) {
  Login result = login(target, pinned, attempt);
  if (contains(result.error, "certificate") && attempt.tls == "verify-full") {
    attempt.tls = "require";
    attempt.certificates = kNowhere;
    attempt.hands_nothing_over = true;
    result = login(target, pinned, attempt);
  }
  if (result.state == "08P01" && contains(result.error, "options")) {
    attempt.has_options = false;
    result = login(target, pinned, attempt);
  }
  // The password was right: any database shows the role's rights.
  if ((result.state == "3D000" || result.state == "42501") &&
      attempt.database != "postgres") {
    attempt.database = "postgres";
    Login other = login(target, pinned, attempt);
    if (other.handle) return other;
  }
  return result;
}

Attempt first_attempt(const ConnectionTarget& target,
                      const PinnedAddress& pinned) {
  Attempt attempt;
  attempt.database = !target.database.empty() ? target.database : target.user;
  attempt.certificates = kNowhere;
  using Tls = ConnectionTarget::Tls;
  if (pinned.is_private) {
    attempt.tls = target.tls == Tls::off       ? "disable"
                  : target.tls == Tls::require ? "require"
                                               : "prefer";
    return attempt;
  }
  attempt.tls = "verify-full";
  attempt.certificates = trusted_certificates();
  if (attempt.certificates.empty()) {
    attempt.tls = "require";
    attempt.certificates = kNowhere;
    attempt.hands_nothing_over = true;
  }
  return attempt;
}

nlohmann::json value_of(PGresult* result, int row, int column) {
  const Libpq& pq = libpq();
  if (pq.is_null(result, row, column)) return nullptr;
  const std::string text(
      pq.value(result, row, column),
      static_cast<std::size_t>(pq.length(result, row, column)));
  constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kOid = 26,
                kJson = 114, kFloat4 = 700, kFloat8 = 701, kNumeric = 1700,
                kJsonb = 3802;
  switch (pq.column_type(result, column)) {
    case kBool:
      return text == "t";
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
    case kFloat4:
    case kFloat8:
    case kNumeric:
    case kJson:
    case kJsonb: {
      auto value = nlohmann::json::parse(text, nullptr, false);
      if (!value.is_discarded()) return value;  // "NaN" stays a text
      return text;
    }
    default:
      return text;
  }
}

std::string json_of(PGresult* result) {
  const Libpq& pq = libpq();
  nlohmann::json rows = nlohmann::json::array();
  for (int row = 0; row < pq.rows(result) && rows.size() < kMaxRows; ++row) {
    nlohmann::json object = nlohmann::json::object();
    for (int column = 0; column < pq.columns(result); ++column) {
      object[pq.column_name(result, column)] = value_of(result, row, column);
    }
    rows.push_back(std::move(object));
  }
  return nlohmann::json{{"rows", std::move(rows)}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Outcome statement_outcome(std::string_view state) {
  if (state == "42501") return Outcome::denied;
  // A table, column, function, schema or object that is not there.
  if (state == "42P01" || state == "42703" || state == "42883" ||
      state == "3F000" || state == "42704") {
    return Outcome::missing;
  }
  return Outcome::unclear;
}

class PostgresConnection : public Connection {
 public:
  PostgresConnection(Handle handle, Secret password)
      : handle_(std::move(handle)), password_(std::move(password)) {}

  StatementReply ask(std::string_view statement) override {
    if (Status good = check_statement("postgres", statement); !good) {
      return {Outcome::unclear, "", good.error().text};
    }
    StatementReply reply;
    for (const char* const guard :
         {"BEGIN READ ONLY", "SET LOCAL statement_timeout = 5000",
          "SET LOCAL lock_timeout = 1000", "SET LOCAL search_path = ''"}) {
      reply = run(guard);
      if (reply.outcome != Outcome::ok) return rolled_back(std::move(reply));
    }
    reply = run(std::string(statement).c_str());
    return rolled_back(std::move(reply));
  }

 private:
  StatementReply rolled_back(StatementReply reply) {
    if (handle_) run("ROLLBACK");
    return reply;
  }

  // The extended protocol: exactly one statement, whatever the text holds.
  StatementReply run(const char* statement) {
    if (!handle_) return {Outcome::unclear, "", "the connection is closed"};
    const Libpq& pq = libpq();
    PGconn* const handle = handle_.get();
    constexpr int kAsText = 0;
    if (!pq.send(handle, statement, 0, nullptr, nullptr, nullptr, nullptr,
                 kAsText)) {
      return {Outcome::unclear, "",
              clean_error(pq.error_message(handle), password_)};
    }
    const Clock::time_point deadline = Clock::now() + kStatementTime;
    StatementReply reply;
    while (true) {
      while (pq.is_busy(handle)) {
        if (!wait_for(handle, POLLIN, deadline) || !pq.consume_input(handle)) {
          handle_.reset();
          return {Outcome::unclear, "", "no answer within 8 seconds"};
        }
      }
      const Reply result(pq.get_result(handle));
      if (!result) return reply;
      reply = reply_of(result.get());
    }
  }

  StatementReply reply_of(PGresult* result) const {
    const Libpq& pq = libpq();
    const ExecStatusType status = pq.result_status(result);
    if (status == PGRES_TUPLES_OK) return {Outcome::ok, json_of(result), ""};
    if (status == PGRES_COMMAND_OK) return {Outcome::ok, "", ""};
    const char* const state = pq.error_field(result, PG_DIAG_SQLSTATE);
    const char* const text = pq.error_field(result, PG_DIAG_MESSAGE_PRIMARY);
    return {statement_outcome(state ? state : ""), "",
            clean_error(text ? text : "no answer", password_)};
  }

  Handle handle_;
  Secret password_;
};

}  // namespace

Connected connect_postgres(const ConnectionTarget& target,
                           const Policy& policy) {
  if (!libpq().is_loaded()) {
    return not_connected(Outcome::unclear, libpq().missing());
  }
  if (target.user.empty() || target.password.empty()) {
    return not_connected(Outcome::unclear, "no user or no password");
  }
  const auto pinned = pin_address(target, 5432, policy);
  if (!pinned) return not_connected(Outcome::unclear, pinned.error().text);
  Login result =
      login_patiently(target, *pinned, first_attempt(target, *pinned));
  if (!result.handle) {
    const Outcome outcome = login_outcome(result);
    return not_connected(outcome, std::move(result.error));
  }
  return {std::make_unique<PostgresConnection>(std::move(result.handle),
                                               target.password),
          Outcome::ok, ""};
}

}  // namespace overreach
