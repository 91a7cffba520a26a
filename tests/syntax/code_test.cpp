// Programs: the same idioms in every language.

#include "tests/syntax/shown.h"

namespace overreach {
namespace {

TEST(Python, ReadsFallbacksAndSettings) {
  EXPECT_EQ(
      entries_of("a.py", R"(from .production import *
DB = os.environ.get("DB_URL", "postgres://x")
A = os.environ["A"] or f"x{DB}y"
CFG = {"prod": {"url": "b"}, 'k': 1}
DATABASES["default"]["NAME"] = "q"
class S(BaseSettings):
    url: str = Field(default="abc", env="URL")
    api: str = """zzz"""
def f(a="x"):
    connect(host="h", *z)
if not A:
    A = "z"
B = A if A else "c"
if ENV == "production":
    URL = "a" + B
C = config("C_KEY", default="d")
)"),
      (Lines{
          "1:6 reference(file .production) import = .production",
          R"(2:6 reference(environment DB_URL) DB = os.environ.get("DB_URL", "postgres://x"))",
          "2:32 fallback DB = postgres://x ^1",
          R"(3:5 reference(environment A) A = os.environ["A"])",
          "3:26 fallback A = x{DB}y ^3 T",
          R"(2:6 reference(environment DB_URL) A = os.environ.get("DB_URL", "postgres://x") ^4 I)",
          "4:25 literal CFG.prod.url = b",
          "4:35 setting CFG.k = 1",
          "5:33 literal DATABASES.default.NAME = q",
          "7:31 default-argument S.url = abc g1",
          "7:42 default-argument S.url.Field.env = URL g1",
          "8:19 default-argument S.api = zzz",
          "9:10 default-argument f.a = x",
          "10:19 literal f.connect.host = h g2",
          "12:10 fallback A = z ^3",
          R"(3:5 reference(environment A) B = os.environ["A"] I)",
          "13:18 fallback B = c ^15",
          R"(15:11 literal production.URL = "a" + B T)",
          R"(3:5 reference(environment A) production.URL = os.environ["A"] ^17 I)",
          R"(16:5 reference(environment C_KEY) C = config("C_KEY", default="d"))",
          "16:30 fallback C = d ^19",
      }));
}

TEST(JavaScript, AListOfWhatHasNoValueIsSet) {
  EXPECT_EQ(entries_of("a.js",
                       "const x = {all: [new Any(process.env)], none: [], "
                       "own: [1, y]};\nconst u = process.env.U;\n"),
            (Lines{"1:17 setting x.all = ", "1:57 setting x.own.0 = 1",
                   "2:11 reference(environment U) u = process.env.U"}));
}

TEST(JavaScript, ReadsAndFallbacks) {
  EXPECT_EQ(
      entries_of(
          "a.js",
          R"(const url = process.env.DATABASE_URL || process.env.B || 'postgres://x';
const {A, B = "b"} = process.env;
module.exports = { production: { url: process.env["X"] ?? `a${y}b` }, 'k.z': 1 };
config.db.url = cond ? "a" : "b";
class K { static p = "v"; }
function f(a = "d") { new Pool({ connectionString: url, ssl: true }, "q") }
const D = "deflt"; const q = process.env.Q || D;
const s = z.object({ URL: z.string().default("postgres://l") });
if (process.env.NODE_ENV === "production") { y = "p"; }
switch (e) { case "staging": u = "s"; break; }
const m = stage === "production" ? "retain" : "remove";
let w = process.env.W; if (!w) { w = "late"; }
w ||= "later";
)"),
      (Lines{
          "1:13 reference(environment DATABASE_URL) url = "
          "process.env.DATABASE_URL",
          "1:41 reference(environment B) url = process.env.B ^0",
          "1:59 fallback url = postgres://x ^1",
          "2:8 reference(environment A) A = A",
          "2:11 reference(environment B) B = B",
          "2:16 fallback B = b ^4",
          R"(3:39 reference(environment X) module.exports.production.url = process.env["X"])",
          "3:60 fallback module.exports.production.url = a${y}b ^6 T",
          R"(3:78 setting module.exports."k.z" = 1)",
          "4:25 literal config.db.url = a",
          "4:31 literal config.db.url = b",
          "5:23 literal K.p = v",
          "6:17 default-argument f.a = d",
          "1:13 reference(environment DATABASE_URL) f.Pool.connectionString = "
          "process.env.DATABASE_URL I g1",
          "6:62 setting f.Pool.ssl = true g1",
          "6:71 literal f.Pool.0 = q g1",
          "7:12 literal D = deflt",
          "7:30 reference(environment Q) q = process.env.Q",
          "7:12 fallback q = deflt ^17 I",
          "8:47 default-argument s.object.URL = postgres://l g2",
          "9:5 reference(environment NODE_ENV) NODE_ENV = process.env.NODE_ENV",
          "9:51 literal production.y = p",
          "10:35 literal staging.u = s",
          "11:37 literal production.m = retain",
          "11:48 literal m = remove",
          "12:9 reference(environment W) w = process.env.W",
          "12:39 fallback w = late ^25",
          "13:8 fallback w = later ^25",
      }));
}

TEST(TypeScript, CastsParametersAndEnums) {
  EXPECT_EQ(
      entries_of("a.ts",
                 R"(const url: string = process.env.DATABASE_URL! as string;
enum E { A = "a" }
function f(a: string = "d") {}
const v = import.meta.env.VITE_X ?? "y";
const n = <string>process.env.N;
)"),
      (Lines{
          "1:21 reference(environment DATABASE_URL) url = "
          "process.env.DATABASE_URL",
          "2:15 literal E.A = a",
          "3:25 default-argument f.a = d",
          "4:11 reference(environment VITE_X) v = import.meta.env.VITE_X",
          "4:38 fallback v = y ^3",
          "5:19 reference(environment N) n.N = process.env.N",
      }));
}

TEST(Tsx, Elements) {
  EXPECT_EQ(entries_of("a.tsx", R"(const a = process.env.NEXT_PUBLIC_X || "y";
export default () => <p title="t">{a}</p>;
)"),
            (Lines{
                "1:11 reference(environment NEXT_PUBLIC_X) a = "
                "process.env.NEXT_PUBLIC_X",
                "1:41 fallback a = y ^0",
            }));
}

TEST(Go, EmptyAndMissing) {
  EXPECT_EQ(entries_of("a.go", R"(package m
const d = "postgres://x"
func f() {
 v := os.Getenv("DB")
 if v == "" { v = "def" }
 u, ok := os.LookupEnv("U")
 if !ok { u = "udef" }
 c := &Config{URL: getEnv("X", "y"), M: map[string]string{"a": "b"}}
 viper.SetDefault("k", `raw`)
 switch env { case "prod": z.Field = "q" }
}
)"),
            (Lines{
                "2:12 literal d = postgres://x",
                R"(4:7 reference(environment DB) f.v = os.Getenv("DB"))",
                "5:20 fallback f.v = def ^1",
                R"(6:11 reference(environment U) f.u = os.LookupEnv("U"))",
                "7:16 fallback f.u = udef ^3",
                R"(8:20 reference(environment X) f.c.URL = getEnv("X", "y"))",
                "8:33 fallback f.c.URL = y ^5",
                "8:65 literal f.c.M.a = b",
                "9:20 literal f.SetDefault.0 = k g1",
                "9:25 literal f.SetDefault.1 = raw g1",
                "10:39 literal f.prod.z.Field = q",
            }));
}

TEST(Ruby, FetchAndBlocks) {
  EXPECT_EQ(
      entries_of("a.rb", R"(DB = ENV["DB"] || "x"
a = ENV.fetch("A") { "d" }
b = ENV.fetch("A", "d")
config.mailer.options = { host: "example.com", :p => 1, "q" => 'r' }
def f(a = "x", k: "y"); end
class K; URL = "a#{b}c"; end
)"),
      (Lines{
          R"(1:6 reference(environment DB) DB = ENV["DB"])",
          "1:20 fallback DB = x ^0",
          R"(2:5 reference(environment A) a = ENV.fetch("A") { "d" })",
          "2:23 fallback a = d ^2",
          R"(3:5 reference(environment A) b = ENV.fetch("A", "d"))",
          "3:21 fallback b = d ^4",
          "4:34 literal config.mailer.options.host = example.com",
          "4:54 setting config.mailer.options.p = 1",
          "4:65 literal config.mailer.options.q = r",
          "5:12 default-argument f.a = x",
          "5:20 default-argument f.k = y",
          "6:17 literal K.URL = a#{b}c T",
          R"(3:5 reference(environment A) K.URL = ENV.fetch("A", "d") ^11 I)",
      }));
}

TEST(Java, SpringAndDefaults) {
  EXPECT_EQ(
      entries_of("A.java", R"(class A {
 @Value("${db.url:jdbc:x}") private String url = "abc";
 void f() { String c = System.getenv().getOrDefault("A", "b");
  String d = System.getenv("E") != null ? System.getenv("E") : "f";
  p.setProperty("k", "v"); x = "y";
  String o = Optional.ofNullable(System.getenv("Q")).orElse("z"); } }
)"),
      (Lines{
          "2:10 reference(variable db.url) A.Value.0 = ${db.url:jdbc:x} g1",
          "2:19 fallback A.Value.0 = jdbc:x ^0 g1",
          "2:51 literal A.url = abc",
          R"(3:24 reference(environment A) A.f.c = System.getenv().getOrDefault("A", "b"))",
          "3:59 fallback A.f.c = b ^3",
          R"(4:43 reference(environment E) A.f.d = System.getenv("E"))",
          "4:65 fallback A.f.d = f ^5",
          "5:18 literal A.f.setProperty.0 = k g2",
          "5:23 literal A.f.setProperty.1 = v g2",
          "5:33 literal A.f.x = y",
          R"(6:34 reference(environment Q) A.f.o = System.getenv("Q"))",
          "6:62 fallback A.f.o = z ^10",
      }));
}

TEST(Php, HelpersAndElvis) {
  EXPECT_EQ(entries_of("a.php", R"(<?php
$a = getenv('X') ?: 'y';
$b = $_ENV['A'] ?? "b$c";
return ['default' => env('DB', 'mysql'), 'x' => ['y' => 1]];
define('K', 'v');
class Q { const P = 'z'; private $u = "w"; function f($a = 'd') { $this->x = 'q'; } }
)"),
            (Lines{
                "2:6 reference(environment X) a = getenv('X')",
                "2:22 fallback a = y ^0",
                "3:6 reference(environment A) b = $_ENV['A']",
                "3:21 fallback b = b$c ^2 T",
                "4:22 reference(environment DB) default = env('DB', 'mysql')",
                "4:33 fallback default = mysql ^4",
                "4:57 setting x.y = 1",
                "5:9 literal define.0 = K g1",
                "5:14 literal define.1 = v g1",
                "6:22 literal Q.P = z",
                "6:40 literal Q.u = w",
                "6:61 default-argument Q.f.a = d",
                "6:79 literal Q.f.x = q",
            }));
}

TEST(Php, WhatTestsOfLaravelUse) {
  EXPECT_EQ(entries_of("a.php", R"(<?php
use App\Models\User;
use Illuminate\Foundation\Testing\RefreshDatabase;
)"),
            (Lines{"3:5 reference(resource RefreshDatabase) use = "
                   "Illuminate\\Foundation\\Testing\\RefreshDatabase"}));
}

TEST(Csharp, CoalescingAndInitializers) {
  EXPECT_EQ(
      entries_of("A.cs", R"(class A {
 const string K = "v"; public string P { get; set; } = "w";
 void F(string a = "d") {
  var x = Environment.GetEnvironmentVariable("X") ?? "y";
  var o = new Opt { Url = "u", ["k"] = "z" };
  a.b = $"t{x}";
  var d = new Dictionary<string,string>{ {"k","v"} };
  Foo(name: "n", "p"); var q = @"ver"; } }
)"),
      (Lines{
          "2:20 literal A.K = v",
          "2:57 literal A.P = w",
          "3:21 default-argument A.F.a = d",
          R"(4:11 reference(environment X) A.F.x = Environment.GetEnvironmentVariable("X"))",
          "4:55 fallback A.F.x = y ^3",
          "5:28 literal A.F.o.Opt.Url = u g1",
          "5:41 literal A.F.o.Opt.k = z g1",
          "6:11 literal A.F.a.b = t{x} T",
          R"(4:11 reference(environment X) A.F.a.b = Environment.GetEnvironmentVariable("X") ^7 I)",
          "7:48 literal A.F.d.Dictionary.k = v g2",
          "8:14 literal A.F.Foo.name = n g3",
          "8:19 literal A.F.Foo.0 = p g3",
          "8:34 literal A.F.q = ver",
      }));
}

}  // namespace
}  // namespace overreach
