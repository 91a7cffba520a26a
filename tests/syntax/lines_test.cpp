// Readers of lines and of commands: dotenv, INI, netrc, XML, Dockerfile, shell.

#include "tests/syntax/shown.h"

namespace overreach {
namespace {

TEST(Dotenv, QuotesExportsAndComments) {
  EXPECT_EQ(entries_of(".env.test", R"(# a comment
export A=plain # not in it
B="two \"words\"\nline" # c
C='$not ${expanded}'
 D = spaced
E="over
two lines"
F=
G=a#b
H=true
broken line
)"),
            (Lines{
                "2:10 literal A = plain",
                R"(3:4 literal B = two "words"
line)",
                "4:4 literal C = $not ${expanded}",
                "5:6 literal D = spaced",
                "6:4 literal E = over\ntwo lines",
                "8:3 setting F = ",
                "9:3 literal G = a#b",
                "10:3 setting H = true",
            }));
}

TEST(Dotenv, References) {
  EXPECT_EQ(entries_of(".env", R"(A=$HOST
B=${HOST}:5432
C=${X:-${Y:-z}}
D=${P:-postgres://${U}@h}
E=cost $5 and $$X
)"),
            (Lines{
                "1:3 reference(environment HOST) A = $HOST",
                "2:3 literal B = ${HOST}:5432 T",
                "2:3 reference(environment HOST) B = ${HOST} ^1",
                "3:3 reference(environment X) C = ${X:-${Y:-z}}",
                "3:8 reference(environment Y) C = ${Y:-z} ^3",
                "3:13 fallback C = z ^4",
                "4:3 reference(environment P) D = ${P:-postgres://${U}@h}",
                "4:8 fallback D = postgres://${U}@h ^6 T",
                "4:19 reference(environment U) D = ${U} ^7",
                "5:3 literal E = cost $5 and $$X",
            }));
}

TEST(Ini, SectionsAndComments) {
  EXPECT_EQ(entries_of("x.ini", R"(top = 1
[profile prod]
; none
aws_access_key_id = AKIA ; c
key: "quoted"
url = %(base)s/x
[broken
)"),
            (Lines{
                "1:7 setting top = 1",
                "4:21 literal profile prod.aws_access_key_id = AKIA",
                "5:7 literal profile prod.key = quoted",
                "6:7 literal profile prod.url = %(base)s/x T",
                "6:7 reference(variable base) profile prod.url = %(base)s ^3",
            }));
}

TEST(Properties, EscapesAndDocuments) {
  EXPECT_EQ(
      entries_of("application.properties", R"(spring.datasource.url=jdbc\:x
pass : ${DB_PASS:s3cr3t}
long = a\
   b
#---
spring.config.activate.on-profile=prod
x
)"),
      (Lines{
          "1:23 literal spring.datasource.url = jdbc:x",
          "2:8 reference(environment DB_PASS) pass = ${DB_PASS:s3cr3t}",
          "2:18 fallback pass = s3cr3t ^1",
          "3:8 literal long = ab",
          "6:35 literal spring.config.activate.on-profile = prod d1",
          "7:2 setting x =  d1",
      }));
}

TEST(Netrc, Machines) {
  EXPECT_EQ(
      entries_of(".netrc", R"(machine example.com login bob password hunter
default
  login anonymous
macdef init
 password x

)"),
      (Lines{
          R"(1:27 literal "example.com".login = bob)",
          R"(1:40 literal "example.com".password = hunter)",
          "3:9 literal default.login = anonymous",
      }));
}

TEST(LinesOfValues, WithoutCommentsAndBlanks) {
  EXPECT_EQ(entries_of(".clineignore", "# secrets\n.env*\n\n  *.pem  \r\n!a"),
            (Lines{"2:1 literal 0 = .env*", "4:3 literal 1 = *.pem",
                   "5:1 literal 2 = !a"}));
  EXPECT_EQ(entries_of("a/.terraform/environment", "prod"),
            (Lines{"1:1 literal 0 = prod"}));
}

TEST(Xml, NamedElements) {
  EXPECT_EQ(
      entries_of("web.config", R"(<?xml version="1.0"?>
<configuration><!-- <add key="no" value="no"/> -->
 <connectionStrings><add name="Db" connectionString="Server=x;&quot;"/></connectionStrings>
 <appSettings><add key="K" value="v"/></appSettings>
 <server><id>prod</id><password><![CDATA[p]]></password></server>
 <open a="b)"),
      (Lines{
          "3:32 literal configuration.connectionStrings.Db.name = Db",
          R"(3:54 literal configuration.connectionStrings.Db.connectionString = Server=x;")",
          "4:25 literal configuration.appSettings.K.key = K",
          "4:35 literal configuration.appSettings.K = v",
          "5:14 literal configuration.server.id = prod",
          "5:42 literal configuration.server.password = p",
          "6:11 literal configuration.open.a = b",
      }));
}

TEST(Procfile, Commands) {
  EXPECT_EQ(entries_of("Procfile", R"(web: PORT=80 bundle exec puma
release: rails db:migrate > log
)"),
            (Lines{
                "1:11 setting web.PORT = 80 g1",
                "1:14 command-argument web.bundle = bundle g1",
                "1:21 command-argument web.bundle = exec g1",
                "1:26 command-argument web.bundle = puma g1",
                "2:10 command-argument release.rails = rails g2",
                "2:16 command-argument release.rails = db:migrate g2",
                "2:27 command-argument release.rails = > g2",
                "2:29 command-argument release.rails = log g2",
            }));
}

TEST(Makefile, RecipesAndVariables) {
  EXPECT_EQ(entries_of("Makefile", R"(STAGE ?= prod
export URL := https://x
deploy: build
	fly deploy -a $(APP)
	@echo done
)"),
            (Lines{
                "1:10 default-argument STAGE = prod",
                "2:15 literal URL = https://x",
                "4:2 command-argument deploy.fly = fly g1",
                "4:6 command-argument deploy.fly = deploy g1",
                "4:13 command-argument deploy.fly = -a g1",
                "4:16 reference(environment APP) deploy.fly = $(APP) g1",
                "5:3 command-argument deploy.echo = echo g2",
                "5:8 command-argument deploy.echo = done g2",
            }));
}

TEST(Dockerfile, StagesVariablesAndCommands) {
  EXPECT_EQ(
      entries_of("Dockerfile", R"(FROM node:1 AS build
ARG X=1
ENV A=b C="d e" \
    E=${F:-g}
ENV OLD form
RUN pip install x && \
    # a comment
    curl -H "A: $TOKEN" x
CMD ["node", "x.js"]
COPY --from=build .env .
)"),
      (Lines{
          "1:6 literal build.FROM = node:1",
          "2:7 default-argument build.X = 1",
          "3:7 literal build.A = b",
          "3:12 literal build.C = d e",
          "4:7 reference(environment F) build.E = ${F:-g}",
          "4:12 fallback build.E = g ^4",
          "5:9 literal build.OLD = form",
          "6:5 command-argument build.RUN.pip = pip g1",
          "6:9 command-argument build.RUN.pip = install g1",
          "6:17 command-argument build.RUN.pip = x g1",
          "8:5 command-argument build.RUN.curl = curl g2",
          "8:10 command-argument build.RUN.curl = -H g2",
          "8:14 command-argument build.RUN.curl = A: $TOKEN T g2",
          "8:17 reference(environment TOKEN) build.RUN.curl = $TOKEN ^12 g2",
          "8:25 command-argument build.RUN.curl = x g2",
          "9:7 command-argument build.CMD = node g3",
          "9:15 command-argument build.CMD = x.js g3",
          "10:6 command-argument build.COPY = --from=build g4",
          "10:19 command-argument build.COPY = .env g4",
          "10:24 command-argument build.COPY = . g4",
      }));
}

TEST(Shell, AssignmentsCommandsAndFallbacks) {
  EXPECT_EQ(
      entries_of("x.sh", R"~(export X=${Y:-z}
A='raw $X' B="in $X"
deploy() { vercel env pull .env --environment=production; }
railway variables --kv > .env
: "${DB:=postgres://${U}@h}"
psql "$(cat url)" -q
)~"),
      (Lines{
          "1:10 reference(environment Y) X = ${Y:-z}",
          "1:15 fallback X = z ^0",
          "2:4 literal A = raw $X",
          "2:15 literal B = in $X T",
          "2:18 reference(environment X) B = $X ^3",
          "3:12 command-argument deploy.vercel = vercel g1",
          "3:19 command-argument deploy.vercel = env g1",
          "3:23 command-argument deploy.vercel = pull g1",
          "3:28 command-argument deploy.vercel = .env g1",
          "3:33 command-argument deploy.vercel = --environment=production g1",
          "4:1 command-argument railway = railway g2",
          "4:9 command-argument railway = variables g2",
          "4:19 command-argument railway = --kv g2",
          "4:24 command-argument railway = > g2",
          "4:26 command-argument railway = .env g2",
          "5:1 command-argument : = : g3",
          "5:4 reference(environment DB) : = ${DB:=postgres://${U}@h} g3",
          "5:10 fallback : = postgres://${U}@h ^16 T g3",
          "5:21 reference(environment U) : = ${U} ^17 g3",
          "6:1 command-argument psql = psql g4",
          "6:7 command-argument psql = $(cat url) T g4",
          "6:19 command-argument psql = -q g4",
          "6:9 command-argument cat = cat g5",
          "6:13 command-argument cat = url g5",
      }));
}

TEST(Shell, AFileBelongsToTheLastOfAPipe) {
  EXPECT_EQ(entries_of("x.sh", "pg_dump shop | gzip > shop.gz\n"),
            (Lines{
                "1:1 command-argument pg_dump = pg_dump g1",
                "1:9 command-argument pg_dump = shop g1",
                "1:16 command-argument gzip = gzip g2",
                "1:21 command-argument gzip = > g2",
                "1:23 command-argument gzip = shop.gz g2",
            }));
}

}  // namespace
}  // namespace overreach
