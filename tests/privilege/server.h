// An HTTP server on a loopback port, for tests of what speaks HTTP: one thread
// a connection, plain or TLS, and every answer written by the test.
#pragma once

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace overreach {

struct Certificate {
  std::string certificate, key;  // PEM
};

// Signed by itself; `names` as in OpenSSL: "IP:127.0.0.1,DNS:a.example".
// Valid until `seconds` from now.
inline Certificate make_certificate(const char* names, long seconds = 3600) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -7200);
  X509_gmtime_adj(X509_getm_notAfter(x509), seconds);
  X509_set_pubkey(x509, key);
  X509_NAME* const subject = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_txt(
      subject, "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>("overreach test"), -1, -1, 0);
  X509_set_issuer_name(x509, subject);
  const std::pair<int, const char*> extensions[] = {
      {NID_subject_alt_name, names}, {NID_basic_constraints, "CA:TRUE"}};
  for (const auto& [kind, value] : extensions) {
    X509_EXTENSION* const extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(x509, key, EVP_sha256());
  const auto text_of = [](const auto& write) {
    BIO* const bio = BIO_new(BIO_s_mem());
    write(bio);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string text(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
  };
  Certificate made;
  made.certificate = text_of([&](BIO* b) { PEM_write_bio_X509(b, x509); });
  made.key = text_of([&](BIO* b) {
    PEM_write_bio_PrivateKey(b, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  X509_free(x509);
  EVP_PKEY_free(key);
  return made;
}

struct ServerTls {
  Certificate certificate;
  std::string client_authority;  // PEM; then a client certificate is a must
  int newest = 0;                // TLS version; 0: any
};

class TestServer {
 public:
  struct Request {
    std::string head, body;  // the head with its first line
    bool has(std::string_view text) const {
      return head.find(text) != head.npos;
    }
    bool asks(std::string_view method_and_path) const {
      return head.starts_with(std::string(method_and_path) + " HTTP/1.1\r\n");
    }
  };
  // What to write; the connection stays open unless that says
  // "Connection: close" or is empty.
  using Handler = std::function<std::string(const Request&)>;

  explicit TestServer(Handler handler) : TestServer(std::move(handler), {}) {}

  TestServer(Handler handler, const ServerTls& tls)
      : handler_(std::move(handler)), listener_(listen_on_loopback()) {
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT: a client may go at any time
    if (!tls.certificate.key.empty()) context_ = make_context(tls);
    acceptor_ = std::thread([this] { accept_all(); });
  }

  ~TestServer() {
    is_closing_ = true;
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close(listener_);
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    SSL_CTX_free(context_);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path) const {
    return (context_ ? "https://" : "http://") + host() + path;
  }
  int connections() const { return connections_; }
  int requests() const { return requests_; }
  bool is_closing() const { return is_closing_; }

 private:
  int listen_on_loopback() {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener, any, size) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, any, &size) != 0) {
      std::abort();
    }
    port_ = ntohs(address.sin_port);
    return listener;
  }

  static SSL_CTX* make_context(const ServerTls& tls) {
    SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(context, 0);
    if (tls.newest) {
      SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
      SSL_CTX_set_max_proto_version(context, tls.newest);
    }
    const auto bio = [](const std::string& text) {
      return BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    };
    BIO* source = bio(tls.certificate.certificate);
    X509* x509 = PEM_read_bio_X509(source, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, x509);
    X509_free(x509);
    BIO_free(source);
    source = bio(tls.certificate.key);
    EVP_PKEY* const key =
        PEM_read_bio_PrivateKey(source, nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(context, key);
    EVP_PKEY_free(key);
    BIO_free(source);
    if (!tls.client_authority.empty()) {
      source = bio(tls.client_authority);
      x509 = PEM_read_bio_X509(source, nullptr, nullptr, nullptr);
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context), x509);
      X509_free(x509);
      BIO_free(source);
      SSL_CTX_set_verify(
          context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
  }

  void accept_all() {
    while (!is_closing_) {
      const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      ++connections_;
      const std::lock_guard lock(mutex_);
      sockets_.push_back(socket);
      threads_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    SSL* ssl = nullptr;
    if (context_) {
      ssl = SSL_new(context_);
      SSL_set_fd(ssl, socket);
    }
    if (!ssl || SSL_accept(ssl) == 1) answer_all(socket, ssl);
    if (ssl) SSL_shutdown(ssl);
    SSL_free(ssl);
    ERR_clear_error();
    const std::lock_guard lock(mutex_);
    sockets_.remove(socket);
    close(socket);
  }

  void answer_all(int socket, SSL* ssl) {
    std::string pending;
    Request request;
    while (read_request(socket, ssl, pending, request)) {
      ++requests_;
      const std::string answer = handler_(request);
      if (answer.empty() || !write_all(socket, ssl, answer)) return;
      if (answer.find("Connection: close\r\n") != answer.npos) return;
    }
  }

  static bool read_more(int socket, SSL* ssl, std::string& text) {
    char bytes[4096];
    const long size =
        ssl ? SSL_read(ssl, bytes, sizeof bytes)
            : static_cast<long>(read(socket, bytes, sizeof bytes));
    if (size > 0) text.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  static bool read_request(int socket, SSL* ssl, std::string& pending,
                           Request& request) {
    std::size_t end = 0;
    while ((end = pending.find("\r\n\r\n")) == pending.npos) {
      if (!read_more(socket, ssl, pending)) return false;
    }
    request.head = pending.substr(0, end + 2);
    pending.erase(0, end + 4);
    constexpr std::string_view kLength = "Content-Length: ";
    const std::size_t length = request.head.find(kLength);
    const std::size_t size =
        length == std::string::npos
            ? 0
            : std::stoul(request.head.substr(length + kLength.size()));
    while (pending.size() < size) {
      if (!read_more(socket, ssl, pending)) return false;
    }
    request.body = pending.substr(0, size);
    pending.erase(0, size);
    return true;
  }

  static bool write_all(int socket, SSL* ssl, std::string_view text) {
    while (!text.empty()) {
      const long size =
          ssl ? SSL_write(ssl, text.data(), static_cast<int>(text.size()))
              : static_cast<long>(
                    send(socket, text.data(), text.size(), MSG_NOSIGNAL));
      if (size <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  const Handler handler_;
  std::uint16_t port_ = 0;
  const int listener_;
  SSL_CTX* context_ = nullptr;
  std::atomic<bool> is_closing_ = false;
  std::atomic<int> connections_ = 0, requests_ = 0;
  std::thread acceptor_;
  std::mutex mutex_;  // guards the next two while the acceptor runs
  std::list<int> sockets_;
  std::list<std::thread> threads_;
};

// "200 OK", extra header lines with their "\r\n", and the body.
inline std::string answer(const std::string& status, const std::string& headers,
                          const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace overreach
