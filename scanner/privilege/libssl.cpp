#include "scanner/privilege/libssl.h"

namespace overreach {

Libssl::Libssl() {
  open({"libssl.so.3", "libssl.so.1.1"});
  bind(client_method, "TLS_client_method");
  bind(new_context, "SSL_CTX_new");
  bind(free_context, "SSL_CTX_free");
  bind(trust_system, "SSL_CTX_set_default_verify_paths");
  bind(new_session, "SSL_new");
  bind(free_session, "SSL_free");
  bind(set_socket, "SSL_set_fd");
  bind(set_verify, "SSL_set_verify");
  bind(set_host, "SSL_set1_host");
  bind(parameters, "SSL_get0_param");
  bind(set_address, "X509_VERIFY_PARAM_set1_ip_asc");
  bind(control, "SSL_ctrl");
  bind(connect, "SSL_connect");
  bind(read, "SSL_read");
  bind(write, "SSL_write");
}

const Libssl& libssl() {
  static const Libssl library;
  return library;
}

}  // namespace overreach
