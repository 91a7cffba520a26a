#include "scanner/crossing/mcp_servers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/crossing/files.h"

namespace overreach {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(FileMaker& maker) {
  const LabelledFile file = maker.labelled();
  std::vector<std::string> all;
  for (const McpServer& server : mcp_servers_of(file)) {
    all.push_back(server.name);
  }
  return all;
}

TEST(McpServersOf, WhateverTheMapIsCalled) {
  const std::pair<const char*, const char*> cases[] = {
      {".mcp.json", "mcpServers.db.url"},
      {".vscode/mcp.json", "servers.db.url"},
      {".codex/config.toml", "mcp_servers.db.url"},
      {"opencode.json", "mcp.db.url"},
      {".zed/settings.json", "context_servers.db.url"},
      {".amp/settings.json", "\"amp.mcpServers\".db.url"},
      {".claude.json", "projects.\"/home/ann/shop\".mcpServers.db.url"},
      {".mcp.json", "db.url"},
  };
  for (const auto& [file, path] : cases) {
    FileMaker maker(file);
    maker.literal(path, "https://mcp.acme.com");
    EXPECT_THAT(names(maker), ElementsAre("db")) << file << " " << path;
  }
  FileMaker other("config/app.json");
  other.literal("mcpServers.db.url", "https://mcp.acme.com");
  EXPECT_THAT(names(other), IsEmpty());
}

TEST(McpServersOf, CommandAndVariables) {
  FileMaker maker(".mcp.json");
  maker.command("mcpServers.db.args", {"npx", "pg-mcp", "--read-only"})
      .literal("mcpServers.db.env.PG_READ_ONLY", "true")
      .literal("mcpServers.db.env.PG_READONLY", "false")
      .literal("mcpServers.hub.url", "https://hub.acme.com/mcp?read_only=true");
  const LabelledFile file = maker.labelled();
  const std::vector<McpServer> servers = mcp_servers_of(file);
  ASSERT_EQ(servers.size(), 2u);
  EXPECT_THAT(servers[0].words, ElementsAre("npx", "pg-mcp", "--read-only"));
  EXPECT_TRUE(servers[0].mentions("--read-only"));
  EXPECT_TRUE(servers[0].has_variable("READ_ONLY"));
  EXPECT_FALSE(servers[0].has_variable("READONLY"));
  EXPECT_TRUE(servers[1].mentions("read_only=true"));
}

TEST(McpServersOf, SwitchedOff) {
  FileMaker maker(".mcp.json");
  maker.literal("mcpServers.a.url", "https://a.acme.com")
      .setting("mcpServers.a.disabled", "true")
      .literal("mcpServers.b.url", "https://b.acme.com")
      .setting("mcpServers.b.enabled", "false")
      .literal("mcpServers.c.url", "https://c.acme.com")
      .setting("mcpServers.c.disabled", "false");
  EXPECT_THAT(names(maker), ElementsAre("c"));
}

}  // namespace
}  // namespace overreach
