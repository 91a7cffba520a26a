// Which files only tests use, by their path.
#pragma once

#include <string_view>

namespace overreach {

// Tests and what they read, by a folder or the file's name: tests/, spec/,
// UserTest.java, user_test.go, test_user.py, login.spec.ts, t/user.t.
bool is_test_file(std::string_view path);

}  // namespace overreach
