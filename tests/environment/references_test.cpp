// What one file says about the environment of another, and of its values.

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/environment/environment.h"
#include "scanner/syntax/syntax.h"

namespace overreach {
namespace {

using Texts = std::initializer_list<std::pair<const char*, std::string_view>>;

std::vector<LabelledFile> read(const Texts& texts) {
  std::vector<LabelledFile> files;
  for (const auto& [path, text] : texts) {
    files.push_back(
        label_entries(path, Syntax().entries(language_of(path), text)));
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  follow_references(files);
  return files;
}

// "staging" for the first entry with the key; "unknown" where nothing is said.
std::string place_of_key(const std::vector<LabelledFile>& files,
                         std::string_view path, std::string_view key) {
  for (const LabelledFile& file : files) {
    if (file.path != path) continue;
    for (std::size_t i = 0; i < file.entries().size(); ++i) {
      if (file.entries()[i].key == key) {
        return std::string(to_string(place_label(file, i).value));
      }
    }
  }
  return "no such entry";
}

constexpr std::string_view kLoads = "services: {api: {env_file: common.env}}\n";

TEST(EnvFile, IsOfWhoLoadsIt) {
  const auto files = read({{"deploy/docker-compose.staging.yml", kLoads},
                           {"deploy/common.env", "DB_HOST=db\n"},
                           {"common.env", "DB_HOST=db\n"}});
  EXPECT_EQ(place_of_key(files, "deploy/common.env", "DB_HOST"), "staging");
  EXPECT_EQ(place_of_key(files, "common.env", "DB_HOST"), "unknown");
}

TEST(EnvFile, SaysWhy) {
  const auto files =
      read({{"compose.staging.yml", kLoads}, {"common.env", "DB_HOST=db\n"}});
  ASSERT_EQ(files[0].path, "common.env");
  EXPECT_EQ(files[0].regions[files[0].labels[0].region].front().text,
            "file name compose.staging.yml (Compose), whose service loads "
            "this");
}

TEST(EnvFile, InAllFormsThatComposeHas) {
  const auto place = [](std::string_view service) {
    const std::string text =
        "services: {api: {" + std::string(service) + "}}\n";
    return place_of_key(read({{"deploy/compose.staging.yml", text},
                              {"deploy/common.env", "X=1\n"},
                              {"common.env", "X=1\n"}}),
                        "deploy/common.env", "X");
  };
  EXPECT_EQ(place("env_file: ./common.env"), "staging");
  EXPECT_EQ(place("env_file: [other.env, common.env]"), "staging");
  EXPECT_EQ(place("env_file: [{path: common.env, required: false}]"),
            "staging");
  EXPECT_EQ(place("env_file: ../deploy/common.env"), "staging");
  EXPECT_EQ(place("env_file: ../common.env"), "unknown");
  EXPECT_EQ(place("env_file: ../../common.env"), "unknown");
  EXPECT_EQ(place("env_file: /deploy/common.env"), "unknown");
  EXPECT_EQ(place("env_file: $FOLDER/common.env"), "unknown");
}

TEST(EnvFile, OfSeveralOnlyWhatTheyAgreeOn) {
  EXPECT_EQ(place_of_key(read({{"a/compose.staging.yml", kLoads},
                               {"a/compose.production.yml", kLoads},
                               {"a/common.env", "X=1\n"}}),
                         "a/common.env", "X"),
            "unknown");
  EXPECT_EQ(place_of_key(read({{"a/compose.staging.yml", kLoads},
                               {"a/compose.yml", kLoads},
                               {"a/common.env", "X=1\n"}}),
                         "a/common.env", "X"),
            "unknown");
  EXPECT_EQ(place_of_key(read({{"a/compose.staging.yml", kLoads},
                               {"a/docker-compose.stg.yml", kLoads},
                               {"a/common.env", "X=1\n"}}),
                         "a/common.env", "X"),
            "staging");
}

TEST(EnvFile, WhatLoadsItselfIsEverybodys) {
  EXPECT_EQ(
      place_of_key(
          read({{"compose.staging.yml", "services: {api: {env_file: .env}}\n"},
                {".env", "X=1\n"}}),
          ".env", "X"),
      "unknown");
}

TEST(Extends, OneServiceAlone) {
  const auto files =
      read({{"compose.staging.yml",
             "services: {api: {extends: {file: base.yml, service: web}}}\n"},
            {"base.yml",
             "services:\n"
             "  web: {environment: {OF_WEB: x}}\n"
             "  web2: {environment: {OF_WEB2: x}}\n"}});
  EXPECT_EQ(place_of_key(files, "base.yml", "OF_WEB"), "staging");
  EXPECT_EQ(place_of_key(files, "base.yml", "OF_WEB2"), "unknown");
}

constexpr std::string_view kPod =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: api, namespace: production}\n"
    "spec: {template: {spec: {containers: [{name: api, env: [\n"
    "  {name: X, valueFrom: {configMapKeyRef: {name: settings, key: X}}}\n"
    "]}]}}}\n";

TEST(ConfigMap, IsOfThePodsThatReadIt) {
  const auto files = read({{"k8s/api.yml", kPod},
                           {"k8s/settings.yml",
                            "kind: ConfigMap\n"
                            "metadata: {name: settings}\n"
                            "data: {READ: x}\n"
                            "---\n"
                            "kind: ConfigMap\n"
                            "metadata: {name: others}\n"
                            "data: {NOT_READ: x}\n"},
                           {"dev/settings.yml",
                            "kind: ConfigMap\n"
                            "metadata: {name: settings}\n"
                            "data: {READ: x}\n"}});
  EXPECT_EQ(place_of_key(files, "k8s/settings.yml", "READ"), "production");
  EXPECT_EQ(place_of_key(files, "k8s/settings.yml", "NOT_READ"), "unknown");
  EXPECT_EQ(place_of_key(files, "dev/settings.yml", "READ"), "unknown");
}

// The identity of the first value of a file of variables.
std::string identity(const char* path, std::string_view variables,
                     std::string_view module) {
  const auto files = read({{"infra/main.tf", module}, {path, variables}});
  for (const LabelledFile& file : files) {
    if (file.path == path) return file.labels[0].identity;
  }
  return "no such file";
}

TEST(TerraformVariable, IsWhatItEndsUpIn) {
  constexpr std::string_view kModule =
      "resource \"aws_s3_bucket\" \"a\" {\n  bucket = var.uploads\n}\n";
  constexpr std::string_view kValue = "uploads = \"acme-data\"\n";
  EXPECT_EQ(identity("infra/prod.tfvars", kValue, kModule), "bucket acme-data");
  EXPECT_EQ(identity("infra/envs/prod.tfvars", kValue, kModule),
            "bucket acme-data");
  // Of another module; of nothing that is a store; not of this name.
  EXPECT_EQ(identity("other/prod.tfvars", kValue, kModule), "");
  EXPECT_EQ(identity("infra/prod.tfvars", kValue,
                     "resource \"aws_lb\" \"a\" {\n  name = var.uploads\n}\n"),
            "");
  EXPECT_EQ(
      identity("infra/prod.tfvars", "downloads = \"acme-data\"\n", kModule),
      "");
}

}  // namespace
}  // namespace overreach
