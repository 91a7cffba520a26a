#include "scanner/privilege/iam_evaluate.h"

#include <algorithm>

namespace overreach {
namespace {

bool any(const std::vector<IamPattern>& patterns, const auto& test) {
  return std::any_of(patterns.begin(), patterns.end(), test);
}

bool is_about_action(const IamStatement& statement, std::string_view action) {
  const auto fits = [&](const IamPattern& p) { return fits_action(p, action); };
  return statement.actions.empty() ? !any(statement.not_actions, fits)
                                   : any(statement.actions, fits);
}

// Whether the statement is about the resource: surely, maybe, or not.
IamAnswer is_about_resource(const IamStatement& statement,
                            std::string_view resource) {
  const bool turned = statement.resources.empty();
  IamAnswer fits = turned ? IamAnswer::allowed : IamAnswer::denied;
  for (const IamPattern& pattern :
       turned ? statement.not_resources : statement.resources) {
    if (!fits_resource(pattern, resource)) continue;
    const IamAnswer here = pattern.is_guess ? IamAnswer::may
                           : turned         ? IamAnswer::denied
                                            : IamAnswer::allowed;
    fits = turned ? std::min(fits, here) : std::max(fits, here);
  }
  return fits;
}

IamAnswer holds(const IamStatement& statement, std::string_view action,
                std::string_view resource) {
  if (!is_about_action(statement, action)) return IamAnswer::denied;
  const IamAnswer fits = is_about_resource(statement, resource);
  return statement.has_condition ? std::min(fits, IamAnswer::may) : fits;
}

IamAnswer ask(const std::vector<IamPolicy>& policies, std::string_view action,
              std::string_view resource) {
  IamAnswer allow = IamAnswer::denied, deny = IamAnswer::denied;
  for (const IamPolicy& policy : policies) {
    for (const IamStatement& statement : policy.statements) {
      IamAnswer& side = statement.allows ? allow : deny;
      side = std::max(side, holds(statement, action, resource));
    }
  }
  if (deny == IamAnswer::allowed) return IamAnswer::denied;
  return deny == IamAnswer::may ? std::min(allow, deny) : allow;
}

// A pattern of resources on its way through the statements.
struct Piece {
  IamPattern pattern;
  IamAnswer answer = IamAnswer::allowed;
};
using Pieces = std::vector<Piece>;

void add(Piece piece, Pieces& pieces) {
  for (Piece& other : pieces) {
    if (other.pattern.text != piece.pattern.text) continue;
    other.answer = std::max(other.answer, piece.answer);
    return;
  }
  pieces.push_back(std::move(piece));
}

IamAnswer sureness(const IamStatement& statement, const IamPattern& pattern) {
  return statement.has_condition || pattern.is_guess ? IamAnswer::may
                                                     : IamAnswer::allowed;
}

// The part of `a` that is in `b`: the narrower one.  Where they only cross, the
// first stands for what they share, without being sure.
std::optional<Piece> common(const Piece& a, const Piece& b) {
  const IamAnswer answer = std::min(a.answer, b.answer);
  if (covers_resource(b.pattern, a.pattern)) return Piece{a.pattern, answer};
  if (covers_resource(a.pattern, b.pattern)) return Piece{b.pattern, answer};
  if (!overlaps_resource(a.pattern, b.pattern)) return std::nullopt;
  return Piece{a.pattern, std::min(answer, IamAnswer::may)};
}

// What the statements that allow say.
Pieces allowed_pieces(const std::vector<IamPolicy>& policies,
                      std::string_view action, const IamPattern& form) {
  Pieces pieces;
  for (const IamPolicy& policy : policies) {
    for (const IamStatement& statement : policy.statements) {
      if (!statement.allows || !is_about_action(statement, action)) continue;
      for (const IamPattern& pattern : statement.resources) {
        if (!overlaps_resource(pattern, form)) continue;
        add({pattern, sureness(statement, pattern)}, pieces);
      }
      if (!statement.resources.empty()) continue;
      const bool excludes_all =
          any(statement.not_resources, [&](const IamPattern& pattern) {
            return covers_resource(pattern, form);
          });
      if (!excludes_all) {
        add({iam_pattern("*"), sureness(statement, {})}, pieces);
      }
    }
  }
  return pieces;
}

// What a statement that denies leaves of a piece.
void deny(const IamStatement& statement, const IamPattern& form, Piece& piece) {
  const auto takes_all = [&](const IamPattern& pattern) {
    return covers_resource(pattern, piece.pattern) ||
           covers_resource(pattern, form);
  };
  bool is_denied = false, is_sure = !statement.has_condition;
  if (!statement.resources.empty()) {
    for (const IamPattern& pattern : statement.resources) {
      if (!takes_all(pattern)) continue;
      is_denied = true;
      is_sure = is_sure && !pattern.is_guess;
    }
  } else {
    // All but those: a piece outside of them is gone.
    is_denied = !any(statement.not_resources, [&](const IamPattern& pattern) {
      return overlaps_resource(pattern, piece.pattern) &&
             overlaps_resource(pattern, form);
    });
  }
  if (!is_denied) return;
  piece.answer =
      is_sure ? IamAnswer::denied : std::min(piece.answer, IamAnswer::may);
}

Pieces without_denied(const std::vector<IamPolicy>& policies,
                      std::string_view action, const IamPattern& form,
                      Pieces pieces) {
  for (const IamPolicy& policy : policies) {
    for (const IamStatement& statement : policy.statements) {
      if (statement.allows || !is_about_action(statement, action)) continue;
      for (Piece& piece : pieces) deny(statement, form, piece);
    }
  }
  std::erase_if(pieces, [](const Piece& piece) {
    return piece.answer == IamAnswer::denied;
  });
  return pieces;
}

Pieces left_of(const std::vector<IamPolicy>& policies, std::string_view action,
               const IamPattern& form) {
  return without_denied(policies, action, form,
                        allowed_pieces(policies, action, form));
}

}  // namespace

IamAnswer ask_iam(const IamRights& rights, std::string_view action,
                  std::string_view resource) {
  const IamAnswer answer = ask(rights.policies, action, resource);
  if (!rights.boundary) return answer;
  return std::min(answer, ask({*rights.boundary}, action, resource));
}

IamExtent extent_of(const IamRights& rights, std::string_view action,
                    const IamPattern& form) {
  Pieces pieces = left_of(rights.policies, action, form);
  if (rights.boundary) {
    Pieces both;
    for (const Piece& bound : left_of({*rights.boundary}, action, form)) {
      for (const Piece& piece : pieces) {
        auto shared = common(piece, bound);
        // What they share may have no resource of this form.
        if (shared && overlaps_resource(shared->pattern, form)) {
          add(std::move(*shared), both);
        }
      }
    }
    pieces = std::move(both);
  }
  IamExtent extent;
  for (Piece& piece : pieces) {
    extent.answer = std::max(extent.answer, piece.answer);
    extent.resources.push_back(std::move(piece.pattern));
  }
  return extent;
}

bool mentions_service(const IamRights& rights, std::string_view service) {
  for (const IamPolicy& policy : rights.policies) {
    for (const IamStatement& statement : policy.statements) {
      if (!statement.allows) continue;
      if (statement.actions.empty()) return true;
      const bool mentioned = any(statement.actions, [&](const IamPattern& p) {
        const std::size_t colon = p.text.find(':');
        return colon == p.text.npos ||
               fits_action({p.text.substr(0, colon), false}, service);
      });
      if (mentioned) return true;
    }
  }
  return false;
}

}  // namespace overreach
