#include "scanner/syntax/tree.h"

#include <tree_sitter/api.h>

#include <malloc.h>

#include <ctime>

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_hcl();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_json();
const TSLanguage* tree_sitter_php();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_toml();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_yaml();
}

namespace overreach {
namespace {

// What opens and never closes makes error recovery cost the square of its
// depth.  Far more than kMaxDepth: brackets in texts count, too.
constexpr int kMaxOpenBrackets = 2000;

// The last resort against a text that costs too much all the same.  A clock, so
// only of processor time, and far from what honest text needs (0.1 s per MB).
constexpr double kMaxSeconds = 2;

// Honest text takes forty bytes a byte.
constexpr std::size_t kMostBytes = std::size_t{32} << 20;
constexpr std::size_t kMostBytesEach = 64;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

bool opens_too_much(std::string_view text) {
  int open = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') {
      if (++open > kMaxOpenBrackets) return true;
    } else if ((c == ')' || c == ']' || c == '}') && open > 0) {
      --open;
    }
  }
  return false;
}

// Most texts have fewer.
constexpr std::size_t kKeptNodes = 4096;

struct Input {
  std::string_view text;
  double end_seconds;
};

const char* read_input(void* payload, std::uint32_t offset, TSPoint,
                       std::uint32_t* bytes_read) {
  const auto& input = *static_cast<const Input*>(payload);
  if (offset >= input.text.size()) {
    *bytes_read = 0;
    return "";
  }
  *bytes_read = static_cast<std::uint32_t>(input.text.size() - offset);
  return input.text.data() + offset;
}

bool is_too_much(TSParseState* state) {
  return processor_seconds() > static_cast<Input*>(state->payload)->end_seconds;
}

// What one parse takes and gives.
struct Parsing {
  TSParser* parser;
  const TSLanguage* language;
  Input input;
  TSTree* tree;
};

void run_parser(void* argument) {
  Parsing& parsing = *static_cast<Parsing*>(argument);
  if (!ts_parser_set_language(parsing.parser, parsing.language)) return;
  parsing.tree = ts_parser_parse_with_options(
      parsing.parser, nullptr,
      {&parsing.input, read_input, TSInputEncodingUTF8, nullptr},
      {&parsing.input, is_too_much});
}

}  // namespace

const TSLanguage* grammar_of(Language language) {
  switch (language) {
    case Language::bash:
      return tree_sitter_bash();
    case Language::csharp:
      return tree_sitter_c_sharp();
    case Language::go:
      return tree_sitter_go();
    case Language::hcl:
      return tree_sitter_hcl();
    case Language::java:
      return tree_sitter_java();
    case Language::javascript:
      return tree_sitter_javascript();
    case Language::json:
      return tree_sitter_json();
    case Language::php:
      return tree_sitter_php();
    case Language::python:
      return tree_sitter_python();
    case Language::ruby:
      return tree_sitter_ruby();
    case Language::toml:
      return tree_sitter_toml();
    case Language::tsx:
      return tree_sitter_tsx();
    case Language::typescript:
      return tree_sitter_typescript();
    case Language::yaml:
      return tree_sitter_yaml();
    default:
      return nullptr;
  }
}

std::vector<std::string_view> symbol_names(Language language) {
  std::vector<std::string_view> names;
  const TSLanguage* grammar = grammar_of(language);
  if (grammar == nullptr) return names;
  const std::uint32_t count = ts_language_symbol_count(grammar);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto symbol = static_cast<TSSymbol>(i);
    const bool is_named =
        ts_language_symbol_type(grammar, symbol) == TSSymbolTypeRegular;
    names.push_back(is_named ? ts_language_symbol_name(grammar, symbol) : "");
  }
  return names;
}

Tree::Tree() { make_parser(); }

Tree::~Tree() {
  const TreeMemory::Use use(memory_);
  ts_parser_delete(parser_);
}

void Tree::make_parser() {
  const TreeMemory::Use use(memory_);
  parser_ = ts_parser_new();
}

Tree::Outcome Tree::parse(Language language, std::string_view text,
                          std::size_t base) {
  nodes_.clear();
  text_ = text;
  base_ = base;
  language_ = grammar_of(language);
  if (language_ == nullptr) return Outcome::gave_up;
  if (opens_too_much(text)) return Outcome::too_deep;
  Parsing parsing{
      parser_, language_, {text, processor_seconds() + kMaxSeconds}, nullptr};
  if (!memory_.run(kMostBytes + kMostBytesEach * text.size(), run_parser,
                   &parsing)) {
    make_parser();
    return Outcome::gave_up;
  }
  const TreeMemory::Use use(memory_);
  if (parsing.tree == nullptr) {
    ts_parser_reset(parser_);
    return Outcome::gave_up;
  }
  const Outcome outcome = flatten(parsing.tree);
  ts_tree_delete(parsing.tree);
  return outcome;
}

void Tree::let_go() {
  if (nodes_.capacity() <= kKeptNodes) return;
  std::vector<Record>().swap(nodes_);  // "= {}" would keep its memory
  malloc_trim(0);
}

Tree::Outcome Tree::flatten(void* tree) {
  const TSNode root = ts_tree_root_node(static_cast<TSTree*>(tree));
  Outcome outcome =
      ts_node_has_error(root) ? Outcome::broken : Outcome::complete;
  nodes_.reserve(ts_node_descendant_count(root));
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  std::vector<std::uint32_t> parents;  // of the node at the cursor
  std::uint32_t previous = kNoNode;    // sibling of the node at the cursor
  while (true) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    if (previous != kNoNode) nodes_[previous].next = index;
    if (!parents.empty()) nodes_[parents.back()].has_children = true;
    nodes_.push_back(
        {static_cast<std::uint32_t>(base_ + ts_node_start_byte(node)),
         static_cast<std::uint32_t>(base_ + ts_node_end_byte(node)),
         parents.empty() ? kNoNode : parents.back(), kNoNode,
         ts_node_symbol(node), ts_tree_cursor_current_field_id(&cursor), false,
         ts_node_is_named(node),
         ts_node_is_error(node) || ts_node_is_missing(node)});
    previous = index;
    if (parents.size() >= kMaxDepth) {
      outcome = Outcome::too_deep;
    } else if (ts_tree_cursor_goto_first_child(&cursor)) {
      parents.push_back(index);
      previous = kNoNode;
      continue;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (parents.empty() || !ts_tree_cursor_goto_parent(&cursor)) {
        ts_tree_cursor_delete(&cursor);
        return outcome;
      }
      previous = parents.back();
      parents.pop_back();
    }
  }
}

std::uint32_t Node::begin() const {
  return *this ? tree_->nodes_[index_].begin : 0;
}

std::uint32_t Node::end() const {
  return *this ? tree_->nodes_[index_].end : 0;
}

std::string_view Node::text() const {
  if (!*this) return {};
  return tree_->text_.substr(begin() - tree_->base_, end() - begin());
}

std::string_view Node::type() const {
  return *this ? ts_language_symbol_name(tree_->language_, symbol()) : "";
}

bool Node::is_named() const { return *this && tree_->nodes_[index_].is_named; }

bool Node::is_error() const { return *this && tree_->nodes_[index_].is_error; }

std::uint16_t Node::symbol() const {
  return *this ? tree_->nodes_[index_].symbol : 0;
}

Node Node::parent() const {
  return *this ? Node(tree_, tree_->nodes_[index_].parent) : Node();
}

Node Node::first() const {
  return *this && tree_->nodes_[index_].has_children ? Node(tree_, index_ + 1)
                                                     : Node();
}

Node Node::next() const {
  return *this ? Node(tree_, tree_->nodes_[index_].next) : Node();
}

Node Node::child(std::string_view field) const {
  if (!*this) return {};
  const TSFieldId id = ts_language_field_id_for_name(
      tree_->language_, field.data(), static_cast<std::uint32_t>(field.size()));
  if (id == 0) return {};
  for (Node node = first(); node; node = node.next()) {
    if (tree_->nodes_[node.index_].field == id) return node;
  }
  return {};
}

Node Node::named(std::size_t number) const {
  for (Node node = first(); node; node = node.next()) {
    if (node.is_named() && number-- == 0) return node;
  }
  return {};
}

Node Node::only() const {
  Node node = first();
  while (node && (!node.is_named() || node.is("comment"))) node = node.next();
  return node;
}

}  // namespace overreach
