// Tokens are put together from parts, so that no line here holds a whole one.
#include "scanner/privilege/facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "scanner/base/digest.h"
#include "scanner/base/encoding.h"

namespace overreach {
namespace {

std::string url_base64(std::string_view bytes) {
  std::string text = encode_base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

// "account=1 kind=x expires:2026-01-01", or "nothing".
std::string shown(std::string_view decoder, std::string_view secret) {
  const auto decoded = decode_facts(decoder, secret);
  if (!decoded) return "nothing";
  std::string text;
  for (const auto& [name, value] : decoded->facts) {
    text += (text.empty() ? "" : " | ") + name + "=" + value;
  }
  if (decoded->expires) text += " | until " + format_date(*decoded->expires);
  return text;
}

struct Case {
  std::string secret;
  std::string facts;
};

template <std::size_t N>
void expect_all(std::string_view decoder, const std::array<Case, N>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(shown(decoder, c.secret), c.facts) << c.secret;
  }
}

TEST(FormatDate, WholeDaysAndTimes) {
  EXPECT_EQ(format_date(0), "1970-01-01");
  EXPECT_EQ(format_date(1769817600), "2026-01-31");
  EXPECT_EQ(format_date(1769860800), "2026-01-31T12:00:00Z");
  EXPECT_EQ(format_date(951782400), "2000-02-29");
  EXPECT_EQ(format_date(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(format_date(-62167219200), "0000-01-01");
  EXPECT_EQ(format_date(253402300799), "9999-12-31T23:59:59Z");
}

TEST(FormatDate, FarAwayTimesAreNumbers) {
  EXPECT_EQ(format_date(253402300800), "253402300800");
  EXPECT_EQ(format_date(std::numeric_limits<std::int64_t>::max()),
            "9223372036854775807");
  EXPECT_EQ(format_date(std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808");
}

TEST(Facts, NamesAreSortedAndKnown) {
  const auto names = decoder_names();
  EXPECT_EQ(names.size(), 15u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(shown("no-such-decoder", "text"), "nothing");
}

TEST(AwsAccount, Table) {
  const std::string tail = "RZPUZDIKFIAAAAAA";
  expect_all<9>(
      "aws-account",
      {{{"AKIA" + tail, "account=123456789012 | kind=long-term"},
        {"ASIA" + tail, "account=123456789012 | kind=temporary"},
        {"AKIAQAAAAAAGFIAAAAAA", "account=000000000012 | kind=long-term"},
        {"AKIAAYLPMN5HAAAAAAAA",
         "account=052310077262 | canary=true | kind=long-term"},
        {"AKIAI" + tail.substr(1), "kind=long-term"},
        {"AKIAJ" + tail.substr(1), "kind=long-term"},
        {"AKIA" + tail.substr(1), "nothing"},
        {"AROA" + tail, "nothing"},
        {"AKIA1" + tail.substr(1), "nothing"}}});
}

// --- JWT ---------------------------------------------------------------------

const std::string kHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

std::string jwt(std::string_view claims) {
  return kHeader + '.' + url_base64(claims) + ".c2lnbmF0dXJl";
}

TEST(Jwt, WorkedExample) {
  const std::string claims =
      "eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6ImFiY2RlZmdoaWprbG1ub3BxcnN0Iiwicm9sZSI"
      "6InNlcnZpY2Vfcm9sZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoyMDE1MzYwMDAwfQ";
  EXPECT_EQ(shown("jwt", kHeader + '.' + claims + ".c2ln"),
            "alg=HS256 | iss=supabase | role=service_role | "
            "ref=abcdefghijklmnopqrst | issued=2023-11-14T22:13:20Z | until "
            "2033-11-11T22:13:20Z");
}

TEST(Jwt, Table) {
  const std::string plain = R"({"sub":"ci","aud":["a",["b","c"]],"exp":1e3})";
  const std::string seen =
      "alg=HS256 | sub=ci | aud=a, b, c | until 1970-01-01T00:16:40Z";
  const std::array<Case, 17> cases = {{
      {jwt(plain), seen},
      {"ghs_123456_" + jwt(plain), seen},
      {"glcbt-" + jwt(plain), seen},
      {"eyJhb_" + jwt(plain), seen},
      {jwt(R"({"scope":"read write","scp":["x"]})"),
       "alg=HS256 | scope=read write"},
      {jwt(R"({"scp":["x","y"],"tid":"t","appid":"p"})"),
       "alg=HS256 | scope=x, y | tid=t | appid=p"},
      {jwt(R"({"email":"ci@acme.example","password":"hidden","exp":"1"})"),
       "alg=HS256 | email=ci@acme.example"},
      {jwt(R"({"kubernetes.io":{"namespace":"shop","serviceaccount":)"
           R"({"name":"deployer","uid":"1"}}})"),
       "alg=HS256 | namespace=shop | service_account=deployer"},
      {jwt(R"({"access":[{"type":"repository","name":"app",)"
           R"("actions":["pull","push"]},{"type":"registry",)"
           R"("name":"catalog","actions":["*"]}]})"),
       "alg=HS256 | access=repository app: pull, push; registry catalog: * | "
       "registry_right=push"},
      {jwt(R"({"access":[{"type":"repository","name":"a","actions":["*"]}]})"),
       "alg=HS256 | access=repository a: * | registry_right=delete"},
      {jwt(R"({"access":[]})"), "alg=HS256"},  // whoever's it is
      {jwt(R"({"access":["read"]})"), "alg=HS256"},
      {jwt(R"({"access":[{"type":{}}]})"), "alg=HS256"},
      {jwt(R"({"sub":{"a":1},"iss":null,"aud":[],"admin":true})"), "alg=HS256"},
      {jwt(R"({"sub":"line\u0000\nbreak"})"), "alg=HS256 | sub=line..break"},
      {jwt(R"({"exp":9999999999999})"), "alg=HS256"},
      {jwt(R"({"a":"ro"})"), "alg=HS256 | a=ro"},
  }};
  expect_all("jwt", cases);
}

TEST(Jwt, BadInputs) {
  std::string deep = R"({"sub":)" + std::string(2000, '[');
  deep += std::string(2000, ']') + '}';
  const std::string big = R"({"sub":")" + std::string(70000, 'x') + "\"}";
  const std::array<Case, 10> cases = {{
      {"", "nothing"},
      {"eyJ", "nothing"},
      {kHeader, "nothing"},
      {kHeader + ".", "nothing"},
      {kHeader + ".eyJzdWIiOiJ", "nothing"},  // cut short
      {kHeader + "." + url_base64("[1]") + ".x", "nothing"},
      {url_base64("\"text\"") + "." + url_base64("{}") + ".x", "nothing"},
      {jwt("{\"sub\":\"\xff\xfe\"}"), "nothing"},  // not UTF-8
      {jwt(deep), "nothing"},
      {jwt(big), "nothing"},
  }};
  expect_all("jwt", cases);
}

TEST(Jwt, CutsLongClaimsAtACharacter) {
  std::string name(199, 'x');
  const auto decoded =
      decode_facts("jwt", jwt(R"({"sub":")" + name + "\u00e9" + R"("})"));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->facts.back().second, name + "...");
}

// --- JSON in base64 ----------------------------------------------------------

TEST(Grafana, Table) {
  const std::string cloud =
      R"({"o":"1234","n":"ci-token","k":"synthetic","m":{"r":"eu"}})";
  const std::string legacy = R"({"k":"synthetic","n":"ci","id":1})";
  const std::array<Case, 5> cases = {{
      {"glc_" + encode_base64(cloud),
       "organization=1234 | name=ci-token | region=eu"},
      {encode_base64(legacy), "organization=1 | name=ci"},
      {"glc_" + encode_base64(R"({"k":"x","m":[]})"), ""},
      {"glc_" + encode_base64(cloud).substr(0, 40), "nothing"},
      {"glc_" + encode_base64(R"({"n":"no key"})"), "nothing"},
  }};
  expect_all("grafana-json", cases);
}

TEST(Sentry, Table) {
  const std::string json =
      R"({"iat":1700000000.5,"url":"https://sentry.io",)"
      R"("region_url":"https://de.sentry.io","org":"example-org"})";
  const std::string secret(43, 'S');
  const std::array<Case, 4> cases = {{
      {"sntrys_" + encode_base64(json) + "_" + secret,
       "organization=example-org | url=https://sentry.io | "
       "region=https://de.sentry.io | issued=2023-11-14T22:13:20Z"},
      {"sntrys_" + encode_base64(json), "nothing"},
      {"sntrys_" + encode_base64(json).substr(0, 30) + "_" + secret, "nothing"},
      {"sntrys__" + secret, "nothing"},
  }};
  expect_all("sentry-json", cases);
}

TEST(GcpServiceAccount, OnlyFromAWholeKeyFile) {
  const std::string json =
      R"({"type":"service_account","project_id":"acme-prod",)"
      R"("private_key_id":"0123abcd","private_key":"hidden",)"
      R"("client_email":"ci@acme-prod.iam.gserviceaccount.com"})";
  const std::array<Case, 3> cases = {{
      {json,
       "project=acme-prod | email=ci@acme-prod.iam.gserviceaccount.com | "
       "key_id=0123abcd"},
      {R"({"type":"authorized_user"})", "nothing"},
      {std::string("-----BEGIN ") + "PRIVATE KEY-----\nMIIE", "nothing"},
  }};
  expect_all("gcp-service-account", cases);
}

// --- Macaroons ---------------------------------------------------------------

std::string field(char type, std::string_view value) {
  return std::string{type, static_cast<char>(value.size())} +
         std::string(value);
}

std::string pypi(std::initializer_list<std::string_view> caveats,
                 std::string_view location = "pypi.org") {
  std::string bytes = "\x02" + field(1, location) +
                      field(2, "00000000-0000-4000-8000-000000000000") + '\0';
  for (const std::string_view caveat : caveats) {
    bytes += field(2, caveat) + '\0';
  }
  bytes += '\0' + field(6, std::string(32, 's'));
  return "pypi-" + url_base64(bytes);
}

TEST(Pypi, Table) {
  EXPECT_TRUE(pypi({}).starts_with("pypi-AgEIcHlwaS5vcmcCJDAwM"));
  const std::array<Case, 10> cases = {{
      {pypi({R"([1,["example-project"]])", "[0,1767225600,1700000000]"}),
       "location=pypi.org | scope=projects: example-project | until "
       "2026-01-01"},
      {pypi({}), "location=pypi.org | scope=account"},
      {pypi({R"([3,"user-uuid"])"}, "test.pypi.org"),
       "location=test.pypi.org | user=user-uuid | scope=account"},
      {pypi({R"([1,["a","b","c"]])", R"([1,["c","a"]])"}),
       "location=pypi.org | scope=projects: c, a"},
      {pypi({R"([1,["a"]])", R"([1,["b"]])"}),
       "location=pypi.org | scope=projects: none"},
      {pypi({R"([2,["id-1","id-2"]])"}),
       "location=pypi.org | scope=project ids: id-1, id-2"},
      {pypi({R"({"version":1,"permissions":"user"})"}),
       "location=pypi.org | scope=account"},
      {pypi({R"({"version":1,"permissions":{"projects":["a","b"]}})",
             R"({"nbf":1700000000,"exp":1767225600})"}),
       "location=pypi.org | scope=projects: a, b | until 2026-01-01"},
      {pypi({R"([4,"publisher-id",{"repository":"x"}])"}),
       "location=pypi.org | publisher=publisher-id | scope=account"},
      {pypi({"[0,1767225600,0]", "[0,1750000000,0]"}),
       "location=pypi.org | scope=account | until 2025-06-15T15:06:40Z"},
  }};
  expect_all("pypi-macaroon", cases);
}

TEST(Pypi, CaveatsWeCannotReadLimitNothing) {
  for (const std::string_view caveat :
       {"not json", "[]", "[1]", "[1,2]", "[99,1]", "[\"1\",[]]", "{}", "[[[",
        "1},{", "[0,\"soon\"]", "[0,-1]", "[0,99999999999999999999]"}) {
    EXPECT_EQ(shown("pypi-macaroon", pypi({caveat})),
              "location=pypi.org | scope=account")
        << caveat;
  }
}

TEST(Pypi, CutShortAtEveryByte) {
  const std::string whole = pypi({R"([1,["example-project"]])"});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(shown("pypi-macaroon", whole.substr(0, size)), "nothing");
  }
}

TEST(Pypi, HostileLengths) {
  const std::string start = "\x02" + field(1, "pypi.org");
  for (const std::string& end :
       {std::string("\x02\xff\xff\xff\xff\xff\xff\xff\x7f"),
        std::string("\x02\xff"), std::string("\x02\x7f"),
        std::string("\x02\x80\x80\x80\x01x")}) {
    EXPECT_EQ(shown("pypi-macaroon", "pypi-" + url_base64(start + end)),
              "nothing");
  }
}

// MessagePack of the test's own making.
std::string number(std::uint64_t value) {
  std::string bytes = "\xcf";
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(value >> shift & 0xff);
  }
  return bytes;
}
std::string text(std::string_view value) {
  return std::string("\xd9") + static_cast<char>(value.size()) +
         std::string(value);
}
std::string list(std::initializer_list<std::string> items) {
  std::string bytes(1, static_cast<char>(0x90 | items.size()));
  for (const std::string& item : items) bytes += item;
  return bytes;
}
std::string map(const std::string& key, const std::string& value) {
  return "\x81" + key + value;
}

constexpr std::string_view kFlyApi = "https://api.fly.io/v1";

std::string fly(std::initializer_list<std::string> caveats,
                std::string_view location = kFlyApi) {
  const std::string nonce = list({text("kid"), text("0123456789abcdef")});
  return "fm2_" + encode_base64(list(
                      {nonce, text(location), list(caveats), text("tail")}));
}

TEST(Fly, Table) {
  const std::string organization = list({number(4242), number(31)});
  const std::string apps = list({map(number(77), number(31))});
  const std::string start = "use=permission | location=https://api.fly.io/v1";
  const std::array<Case, 9> cases = {{
      {fly({}), start},
      {fly({number(0), organization}),
       start + " | organization=4242 | scope=organization | actions=rwcdC"},
      {fly({number(0), organization, number(22), list({})}),
       start + " | organization=4242 | scope=member | actions=rwcdC"},
      {fly({number(0), list({number(4242), number(1)})}),
       start + " | organization=4242 | scope=read | actions=r"},
      {fly({number(0), organization, number(3), apps, number(4),
            list({number(1700000000), number(1767225600)})}),
       start +
           " | valid_from=2023-11-14T22:13:20Z | organization=4242 | scope=app "
           "| apps=77 | actions=rwcdC | until 2026-01-01"},
      {fly({number(0), organization, number(13),
            list({list({number(3), apps}), number(1)})}),
       start + " | organization=4242 | scope=app | apps=77 | actions=rwcdC"},
      {fly({number(0), organization, number(26), "\x03"}),
       start + " | organization=4242 | scope=organization | actions=rw"},
      {fly({number(0), organization, number(11),
            list({text("https://auth.fly.io"), text("v"), text("c")})}),
       start + " | organization=4242 | scope=organization | actions=rwcdC | "
               "needs_discharge_of=https://auth.fly.io"},
      {fly({}, "https://api.fly.io/aaa/v1"),
       "use=discharge | location=https://api.fly.io/aaa/v1"},
  }};
  for (const Case& c : cases) {
    EXPECT_EQ(shown("fly-macaroon", c.secret), c.facts);
    EXPECT_EQ(shown("fly-macaroon", "FlyV1 " + c.secret + ",fm2_AAAA"),
              c.facts);
  }
}

TEST(Fly, CutShortAtEveryByte) {
  const std::string whole = fly({number(0), list({number(4242), number(31)})});
  for (std::size_t size = 0; size + 4 < whole.size(); ++size) {
    EXPECT_EQ(shown("fly-macaroon", whole.substr(0, size)), "nothing");
  }
}

TEST(Fly, HostileBytes) {
  const std::string deep(500, '\x91');
  for (const std::string& bytes :
       {std::string("\xdd\xff\xff\xff\xff"),
        std::string("\xdf\xff\xff\xff\xff"),
        std::string("\xdb\xff\xff\xff\xffxx"), std::string("\x94\xc0\xc0\xc0"),
        list({"\x01", "\x01", "\x01", "\x01"}), deep, std::string("\xc1"),
        list({list({}), text("x"), "\x01", "\x01"})}) {
    EXPECT_EQ(shown("fly-macaroon", "fm2_" + encode_base64(bytes)), "nothing");
  }
  // Caveats of the wrong form say nothing.
  EXPECT_EQ(shown("fly-macaroon",
                  fly({number(0), "\x01", number(3), list({"\x01"}), number(4),
                       list({"\x01"}), number(13), list({list({"\x01"})}),
                       text("x"), "\x01", number(11)})),
            "use=permission | location=https://api.fly.io/v1");
}

// --- Azure -------------------------------------------------------------------

const std::string kSig = "sig=" + std::string(43, 'S') + "%3D";

TEST(AzureSas, Table) {
  const std::array<Case, 15> cases = {{
      {"sp=c&sr=c&" + kSig,
       "permissions=c | access=write | resource=container"},
      {"sp=rw&ss=b&srt=c&" + kSig,
       "permissions=rw | access=write | services=blob | types=container"},
      {"sp=rd&ss=b&srt=c&" + kSig,
       "permissions=rd | access=destructive | services=blob | "
       "types=container"},
      {"sp=rwd&ss=b&srt=s&" + kSig,
       "permissions=rwd | access=write | services=blob | types=service"},
      {"sv=2023-11-03&ss=bf&srt=sco&sp=rwdlac&se=2031-01-01T00:00:00Z&st="
       "2030-01-01T00:00:00Z&spr=https&" +
           kSig,
       "permissions=rwdlac | access=destructive | services=blob, file | "
       "types=service, container, object | protocol=https | "
       "version=2023-11-03 | until 2031-01-01"},
      {"se=2031-01-01&sp=rl&sr=c&" + kSig,
       "permissions=rl | access=read | resource=container | until 2031-01-01"},
      {"sp=ra&sr=b&se=2031-01-01T08%3A30Z&amp;" + kSig,
       "permissions=ra | access=write | resource=blob | until "
       "2031-01-01T08:30:00Z"},
      {"?sp=r\\u0026sip=10.0.0.1-10.0.0.9\\u0026" + kSig,
       "permissions=r | access=read | ip=10.0.0.1-10.0.0.9"},
      {"si=nightly&sr=s&" + kSig, "policy=nightly | resource=share"},
      {"sp=r&skoid=oid&sktid=tid&" + kSig,
       "permissions=r | access=read | tenant=tid | signer=oid"},
      {"sr=https%3a%2f%2fbus.example%2fq&" + kSig +
           "&se=1767225600&skn=RootManageSharedAccessKey",
       "policy=RootManageSharedAccessKey | resource=https://bus.example/q | "
       "until 2026-01-01"},
      {"sp=r&se=2031-02-30&" + kSig, "permissions=r | access=read"},
      {"sp=r&se=2031-01-01T25:00:00Z&" + kSig, "permissions=r | access=read"},
      {"sp=r&se=2031-01-01", "nothing"},
      {kSig, "nothing"},
  }};
  expect_all("azure-sas", cases);
}

// A key of that many bytes whose check a seed signs.
std::string azure_key(std::string_view signature, std::size_t size,
                      std::string_view seed) {
  std::string text = encode_base64(std::string(size, 's'));
  const std::size_t padding =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  text.replace(text.size() - padding - 10, 4, signature);
  std::string bytes = *decode_base64(text);
  std::uint64_t number = 0;
  for (const char c : seed)
    number = number << 8 | static_cast<unsigned char>(c);
  const std::uint32_t sum = marvin32(number, bytes.substr(0, size - 4));
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[size - 4 + i] = static_cast<char>(sum >> (8 * i) & 0xff);
  }
  return encode_base64(bytes);
}

TEST(AzureKey, TheSeedThatVerifiesTellsTheRight) {
  const std::array<Case, 14> cases = {{
      {azure_key("+ASt", 64, "Default0"), "service=Storage | right=account"},
      {azure_key("ACDb", 64, "MastRW00"),
       "service=Cosmos DB | right=read-write"},
      {azure_key("ACDb", 64, "MastRO00"),
       "service=Cosmos DB | right=read-only"},
      {azure_key("APIM", 64, "Tenant00"),
       "service=API Management | right=management"},
      {azure_key("APIM", 64, "IoTHub00"),
       "service=API Management | right=subscription"},
      {azure_key("AIoT", 32, "IoTHub00"), "service=IoT | right=hub"},
      {azure_key("AIoT", 32, "Device00"), "service=IoT | right=device"},
      {azure_key("AzSe", 39, "PAdmin00"), "service=AI Search | right=admin"},
      {azure_key("AzSe", 39, "Query000"), "service=AI Search | right=query"},
      {azure_key("AzFu", 40, "Master00"), "service=Functions | right=master"},
      {azure_key("+ASb", 32, "Send0000"), "service=Service Bus | right=send"},
      {azure_key("+AEh", 32, "Manage00"), "service=Event Hubs | right=manage"},
      {azure_key("+ACR", 39, "ACRDflt0"),
       "service=Container Registry | right=account"},
      {azure_key("+ASt", 64, "Nothing0"), "service=Storage"},
  }};
  expect_all("azure-key", cases);
}

TEST(AzureKey, CommonFormat) {
  const std::string body =
      std::string(52, 'S') + "JQQJ99BF" + std::string(12, '0');
  const std::array<Case, 6> cases = {{
      {body + "AAABACOG3crB", "service=OpenAI | created=2025-06"},
      {body + "0000AZDO3crB", "service=DevOps | created=2025-06"},
      {body + "00000000crBx", "created=2025-06"},
      {body + "AAABACOG3cr", "nothing"},
      {"", "nothing"},
      {std::string(88, 'S'), "nothing"},
  }};
  expect_all("azure-key", cases);
}

// --- Ids ---------------------------------------------------------------------

TEST(GitlabRoutable, Table) {
  const std::string payload =
      "c3ludGhldGljLTE2Ynl0ZWM6MQpvOjEKcDo1ejkwCnU6Mzl1FA";
  const std::string facts =
      "organization=1 | project=278964 | user=4242 | cell=1";
  const std::array<Case, 8> cases = {{
      {"glpat-" + payload + ".01.1e" + "0me0idk", facts},
      {"glpat-" + payload + ".1e" + "0me0idk", facts},
      {"glrt-t1_" + payload + ".01.1e" + "0me0idk", facts},
      {"glpat-" + payload + ".01.1d" + "0me0idk", "nothing"},
      {"glpat-" + payload + ".01.zz" + "0me0idk", "nothing"},
      {"glpat-" + payload, "nothing"},
      {"glpat-" + payload + ".01", "nothing"},
      {"glpat-" + std::string(50, 'A') + ".01.1e" + "0me0idk", "nothing"},
  }};
  expect_all("gitlab-routable", cases);
}

TEST(JfrogReference, Table) {
  const std::string secret = std::string(30, 'S');
  const std::array<Case, 5> cases = {{
      {encode_base64("reftkn:01:1767225600:" + secret), " | until 2026-01-01"},
      {encode_base64("reftkn:01:0000000000:" + secret), "expires=never"},
      {encode_base64("reftkn:01:soon:" + secret), "nothing"},
      {encode_base64("reftkn:01:1767225600"), "nothing"},
      {encode_base64("token:01:1767225600:" + secret), "nothing"},
  }};
  expect_all("jfrog-reference", cases);
}

TEST(Bedrock, Table) {
  const std::string name = "BedrockAPIKey-syn1-at-123456789012:";
  const std::string url =
      "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential="
      "ASIARZPUZDIKFIAAAAAA%2F20260131%2Fus-east-1%2Fbedrock%2Faws4_request&"
      "X-Amz-Date=20260131T000000Z&X-Amz-Expires=43200&X-Amz-Signature=00";
  const std::string prefix = "bedrock-api-key-";
  const std::array<Case, 6> cases = {{
      {"ABSK" + encode_base64(name + std::string(90, 's')),
       "account=123456789012 | key_name=BedrockAPIKey-syn1 | kind=long-term"},
      {prefix + encode_base64(url),
       "account=123456789012 | region=us-east-1 | kind=short-term | "
       "issued=2026-01-31 | until 2026-01-31T12:00:00Z"},
      {"ABSK" + encode_base64("BedrockAPIKey-at-12:x"), "nothing"},
      {"ABSK" + encode_base64(std::string(60, '\x01')), "nothing"},
      {prefix + encode_base64("bedrock.amazonaws.com/?X-Amz-Credential=a/b"),
       "nothing"},
      {prefix, "nothing"},
  }};
  expect_all("bedrock", cases);
}

TEST(DiscordBot, Table) {
  const std::string id = "MTE3NDEwOTg0MDk5ODQwMDAwMA";
  const std::array<Case, 4> cases = {{
      {id + ".Gsynth.secret",
       "bot_id=1174109840998400000 | created=2023-11-14T22:13:20Z"},
      {id, "nothing"},
      {encode_base64("not digits") + ".x.y", "nothing"},
      {encode_base64("99999999999999999999") + ".x.y", "nothing"},
  }};
  expect_all("discord-bot", cases);
}

TEST(ObjectId, Table) {
  const std::string id = "6553f1000000000000000000";
  const std::array<Case, 5> cases = {{
      {"PMAK-" + id + "-" + std::string(34, 'a'),
       "created=2023-11-14T22:13:20Z"},
      {id, "created=2023-11-14T22:13:20Z"},
      {id + "00", "nothing"},
      {"00000000" + id.substr(8), "nothing"},
      {"", "nothing"},
  }};
  expect_all("objectid", cases);
}

TEST(TelegramBot, Table) {
  const std::array<Case, 4> cases = {{
      {"123456789:" + std::string(35, 'A'), "bot_id=123456789"},
      {"bot123:AA", "nothing"},
      {":AA", "nothing"},
      {std::string(40, '1') + ":AA", "nothing"},
  }};
  expect_all("telegram-bot", cases);
}

// Whatever the bytes, a decoder ends and keeps its facts short.
TEST(Facts, AnyBytesForEveryDecoder) {
  std::string every;
  for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
  const std::array<std::string, 6> texts = {"",
                                            every,
                                            std::string(200000, 'A'),
                                            std::string(5000, '.'),
                                            "eyJ" + std::string(100000, '{'),
                                            "fm2_" + std::string(70000, 'k')};
  for (const std::string_view name : decoder_names()) {
    for (const std::string& bytes : texts) {
      const auto decoded = decode_facts(name, bytes);
      if (!decoded) continue;
      for (const auto& fact : decoded->facts) {
        EXPECT_LE(fact.second.size(), 203u) << name;
      }
    }
  }
}

}  // namespace
}  // namespace overreach
