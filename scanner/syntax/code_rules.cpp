#include "scanner/syntax/code_rules.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <span>

#include "scanner/syntax/tree.h"

namespace overreach {
namespace {

constexpr NodeRule kNoRule{"", NodeRole::none, "", "", ""};

constexpr auto kPython = std::to_array<NodeRule>({
    {"assignment", NodeRole::bind, "left", "right", ""},
    {"attribute", NodeRole::member, "object", "attribute", ""},
    {"await", NodeRole::wrapper, "", "", ""},
    {"binary_operator", NodeRole::binary, "left", "right", ""},
    {"boolean_operator", NodeRole::binary, "left", "right", ""},
    {"call", NodeRole::call, "function", "arguments", ""},
    {"case_clause", NodeRole::choice, "alternative", "", ""},
    {"class_definition", NodeRole::scope, "name", "", ""},
    {"conditional_expression", NodeRole::ternary, "", "", ""},
    {"default_parameter", NodeRole::default_bind, "name", "value", ""},
    {"dictionary", NodeRole::container, "", "", ""},
    {"elif_clause", NodeRole::branch, "condition", "consequence", ""},
    {"false", NodeRole::plain, "", "", ""},
    {"float", NodeRole::plain, "", "", ""},
    {"function_definition", NodeRole::scope, "name", "", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if_statement", NodeRole::branch, "condition", "consequence", ""},
    {"import_from_statement", NodeRole::import, "module_name", "", ""},
    {"integer", NodeRole::plain, "", "", ""},
    {"keyword_argument", NodeRole::bind, "name", "value", ""},
    {"list", NodeRole::container, "", "", ""},
    {"none", NodeRole::plain, "", "", ""},
    {"pair", NodeRole::bind, "key", "value", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"string", NodeRole::text, "", "", ""},
    {"subscript", NodeRole::subscript, "value", "subscript", ""},
    {"true", NodeRole::plain, "", "", ""},
    {"tuple", NodeRole::container, "", "", ""},
    {"typed_default_parameter", NodeRole::default_bind, "name", "value", ""},
});

// JavaScript, and what TypeScript adds to it.
constexpr auto kJavaScript = std::to_array<NodeRule>({
    {"array", NodeRole::container, "", "", ""},
    {"as_expression", NodeRole::wrapper, "", "", ""},
    {"assignment_expression", NodeRole::bind, "left", "right", ""},
    {"assignment_pattern", NodeRole::default_bind, "left", "right", ""},
    {"augmented_assignment_expression", NodeRole::or_bind, "left", "right", ""},
    {"await_expression", NodeRole::wrapper, "", "", ""},
    {"binary_expression", NodeRole::binary, "left", "right", ""},
    {"call_expression", NodeRole::call, "function", "arguments", ""},
    {"class", NodeRole::scope, "name", "", ""},
    {"class_declaration", NodeRole::scope, "name", "", ""},
    {"enum_assignment", NodeRole::bind, "name", "value", ""},
    {"enum_declaration", NodeRole::scope, "name", "", ""},
    {"false", NodeRole::plain, "", "", ""},
    {"field_definition", NodeRole::bind, "property", "value", ""},
    {"function_declaration", NodeRole::scope, "name", "", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if_statement", NodeRole::branch, "condition", "consequence", ""},
    {"import_statement", NodeRole::import, "source", "", ""},
    {"internal_module", NodeRole::scope, "name", "", ""},
    {"member_expression", NodeRole::member, "object", "property", ""},
    {"method_definition", NodeRole::scope, "name", "", ""},
    {"new_expression", NodeRole::call, "constructor", "arguments", ""},
    {"non_null_expression", NodeRole::wrapper, "", "", ""},
    {"null", NodeRole::plain, "", "", ""},
    {"number", NodeRole::plain, "", "", ""},
    {"object", NodeRole::container, "", "", ""},
    {"object_assignment_pattern", NodeRole::default_bind, "left", "right", ""},
    {"optional_parameter", NodeRole::default_bind, "pattern", "value", ""},
    {"pair", NodeRole::bind, "key", "value", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"public_field_definition", NodeRole::bind, "name", "value", ""},
    {"required_parameter", NodeRole::default_bind, "pattern", "value", ""},
    {"satisfies_expression", NodeRole::wrapper, "", "", ""},
    {"string", NodeRole::text, "", "", ""},
    {"subscript_expression", NodeRole::subscript, "object", "index", ""},
    {"switch_case", NodeRole::choice, "value", "", ""},
    {"template_string", NodeRole::text, "", "", ""},
    {"ternary_expression", NodeRole::ternary, "condition", "consequence",
     "alternative"},
    {"true", NodeRole::plain, "", "", ""},
    {"undefined", NodeRole::plain, "", "", ""},
    {"variable_declarator", NodeRole::bind, "name", "value", ""},
});

constexpr auto kGo = std::to_array<NodeRule>({
    {"assignment_statement", NodeRole::bind, "left", "right", ""},
    {"binary_expression", NodeRole::binary, "left", "right", ""},
    {"call_expression", NodeRole::call, "function", "arguments", ""},
    {"composite_literal", NodeRole::container, "", "", ""},
    {"const_spec", NodeRole::bind, "name", "value", ""},
    {"expression_case", NodeRole::choice, "value", "", ""},
    {"expression_list", NodeRole::wrapper, "", "", ""},
    {"false", NodeRole::plain, "", "", ""},
    {"float_literal", NodeRole::plain, "", "", ""},
    {"function_declaration", NodeRole::scope, "name", "", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if_statement", NodeRole::branch, "condition", "consequence", ""},
    {"index_expression", NodeRole::subscript, "operand", "index", ""},
    {"int_literal", NodeRole::plain, "", "", ""},
    {"interpreted_string_literal", NodeRole::text, "", "", ""},
    {"keyed_element", NodeRole::bind, "key", "value", ""},
    {"literal_element", NodeRole::wrapper, "", "", ""},
    {"literal_value", NodeRole::container, "", "", ""},
    {"method_declaration", NodeRole::scope, "name", "", ""},
    {"nil", NodeRole::plain, "", "", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"raw_string_literal", NodeRole::text, "", "", ""},
    {"selector_expression", NodeRole::member, "operand", "field", ""},
    {"short_var_declaration", NodeRole::bind, "left", "right", ""},
    {"true", NodeRole::plain, "", "", ""},
    {"unary_expression", NodeRole::wrapper, "operand", "", ""},
    {"var_spec", NodeRole::bind, "name", "value", ""},
});

constexpr auto kRuby = std::to_array<NodeRule>({
    {"array", NodeRole::container, "", "", ""},
    {"assignment", NodeRole::bind, "left", "right", ""},
    {"binary", NodeRole::binary, "left", "right", ""},
    {"call", NodeRole::call, "", "arguments", ""},
    {"class", NodeRole::scope, "name", "", ""},
    {"conditional", NodeRole::ternary, "condition", "consequence",
     "alternative"},
    {"constant", NodeRole::name, "", "", ""},
    {"element_reference", NodeRole::subscript, "object", "", ""},
    {"elsif", NodeRole::branch, "condition", "consequence", ""},
    {"false", NodeRole::plain, "", "", ""},
    {"float", NodeRole::plain, "", "", ""},
    {"hash", NodeRole::container, "", "", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if", NodeRole::branch, "condition", "consequence", ""},
    {"if_modifier", NodeRole::branch, "condition", "body", ""},
    {"integer", NodeRole::plain, "", "", ""},
    {"keyword_parameter", NodeRole::default_bind, "name", "value", ""},
    {"method", NodeRole::scope, "name", "", ""},
    {"module", NodeRole::scope, "name", "", ""},
    {"nil", NodeRole::plain, "", "", ""},
    {"operator_assignment", NodeRole::or_bind, "left", "right", ""},
    {"optional_parameter", NodeRole::default_bind, "name", "value", ""},
    {"pair", NodeRole::bind, "key", "value", ""},
    {"parenthesized_statements", NodeRole::wrapper, "", "", ""},
    {"simple_symbol", NodeRole::text, "", "", ""},
    {"string", NodeRole::text, "", "", ""},
    {"true", NodeRole::plain, "", "", ""},
    {"unless", NodeRole::branch, "condition", "consequence", ""},
    {"when", NodeRole::choice, "pattern", "", ""},
});

constexpr auto kJava = std::to_array<NodeRule>({
    {"annotation", NodeRole::call, "name", "arguments", ""},
    {"array_initializer", NodeRole::container, "", "", ""},
    {"assignment_expression", NodeRole::bind, "left", "right", ""},
    {"binary_expression", NodeRole::binary, "left", "right", ""},
    {"cast_expression", NodeRole::wrapper, "value", "", ""},
    {"class_declaration", NodeRole::scope, "name", "", ""},
    {"decimal_integer_literal", NodeRole::plain, "", "", ""},
    {"element_value_array_initializer", NodeRole::container, "", "", ""},
    {"element_value_pair", NodeRole::bind, "key", "value", ""},
    {"enum_declaration", NodeRole::scope, "name", "", ""},
    {"false", NodeRole::plain, "", "", ""},
    {"field_access", NodeRole::member, "object", "field", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if_statement", NodeRole::branch, "condition", "consequence", ""},
    {"interface_declaration", NodeRole::scope, "name", "", ""},
    {"method_declaration", NodeRole::scope, "name", "", ""},
    {"method_invocation", NodeRole::call, "", "arguments", ""},
    {"null_literal", NodeRole::plain, "", "", ""},
    {"object_creation_expression", NodeRole::call, "type", "arguments", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"string_literal", NodeRole::text, "", "", ""},
    {"switch_block_statement_group", NodeRole::choice, "", "", ""},
    {"switch_rule", NodeRole::choice, "", "", ""},
    {"ternary_expression", NodeRole::ternary, "condition", "consequence",
     "alternative"},
    {"true", NodeRole::plain, "", "", ""},
    {"variable_declarator", NodeRole::bind, "name", "value", ""},
});

constexpr auto kPhp = std::to_array<NodeRule>({
    {"argument", NodeRole::wrapper, "", "", ""},
    {"array_creation_expression", NodeRole::container, "", "", ""},
    {"array_element_initializer", NodeRole::bind, "", "", ""},
    {"assignment_expression", NodeRole::bind, "left", "right", ""},
    {"augmented_assignment_expression", NodeRole::or_bind, "left", "right", ""},
    {"binary_expression", NodeRole::binary, "left", "right", ""},
    {"boolean", NodeRole::plain, "", "", ""},
    {"case_statement", NodeRole::choice, "value", "", ""},
    {"cast_expression", NodeRole::wrapper, "value", "", ""},
    {"class_declaration", NodeRole::scope, "name", "", ""},
    {"conditional_expression", NodeRole::ternary, "condition", "body",
     "alternative"},
    {"const_element", NodeRole::bind, "", "", ""},
    {"encapsed_string", NodeRole::text, "", "", ""},
    {"float", NodeRole::plain, "", "", ""},
    {"function_call_expression", NodeRole::call, "function", "arguments", ""},
    {"function_definition", NodeRole::scope, "name", "", ""},
    {"if_statement", NodeRole::branch, "condition", "body", ""},
    {"integer", NodeRole::plain, "", "", ""},
    {"match_conditional_expression", NodeRole::bind, "conditional_expressions",
     "return_expression", ""},
    {"member_access_expression", NodeRole::member, "object", "name", ""},
    {"member_call_expression", NodeRole::call, "", "arguments", ""},
    {"method_declaration", NodeRole::scope, "name", "", ""},
    {"namespace_use_clause", NodeRole::import, "", "", ""},
    {"null", NodeRole::plain, "", "", ""},
    {"object_creation_expression", NodeRole::call, "", "", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"property_element", NodeRole::bind, "name", "default_value", ""},
    {"scoped_call_expression", NodeRole::call, "", "arguments", ""},
    {"simple_parameter", NodeRole::default_bind, "name", "default_value", ""},
    {"string", NodeRole::text, "", "", ""},
    {"subscript_expression", NodeRole::subscript, "", "", ""},
    {"variable_name", NodeRole::name, "", "", ""},
});

constexpr auto kCsharp = std::to_array<NodeRule>({
    {"argument", NodeRole::wrapper, "", "", ""},
    {"assignment_expression", NodeRole::bind, "left", "right", ""},
    {"await_expression", NodeRole::wrapper, "", "", ""},
    {"binary_expression", NodeRole::binary, "left", "right", ""},
    {"boolean_literal", NodeRole::plain, "", "", ""},
    {"cast_expression", NodeRole::wrapper, "value", "", ""},
    {"class_declaration", NodeRole::scope, "name", "", ""},
    {"conditional_expression", NodeRole::ternary, "condition", "consequence",
     "alternative"},
    {"element_access_expression", NodeRole::subscript, "expression",
     "subscript", ""},
    {"identifier", NodeRole::name, "", "", ""},
    {"if_statement", NodeRole::branch, "condition", "consequence", ""},
    {"implicit_object_creation_expression", NodeRole::call, "", "arguments",
     ""},
    {"initializer_expression", NodeRole::container, "", "", ""},
    {"integer_literal", NodeRole::plain, "", "", ""},
    {"interpolated_string_expression", NodeRole::text, "", "", ""},
    {"invocation_expression", NodeRole::call, "function", "arguments", ""},
    {"member_access_expression", NodeRole::member, "expression", "name", ""},
    {"method_declaration", NodeRole::scope, "name", "", ""},
    {"null_literal", NodeRole::plain, "", "", ""},
    {"object_creation_expression", NodeRole::call, "type", "arguments", ""},
    {"parameter", NodeRole::default_bind, "name", "", ""},
    {"parenthesized_expression", NodeRole::wrapper, "", "", ""},
    {"postfix_unary_expression", NodeRole::wrapper, "", "", ""},
    {"property_declaration", NodeRole::bind, "name", "value", ""},
    {"raw_string_literal", NodeRole::text, "", "", ""},
    {"real_literal", NodeRole::plain, "", "", ""},
    {"string_literal", NodeRole::text, "", "", ""},
    {"switch_section", NodeRole::choice, "", "", ""},
    {"variable_declarator", NodeRole::bind, "name", "", ""},
    {"verbatim_string_literal", NodeRole::text, "", "", ""},
});

std::span<const NodeRule> rows_of(Language language) {
  switch (language) {
    case Language::python:
      return kPython;
    case Language::javascript:
    case Language::typescript:
    case Language::tsx:
      return kJavaScript;
    case Language::go:
      return kGo;
    case Language::ruby:
      return kRuby;
    case Language::java:
      return kJava;
    case Language::php:
      return kPhp;
    case Language::csharp:
      return kCsharp;
    default:
      return {};
  }
}

}  // namespace

CodeRules::CodeRules(Language language) {
  const std::span<const NodeRule> rows = rows_of(language);
  for (const std::string_view name : symbol_names(language)) {
    const auto row =
        std::lower_bound(rows.begin(), rows.end(), name,
                         [](const NodeRule& rule, std::string_view type) {
                           return rule.type < type;
                         });
    by_symbol_.push_back(row != rows.end() && row->type == name ? &*row
                                                                : &kNoRule);
  }
  if (by_symbol_.empty()) by_symbol_.push_back(&kNoRule);
}

const CodeRules& code_rules(Language language) {
  // One by one: names of types are spread over all of a grammar, and what no
  // file is written in should not be read.
  struct Lazy {
    std::once_flag once;
    std::optional<CodeRules> rules;
  };
  static std::array<Lazy, static_cast<std::size_t>(Language::csharp) + 1> all;
  Lazy& own = all[static_cast<std::size_t>(language)];
  std::call_once(own.once, [&] { own.rules.emplace(language); });
  return *own.rules;
}

}  // namespace overreach
