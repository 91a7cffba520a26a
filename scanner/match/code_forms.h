// Pieces of programs and pages that stand behind the name of a secret: class
// names, selectors, rules of forms, patterns, what lies between two literals.
// Pure functions of the text.
#pragma once

#include <string_view>

namespace overreach {

// json:"secrets", users#update, 'a'==b.type, +x,f(, x.*, x$RANDOM, $row[0],
// :'variable', required|min:8, App\Form\PasswordType, input[type="password"],
// \f809, &nbsp;, !RC4:!MD5, &id=1&_=2.
bool is_piece_of_code(std::string_view v);

// x.y.z, x->y, x::y, x[...], f(...): computes a value.
bool is_expression(std::string_view v, bool quoted);

}  // namespace overreach
