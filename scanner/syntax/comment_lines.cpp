#include "scanner/syntax/relevance.h"

namespace overreach {
namespace {

bool begins_comment(std::string_view line, Language language) {
  switch (language) {
    case Language::bash:
    case Language::makefile:
    case Language::python:
    case Language::ruby:
      return line.starts_with('#');
    default:
      return line.starts_with("//") || line.starts_with("/*") ||
             line.starts_with("* ");
  }
}

}  // namespace

CommentLines::CommentLines(std::string_view text, Language language)
    : text_(text), language_(language) {
  begin_line(0);
}

bool CommentLines::have(std::size_t at) {
  const std::string_view passed = text_.substr(asked_, at - asked_);
  const std::size_t newline = passed.rfind('\n');
  if (newline != passed.npos) begin_line(asked_ + newline + 1);
  asked_ = at;
  return is_comment_;
}

void CommentLines::begin_line(std::size_t begin) {
  const std::size_t first = text_.find_first_not_of(" \t", begin);
  is_comment_ =
      first != text_.npos && begins_comment(text_.substr(first), language_);
}

}  // namespace overreach
