// References inside of texts, in the notations that configuration files share:
// ${X}, ${X:-default}, $X, ${{ secrets.X || 'y' }}, $(X), %env(X)%,
// {{ .Values.x }}, %(x)s, and what Spring, Maven, Serverless and editors make
// of ${...}.  Template literals of programming languages are not read here:
// their grammars do that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/syntax/writer.h"

namespace overreach {

struct Reference {
  // `whole` is the notation with its braces; `range` what the entry is of.
  Range whole, range;
  Target target = Target::nothing;  // nothing: a text, `value` in a notation
  std::string_view names;
  // Index in the list of what this one is a fallback of or stands in; -1: none.
  int parent = -1;
  bool is_fallback = false;  // of a text: it is taken when `parent` is not set
};

// Those in `range` of `text`, in order; a fallback follows what it is one of.
std::vector<Reference> find_references(std::string_view text, Range range);

// Writes them.  Returns the index of the first.
std::uint32_t add_references(Writer& writer, const Use& use,
                             std::string_view key,
                             const std::vector<Reference>& references);

// The inside of ${{ }}: "secrets.X || 'y'".  Appends to `found`.
void find_in_expression(std::string_view text, Range whole, Range inside,
                        std::vector<Reference>& found);

// NAME as environments have it: an upper-case letter or '_', then those and
// digits.
bool is_variable_name(std::string_view text);

}  // namespace overreach
