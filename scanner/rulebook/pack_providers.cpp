// Probes, powers and grants as bytes, and back.

#include "scanner/rulebook/archive.h"
#include "scanner/rulebook/rulebook.h"

namespace overreach {

template <typename Archive>
void transfer(Archive& archive, Condition& c) {
  archive(c.negated);
  archive(c.subject);
  archive(c.test);
  archive(c.operand);
}

template <typename Archive>
void transfer(Archive& archive, NamedText& n) {
  archive(n.name);
  archive(n.value);
}

template <typename Archive>
void transfer(Archive& archive, ValueRule& v) {
  archive(v.name);
  archive(v.from);
  archive(v.claim);
  archive(v.behind);
  archive(v.before);
  archive(v.split);
  archive(v.take);
}

template <typename Archive>
void transfer(Archive& archive, ListRule& l) {
  archive(l.id);
  archive(l.items);
  archive(l.kind);
  archive(l.name);
  archive(l.environment);
  archive(l.when);
  archive(l.production);
  archive(l.protect);
  archive(l.unprotected);
}

template <typename Archive>
void transfer(Archive& archive, OutcomeRule& o) {
  archive(o.status);
  archive(o.when);
  archive(o.is);
}

template <typename Archive>
void transfer(Archive& archive, PageRule& p) {
  archive(p.next);
  archive(p.query);
  archive(p.more);
  archive(p.counts);
}

template <typename Archive>
void transfer(Archive& archive, Probe& p) {
  archive(p.id);
  archive(p.docs);
  archive(p.only);
  archive(p.when);
  archive(p.method);
  archive(p.url);
  archive(p.query);
  archive(p.headers);
  archive(p.variables);
  archive(p.graphql);
  archive(p.body);
  archive(p.content_type);
  archive(p.reads_because);
  archive(p.statement);
  archive(p.auth);
  archive(p.each);
  archive(p.each_of);
  archive(p.is_optional);
  archive(p.page);
  archive(p.values);
  archive(p.lists);
  archive(p.outcomes);
}

template <typename Archive>
void transfer(Archive& archive, PowerRule& p) {
  archive(p.id);
  archive(p.operation);
  archive(p.destroys);
  archive(p.resources);
  archive(p.when);
}

template <typename Archive>
void transfer(Archive& archive, GrantRule& g) {
  archive(g.only);
  archive(g.when);
  archive(g.level);
  archive(g.evidence);
  archive(g.why);
  archive(g.powers);
  archive(g.environment);
}

template <typename Archive>
void transfer(Archive& archive, Provider& p) {
  archive(p.id);
  archive(p.name);
  archive(p.docs);
  archive(p.hosts);
  archive(p.base);
  archive(p.auth);
  archive(p.headers);
  archive(p.identity);
  archive(p.scopes);
  archive(p.evaluate);
  archive(p.values);
  archive(p.outcomes);
  archive(p.probes);
  archive(p.powers);
  archive(p.grants);
}

std::string pack_providers(const ProviderSet& providers) {
  ArchiveWriter writer;
  ProviderSet copy = providers;
  writer(copy.providers);
  return std::move(writer.bytes);
}

ProviderSet unpack_providers(std::string_view bytes) {
  ProviderSet set;
  ArchiveReader reader(bytes);
  reader(set.providers);
  return set;
}

}  // namespace overreach
