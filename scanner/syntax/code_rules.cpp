#include "scanner/syntax/code_rules.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <span>

#include "scanner/syntax/tree.h"

namespace overreach {
namespace {

constexpr NodeRule kNoRule{"", Role::none, "", "", ""};

constexpr auto kPython = std::to_array<NodeRule>({
    {"assignment", Role::bind, "left", "right", ""},
    {"attribute", Role::member, "object", "attribute", ""},
    {"await", Role::wrapper, "", "", ""},
    {"binary_operator", Role::binary, "left", "right", ""},
    {"boolean_operator", Role::binary, "left", "right", ""},
    {"call", Role::call, "function", "arguments", ""},
    {"case_clause", Role::choice, "alternative", "", ""},
    {"class_definition", Role::scope, "name", "", ""},
    {"conditional_expression", Role::ternary, "", "", ""},
    {"default_parameter", Role::default_bind, "name", "value", ""},
    {"dictionary", Role::container, "", "", ""},
    {"elif_clause", Role::branch, "condition", "consequence", ""},
    {"false", Role::plain, "", "", ""},
    {"float", Role::plain, "", "", ""},
    {"function_definition", Role::scope, "name", "", ""},
    {"identifier", Role::name, "", "", ""},
    {"if_statement", Role::branch, "condition", "consequence", ""},
    {"import_from_statement", Role::import, "module_name", "", ""},
    {"integer", Role::plain, "", "", ""},
    {"keyword_argument", Role::bind, "name", "value", ""},
    {"list", Role::container, "", "", ""},
    {"none", Role::plain, "", "", ""},
    {"pair", Role::bind, "key", "value", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"string", Role::text, "", "", ""},
    {"subscript", Role::subscript, "value", "subscript", ""},
    {"true", Role::plain, "", "", ""},
    {"tuple", Role::container, "", "", ""},
    {"typed_default_parameter", Role::default_bind, "name", "value", ""},
});

// JavaScript, and what TypeScript adds to it.
constexpr auto kJavaScript = std::to_array<NodeRule>({
    {"array", Role::container, "", "", ""},
    {"as_expression", Role::wrapper, "", "", ""},
    {"assignment_expression", Role::bind, "left", "right", ""},
    {"assignment_pattern", Role::default_bind, "left", "right", ""},
    {"augmented_assignment_expression", Role::or_bind, "left", "right", ""},
    {"await_expression", Role::wrapper, "", "", ""},
    {"binary_expression", Role::binary, "left", "right", ""},
    {"call_expression", Role::call, "function", "arguments", ""},
    {"class", Role::scope, "name", "", ""},
    {"class_declaration", Role::scope, "name", "", ""},
    {"enum_assignment", Role::bind, "name", "value", ""},
    {"enum_declaration", Role::scope, "name", "", ""},
    {"false", Role::plain, "", "", ""},
    {"field_definition", Role::bind, "property", "value", ""},
    {"function_declaration", Role::scope, "name", "", ""},
    {"identifier", Role::name, "", "", ""},
    {"if_statement", Role::branch, "condition", "consequence", ""},
    {"import_statement", Role::import, "source", "", ""},
    {"internal_module", Role::scope, "name", "", ""},
    {"member_expression", Role::member, "object", "property", ""},
    {"method_definition", Role::scope, "name", "", ""},
    {"new_expression", Role::call, "constructor", "arguments", ""},
    {"non_null_expression", Role::wrapper, "", "", ""},
    {"null", Role::plain, "", "", ""},
    {"number", Role::plain, "", "", ""},
    {"object", Role::container, "", "", ""},
    {"object_assignment_pattern", Role::default_bind, "left", "right", ""},
    {"optional_parameter", Role::default_bind, "pattern", "value", ""},
    {"pair", Role::bind, "key", "value", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"public_field_definition", Role::bind, "name", "value", ""},
    {"required_parameter", Role::default_bind, "pattern", "value", ""},
    {"satisfies_expression", Role::wrapper, "", "", ""},
    {"string", Role::text, "", "", ""},
    {"subscript_expression", Role::subscript, "object", "index", ""},
    {"switch_case", Role::choice, "value", "", ""},
    {"template_string", Role::text, "", "", ""},
    {"ternary_expression", Role::ternary, "condition", "consequence",
     "alternative"},
    {"true", Role::plain, "", "", ""},
    {"undefined", Role::plain, "", "", ""},
    {"variable_declarator", Role::bind, "name", "value", ""},
});

constexpr auto kGo = std::to_array<NodeRule>({
    {"assignment_statement", Role::bind, "left", "right", ""},
    {"binary_expression", Role::binary, "left", "right", ""},
    {"call_expression", Role::call, "function", "arguments", ""},
    {"composite_literal", Role::container, "", "", ""},
    {"const_spec", Role::bind, "name", "value", ""},
    {"expression_case", Role::choice, "value", "", ""},
    {"expression_list", Role::wrapper, "", "", ""},
    {"false", Role::plain, "", "", ""},
    {"float_literal", Role::plain, "", "", ""},
    {"function_declaration", Role::scope, "name", "", ""},
    {"identifier", Role::name, "", "", ""},
    {"if_statement", Role::branch, "condition", "consequence", ""},
    {"index_expression", Role::subscript, "operand", "index", ""},
    {"int_literal", Role::plain, "", "", ""},
    {"interpreted_string_literal", Role::text, "", "", ""},
    {"keyed_element", Role::bind, "key", "value", ""},
    {"literal_element", Role::wrapper, "", "", ""},
    {"literal_value", Role::container, "", "", ""},
    {"method_declaration", Role::scope, "name", "", ""},
    {"nil", Role::plain, "", "", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"raw_string_literal", Role::text, "", "", ""},
    {"selector_expression", Role::member, "operand", "field", ""},
    {"short_var_declaration", Role::bind, "left", "right", ""},
    {"true", Role::plain, "", "", ""},
    {"unary_expression", Role::wrapper, "operand", "", ""},
    {"var_spec", Role::bind, "name", "value", ""},
});

constexpr auto kRuby = std::to_array<NodeRule>({
    {"array", Role::container, "", "", ""},
    {"assignment", Role::bind, "left", "right", ""},
    {"binary", Role::binary, "left", "right", ""},
    {"call", Role::call, "", "arguments", ""},
    {"class", Role::scope, "name", "", ""},
    {"conditional", Role::ternary, "condition", "consequence", "alternative"},
    {"constant", Role::name, "", "", ""},
    {"element_reference", Role::subscript, "object", "", ""},
    {"elsif", Role::branch, "condition", "consequence", ""},
    {"false", Role::plain, "", "", ""},
    {"float", Role::plain, "", "", ""},
    {"hash", Role::container, "", "", ""},
    {"identifier", Role::name, "", "", ""},
    {"if", Role::branch, "condition", "consequence", ""},
    {"if_modifier", Role::branch, "condition", "body", ""},
    {"integer", Role::plain, "", "", ""},
    {"keyword_parameter", Role::default_bind, "name", "value", ""},
    {"method", Role::scope, "name", "", ""},
    {"module", Role::scope, "name", "", ""},
    {"nil", Role::plain, "", "", ""},
    {"operator_assignment", Role::or_bind, "left", "right", ""},
    {"optional_parameter", Role::default_bind, "name", "value", ""},
    {"pair", Role::bind, "key", "value", ""},
    {"parenthesized_statements", Role::wrapper, "", "", ""},
    {"simple_symbol", Role::text, "", "", ""},
    {"string", Role::text, "", "", ""},
    {"true", Role::plain, "", "", ""},
    {"unless", Role::branch, "condition", "consequence", ""},
    {"when", Role::choice, "pattern", "", ""},
});

constexpr auto kJava = std::to_array<NodeRule>({
    {"annotation", Role::call, "name", "arguments", ""},
    {"array_initializer", Role::container, "", "", ""},
    {"assignment_expression", Role::bind, "left", "right", ""},
    {"binary_expression", Role::binary, "left", "right", ""},
    {"cast_expression", Role::wrapper, "value", "", ""},
    {"class_declaration", Role::scope, "name", "", ""},
    {"decimal_integer_literal", Role::plain, "", "", ""},
    {"element_value_array_initializer", Role::container, "", "", ""},
    {"element_value_pair", Role::bind, "key", "value", ""},
    {"enum_declaration", Role::scope, "name", "", ""},
    {"false", Role::plain, "", "", ""},
    {"field_access", Role::member, "object", "field", ""},
    {"identifier", Role::name, "", "", ""},
    {"if_statement", Role::branch, "condition", "consequence", ""},
    {"interface_declaration", Role::scope, "name", "", ""},
    {"method_declaration", Role::scope, "name", "", ""},
    {"method_invocation", Role::call, "", "arguments", ""},
    {"null_literal", Role::plain, "", "", ""},
    {"object_creation_expression", Role::call, "type", "arguments", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"string_literal", Role::text, "", "", ""},
    {"switch_block_statement_group", Role::choice, "", "", ""},
    {"switch_rule", Role::choice, "", "", ""},
    {"ternary_expression", Role::ternary, "condition", "consequence",
     "alternative"},
    {"true", Role::plain, "", "", ""},
    {"variable_declarator", Role::bind, "name", "value", ""},
});

constexpr auto kPhp = std::to_array<NodeRule>({
    {"argument", Role::wrapper, "", "", ""},
    {"array_creation_expression", Role::container, "", "", ""},
    {"array_element_initializer", Role::bind, "", "", ""},
    {"assignment_expression", Role::bind, "left", "right", ""},
    {"augmented_assignment_expression", Role::or_bind, "left", "right", ""},
    {"binary_expression", Role::binary, "left", "right", ""},
    {"boolean", Role::plain, "", "", ""},
    {"case_statement", Role::choice, "value", "", ""},
    {"cast_expression", Role::wrapper, "value", "", ""},
    {"class_declaration", Role::scope, "name", "", ""},
    {"conditional_expression", Role::ternary, "condition", "body",
     "alternative"},
    {"const_element", Role::bind, "", "", ""},
    {"encapsed_string", Role::text, "", "", ""},
    {"float", Role::plain, "", "", ""},
    {"function_call_expression", Role::call, "function", "arguments", ""},
    {"function_definition", Role::scope, "name", "", ""},
    {"if_statement", Role::branch, "condition", "body", ""},
    {"integer", Role::plain, "", "", ""},
    {"match_conditional_expression", Role::bind, "conditional_expressions",
     "return_expression", ""},
    {"member_access_expression", Role::member, "object", "name", ""},
    {"member_call_expression", Role::call, "", "arguments", ""},
    {"method_declaration", Role::scope, "name", "", ""},
    {"namespace_use_clause", Role::import, "", "", ""},
    {"null", Role::plain, "", "", ""},
    {"object_creation_expression", Role::call, "", "", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"property_element", Role::bind, "name", "default_value", ""},
    {"scoped_call_expression", Role::call, "", "arguments", ""},
    {"simple_parameter", Role::default_bind, "name", "default_value", ""},
    {"string", Role::text, "", "", ""},
    {"subscript_expression", Role::subscript, "", "", ""},
    {"variable_name", Role::name, "", "", ""},
});

constexpr auto kCsharp = std::to_array<NodeRule>({
    {"argument", Role::wrapper, "", "", ""},
    {"assignment_expression", Role::bind, "left", "right", ""},
    {"await_expression", Role::wrapper, "", "", ""},
    {"binary_expression", Role::binary, "left", "right", ""},
    {"boolean_literal", Role::plain, "", "", ""},
    {"cast_expression", Role::wrapper, "value", "", ""},
    {"class_declaration", Role::scope, "name", "", ""},
    {"conditional_expression", Role::ternary, "condition", "consequence",
     "alternative"},
    {"element_access_expression", Role::subscript, "expression", "subscript",
     ""},
    {"identifier", Role::name, "", "", ""},
    {"if_statement", Role::branch, "condition", "consequence", ""},
    {"implicit_object_creation_expression", Role::call, "", "arguments", ""},
    {"initializer_expression", Role::container, "", "", ""},
    {"integer_literal", Role::plain, "", "", ""},
    {"interpolated_string_expression", Role::text, "", "", ""},
    {"invocation_expression", Role::call, "function", "arguments", ""},
    {"member_access_expression", Role::member, "expression", "name", ""},
    {"method_declaration", Role::scope, "name", "", ""},
    {"null_literal", Role::plain, "", "", ""},
    {"object_creation_expression", Role::call, "type", "arguments", ""},
    {"parameter", Role::default_bind, "name", "", ""},
    {"parenthesized_expression", Role::wrapper, "", "", ""},
    {"postfix_unary_expression", Role::wrapper, "", "", ""},
    {"property_declaration", Role::bind, "name", "value", ""},
    {"raw_string_literal", Role::text, "", "", ""},
    {"real_literal", Role::plain, "", "", ""},
    {"string_literal", Role::text, "", "", ""},
    {"switch_section", Role::choice, "", "", ""},
    {"variable_declarator", Role::bind, "name", "", ""},
    {"verbatim_string_literal", Role::text, "", "", ""},
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
