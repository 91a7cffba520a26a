// Connection texts of applications, statements of rule files, and what servers
// send: any bytes do no harm.

#include <string>
#include <string_view>

#include "scanner/privilege/connection.h"
#include "scanner/privilege/mysql_grants.h"
#include "scanner/privilege/nats_protocol.h"
#include "scanner/privilege/redis_protocol.h"
#include "tests/fuzz/fuzz.h"

namespace overreach {

std::vector<std::string> fuzz_seeds() {
  return {"postgres://ann:p%40w@[2001:db8::1]:5432,b/shop?sslmode=require",
          "ann:p@tcp(h:3306)/d?tls=true",
          "host=a port=1 user=b password='c\\'d' sslmode=disable",
          "Server=a;Port=3306;Uid=b;Pwd=\"c;\"\"d\";SslMode=None",
          "a.example:6380,password=b,ssl=True",
          "SELECT pg_has_role(m.oid, 'USAGE') FROM pg_roles \"r\"",
          "SHOW GLOBAL VARIABLES LIKE 'x'",
          "{\"usersInfo\": \"self\"}",
          "%2\r\n+a\r\n:1\r\n+b\r\n*2\r\n$1\r\nx\r\n,1.5\r\n",
          "HMSG a 1 14 16\r\nNATS/1.0 503\r\n\r\n\r\nPONG\r\n",
          "GRANT SELECT (`a`), DROP ON `app\\_%`.* TO `u`@`%` IDENTIFIED BY "
          "PASSWORD '*00' WITH GRANT OPTION"};
}

}  // namespace overreach

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace overreach;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto target = parse_connection_url(text)) {
    FUZZ_CHECK(!target->host.empty());
    FUZZ_CHECK(!target->protocol.empty());
  }
  for (const char* const protocol :
       {"postgres", "mysql", "redis", "mongodb", "nats"}) {
    if (!check_statement(protocol, text)) continue;
    FUZZ_CHECK(text.find('\0') == text.npos);
  }
  FUZZ_CHECK(parse_grant(text).is_object());
  std::string bytes(text);
  while (true) {
    const std::size_t before = bytes.size();
    const auto reply = take_redis_reply(bytes);
    if (!reply || !*reply) break;
    FUZZ_CHECK(bytes.size() < before);
  }
  bytes = text;
  while (true) {
    const std::size_t before = bytes.size();
    const auto operation = take_nats_operation(bytes);
    if (!operation || !*operation) break;
    FUZZ_CHECK(bytes.size() < before);
  }
  return 0;
}
