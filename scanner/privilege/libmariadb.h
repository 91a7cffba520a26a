// The functions of MariaDB's client library that are used, loaded on first
// use.  It speaks to MySQL as well; MySQL's own library has another layout.
#pragma once

#include <mariadb/mysql.h>

#include "scanner/base/shared_library.h"

namespace overreach {

struct Libmariadb : SharedLibrary {
  Libmariadb();
  decltype(&mysql_init) init = nullptr;
  decltype(&mysql_options) set_option = nullptr;
  decltype(&mysql_real_connect) connect = nullptr;
  decltype(&mysql_close) close = nullptr;
  decltype(&mysql_errno) error_number = nullptr;
  decltype(&mysql_error) error_text = nullptr;
  decltype(&mysql_get_ssl_cipher) cipher = nullptr;
  decltype(&mysql_real_query) query = nullptr;
  decltype(&mysql_store_result) store_result = nullptr;
  decltype(&mysql_free_result) free_result = nullptr;
  decltype(&mysql_num_fields) columns = nullptr;
  decltype(&mysql_fetch_fields) fields = nullptr;
  decltype(&mysql_fetch_row) fetch_row = nullptr;
  decltype(&mysql_fetch_lengths) fetch_lengths = nullptr;
};

// Loaded once for the process; any thread.
const Libmariadb& libmariadb();

}  // namespace overreach
