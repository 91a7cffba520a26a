// The functions of OpenSSL that are used for TLS, loaded on first use.
#pragma once

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "scanner/base/shared_library.h"

namespace overreach {

struct Libssl : SharedLibrary {
  Libssl();
  decltype(&TLS_client_method) client_method = nullptr;
  decltype(&SSL_CTX_new) new_context = nullptr;
  decltype(&SSL_CTX_free) free_context = nullptr;
  decltype(&SSL_CTX_set_default_verify_paths) trust_system = nullptr;
  decltype(&SSL_new) new_session = nullptr;
  decltype(&SSL_free) free_session = nullptr;
  decltype(&SSL_set_fd) set_socket = nullptr;
  decltype(&SSL_set_verify) set_verify = nullptr;
  decltype(&SSL_set1_host) set_host = nullptr;
  decltype(&SSL_get0_param) parameters = nullptr;
  decltype(&X509_VERIFY_PARAM_set1_ip_asc) set_address = nullptr;
  decltype(&SSL_ctrl) control = nullptr;
  decltype(&SSL_connect) connect = nullptr;
  decltype(&SSL_read) read = nullptr;
  decltype(&SSL_write) write = nullptr;
};

// Loaded once for the process; any thread.
const Libssl& libssl();

}  // namespace overreach
