// Texts at random, full of what every reader of the matcher looks for.
#pragma once

#include <cstddef>
#include <string>

#include "scanner/base/encoding.h"
#include "tests/match/matching.h"

namespace overreach {

inline std::string key_block(TestRandom& random) {
  std::string text = "-----BEGIN PRIVATE KEY-----\n";
  for (int i = 0; i < 8; ++i) text += random.text(kBase62, 64) + "\n";
  return text + "-----END PRIVATE KEY-----\n";
}

// One of everything that is read in its own way, in several lines or one.
inline std::string piece(TestRandom& random) {
  const std::string word = random.text(kBase62, 6 + random.below(20));
  switch (random.below(23)) {
    case 0:
      return key_block(random);
    case 1:
      return "password = \"" + word + "\"\n";
    case 2:
      return "DB_PASS=" + word + "\n";
    case 3:
      return "postgres://app:" + word + "@db.internal:5432/x\n";
    case 4:
      return "{\n \"kty\": \"oct\",\n \"k\": \"" + random.text(kBase62, 32) +
             "\"\n}\n";
    case 5:
      return "INSERT INTO users (id, name, password) VALUES\n(1, 'a', '" +
             word + "'),\n(2, 'b', '" + random.text(kBase62, 12) + "');\n";
    case 6:
      return "passwords = [\n  \"" + word + "\",\n  \"" +
             random.text(kBase62, 12) + "\",\n]\n";
    case 7:
      return "curl -X POST \\\n  -u admin:" + word + " https://x.internal\n";
    case 8:
      return "aws_access_key_id = AKIA" +
             random.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16) +
             "\naws_secret_access_key = " + random.text(kBase62, 40) + "\n";
    case 9:
      return "token = \"ghp_" + random.text(kBase62, 36) +
             "\" # gitleaks:allow\n";
    case 10:
      return "Railway\nRAILWAY_TOKEN: 8b1f" +
             random.text("0123456789abcdef", 4) + "-" +
             random.text("0123456789abcdef", 4) + "-4a1c-9d2e-" +
             random.text("0123456789abcdef", 12) + "\n";
    case 11:
      return "KafkaLoginModule required username=\"a\"\n user_x=\"" + word +
             "\"\n password=\"" + random.text(kBase62, 12) + "\";\n";
    case 12:
      return "# pragma: allowlist nextline secret\n";
    case 13:
      return "user: " + word + "\n";
    case 18:
      return "u = User(password_hash=hash_password(\"" + word + "\"))\n";
    case 19:
      return "x = \"Server=db1;User Id=app;Password=" + word + ";A=b\"\n";
    case 20:
      return "dsn := \"app:" + word + "@tcp(db:3306)/x\"\n";
    case 21:
      return "nats://" + random.text(kBase62, 24) + "@nats.internal:4222\n";
    case 22:
      return "example:\n  user: anna\n  password: " + word + "\n";
    case 14:
      return "db_user: walnut\ndb_password: walnut\ndb_name: walnut\n";
    case 15:
      return "CREATE TABLE users (id int, password varchar(40));\n";
    case 16:
      return "config: " +
             encode_base64("A=" + word + "\nB=sbp_" +
                           random.text("0123456789abcdef", 40) +
                           "\nAPI_KEY=" + random.text(kBase62, 16) + "\n") +
             "\n";
    default: {
      std::string lines;
      for (std::size_t i = random.below(12); i-- > 0;) {
        lines += random.text("abc def ghi(){};\t", random.below(60)) + "\n";
      }
      return lines;
    }
  }
}

inline std::string text_of_pieces(TestRandom& random) {
  std::string text;
  for (std::size_t i = 2 + random.below(14); i-- > 0;) text += piece(random);
  return text;
}

}  // namespace overreach
