// Pieces of programs and pages behind the name of a secret, and what only
// looks like one.

#include "scanner/match/code_forms.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>

#include "tests/match/matching.h"

namespace overreach {
namespace {

using Texts = std::initializer_list<std::string_view>;

TEST(IsPieceOfCode, OfProgramsAndPages) {
  for (const std::string_view value :
       Texts{"json:\"secrets,omit\"", "users#update_place",
             "'password'==a.type", "+t,e.setAttribute(", "+name+",
             "required|is_unique[users.password]", "required|min_length[8]",
             "App\\Form\\Type\\PasswordType", "App\\\\Auth\\\\ResetProvider",
             "input[type=\"password\"]", "[name=oak]", "\\f809", "&nbsp;",
             "&OP=1&_=15", "!RC4:!ADH:@STRENGTH"}) {
    EXPECT_TRUE(is_piece_of_code(value)) << value;
  }
}

TEST(IsPieceOfCode, NotWhatPeopleChooseOrGenerate) {
  for (const std::string_view value :
       Texts{"", "+", "+4915112345", "+k9(wal", "oak|walnut47",
             "CORP\\Walnut2381", "Oak\\Walnut", "walnut[47]", "\\oak2381",
             "&walnut", "!Walnut:47", "a:!b"}) {
    EXPECT_FALSE(is_piece_of_code(value)) << value;
  }
}

TEST(ReadName, PiecesOfCodeAreNoFindings) {
  for (
      const std::string_view text : Texts{
          R"(a.src += "#?secret=" + b, a.set("data-secret", b);)",
          R"($builder->add('plainPassword', 'repeated', array());)",
          R"(f"Server=a;UID={self.user};PWD={self.settings.password};")",
          R"(g.MMM = h.ctoken("jan feb mar apr may jun jul aug sep oct nov dec");)"}) {
    EXPECT_TRUE(match_all("a.php", text).candidates.empty()) << text;
  }
}

}  // namespace
}  // namespace overreach
