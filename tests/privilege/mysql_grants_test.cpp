#include "scanner/privilege/mysql_grants.h"

#include <gtest/gtest.h>

namespace overreach {
namespace {

struct Case {
  const char* line;
  const char* parts;
};

TEST(MysqlGrants, AreTakenApart) {
  constexpr Case kCases[] = {
      // MariaDB, as it prints them
      {"GRANT ALL PRIVILEGES ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD "
       "'*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19' WITH GRANT OPTION",
       R"j({"grant":"GRANT ALL PRIVILEGES ON *.* TO `r`@`%` WITH GRANT OPTION",
           "global":["ALL","GRANT OPTION"],"scope":"*.*"})j"},
      {"GRANT USAGE ON *.* TO `n`@`%` IDENTIFIED VIA ed25519 USING 'ZIgU'",
       R"j({"grant":"GRANT USAGE ON *.* TO `n`@`%`","global":[],
           "scope":"*.*"})j"},
      {"GRANT SELECT, DROP ON `app`.* TO `d`@`%`",
       R"j({"grant":"GRANT SELECT, DROP ON `app`.* TO `d`@`%`",
           "database":["SELECT","DROP"],"scope":"app.*","name":"app"})j"},
      {"GRANT SELECT (`id`, `a`), UPDATE (`note`) ON `app`.`orders` TO `c`@`%`",
       R"j({"grant":"GRANT SELECT (`id`, `a`), UPDATE (`note`) ON `app`.`orders` TO `c`@`%`",
           "table":["SELECT","UPDATE"],"scope":"app.orders",
           "name":"app.orders"})j"},
      {"GRANT `r_admin` TO `u`@`%` WITH ADMIN OPTION",
       R"j({"grant":"GRANT `r_admin` TO `u`@`%` WITH GRANT OPTION",
           "role":["r_admin"]})j"},
      {"SET DEFAULT ROLE `r_admin` FOR `u`@`%`", "{}"},
      // MySQL
      {"GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION", "{}"},
      {R"(GRANT INSERT ON `app\_%`.* TO 'u'@'%')",
       R"j({"grant":"GRANT INSERT ON `app\\_%`.* TO 'u'@'%'",
           "database":["INSERT"],"scope":"app_%.*","name":"app_%"})j"},
      {"GRANT BACKUP_ADMIN,CLONE_ADMIN ON *.* TO `u`@`%`",
       R"j({"grant":"GRANT BACKUP_ADMIN,CLONE_ADMIN ON *.* TO `u`@`%`",
           "global":["BACKUP_ADMIN","CLONE_ADMIN"],"scope":"*.*"})j"},
      {"REVOKE DELETE ON `app`.* FROM `u`@`%`",
       R"j({"grant":"REVOKE DELETE ON `app`.* FROM `u`@`%`",
           "revoked":["DELETE"],"scope":"app.*"})j"},
      {"GRANT EXECUTE ON PROCEDURE `app`.`p` TO `u`@`%`",
       R"j({"grant":"GRANT EXECUTE ON PROCEDURE `app`.`p` TO `u`@`%`",
           "table":["EXECUTE"],"scope":"PROCEDURE app.p",
           "name":"PROCEDURE app.p"})j"},
      // hostile or broken
      {"GRANT SELECT ON `a TO b ON `.* TO `u`@`%`",
       R"j({"grant":"GRANT SELECT ON `a TO b ON `.* TO `u`@`%`",
           "database":["SELECT"],"scope":"a TO b ON .*","name":"a TO b ON "})j"},
      {"GRANT ", R"j({"grant":"GRANT  TO ","role":[]})j"},
      {"", "{}"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(parse_grant(c.line), nlohmann::json::parse(c.parts)) << c.line;
  }
}

}  // namespace
}  // namespace overreach
