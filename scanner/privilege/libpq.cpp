#include "scanner/privilege/libpq.h"

namespace overreach {

Libpq::Libpq() {
  open({"libpq.so.5"});
  bind(version, "PQlibVersion");
  bind(connect_start, "PQconnectStartParams");
  bind(connect_poll, "PQconnectPoll");
  bind(set_verbosity, "PQsetErrorVerbosity");
  bind(set_notices, "PQsetNoticeProcessor");
  bind(status, "PQstatus");
  bind(socket, "PQsocket");
  bind(error_message, "PQerrorMessage");
  bind(finish, "PQfinish");
  bind(send, "PQsendQueryParams");
  bind(consume_input, "PQconsumeInput");
  bind(is_busy, "PQisBusy");
  bind(get_result, "PQgetResult");
  bind(result_status, "PQresultStatus");
  bind(error_field, "PQresultErrorField");
  bind(clear, "PQclear");
  bind(rows, "PQntuples");
  bind(columns, "PQnfields");
  bind(column_name, "PQfname");
  bind(column_type, "PQftype");
  bind(value, "PQgetvalue");
  bind(length, "PQgetlength");
  bind(is_null, "PQgetisnull");
}

const Libpq& libpq() {
  static const Libpq library;
  return library;
}

}  // namespace overreach
