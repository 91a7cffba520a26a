// Which texts are worth a parse, by a few words: what may_matter() asks for
// scripts and programs.
#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/core/entry.h"

namespace overreach {

// Whether a shell script or Makefile deploys, copies or destroys something,
// reads or sets what says where, or holds what opens it.
bool script_may_matter(Language language, std::string_view text);

// Whether a program reads the environment of its process for more than where it
// runs, or chooses by the name of an environment.
bool program_may_matter(Language language, std::string_view path,
                        std::string_view text);

// Tells which places of a text are in lines that are comments.  Each is asked
// for behind the one before it, so that all of the text is looked through once.
class CommentLines {
 public:
  // Keeps a view of `text`.
  CommentLines(std::string_view text, Language language);

  bool have(std::size_t at);

 private:
  void begin_line(std::size_t begin);

  const std::string_view text_;
  const Language language_;
  std::size_t asked_ = 0;
  bool is_comment_ = false;
};

}  // namespace overreach
