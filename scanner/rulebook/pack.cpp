// Rules as bytes: every field in order, numbers as LEB128, texts and lists
// with their length before them.  One transfer() per type serves both ways, so
// that writing and reading cannot differ.

#include <cstring>
#include <type_traits>

#include "scanner/rulebook/rulebook.h"

namespace overreach {
namespace {

class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      bytes += static_cast<char>((value & 0x7f) | 0x80);
    }
    bytes += static_cast<char>(value);
  }
  template <typename Number>
  requires std::is_integral_v<Number> || std::is_enum_v<Number>
  void operator()(Number value) { number(static_cast<std::uint64_t>(value)); }
  void operator()(double value) {
    number(static_cast<std::uint64_t>(value * 1000 + 0.5));
  }
  void operator()(std::string_view text) {
    number(text.size());
    bytes += text;
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    number(list.size());
    for (T& item : list) (*this)(item);
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& value) { transfer(*this, value); }
  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  template <typename Number>
  requires std::is_integral_v<Number> || std::is_enum_v<Number>
  void operator()(Number& value) { value = static_cast<Number>(number()); }
  void operator()(double& value) {
    value = static_cast<double>(number()) / 1000;
  }
  void operator()(std::string_view& text) {
    const std::size_t size = number();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    list.resize(number());
    for (T& item : list) (*this)(item);
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& value) { transfer(*this, value); }

 private:
  std::string_view rest_;
};

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

}  // namespace

std::string pack_rules(const RuleSet& rules) {
  Writer writer;
  RuleSet copy = rules;
  writer(copy.tokens);
  return std::move(writer.bytes);
}

RuleSet unpack_rules(std::string_view bytes) {
  RuleSet rules;
  Reader reader(bytes);
  reader(rules.tokens);
  return rules;
}

}  // namespace overreach
