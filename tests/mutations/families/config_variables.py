"""Config variables: their keys, types and default values, and who reads them."""

from collections.abc import Iterator

from mutations.changes import add_entry, entry_span, item_span, remove_entry, repeat_item, replace
from mutations.correct import Breakage, Correct, broken, misspelt, within
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ConfigVar
from xchange_cli.source import Span


def _readers(file: Correct, variable: ConfigVar) -> tuple[Span, ...]:
    found = [
        part.node.span
        for _, _, part in file.written
        if isinstance(part, ConfigValue) and part.key == variable.key
    ]
    for _, code in file.codes():
        found += within(code, f'configVars["{variable.key}"]')
        found += within(code, f"configVars.{variable.key}")
    for other in file.variables:
        for given in other.inputs.values():
            if isinstance(given.expression, ConfigValue) and given.expression.key == variable.key:
                found.append(given.node.span)
    return tuple(found)


def rename_a_config_variable_but_not_its_readers(file: Correct) -> Iterator[Breakage]:
    """Steps name a config variable by its key."""
    for variable in file.variables:
        readers = _readers(file, variable)
        if readers:
            yield broken(replace(variable.key_node, "Renamed Just Now"), at=readers)


def misspell_a_config_variable(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, _, part in file.written:
        if isinstance(part, ConfigValue) and part.key:
            yield broken(replace(part.span(), misspelt(part.key)))


def write_a_config_variable_in_another_case(file: Correct) -> Iterator[Breakage]:
    """Keys are exact."""
    for _, _, part in file.written:
        if isinstance(part, ConfigValue) and part.key != part.key.lower():
            yield broken(replace(part.span(), part.key.lower()))


def delete_a_config_variable_that_is_used(file: Correct) -> Iterator[Breakage]:
    """Its readers name a config variable that is gone."""
    variables = file.root.sequence("requiredConfigVars")
    for index, variable in enumerate(file.variables):
        readers = _readers(file, variable)
        if readers and variables is not None:
            span = item_span(variables, index)
            yield broken(replace(span, ""), at=readers)


def write_a_config_variable_twice(file: Correct) -> Iterator[Breakage]:
    """The key of a config variable is its identity."""
    variables = file.root.sequence("requiredConfigVars")
    for index in range(len(file.variables)):
        if variables is not None:
            yield broken(repeat_item(variables, index))


def add_a_config_variable_that_nobody_reads(file: Correct) -> Iterator[Breakage]:
    """Customers would be asked for something that has no effect."""
    pages = [page.node.sequence("elements") for page in file.integration.config_pages]
    for variable in file.variables[:1]:
        at = variable.node
        first = next(iter(at.entries.values())).key
        indent = " " * (first.span.first.column - 1)
        if at.source.text[at.start] == "{" or not pages or pages[0] is None or not pages[0].items:
            continue
        new = f"key: Brand New\n{indent}dataType: string\n{indent}defaultValue: x\n{indent[2:]}- "
        element = pages[0].items[0]
        shown = Span(at.source, element.start, element.start)
        more = "{type: configVar, value: Brand New}\n" + " " * (shown.first.column - 3) + "- "
        point = Span(at.source, first.start, first.start)
        yield broken(replace(point, new), replace(shown, more), at=(point,), at_edits=True)


def misspell_a_data_type(file: Correct) -> Iterator[Breakage]:
    """There is no such data type."""
    for variable in file.variables:
        yield broken(replace(variable.node.entries["dataType"].value, misspelt(variable.data_type)))


def forget_the_data_type(file: Correct) -> Iterator[Breakage]:
    """Every config variable has a data type."""
    for variable in file.variables:
        yield broken(remove_entry(variable.node, "dataType"), at=(variable.node.span,))


def forget_the_key_of_a_config_variable(file: Correct) -> Iterator[Breakage]:
    """Nobody could read it."""
    for variable in file.variables:
        yield broken(remove_entry(variable.node, "key"), at=(variable.node.span,))


_WRONG_DEFAULTS = {
    "boolean": "'maybe'",
    "number": "'twelve'",
    "picklist": "'none of these'",
    "date": "'2026-13-45'",
    "timestamp": "'yesterday'",
    "schedule": "'every hour'",
    "objectFieldMap": "'{\"fields\": '",
}


def _with_wrong_default(file: Correct, data_type: str) -> Iterator[Breakage]:
    for variable in file.variables:
        default = variable.node.get("defaultValue")
        is_plain = not variable.collection and (data_type != "picklist" or variable.pick_list)
        if variable.data_type == data_type and default is not None and is_plain:
            yield broken(replace(default, _WRONG_DEFAULTS[data_type]))


def give_a_truth_value_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """A truth value is `true` or `false`."""
    yield from _with_wrong_default(file, "boolean")


def give_a_number_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """The text is no number."""
    yield from _with_wrong_default(file, "number")


def choose_a_default_that_is_not_in_the_list(file: Correct) -> Iterator[Breakage]:
    """The default of a pick list is one of its options."""
    yield from _with_wrong_default(file, "picklist")


def give_a_date_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """There is no such day."""
    yield from _with_wrong_default(file, "date")


def give_a_timestamp_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """The text is no point in time."""
    yield from _with_wrong_default(file, "timestamp")


def give_a_schedule_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """The text is no cron expression."""
    yield from _with_wrong_default(file, "schedule")


def give_a_field_mapping_a_wrong_default(file: Correct) -> Iterator[Breakage]:
    """The default of such a variable is JSON."""
    yield from _with_wrong_default(file, "objectFieldMap")


def write_the_default_of_a_list_with_commas_only(file: Correct) -> Iterator[Breakage]:
    """The default of a collection is a JSON list."""
    for variable in file.variables:
        default = variable.node.get("defaultValue")
        if variable.collection and isinstance(default, Scalar):
            yield broken(replace(default, "'lost, late'"))


def write_pairs_where_a_list_of_texts_is_wanted(file: Correct) -> Iterator[Breakage]:
    """The default of a list of pairs has `key` and `value` in each item."""
    for variable in file.variables:
        default = variable.node.get("defaultValue")
        if variable.collection == "keyvaluelist" and isinstance(default, Scalar):
            yield broken(replace(default, "'[\"late\"]'"))


def misspell_a_kind_of_collection(file: Correct) -> Iterator[Breakage]:
    """There are `valuelist` and `keyvaluelist`."""
    for variable in file.variables:
        if variable.collection:
            yield broken(
                replace(variable.node.entries["collectionType"].value, misspelt(variable.collection))
            )


def break_the_json_of_a_default(file: Correct) -> Iterator[Breakage]:
    """The variable says that it holds JSON."""
    for variable in file.variables:
        default = variable.node.get("defaultValue")
        language = variable.node.get("codeLanguage")
        if default is not None and language is not None and language.data == "json":
            yield broken(replace(default, "'{\"base\": }'"))


def forget_the_options_of_a_pick_list(file: Correct) -> Iterator[Breakage]:
    """There is nothing to pick from."""
    for variable in file.variables:
        if variable.pick_list:
            at = (variable.key_node.span, entry_span(variable.node, "dataType"))
            yield broken(remove_entry(variable.node, "pickList"), at=at)


def misspell_pick_list(file: Correct) -> Iterator[Breakage]:
    """A config variable has no such key."""
    for variable in file.variables:
        if variable.pick_list:
            yield broken(replace(variable.node.entries["pickList"].key, "picklist"))


def hide_a_variable_that_has_no_default(file: Correct) -> Iterator[Breakage]:
    """Nobody is asked, so nobody can fill it in."""
    for variable in file.variables:
        if variable.connection is None and variable.default and "orgOnly" in variable.node.entries:
            edits = (
                remove_entry(variable.node, "defaultValue"),
                replace(variable.node.entries["orgOnly"].value, "true"),
            )
            is_apart = variable.node.source.text[variable.node.start] != "{"
            if is_apart and variable.data_source is None:
                yield broken(*edits, at=(variable.node.span,))


def write_a_truth_value_as_text(file: Correct) -> Iterator[Breakage]:
    """`orgOnly` is true or false, not a text."""
    for variable in file.variables:
        if "orgOnly" in variable.node.entries:
            yield broken(replace(variable.node.entries["orgOnly"].value, "'no'"))


def write_a_default_as_a_list(file: Correct) -> Iterator[Breakage]:
    """A default is text, JSON text for lists."""
    for variable in file.variables:
        if variable.data_type == "string" and "defaultValue" in variable.node.entries:
            yield broken(replace(variable.node.entries["defaultValue"].value, "[a, b]"))


def use_an_old_key(file: Correct) -> Iterator[Breakage]:
    """`header` is from an older format and has no effect."""
    for variable in file.variables:
        yield broken(add_entry(variable.node, "header: Settings"))
