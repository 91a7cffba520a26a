#include "scanner/privilege/stream.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "scanner/privilege/libssl.h"

namespace overreach {
namespace {

constexpr int kConnectMilliseconds = 10000;
constexpr int kSilenceSeconds = 8;

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(Socket&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// Connects without blocking for longer than the limit, then blocks per call.
Result<Socket> open_socket(const PinnedAddress& pinned) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(pinned.address.c_str(), std::to_string(pinned.port).c_str(),
                  &hints, &found) != 0) {
    return fail("not an address: " + pinned.address);
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> entry(found,
                                                                 freeaddrinfo);
  Socket socket(::socket(entry->ai_family,
                         SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) return fail("no socket");
  (void)::connect(socket.get(), entry->ai_addr, entry->ai_addrlen);
  pollfd waiting{socket.get(), POLLOUT, 0};
  if (poll(&waiting, 1, kConnectMilliseconds) <= 0) {
    return fail("no answer within 10 seconds");
  }
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return fail("the connection was refused");
  fcntl(socket.get(), F_SETFL, 0);
  const timeval limit{kSilenceSeconds, 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  return socket;
}

class PlainStream : public Stream {
 public:
  explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

  Status write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent =
          send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return fail("the connection broke");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }

  Result<std::string> read() override {
    std::array<char, 16384> buffer;
    const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (got == 0) return fail("the server closed the connection");
    if (got < 0) return fail("no answer within 8 seconds");
    return std::string(buffer.data(), static_cast<std::size_t>(got));
  }

 private:
  Socket socket_;
};

// OpenSSL writes without MSG_NOSIGNAL: a connection that the server closed
// would end the program.
class WithoutPipeSignal {
 public:
  WithoutPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~WithoutPipeSignal() {
    const timespec at_once{0, 0};
    if (!sigismember(&before_, SIGPIPE)) {
      sigtimedwait(&pipe_, nullptr, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutPipeSignal(const WithoutPipeSignal&) = delete;
  WithoutPipeSignal& operator=(const WithoutPipeSignal&) = delete;

 private:
  sigset_t pipe_{}, before_{};
};

struct FreeContext {
  void operator()(SSL_CTX* context) const { libssl().free_context(context); }
};
struct FreeSession {
  void operator()(SSL* session) const { libssl().free_session(session); }
};

class TlsStream : public Stream {
 public:
  explicit TlsStream(Socket socket) : socket_(std::move(socket)) {}

  Status begin(const std::string& host, StreamTls tls) {
    const Libssl& ssl = libssl();
    context_.reset(ssl.new_context(ssl.client_method()));
    if (!context_ || !ssl.trust_system(context_.get())) {
      return fail("TLS: cannot be set up");
    }
    session_.reset(ssl.new_session(context_.get()));
    if (!session_) return fail("TLS: cannot be set up");
    SSL* const session = session_.get();
    const bool is_address =
        ssl.set_address(ssl.parameters(session), host.c_str()) == 1;
    if (!is_address) {
      ssl.set_host(session, host.c_str());
      std::string name = host;
      ssl.control(session, SSL_CTRL_SET_TLSEXT_HOSTNAME,
                  TLSEXT_NAMETYPE_host_name, name.data());
    }
    ssl.set_verify(
        session, tls == StreamTls::checked ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
        nullptr);
    ssl.set_socket(session, socket_.get());
    const WithoutPipeSignal guard;
    if (ssl.connect(session) != 1) {
      return fail("TLS: no agreement, or the certificate is not the host's");
    }
    return {};
  }

  Status write(std::string_view bytes) override {
    const WithoutPipeSignal guard;
    const int sent = libssl().write(session_.get(), bytes.data(),
                                    static_cast<int>(bytes.size()));
    if (sent == static_cast<int>(bytes.size())) return {};
    return fail("the connection broke");
  }

  Result<std::string> read() override {
    const WithoutPipeSignal guard;
    std::array<char, 16384> buffer;
    const int got = libssl().read(session_.get(), buffer.data(),
                                  static_cast<int>(buffer.size()));
    if (got <= 0) return fail("the server closed the connection, or is silent");
    return std::string(buffer.data(), static_cast<std::size_t>(got));
  }

 private:
  Socket socket_;
  std::unique_ptr<SSL_CTX, FreeContext> context_;
  std::unique_ptr<SSL, FreeSession> session_;
};

// Byte by byte: what follows the line belongs to TLS.
Result<std::string> read_line(const Socket& socket) {
  constexpr std::size_t kMaxBytes = 64 << 10;
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(kSilenceSeconds);
  std::string line;
  char c = 0;
  while (line.size() < kMaxBytes && std::chrono::steady_clock::now() < end) {
    if (recv(socket.get(), &c, 1, 0) != 1) return fail("no greeting");
    if (c == '\n') return line;
    line += c;
  }
  return fail("no greeting within 8 seconds and 64 KiB");
}

Result<std::unique_ptr<Stream>> begin(Socket socket, const std::string& host,
                                      StreamTls tls) {
  if (tls == StreamTls::none) {
    return std::make_unique<PlainStream>(std::move(socket));
  }
  if (!libssl().is_loaded()) return fail(libssl().missing());
  auto stream = std::make_unique<TlsStream>(std::move(socket));
  TRY(stream->begin(host, tls));
  return stream;
}

}  // namespace

Result<std::unique_ptr<Stream>> open_stream(const PinnedAddress& pinned,
                                            const std::string& host,
                                            StreamTls tls) {
  TRY_ASSIGN(Socket socket, open_socket(pinned));
  return begin(std::move(socket), host, tls);
}

Result<std::unique_ptr<Stream>> open_greeted_stream(
    const PinnedAddress& pinned, const std::string& host,
    const std::function<Result<StreamTls>(const std::string& line)>& tls_of) {
  TRY_ASSIGN(Socket socket, open_socket(pinned));
  TRY_ASSIGN(const std::string line, read_line(socket));
  TRY_ASSIGN(const StreamTls tls, tls_of(line));
  return begin(std::move(socket), host, tls);
}

}  // namespace overreach
