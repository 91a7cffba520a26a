// Rules as bytes, and back.

#include "scanner/rulebook/archive.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {

template <typename Archive>
void transfer(Archive& archive, Element& e) {
  archive(e.kind);
  archive(e.capture);
  archive(e.literal);
  archive(e.options);
  archive(e.set.bits()[0]);
  archive(e.set.bits()[1]);
  archive(e.min);
  archive(e.max);
  archive(e.inner);
}

template <typename Archive>
void transfer(Archive& archive, ReachRule& r) {
  archive(r.fact);
  archive(r.equals);
  archive(r.level);
  archive(r.evidence);
  archive(r.why);
  archive(r.where);
}

template <typename Archive>
void transfer(Archive& archive, CompanionRule& c) {
  archive(c.rule);
  archive(c.needed);
}

template <typename Archive>
void transfer(Archive& archive, EnvironmentRule& e) {
  archive(e.equals);
  archive(e.environment);
}

template <typename Archive>
void transfer(Archive& archive, Allowance& a) {
  archive(a.all);
  archive(a.paths);
  archive(a.patterns);
  archive(a.stopwords);
  archive(a.target);
  archive(a.rules);
}

template <typename Archive>
void transfer(Archive& archive, TokenRule& r) {
  archive(r.id);
  archive(r.name);
  archive(r.provider);
  archive(r.provider_name);
  archive(r.docs);
  archive(r.revoke);
  archive(r.narrower);
  archive(r.finder);
  archive(r.shape);
  archive(r.shape_text);
  archive(r.pattern);
  archive(r.secret_group);
  archive(r.min_entropy);
  archive(r.path_pattern);
  archive(r.keywords);
  archive(r.check);
  archive(r.context);
  archive(r.keys);
  archive(r.schemes);
  archive(r.paths);
  archive(r.stored);
  archive(r.facts);
  archive(r.reach);
  archive(r.environment);
  archive(r.companions);
  archive(r.examples);
  archive(r.counter_examples);
  archive(r.allowances);
  archive(r.confidence);
  archive(r.is_public);
}

std::string pack_rules(const RuleSet& rules) {
  ArchiveWriter writer;
  RuleSet copy = rules;
  writer(copy.tokens);
  return std::move(writer.bytes);
}

RuleSet unpack_rules(std::string_view bytes) {
  RuleSet rules;
  ArchiveReader reader(bytes);
  reader(rules.tokens);
  return rules;
}

}  // namespace overreach
