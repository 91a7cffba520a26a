#include "scanner/match/name_memo.h"

#include "scanner/match/token_names.h"

namespace overreach {

NameMemo::Meaning NameMemo::meaning_of(std::string_view name,
                                       const ContextIndex& contexts) {
  return meanings_.of(name, [&]() -> Meaning {
    if (is_harmless_end(last_word(name), contexts)) return {};
    return {kind_of_name(name), contexts.rule_of_name(name)};
  });
}

bool NameMemo::is_harmless_end(std::string_view last_word,
                               const ContextIndex& contexts) {
  return harmless_ends_.of(last_word, [&] {
    return ends_harmless(last_word) && !contexts.may_have_rule(last_word);
  });
}

bool NameMemo::may_own_token(std::string_view name,
                             const ContextIndex& contexts) {
  if (name.empty()) return false;  // of most runs
  return owners_.of(name, [&] {
    if (is_secret_name(name)) return true;
    std::vector<ContextIndex::Support> supports;
    contexts.supported_by_name(name, supports);
    return !supports.empty();
  });
}

}  // namespace overreach
