#include "scanner/core/labelled_file.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace overreach {
namespace {

EntryLabel label_in(std::uint32_t region, std::string identity = {}) {
  EntryLabel label;
  label.region = region;
  label.identity = std::move(identity);
  return label;
}

TEST(EntryLabels, AChangeStaysWithItsEntry) {
  EntryLabels labels;
  for (const std::uint32_t region : {1, 1, 2, 1}) {
    labels.push_back(label_in(region));
  }
  labels.push_back(label_in(1, "bucket a"));
  labels.push_back(label_in(1, "bucket a"));
  // From shared to its own, from its own to shared, and both again.
  labels.set(1, label_in(1, "bucket b"));
  labels.set(4, label_in(2));
  labels.set(1, label_in(3));
  labels.set(4, label_in(2, "bucket c"));
  const std::uint32_t regions[] = {1, 3, 2, 1, 2, 1};
  const std::string_view identities[] = {"", "",         "",
                                         "", "bucket c", "bucket a"};
  ASSERT_EQ(labels.size(), 6u);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    EXPECT_EQ(labels[i].region, regions[i]) << i;
    EXPECT_EQ(labels[i].identity, identities[i]) << i;
  }
}

TEST(EntryLabels, WhatDiffersInAnythingIsNotShared) {
  EntryLabels labels;
  labels.push_back(label_in(0));
  EntryLabel other = label_in(0);
  other.role = Role::data;
  labels.push_back(other);
  other.host = HostKind::this_machine;
  labels.push_back(other);
  other.has_password = true;
  labels.push_back(other);
  EXPECT_EQ(labels[0].role, Role::unknown);
  EXPECT_EQ(labels[1].host, HostKind::other);
  EXPECT_FALSE(labels[2].has_password);
  EXPECT_TRUE(labels[3].has_password);
}

}  // namespace
}  // namespace overreach
