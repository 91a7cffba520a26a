// MySQL, MariaDB and what speaks like them, by MariaDB's client library.
//
// The session is read-only (which stops DDL too, unlike a read-only
// transaction), has no default database, so that statements reach nobody's
// tables by accident, and never sends a file of this machine.
//
// Roles that were granted but are not active count: each is switched on for
// this session, and every statement is asked once for each.  MySQL 8 switches
// all on at once.

#include <strings.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "scanner/privilege/connection_tools.h"
#include "scanner/privilege/libmariadb.h"
#include "scanner/privilege/mysql_grants.h"

namespace overreach {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kMaxRows = 5000;
constexpr std::size_t kMaxRoles = 20;

struct Close {
  void operator()(MYSQL* handle) const { libmariadb().close(handle); }
};
using Handle = std::unique_ptr<MYSQL, Close>;

struct FreeResult {
  void operator()(MYSQL_RES* rows) const { libmariadb().free_result(rows); }
};
using Rows = std::unique_ptr<MYSQL_RES, FreeResult>;

// How the server is reached in one attempt.
enum class Guard {
  checked,      // TLS, the certificate has to be the host's
  unchecked,    // TLS with anybody, and no way to hand the password over
  private_tls,  // TLS with a server the user named
  plain,        // no TLS, only to a server the user named
};

struct Login {
  Handle handle;
  unsigned error_number = 0;
  std::string error;
};

void set_options(MYSQL* handle, Guard guard) {
  const Libmariadb& my = libmariadb();
  const auto set = [&](mysql_option option, const void* value) {
    my.set_option(handle, option, value);
  };
  const unsigned connect_seconds = 10, seconds = 8, no_files = 0;
  set(MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
  set(MYSQL_OPT_READ_TIMEOUT, &seconds);
  set(MYSQL_OPT_WRITE_TIMEOUT, &seconds);
  set(MYSQL_OPT_LOCAL_INFILE, &no_files);
  set(MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const my_bool is_tls = guard != Guard::plain;
  const my_bool is_checked = guard == Guard::checked;
  set(MYSQL_OPT_SSL_ENFORCE, &is_tls);
  set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &is_checked);
  const std::string certificates = trusted_certificates();
  if (is_checked) set(MYSQL_OPT_SSL_CA, certificates.c_str());
  if (guard == Guard::unchecked) {
    set(MARIADB_OPT_RESTRICTED_AUTH, "mysql_native_password,client_ed25519");
  }
}

Login login(const ConnectionTarget& target, const PinnedAddress& pinned,
            Guard guard) {
  const Libmariadb& my = libmariadb();
  Login result;
  result.handle.reset(my.init(nullptr));
  if (!result.handle) return result;
  set_options(result.handle.get(), guard);
  // The library compares the certificate with the text it connects to, so only
  // here it resolves the name once more: whoever answers must be the host.
  const std::string& host =
      guard == Guard::checked ? target.host : pinned.address;
  const std::string password(target.password.reveal());
  constexpr unsigned long kOneStatementAtATime = 0;
  if (my.connect(result.handle.get(), host.c_str(), target.user.c_str(),
                 password.c_str(), nullptr, pinned.port, nullptr,
                 kOneStatementAtATime)) {
    return result;
  }
  result.error_number = my.error_number(result.handle.get());
  result.error =
      clean_error(my.error_text(result.handle.get()), target.password);
  result.handle.reset();
  return result;
}

bool is_tls_trouble(const Login& failed) {
  constexpr unsigned kTls = 2026;
  return !failed.handle && failed.error_number == kTls;
}

Login login_patiently(const ConnectionTarget& target,
                      const PinnedAddress& pinned) {
  using Tls = ConnectionTarget::Tls;
  if (!pinned.is_private) {
    Login result = login(target, pinned, Guard::checked);
    if (!is_tls_trouble(result)) return result;
    return login(target, pinned, Guard::unchecked);
  }
  if (target.tls == Tls::off) return login(target, pinned, Guard::plain);
  Login result = login(target, pinned, Guard::private_tls);
  // Where a server offers no TLS the library goes on without, whatever it was
  // told, unless certificates are checked.
  if (target.tls == Tls::require && result.handle &&
      !libmariadb().cipher(result.handle.get())) {
    return {nullptr, 0, "the server offers no TLS"};
  }
  if (!is_tls_trouble(result) || target.tls == Tls::require) return result;
  return login(target, pinned, Guard::plain);
}

bool is_in(unsigned number, std::initializer_list<unsigned> list) {
  return std::find(list.begin(), list.end(), number) != list.end();
}

Outcome outcome_of(unsigned error_number) {
  constexpr unsigned kWrongPassword = 1045;
  if (error_number == kWrongPassword) return Outcome::dead;
  // Table, column, function, database, variable unknown.
  if (is_in(error_number, {1146, 1054, 1305, 1049, 1109, 1193})) {
    return Outcome::missing;
  }
  // Not for this user; or password right, but expired or account locked.
  if (is_in(error_number,
            {1044, 1142, 1143, 1227, 1370, 1820, 1862, 3118, 4151})) {
    return Outcome::denied;
  }
  return Outcome::unclear;
}

bool is_number(const MYSQL_FIELD& field) {
  switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return true;
    default:
      return false;
  }
}

Json value_of(const MYSQL_FIELD& field, const char* bytes, unsigned long size) {
  if (!bytes) return nullptr;
  const std::string text(bytes, size);
  if (is_number(field)) {
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value;
  }
  return text;
}

class MysqlConnection : public Connection {
 public:
  MysqlConnection(Handle handle, Secret password)
      : handle_(std::move(handle)), password_(std::move(password)) {}

  // The error of the first statement, if the session cannot be used at all.
  StatementReply begin() {
    StatementReply reply = run("SET SESSION TRANSACTION READ ONLY");
    constexpr unsigned kUnknownVariable = 1193, kSyntax = 1064;
    if (reply.outcome != Outcome::ok && error_number_ != kUnknownVariable &&
        error_number_ != kSyntax) {
      return reply;
    }
    run("SET SESSION max_statement_time = 5");     // MariaDB, seconds
    run("SET SESSION max_execution_time = 5000");  // MySQL
    if (run("SET ROLE ALL").outcome != Outcome::ok) find_roles();
    return {Outcome::ok, "", ""};
  }

  StatementReply ask(std::string_view statement) override {
    if (Status good = check_statement("mysql", statement); !good) {
      return {Outcome::unclear, "", good.error().text};
    }
    const std::string text(statement);
    Json rows = Json::array();
    StatementReply reply = run(text, rows);
    for (const std::string& role : roles_) {
      if (run("SET ROLE `" + role + "`").outcome != Outcome::ok) continue;
      const StatementReply with_role = run(text, rows);
      if (reply.outcome != Outcome::ok) reply = with_role;
    }
    if (!roles_.empty()) run("SET ROLE NONE");
    if (reply.outcome == Outcome::ok) {
      reply.json = Json{{"rows", std::move(rows)}}.dump(
          -1, ' ', false, Json::error_handler_t::replace);
    }
    return reply;
  }

 private:
  // MariaDB, where one role is active at a time.
  void find_roles() {
    Json rows = Json::array();
    run("SELECT role_name AS role FROM information_schema.applicable_roles",
        rows);
    for (const Json& row : rows) {
      const std::string role = row.value("role", "");
      const bool is_plain = role.find_first_of("`\\") == role.npos;
      if (is_plain && !role.empty() && roles_.size() < kMaxRoles) {
        roles_.push_back(role);
      }
    }
  }

  StatementReply run(const std::string& statement) {
    Json ignored = Json::array();
    return run(statement, ignored);
  }

  // Adds the rows that are not there yet.
  StatementReply run(const std::string& statement, Json& rows) {
    const Libmariadb& my = libmariadb();
    error_number_ = 0;
    if (my.query(handle_.get(), statement.data(), statement.size()) != 0) {
      return failed();
    }
    const Rows result(my.store_result(handle_.get()));
    if (!result) {
      return my.error_number(handle_.get()) == 0
                 ? StatementReply{Outcome::ok, "", ""}
                 : failed();
    }
    const bool is_grants =
        strncasecmp(statement.c_str(), "show grants", 11) == 0;
    while (const MYSQL_ROW row = my.fetch_row(result.get())) {
      if (rows.size() >= kMaxRows) break;
      Json object = object_of(result.get(), row, is_grants);
      if (object.empty()) continue;
      // Only a second role can bring the same row again.
      if (roles_.empty() ||
          std::find(rows.begin(), rows.end(), object) == rows.end()) {
        rows.push_back(std::move(object));
      }
    }
    return {Outcome::ok, "", ""};
  }

  static Json object_of(MYSQL_RES* result, MYSQL_ROW row, bool is_grants) {
    const Libmariadb& my = libmariadb();
    const MYSQL_FIELD* const fields = my.fields(result);
    const unsigned long* const sizes = my.fetch_lengths(result);
    Json object = Json::object();
    for (unsigned column = 0; column < my.columns(result); ++column) {
      const char* const bytes = row[column];
      if (is_grants && bytes) {
        return parse_grant(std::string_view(bytes, sizes[column]));
      }
      object[std::string(fields[column].name, fields[column].name_length)] =
          value_of(fields[column], bytes, sizes[column]);
    }
    return object;
  }

  StatementReply failed() {
    const Libmariadb& my = libmariadb();
    error_number_ = my.error_number(handle_.get());
    return {outcome_of(error_number_), "",
            clean_error(my.error_text(handle_.get()), password_)};
  }

  Handle handle_;
  Secret password_;
  std::vector<std::string> roles_;  // to be switched on one by one
  unsigned error_number_ = 0;       // of the last statement
};

}  // namespace

Connected connect_mysql(const ConnectionTarget& target, const Policy& policy) {
  if (!libmariadb().is_loaded()) {
    return not_connected(Outcome::unclear, libmariadb().missing());
  }
  if (target.user.empty() || target.password.empty()) {
    return not_connected(Outcome::unclear, "no user or no password");
  }
  const auto pinned = pin_address(target, 3306, policy);
  if (!pinned) return not_connected(Outcome::unclear, pinned.error().text);
  Login result = login_patiently(target, *pinned);
  if (!result.handle) {
    return not_connected(outcome_of(result.error_number),
                         std::move(result.error));
  }
  auto connection = std::make_unique<MysqlConnection>(std::move(result.handle),
                                                      target.password);
  StatementReply begun = connection->begin();
  if (begun.outcome != Outcome::ok) {
    return not_connected(begun.outcome, std::move(begun.error));
  }
  return {std::move(connection), Outcome::ok, ""};
}

}  // namespace overreach
