#include "scanner/environment/value.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "scanner/base/text.h"
#include "scanner/base/word_map.h"
#include "scanner/environment/address.h"
#include "scanner/environment/host.h"

namespace overreach {
namespace {

using Class = EnvironmentClass;

constexpr int kMostOfKey = 2;
constexpr std::size_t kUuidBytes = 36;

// Words of a key and what they make of its value; the first row with one of
// them counts.  Links come first: CORS_ORIGIN_API is a link.
struct RoleWords {
  Role role;
  std::string_view words;  // each with a space behind it
};
constexpr RoleWords kRoles[] = {
    {Role::link,
     "cors origin origins allowed redirect redirects callback return site "
     "sitemap canonical homepage assets asset cdn docs documentation "
     "analytics email mailto from referer frontend public webhook website "
     "domain logo image images cookie share social support terms privacy "
     "schema tag registry "},
    {Role::secret,
     "secret token password passwd pwd pass passphrase apikey credential "
     "credentials pem "},
    {Role::data,
     "database databases db dsn postgres postgresql pg pgsql mysql mariadb "
     "mongo mongodb redis amqp rabbitmq kafka jdbc sqlalchemy bucket buckets "
     "s3 queue sqs storage elasticsearch clickhouse datasource datasources "
     "broker brokers cassandra memcached neo4j opensearch nats couchdb "
     "couchbase cockroachdb influxdb timescaledb mssql sqlserver dynamodb rds "
     "solr typesense meilisearch qdrant milvus weaviate pulsar kinesis "},
    {Role::account,
     "account project subscription tenant organization org team "},
    {Role::secret, "key "},
    {Role::service,
     "api endpoint service backend server host url uri address gateway "},
};

constexpr std::size_t kRoleWordCount = [] {
  std::size_t count = 0;
  for (const RoleWords& row : kRoles) {
    count += static_cast<std::size_t>(
        std::count(row.words.begin(), row.words.end(), ' '));
  }
  return count;
}();

// The row of each word.
constexpr WordMap kRowOfWord = [] {
  std::array<WordMeaning<std::size_t>, kRoleWordCount> entries;
  auto next = entries.begin();
  for (std::size_t row = 0; row < std::size(kRoles); ++row) {
    for (std::string_view rest = kRoles[row].words; !rest.empty();) {
      const std::size_t space = rest.find(' ');
      *next++ = {rest.substr(0, space), row};
      rest.remove_prefix(space + 1);
    }
  }
  return WordMap(entries);
}();

struct Mode {
  std::string_view prefix;
  Class means;
  std::size_t least;  // bytes of the whole value
};
// Keys whose form says the mode: published by each provider.
constexpr Mode kModes[] = {
    {"sk_live_", Class::production, 24},
    {"rk_live_", Class::production, 24},
    {"sk_test_", Class::test, 24},
    {"rk_test_", Class::test, 24},
    {"pk_live_", Class::production, 24},
    {"pk_test_", Class::test, 24},
    {"rzp_live_", Class::production, 22},
    {"rzp_test_", Class::test, 22},
    {"shippo_live_", Class::production, 40},
    {"shippo_test_", Class::test, 40},
    {"duffel_live_", Class::production, 40},
    {"duffel_test_", Class::test, 40},
    {"access-production-", Class::production, 50},
    {"access-sandbox-", Class::development, 47},
    {"access-development-", Class::development, 50},
    {"pdl_live_apikey_", Class::production, 40},
    {"pdl_sdbx_apikey_", Class::development, 40},
    {"xnd_production_", Class::production, 40},
    {"xnd_development_", Class::development, 40},
    {"ak_live_", Class::production, 30},
    {"ak_test_", Class::test, 30},
    {"flb_live_", Class::production, 24},
    {"scp-live-", Class::production, 40},
    {"scp-test-", Class::test, 40},
    {"persona_production_", Class::production, 40},
    {"persona_sandbox_", Class::development, 40},
    {"$aact_prod_", Class::production, 40},
    {"$aact_hmlg_", Class::staging, 40},
};

// A placeholder says nothing: "sk_live_xxxxxxxxxxxx", "sk_live_...".
bool is_varied(std::string_view value) {
  std::array<bool, 256> seen{};
  std::size_t count = 0;
  for (const char c : value) {
    bool& is_seen = seen[static_cast<unsigned char>(c)];
    count += is_seen ? 0 : 1;
    is_seen = true;
  }
  return count >= 10;
}

void add(ValueLabel& label, EnvironmentLabel says, OriginSource source,
         std::string text) {
  if (!says) return;
  label.origins.push_back({std::move(says), source, std::move(text)});
}

void add_mode(std::string_view value, ValueLabel& label) {
  for (const Mode& mode : kModes) {
    if (value.size() < mode.least || !value.starts_with(mode.prefix) ||
        !is_varied(value.substr(mode.prefix.size()))) {
      continue;
    }
    label.role = Role::secret;
    add(label, {mode.means, 3, std::string(mode.prefix), false},
        OriginSource::form,
        "a key of the form " + std::string(mode.prefix) + "...");
  }
}

bool is_bucket_scheme(std::string_view scheme) {
  return scheme == "s3" || scheme == "gs";
}

// One server, however its clients spell it.
struct Scheme {
  std::string_view written, name, port;  // its own port
};
constexpr Scheme kSchemes[] = {
    {"postgres", "postgres", "5432"},   {"postgresql", "postgres", "5432"},
    {"mysql", "mysql", "3306"},         {"mysql2", "mysql", "3306"},
    {"mariadb", "mysql", "3306"},       {"mongodb", "mongodb", "27017"},
    {"redis", "redis", "6379"},         {"rediss", "redis", "6379"},
    {"amqp", "amqp", "5672"},           {"amqps", "amqp", "5671"},
    {"sqlserver", "sqlserver", "1433"}, {"mssql", "sqlserver", "1433"},
};

Scheme canonical_scheme(std::string_view written) {
  for (const Scheme& each : kSchemes) {
    if (each.written == written) return each;
  }
  return {written, written, {}};
}

void add_identity(const Address& address, ValueLabel& label) {
  if (is_bucket_scheme(address.scheme)) {
    label.identity = "bucket " + address.host;
    return;
  }
  const bool is_shared_name = label.host == HostKind::this_machine ||
                              (label.host == HostKind::private_network &&
                               address.host.find('.') == address.host.npos);
  // A bare host name is whatever the container network makes of it.
  if (label.role != Role::data || is_shared_name) return;
  const Scheme scheme = canonical_scheme(address.scheme);
  label.identity = std::string(scheme.name) + " ";
  if (is_pooler_of_many(address.host)) label.identity += address.user + "@";
  label.identity += address.host;
  if (!address.port.empty() && address.port != scheme.port) {
    label.identity += ":" + address.port;
  }
  if (!address.path.empty()) label.identity += "/" + address.path;
}

void add_address(const Address& address, ValueLabel& label) {
  label.has_password = address.has_password;
  if (is_data_scheme(address.scheme)) label.role = Role::data;
  if (is_bucket_scheme(address.scheme)) {
    add(label, label_of_name(address.host), OriginSource::name,
        "bucket " + address.host);
  } else {
    HostLabel host = label_of_host(address.host);
    label.host = host.kind;
    add(label, std::move(host.environment), OriginSource::host,
        "host " + address.host);
  }
  const bool has_database = is_data_scheme(address.scheme) &&
                            !is_bucket_scheme(address.scheme) &&
                            !address.path.empty();
  if (has_database) {
    add(label, label_of_name(address.path), OriginSource::name,
        "database " + address.path);
  }
  add_identity(address, label);
}

bool ends_with_word(std::string_view key,
                    std::initializer_list<std::string_view> wanted) {
  const std::vector<std::string> words = words_of_name(key);
  return !words.empty() &&
         std::find(wanted.begin(), wanted.end(), words.back()) != wanted.end();
}

// Says that there is none, or that somebody has to choose one.
bool is_no_name(std::string_view value) {
  const std::string lower = lower_case(value);
  for (const std::string_view none :
       {"null", "none", "nil", "undefined", "false", "true", "default",
        "changeme", "fillme", "todo", "example", "bucket"}) {
    if (lower == none) return true;
  }
  return lower.starts_with("your") || lower.starts_with("my-") ||
         lower.starts_with("my_");
}

bool is_name(std::string_view value) {
  return !value.empty() && value.size() <= 128 && !is_no_name(value) &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
         });
}

// "null", "my-bucket", "your-bucket-name": nobody's.
bool is_chosen(std::string_view name) {
  constexpr std::string_view kNobodys =
      " null none nil undefined false bucket name my your example changeme "
      "test local dummy todo ";
  const std::vector<std::string> words = words_of_name(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return kNobodys.find(" " + word + " ") == kNobodys.npos;
  });
}

// S3_BUCKET, AWS_S3_BUCKET_NAME
bool names_bucket(std::string_view key) {
  const std::vector<std::string> words = words_of_name(key);
  const std::size_t n = words.size();
  return ends_with_word(key, {"bucket", "bucketname"}) ||
         (n >= 2 && words[n - 2] == "bucket" && words[n - 1] == "name");
}

// DB_NAME=app_prod, S3_BUCKET=acme-prod-data, DB_HOST=prod-db.
void add_name(std::string_view key, std::string_view value, ValueLabel& label) {
  if (!is_name(value)) return;
  const std::string text(value);
  if (ends_with_word(key, {"host", "hostname", "server"})) {
    HostLabel host = label_of_host(value);
    label.host = host.kind;
    add(label, std::move(host.environment), OriginSource::host, "host " + text);
  } else if (key == "database_id" && value.size() == kUuidBytes) {
    label.identity = "database " + text;  // of Cloudflare's D1
  } else if (names_bucket(key)) {
    add(label, label_of_name(value), OriginSource::name, "bucket " + text);
    if (is_chosen(value)) label.identity = "bucket " + text;
  } else if (ends_with_word(key, {"database", "db", "dbname", "name"})) {
    add(label, label_of_name(value), OriginSource::name, "name " + text);
  } else if (label.role == Role::account) {
    add(label, label_of_name(value), OriginSource::name, "name " + text);
  }
}

}  // namespace

Role role_of_key(std::string_view key) {
  const std::vector<std::string> words = words_of_name(key);
  const auto has = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  // Public by design: whoever has it can only send reports.
  if (has("sentry") && has("dsn")) return Role::link;
  // Of Kafka, in every client's words.
  if (has("bootstrap") && (has("server") || has("servers"))) return Role::data;
  std::size_t first = std::size(kRoles);
  for (const std::string& word : words) {
    if (const std::size_t* const row = kRowOfWord.find(word)) {
      first = std::min(first, *row);
    }
  }
  return first < std::size(kRoles) ? kRoles[first].role : Role::unknown;
}

ValueLabel label_of_value(std::string_view key, std::string_view value,
                          std::string_view around) {
  ValueLabel label;
  label.role = role_of_key(key);
  if (label.role == Role::service && role_of_key(around) == Role::data) {
    label.role = Role::data;
  }
  add_mode(value, label);
  const auto address = parse_address(value);
  // A version or the name of a class looks like a host: "7.1", "org.acme.Pool".
  const bool is_address =
      address && (!address->scheme.empty() || !address->port.empty() ||
                  ends_with_word(key, {"host", "hostname", "server", "endpoint",
                                       "address", "addr", "url", "uri"}));
  if (is_address) {
    add_address(*address, label);
  } else {
    add_name(key, value, label);
  }
  EnvironmentLabel by_key = label_of_name(key);
  by_key.strength = std::min(by_key.strength, kMostOfKey);
  add(label, std::move(by_key), OriginSource::key, "name " + std::string(key));
  std::stable_sort(label.origins.begin(), label.origins.end(),
                   [](const Origin& a, const Origin& b) {
                     return a.label.strength > b.label.strength;
                   });
  return label;
}

}  // namespace overreach
