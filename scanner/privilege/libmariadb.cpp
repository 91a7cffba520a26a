#include "scanner/privilege/libmariadb.h"

namespace overreach {

Libmariadb::Libmariadb() {
  open({"libmariadb.so.3"});
  bind(init, "mysql_init");
  bind(set_option, "mysql_options");
  bind(connect, "mysql_real_connect");
  bind(close, "mysql_close");
  bind(error_number, "mysql_errno");
  bind(error_text, "mysql_error");
  bind(cipher, "mysql_get_ssl_cipher");
  bind(query, "mysql_real_query");
  bind(store_result, "mysql_store_result");
  bind(free_result, "mysql_free_result");
  bind(columns, "mysql_num_fields");
  bind(fields, "mysql_fetch_fields");
  bind(fetch_row, "mysql_fetch_row");
  bind(fetch_lengths, "mysql_fetch_lengths");
}

const Libmariadb& libmariadb() {
  static const Libmariadb library;
  return library;
}

}  // namespace overreach
