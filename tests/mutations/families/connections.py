"""Connections and data sources, and the steps that use them."""

from collections.abc import Iterator

from mutations.changes import entry_span, remove_entry, rename_key, replace, swap_items
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import ConfigValue
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.validation.facts import StepFacts


def _connection_inputs(file: Correct) -> Iterator[tuple[StepFacts, Input, InputSpec]]:
    for step in file.steps:
        for given in step.step.inputs.values():
            spec = step.spec.inputs.get(given.key) if step.spec else None
            is_given = isinstance(given.expression, ConfigValue) and given.expression.key
            if spec is not None and spec.type == "connection" and is_given:
                yield step, given, spec


def _connections(file: Correct) -> Iterator[ConfigVar]:
    yield from (variable for variable in file.variables if variable.connection is not None)


def empty_a_required_connection(file: Correct) -> Iterator[Breakage]:
    """The action cannot do anything without a connection."""
    for _, given, spec in _connection_inputs(file):
        if spec.required:
            yield broken(replace(given.value_node, "''"))


def drop_a_required_connection(file: Correct) -> Iterator[Breakage]:
    """The action cannot do anything without a connection."""
    for step, given, spec in _connection_inputs(file):
        inputs = step.step.node.mapping("inputs")
        if spec.required and inputs is not None:
            yield broken(remove_entry(inputs, given.key), at=around(step.step))


def misspell_a_connection(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, given, _ in _connection_inputs(file):
        yield broken(replace(given.value_node, misspelt(given.value_node.data)))


def take_a_config_variable_that_is_no_connection(file: Correct) -> Iterator[Breakage]:
    """The action takes a connection."""
    for _, given, _ in _connection_inputs(file):
        for variable in file.variables:
            if variable.data_type in {"string", "number", "picklist", "boolean"}:
                yield broken(replace(given.value_node, variable.key))
                break


def take_the_connection_of_another_component(file: Correct) -> Iterator[Breakage]:
    """Its fields are not those that the action reads."""
    for step, given, _ in _connection_inputs(file):
        action = step.step.action
        for variable in _connections(file):
            other = variable.connection
            if action and other and not _are_relatives(other.component, action.component):
                yield broken(replace(given.value_node, variable.key))
                break


def _are_relatives(one: str, other: str) -> bool:
    """Components of one vendor may share connections, and `http` takes those of others."""
    return one.partition("-")[0] == other.partition("-")[0] or "http" in {one, other}


def write_a_connection_as_text(file: Correct) -> Iterator[Breakage]:
    """A connection is given by a config variable only."""
    for _, given, _ in _connection_inputs(file):
        yield broken(replace(given.node, "{type: value, value: my-secret-account}"))


def read_a_connection_from_a_step(file: Correct) -> Iterator[Breakage]:
    """No step gives a connection."""
    for step, given, _ in _connection_inputs(file):
        trigger = step.flow.flow.trigger
        if trigger is not None and not step.step.is_trigger:
            text = f"{{type: reference, value: {trigger.ref}.results.body.data}}"
            yield broken(replace(given.node, text))


def put_a_connection_into_a_template(file: Correct) -> Iterator[Breakage]:
    """A connection is no text."""
    for variable in _connections(file):
        for _, template in file.templates():
            for part in template.parts:
                if isinstance(part, ConfigValue) and "\n" not in template.node.span.text:
                    yield broken(replace(part.span(), variable.key))


def misspell_the_kind_of_a_connection(file: Correct) -> Iterator[Breakage]:
    """The component has no such connection."""
    for variable in _connections(file):
        if variable.connection is not None:
            yield broken(replace(variable.connection.key_node, misspelt(variable.connection.key)))


def misspell_the_component_of_a_connection(file: Correct) -> Iterator[Breakage]:
    """There is no such component."""
    for variable in _connections(file):
        if variable.connection is not None:
            node = variable.connection.component_node
            yield broken(replace(node, misspelt(variable.connection.component)))


def misspell_an_input_of_a_connection(file: Correct) -> Iterator[Breakage]:
    """The connection has no such input."""
    for variable in _connections(file):
        inputs = variable.node.mapping("inputs")
        for key in variable.inputs:
            if inputs is not None:
                yield broken(rename_key(inputs, key, misspelt(key)))


def forget_what_a_connection_connects_to(file: Correct) -> Iterator[Breakage]:
    """A config variable for a connection says of which component."""
    for variable in _connections(file):
        spans = (variable.key_node.span, entry_span(variable.node, "dataType"))
        yield broken(remove_entry(variable.node, "connection"), at=spans)


def misspell_a_data_source(file: Correct) -> Iterator[Breakage]:
    """The component has no such data source."""
    for variable in file.variables:
        if variable.data_source is not None:
            yield broken(replace(variable.data_source.key_node, misspelt(variable.data_source.key)))


def misspell_the_connection_of_a_data_source(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for variable in file.variables:
        for given in variable.inputs.values():
            if isinstance(given.expression, ConfigValue) and given.expression.key:
                yield broken(replace(given.value_node, misspelt(given.expression.key)))


def let_a_config_variable_depend_on_itself(file: Correct) -> Iterator[Breakage]:
    """It could never be worked out."""
    for variable in file.variables:
        for given in variable.inputs.values():
            if isinstance(given.expression, ConfigValue) and given.expression.key:
                yield broken(replace(given.value_node, variable.key))


def let_two_config_variables_depend_on_each_other(file: Correct) -> Iterator[Breakage]:
    """Neither could be worked out first."""
    for variable in file.variables:
        for given in variable.inputs.values():
            other = (
                file.facts.config_vars.get(given.expression.key)
                if isinstance(given.expression, ConfigValue)
                else None
            )
            inputs = other.node.mapping("inputs") if other is not None else None
            if other is not None and inputs is not None:
                target = next(iter(inputs.entries.values()))
                text = f"{{type: configVar, value: {variable.key}}}"
                yield broken(replace(target.value, text), at=(given.node.span,), at_edits=True)


def ask_for_a_connection_after_its_data_source(file: Correct) -> Iterator[Breakage]:
    """The list could not be fetched yet when it is shown."""
    for variable in file.variables:
        for given in variable.inputs.values():
            if isinstance(given.expression, ConfigValue) and given.expression.key:
                yield from _pages_swapped(file, variable, given)


def _pages_swapped(file: Correct, variable: ConfigVar, given: Input) -> Iterator[Breakage]:
    pages = file.root.sequence("configPages")
    assert isinstance(given.expression, ConfigValue)
    numbers = {
        element.value: number
        for number, page in enumerate(file.integration.config_pages)
        for element in page.elements
    }
    mine, theirs = numbers.get(variable.key), numbers.get(given.expression.key)
    if pages is not None and mine is not None and theirs is not None and theirs < mine:
        yield broken(*swap_items(pages, theirs, mine), at=(variable.key_node.span, given.node.span))


def point_a_connection_at_a_step(file: Correct) -> Iterator[Breakage]:
    """Config variables are set before any step runs."""
    for variable in file.variables:
        for given in variable.inputs.values():
            if isinstance(given.node, Mapping) and file.steps:
                text = f"{{type: reference, value: {file.steps[0].step.ref}.results}}"
                yield broken(replace(given.node, text))
