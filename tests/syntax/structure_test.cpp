// Documents of maps and lists, and what tools mean by them.

#include "tests/syntax/shown.h"

namespace overreach {
namespace {

TEST(Yaml, AnchorsMergeKeysAndReferences) {
  EXPECT_EQ(
      entries_of("compose.yaml", R"(x-env: &env
  DB: postgres://u:${PW:-secret}@db/x
  A: 1
services:
  api:
    environment:
      <<: *env
      A: 2
      B: ${B}
    env_file: [.env, ./b.env]
    command: ["npm", "run", "x"]
  web:
    environment:
      - C=d
      - PASS
    image: "x:\u0031"
)"),
      (Lines{
          "2:7 literal x-env.DB = postgres://u:${PW:-secret}@db/x T",
          "2:20 reference(environment PW) x-env.DB = ${PW:-secret} ^0",
          "2:26 fallback x-env.DB = secret ^1",
          "3:6 setting x-env.A = 1",
          "2:7 literal services.api.environment.DB = "
          "postgres://u:${PW:-secret}@db/x T I",
          "2:20 reference(environment PW) services.api.environment.DB = "
          "${PW:-secret} ^4 I",
          "2:26 fallback services.api.environment.DB = secret ^5 I",
          "8:10 setting services.api.environment.A = 2",
          "9:10 reference(environment B) services.api.environment.B = ${B}",
          "10:16 reference(file .env) services.api.env_file.0 = .env",
          "10:22 reference(file ./b.env) services.api.env_file.1 = ./b.env",
          "11:16 command-argument services.api.command = npm g1",
          "11:23 command-argument services.api.command = run g1",
          "11:30 command-argument services.api.command = x g1",
          "14:11 literal services.web.environment.C = d",
          "15:9 reference(environment PASS) services.web.environment.PASS = "
          "PASS",
          "16:13 literal services.web.image = x:1",
      }));
}

TEST(Yaml, DocumentsTagsAndBlocks) {
  EXPECT_EQ(entries_of("a.yml", R"(a: !Ref Foo
b: |
  line1
    line2
--- # two
'it''s': 'don''t'
c:
d: >-
  folded
  text
e: [1, {f: g}]
)"),
            (Lines{
                "1:9 reference(resource Foo) a = Foo",
                "3:1 literal b = line1\n  line2\n",
                "6:11 literal it's = don't d1",
                "7:3 setting c =  d1",
                "9:1 literal d = folded text d1",
                "11:5 setting e.0 = 1 d1",
                "11:12 literal e.1.f = g g1 d1",
            }));
}

TEST(Yaml, Workflow) {
  EXPECT_EQ(
      entries_of(".github/workflows/a.yml", R"(jobs:
  deploy:
    environment: production
    env:
      K: ${{ secrets.PROD_K || 'dflt' }}
      Z: ${{ github.ref == 'refs/heads/main' && 'prod' || 'staging' }}
    steps:
      - name: Go
        run: |
          vercel env pull .env --environment=production
          export X=${Y:-z}
)"),
      (Lines{
          "3:18 literal jobs.deploy.environment = production",
          "5:10 reference(secret secrets.PROD_K) jobs.deploy.env.K = ${{ "
          "secrets.PROD_K || 'dflt' }}",
          "5:33 fallback jobs.deploy.env.K = dflt ^1",
          "6:10 reference(variable github.ref) jobs.deploy.env.Z = ${{ "
          "github.ref == 'refs/heads/main' && 'prod' || 'staging' }}",
          "6:50 literal jobs.deploy.env.Z = prod ^3",
          "6:60 fallback jobs.deploy.env.Z = staging ^3",
          "8:15 literal jobs.deploy.steps.Go.name = Go g1",
          "10:11 command-argument jobs.deploy.steps.Go.run.vercel = vercel g2",
          "10:18 command-argument jobs.deploy.steps.Go.run.vercel = env g2",
          "10:22 command-argument jobs.deploy.steps.Go.run.vercel = pull g2",
          "10:27 command-argument jobs.deploy.steps.Go.run.vercel = .env g2",
          "10:32 command-argument jobs.deploy.steps.Go.run.vercel = "
          "--environment=production g2",
          "11:20 reference(environment Y) jobs.deploy.steps.Go.run.X = ${Y:-z} "
          "g1",
          "11:25 fallback jobs.deploy.steps.Go.run.X = z ^12 g1",
      }));
}

TEST(Yaml, ExpressionsInCommands) {
  EXPECT_EQ(
      entries_of(".github/workflows/a.yml", R"(jobs:
  a:
    steps:
      - run: |
          fly deploy -a ${{ vars.APP }}
          ship "x=${{ secrets.A || secrets.PROD_A }}"
)"),
      (Lines{
          "5:11 command-argument jobs.a.steps.0.run.fly = fly g2",
          "5:15 command-argument jobs.a.steps.0.run.fly = deploy g2",
          "5:22 command-argument jobs.a.steps.0.run.fly = -a g2",
          "5:25 reference(variable vars.APP) jobs.a.steps.0.run.fly = ${{ "
          "vars.APP }} g2",
          "6:11 command-argument jobs.a.steps.0.run.ship = ship g3",
          "6:17 command-argument jobs.a.steps.0.run.ship = x=${{ secrets.A || "
          "secrets.PROD_A }} T g3",
          "6:19 reference(secret secrets.A) jobs.a.steps.0.run.ship = ${{ "
          "secrets.A || secrets.PROD_A }} ^5 g3",
          "6:36 reference(secret secrets.PROD_A) jobs.a.steps.0.run.ship = "
          "secrets.PROD_A ^6 g3",
      }));
}

TEST(Yaml, NamedItems) {
  EXPECT_EQ(entries_of("k8s.yaml", R"(containers:
  - name: api
    env:
      - name: DB
        value: "x"
      - name: PW
        valueFrom: { secretKeyRef: { name: s, key: k } }
      - key: R
        fromDatabase: {name: db, property: connectionString}
    command: ["a"]
    args: ["b", "c"]
)"),
            (Lines{
                "10:16 command-argument containers.api.command = a g2",
                "11:13 command-argument containers.api.args = b g2",
                "11:18 command-argument containers.api.args = c g2",
                "2:11 literal containers.api.name = api g1",
                "5:17 literal containers.api.env.DB = x g3",
                "7:44 reference(secret s/k) containers.api.env.PW = s g4",
                "9:30 reference(resource db/connectionString) "
                "containers.api.env.R = db g5",
            }));
}

TEST(Yaml, TemplatesOfHelmAndErb) {
  EXPECT_EQ(
      entries_of("deployment.yaml", R"({{- if .Values.x }}
image: {{ .Values.image }}:{{ .Values.tag }}
{{- end }}
url: <%= ENV.fetch("URL") { "x" } %>
)"),
      (Lines{
          "2:8 literal image = {{ .Values.image }}:{{ .Values.tag }} T",
          "2:8 reference(variable Values.image) image = {{ .Values.image }} ^0",
          "2:28 reference(variable Values.tag) image = {{ .Values.tag }} ^0",
          R"(4:6 reference(environment URL) url = <%= ENV.fetch("URL") { "x" } %>)",
          "4:30 fallback url = x ^3",
      }));
}

TEST(Yaml, TemplatesOverSeveralLines) {
  EXPECT_EQ(
      entries_of("tasks/main.yml",
                 "environment: '{{ a\n      | b }}'\nmessage: {{ c\n  }} %\n"),
      (Lines{
          "1:15 reference(variable a) environment = {{ a\n      | b }}",
          "3:10 literal message = {{ c\n  }} % T",
          "3:10 reference(variable c) message = {{ c\n  }} ^1",
      }));
}

TEST(Yaml, ScriptsWithExpressionsInThem) {
  EXPECT_EQ(
      entries_of(".github/workflows/a.yml", R"(jobs:
  a:
    run: |
      for f in ${{ vars.A }}; do
        if [[ $f == x ]]; then ./d --to=${{ secrets.B }}; fi
      done
)"),
      (Lines{
          "5:32 command-argument jobs.a.run.\"./d\" = ./d g1",
          "5:36 command-argument jobs.a.run.\"./d\" = --to=${{ secrets.B }} T "
          "g1",
          "5:41 reference(secret secrets.B) jobs.a.run.\"./d\" = ${{ "
          "secrets.B }} ^1 g1",
      }));
  // Not shell, and nobody said that it was.
  const Lines lines = entries_of(".github/workflows/a.yml",
                                 "run: \"for (a of b) { c(`${d}`) }\"\n");
  for (const std::string& line : lines) {
    EXPECT_FALSE(line.starts_with("note: ")) << line;
  }
}

TEST(Yaml, Broken) {
  EXPECT_EQ(entries_of("b.yml", R"(a: 1
b: [x, y
c: "open
d: 2
)"),
            (Lines{
                "1:4 setting a = 1",
                "2:3 setting b = ",
                "3:3 setting c = ",
                "4:4 setting d = 2",
                "note: some of it is not well-formed",
            }));
}

TEST(Json, CommentsScriptsAndServers) {
  EXPECT_EQ(
      entries_of("package.json",
                 R"({"scripts": {"test": "NODE_ENV=test jest --x \"a b\""}, // c
 "a": [1, {"name": "q", "v": true}], "s": "a\u00e4\n",
 "mcp": {"command": "npx", "args": ["-y", "x"], "env": {"K": "${env:K}"}}, "e": {}
})"),
      (Lines{
          "1:32 literal scripts.test.NODE_ENV = test g1",
          "1:37 command-argument scripts.test.jest = jest g1",
          "1:42 command-argument scripts.test.jest = --x g1",
          "1:48 command-argument scripts.test.jest = a b g1",
          "2:8 setting a.0 = 1",
          "2:21 literal a.q.name = q g2",
          "2:30 setting a.q.v = true g2",
          "2:44 literal s = aä\n",
          "3:22 command-argument mcp.command = npx g3",
          "3:38 command-argument mcp.args = -y g3",
          "3:44 command-argument mcp.args = x g3",
          "3:63 reference(environment K) mcp.env.K = ${env:K}",
          "3:81 setting e = {}",
      }));
}

TEST(Json, TrailingCommas) {
  EXPECT_EQ(
      entries_of("wrangler.jsonc",
                 "{\"a\": [1, 2,], // ,\n\"b\": {\"c\": \",]\", /*,*/},}"),
      (Lines{
          "1:8 setting a.0 = 1",
          "1:11 setting a.1 = 2",
          "2:13 literal b.c = ,]",
      }));
}

TEST(Json, Broken) {
  EXPECT_EQ(entries_of("x.json", R"({"a": "b", "c": {"d": 1, )"),
            (Lines{
                "1:8 literal a = b",
                "1:23 setting d = 1",
                "note: some of it is not well-formed",
            }));
}

TEST(Toml, TablesAndDottedKeys) {
  EXPECT_EQ(entries_of("wrangler.toml", R"(a = "b\t"
[env.staging.vars]
X = 'y'
"q.z" = 1
[[d1]]
binding = "DB"
id = "x"
[[d1]]
x.y = [1, "z"]
t = { k = true }
long = """
two
lines"""
)"),
            (Lines{
                "1:6 literal a = b	",
                "3:6 literal env.staging.vars.X = y",
                R"(4:9 setting env.staging.vars."q.z" = 1)",
                "6:12 literal d1.DB.binding = DB g1",
                "7:7 literal d1.DB.id = x g1",
                "9:8 setting d1.1.x.y.0 = 1 g2",
                "9:12 literal d1.1.x.y.1 = z g2",
                "10:11 setting d1.1.t.k = true g2",
                "12:1 literal d1.1.long = two\nlines g2",
            }));
}

TEST(Hcl, BlocksReferencesAndFallbacks) {
  EXPECT_EQ(
      entries_of("main.tf", R"(variable "size" { default = "small" }
resource "aws_db_instance" "main" {
  name = "prod-${var.env}"
  skip = true
  url = var.db_url
  pw = coalesce(var.pw, "fallback")
  tags = { Env = "prod", "a.b" = local.x }
  z = var.x != "" ? var.x : "def"
  l = ["a", data.x.y.z[0].id]
  whole = "${var.whole}"
  policy = jsonencode({ Effect = "Allow" })
  h = <<EOT
hello ${var.q}
EOT
  dynamic "x" {}
}
)"),
      (Lines{
          "1:30 default-argument variable.size.default = small",
          "3:11 literal resource.aws_db_instance.main.name = prod-${var.env} T",
          "3:18 reference(variable var.env) resource.aws_db_instance.main.name "
          "= var.env ^1",
          "4:10 setting resource.aws_db_instance.main.skip = true",
          "5:9 reference(variable var.db_url) "
          "resource.aws_db_instance.main.url = var.db_url",
          "6:17 reference(variable var.pw) resource.aws_db_instance.main.pw = "
          "var.pw",
          "6:26 fallback resource.aws_db_instance.main.pw = fallback ^5",
          "7:19 literal resource.aws_db_instance.main.tags.Env = prod",
          R"(7:34 reference(variable local.x) resource.aws_db_instance.main.tags."a.b" = local.x)",
          "8:21 reference(variable var.x) resource.aws_db_instance.main.z = "
          "var.x",
          "8:30 fallback resource.aws_db_instance.main.z = def ^9",
          "9:9 literal resource.aws_db_instance.main.l.0 = a",
          "9:13 reference(resource data.x.y.z[0].id) "
          "resource.aws_db_instance.main.l.1 = data.x.y.z[0].id",
          "10:14 reference(variable var.whole) "
          "resource.aws_db_instance.main.whole = var.whole",
          "11:35 literal "
          "resource.aws_db_instance.main.policy.jsonencode.0.Effect = Allow",
          "13:1 literal resource.aws_db_instance.main.h = hello ${var.q} T",
          "13:9 reference(variable var.q) resource.aws_db_instance.main.h = "
          "var.q ^15",
          "15:3 setting resource.aws_db_instance.main.dynamic.x = ",
      }));
}

TEST(Hcl, Variables) {
  EXPECT_EQ(entries_of("prod.tfvars", R"(db = "x" # c
m = { a = "b" }
)"),
            (Lines{
                "1:7 literal db = x",
                "2:12 literal m.a = b",
            }));
}

}  // namespace
}  // namespace overreach
