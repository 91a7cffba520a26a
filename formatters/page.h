// A page of text for a terminal: wrapped, aligned, coloured if asked for.
// Whatever gets on it goes through Words, and Words shows what a terminal
// would act on (escape sequences in a hostile file's name) instead of sending
// it.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace overreach {

enum class Style { plain, bold, dim, critical, high, medium, low, good };

// Text that may break between any two words.
class Words {
 public:
  struct Word {
    std::string text;
    Style style;
    int spaces = 1;  // before it, when it does not begin a line
  };

  // Breaks at spaces.
  Words& add(std::string_view text, Style style = Style::plain);
  // Never breaks: a path, an address, a value that someone will copy.
  Words& whole(std::string_view text, Style style = Style::plain,
               int spaces = 1);
  // Appends to the last word, if there is one.
  Words& attach(std::string_view text);
  Words& append(const Words& other);

  bool empty() const { return words_.empty(); }
  const std::vector<Word>& words() const { return words_; }

 private:
  std::vector<Word> words_;
};

enum class Color { no, yes };

class Page {
 public:
  // Keeps a reference to `out`.  A width under 40 columns is taken as 40.
  Page(std::ostream& out, int width, Color color);

  void blank();
  // Every line begins with `indent` spaces, the second and later with
  // `hanging` more.
  void paragraph(int indent, int hanging, const Words& words);
  // "  label        text": the text keeps to its own column, later lines
  // `hanging` behind it.  Nothing is written when there is none.
  void field(std::string_view label, const Words& words, int hanging = 0,
             Style label_style = Style::dim);

  int lines() const { return lines_; }

 private:
  // `line_begin` stands before the first line and takes `column` columns;
  // later lines begin with `hanging` spaces.
  void write(std::string line_begin, int column, int hanging,
             const Words& words);
  std::string_view code_of(Style style) const;

  std::ostream& out_;
  int width_;
  Color color_;
  int lines_ = 0;
};

}  // namespace overreach
