// One text -> the secrets in it.  See README.md of this folder for the idea:
// one SIMD pass marks token-like runs and a few literals; only there does
// anything else look.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/change.h"
#include "scanner/core/report.h"
#include "scanner/core/rule.h"
#include "scanner/core/secret.h"

namespace overreach {

// What is looked at.  The bytes must be followed by kTextPadding readable ones.
struct Text {
  std::string_view path;  // for rules that depend on the kind of file
  std::string_view bytes;
  bool is_binary = false;  // only distinctive forms are looked for
};

inline constexpr std::size_t kTextPadding = 128;

// One occurrence of one secret.  Owns its bytes.
struct Candidate {
  const TokenRule* rule = nullptr;
  Secret secret;
  std::size_t begin = 0, end = 0;  // byte offsets of the occurrence in the text
  std::uint32_t line = 1, column = 1, end_line = 1, end_column = 1;
  std::string key;  // the name it is assigned to
  Confidence confidence = Confidence::medium;
  std::vector<std::string_view> reasons;  // static texts
  Facts facts;                            // captures of the shape
  std::size_t public_prefix = 0;
  // Candidates of one text with the same number above 0 belong together: an id
  // and its secret.  The one that leads the credential says so.
  std::uint32_t group = 0;
  bool leads = true;
};

// Whether a marker on the line (overreach:allow) allows what `id` finds there:
// a rule, or a kind of crossing.
bool is_allowed(std::string_view line, std::string_view id);

struct MatchResult {
  std::vector<Candidate> candidates;  // by position
  std::size_t suppressed = 0;         // by a marker on their line
};

// What match() needs to remember of a text for match_changed().  Empty for a
// text in which nothing looks like a secret.
class Trace {
 public:
  struct Parts;

  Trace();
  ~Trace();
  Trace(Trace&& other) noexcept;
  Trace& operator=(Trace&& other) noexcept;

  // Whether nothing had to be remembered.
  bool empty() const { return !parts_; }

 private:
  friend class Matcher;
  std::unique_ptr<const Parts> parts_;
};

inline constexpr int kDecodeDepth = 5;

// Immutable after construction; match() may be called from any thread.
class Matcher {
 public:
  // Keeps a reference to `rules`, which must outlive it.  Tokens are found in
  // Base64 in Base64 so deep; 0: in none.
  explicit Matcher(const RuleSet& rules, int decode_depth = kDecodeDepth);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  // Memory that one thread reuses from text to text.
  class Scratch {
   public:
    Scratch();
    ~Scratch();

   private:
    friend class Matcher;
    struct Parts;
    std::unique_ptr<Parts> parts_;
  };

  MatchResult match(const Text& text, Scratch& scratch) const;

  // The same, and what match_changed() needs of it.  Nothing when there is too
  // much to be remembered.
  MatchResult match(const Text& text, Scratch& scratch,
                    std::optional<Trace>& trace) const;

  // The same result for a text that `change` made from another, at a cost of
  // what is new.  `base` is the trace of that other text, which had the same
  // path and was binary or not as this one.
  MatchResult match_changed(const Text& text, const Change& change,
                            const Trace& base, Scratch& scratch,
                            std::optional<Trace>& trace) const;

  // Of what match() gives that which stands in these lines, sorted by their
  // first, as long as no reader looks far (trace.h); and some of the rest.
  MatchResult match_near(const Text& text, std::span<const Lines> lines,
                         Scratch& scratch) const;

  // Tries every shape at every byte: what the tests compare match() with.
  // Only candidates of rules with a shape.
  MatchResult match_slowly(const Text& text) const;

 private:
  struct Parts;
  struct Work;
  void look(const Work& work, std::size_t begin, std::size_t end) const;
  MatchResult settle(const Work& work) const;

  std::unique_ptr<const Parts> parts_;
};

}  // namespace overreach
