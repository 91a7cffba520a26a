// What to ask a provider about a credential and what the answers mean: the
// second half of a rule file, as plain values.  rules/README.md describes every
// key.  All texts are views into storage that the ProviderSet keeps (or into
// the program itself).  Const use from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/core/report.h"

namespace overreach {

// How a request ended, in rising order of what it tells.
enum class Outcome : std::uint8_t {
  unasked,  // its conditions did not hold
  unclear,  // no answer, a limit, a server error, a page nobody expected
  dead,     // the provider does not know the credential
  missing,  // what was asked for does not exist, or is hidden
  denied,   // the credential is known and may not do this
  ok,
};

// One test of what is known so far, in words: "user is ok",
// "scopes has admin:org", "role in OWNER|ADMIN", "not expires exists".
struct Condition {
  enum class Test : std::uint8_t {
    is,        // a probe ended so; or a variable has exactly this value
    has,       // one of the values is, or fits the glob
    lacks,     // none of the values is, or fits the glob
    in,        // one of the values is one of those between '|'
    contains,  // one of the values holds this text, whatever the case
    exists,    // there is a value
    above,     // the first value, a number, is greater
    shares,    // one of the values is also one of that other variable
    under,     // one is, or is a path below, a value of that other variable
  };
  bool negated = false;
  std::string_view subject;
  Test test = Test::exists;
  std::string_view operand;
};

struct NamedText {
  std::string_view name, value;
};

// A variable out of a reply.  `from` is a JSON pointer, in which `*` stands for
// every element, or "header NAME", or "status", or a text with {variables} that
// are known by then.
struct ValueRule {
  std::string_view name, from;
  std::string_view claim;   // the value is a JWT: this pointer into its claims
  std::string_view behind;  // only values that hold this text: what follows it
  std::string_view before;  // the same: what precedes it
  std::string_view split;   // cut each value at these characters, too
  enum class Take : std::uint8_t {
    all,
    first,
    last
  } take = Take::all;  // pieces
};

// Resources out of a reply.  The other pointers start at the item; "2/name" is
// two levels up (a relative JSON pointer), "0#" the item's own key.
struct ListRule {
  std::string_view id, items, kind;
  std::string_view name, environment;  // texts with {/pointer} or {variable}
  std::vector<Condition> when;         // subjects are pointers into the item
  std::vector<Condition> production, protect;  // any holds: it is so
  std::vector<Condition> unprotected;          // any holds: it is not
};

// When a reply means something else than its status says.
struct OutcomeRule {
  std::uint16_t status = 0;     // 0: any
  std::vector<Condition> when;  // subjects are pointers, "header X" or "body"
  Outcome is = Outcome::unclear;
};

struct PageRule {
  std::string_view next;   // pointer to the next URL, cursor or flag, or "link"
  std::string_view query;  // the query parameter or GraphQL variable it goes to
  std::string_view more;   // pointer to what must be true for a next page
  bool counts = false;     // the parameter is a page number
};

struct Probe {
  std::string_view id, docs;
  std::vector<std::string_view> only;  // globs of token ids; empty: all
  std::vector<Condition> when;
  std::string_view method;  // "GET", "HEAD" or, if it only reads, "POST"
  std::string_view url;     // or the rest behind Provider::base
  std::vector<NamedText> query, headers, variables;
  std::string_view graphql;             // a query document
  std::string_view body, content_type;  // of a POST
  std::string_view reads_because;       // why this POST changes nothing
  std::string_view statement;           // for a database: SQL, or a command
  std::string_view auth;                // a scheme; empty: the provider's
  std::string_view each;  // once per value of this variable, as {each}
  std::vector<std::string_view> each_of;  // or once per text
  bool is_optional = false;  // no answer leaves the verdict as it is
  std::optional<PageRule> page;
  std::vector<ValueRule> values;
  std::vector<ListRule> lists;
  std::vector<OutcomeRule> outcomes;
};

// What a power is: an operation, what it destroys, and on which resources.
struct PowerRule {
  std::string_view id, operation;
  std::vector<std::string_view> destroys;
  std::vector<std::string_view> resources;  // ids of lists
  std::vector<Condition> when;  // a grant has it only where all hold
};

// What may be concluded: every grant that holds counts, the highest decides.
struct GrantRule {
  std::vector<std::string_view> only;  // globs of token ids; empty: all
  std::vector<Condition> when;
  Level level = Level::unknown;
  Evidence evidence = Evidence::declared;
  std::string_view why;  // with {variables}
  std::vector<std::string_view> powers;
  std::string_view environment;  // text with {variables} that is classified
};

struct Provider {
  std::string_view id, name, docs;
  std::vector<std::string_view> hosts;  // the only ones a probe may contact
  std::string_view base;                // URL that relative ones stand behind
  std::string_view auth;                // scheme of most probes
  std::vector<NamedText> headers;       // of every request
  std::string_view identity, scopes;    // texts with {variables}
  std::string_view evaluate;            // a language of policies; evaluate.h
  std::vector<ValueRule> values;        // read out of every reply
  std::vector<OutcomeRule> outcomes;    // of every probe, after its own
  std::vector<Probe> probes;            // in order
  std::vector<PowerRule> powers;
  std::vector<GrantRule> grants;
};

struct ProviderSet {
  std::vector<Provider> providers;  // sorted by id
  std::vector<std::shared_ptr<const std::string>> storage;

  // Null when there is no such provider.
  const Provider* find(std::string_view id) const;
};

std::string_view to_string(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view word);

// "subject test operand"; nothing when it is not of that form.
std::optional<Condition> parse_condition(std::string_view text);

}  // namespace overreach
