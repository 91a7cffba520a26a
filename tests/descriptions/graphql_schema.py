"""A GraphQL schema: are the documents valid in it, do the replies have the fields
that are read, and are the powers mutations?
"""

import json

from graphql import (
    build_client_schema,
    build_schema,
    get_named_type,
    is_enum_type,
    is_list_type,
    is_object_type,
    is_interface_type,
    parse,
    validate,
)
from graphql.language import InlineFragmentNode
from graphql.type import GraphQLNonNull

import replies


def load(path):
    if path.suffix == ".json":
        document = json.loads(path.read_text())
        return build_client_schema(document.get("data", document))
    return build_schema(path.read_text())


def bare(kind):
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def chosen(schema, kind, selected, token):
    """(type, field) of that name, in fragments for one type, too."""
    for one in selected.selections if selected else []:
        if isinstance(one, InlineFragmentNode):
            narrower = one.type_condition
            yield from chosen(
                schema, schema.type_map[narrower.name.value] if narrower else kind,
                one.selection_set, token)
        elif (one.alias or one.name).value == token:
            yield kind, one


def find(schema, document, pointer):
    """The type at a place of the reply; None when the query does not ask it."""
    if pointer[:1] != ("data",):
        return None
    kind, selected = schema.query_type, document.definitions[0].selection_set
    for token in pointer[1:]:
        kind = bare(kind)
        if token == "*" or token.isdigit():
            if not is_list_type(kind):
                return None
            kind = kind.of_type
            continue
        found = next(chosen(schema, kind, selected, token), None)
        if not found or not (is_object_type(found[0]) or is_interface_type(found[0])):
            return None
        field = found[1].name.value
        if field == "__typename":
            return schema.type_map["String"]
        kind = found[0].fields[field].type
        selected = found[1].selection_set
    return bare(kind)


def check(finding, path, questions, operations, answers):
    schema = load(path)
    replies.check_graphql(
        finding, answers, questions,
        lambda question, place: find(schema, parse(question.graphql), place))
    for question in questions:
        document = parse(question.graphql)
        errors = validate(schema, document)
        finding.expect(
            not errors,
            f"{question.probe}: {'; '.join(e.message for e in errors)}",
        )
        declared = {
            variable.variable.name.value
            for definition in document.definitions
            for variable in definition.variable_definitions
        }
        for name in question.variables:
            finding.expect(name in declared, f"{question.probe}: no variable {name}")
        for read in question.reads:
            kind = None if errors else find(schema, document, read.pointer)
            finding.expect(kind is not None, f"{question.probe}: no field {read}")
            named = get_named_type(kind)
            for word in sorted(read.words) if is_enum_type(named) else ():
                finding.expect(
                    word in named.values,
                    f"{question.probe}: {read} is never {word}, "
                    f"but {sorted(named.values)}",
                )
    for name in operations:
        finding.expect(name in schema.mutation_type.fields, f"power: no {name}")
