"""Inputs of steps: their keys, kinds, values and choices; and the actions that have them."""

from collections.abc import Iterator

from mutations.changes import add_entry, entry_span, remove_entry, rename_key, replace
from mutations.correct import Breakage, Correct, around, broken, inputs_with_spec, misspelt
from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import ConfigValue, Literal, Reference
from xchange_cli.model.integration import Input
from xchange_cli.validation.facts import StepFacts


def _known(file: Correct) -> Iterator[tuple[StepFacts, Input, InputSpec, Mapping]]:
    for step in file.steps:
        inputs = step.step.node.mapping("inputs")
        if inputs is not None:
            for given, spec, _ in inputs_with_spec(step):
                yield step, given, spec, inputs


def _plain_literals(file: Correct) -> Iterator[tuple[Input, InputSpec, Literal]]:
    for _, given, spec, _ in _known(file):
        if isinstance(given.expression, Literal) and given.expression.value and spec.collection == "none":
            yield given, spec, given.expression


def drop_a_required_input(file: Correct) -> Iterator[Breakage]:
    """The action cannot be performed without it."""
    for step, given, spec, inputs in _known(file):
        if spec.required and spec.type != "connection" and spec.default is None:
            yield broken(remove_entry(inputs, given.key), at=around(step.step))


def empty_a_required_input(file: Correct) -> Iterator[Breakage]:
    """An empty text is no value."""
    for step, given, spec, _ in _known(file):
        is_text = spec.collection == "none" and spec.type in {"string", "text", "data"} and step.spec
        if spec.required and is_text and spec.default is None:
            yield broken(replace(given.node, "{type: value, value: ''}"))


def misspell_an_input(file: Correct) -> Iterator[Breakage]:
    """The action has no such input."""
    for _, given, _, inputs in _known(file):
        yield broken(rename_key(inputs, given.key, misspelt(given.key)))


def write_an_input_in_another_case(file: Correct) -> Iterator[Breakage]:
    """Keys of inputs are exact."""
    for _, given, _, inputs in _known(file):
        if given.key != given.key.lower():
            yield broken(rename_key(inputs, given.key, given.key.lower()))


def misspell_a_component(file: Correct) -> Iterator[Breakage]:
    """There is no such component."""
    for step in file.steps:
        action = step.step.action
        if action is not None:
            yield broken(replace(action.component_node, misspelt(action.component)))


def misspell_an_action(file: Correct) -> Iterator[Breakage]:
    """The component has no such action."""
    for step in file.steps:
        action = step.step.action
        if action is not None and step.spec is not None:
            yield broken(replace(action.key_node, misspelt(action.key)))


def take_the_component_of_another_step(file: Correct) -> Iterator[Breakage]:
    """This component does not have that action."""
    for first, second in zip(file.steps[1:], file.steps[2:], strict=False):
        one, other = first.step.action, second.step.action
        if one is None or other is None or first.component is None:
            continue
        if other.key not in {*first.component.actions, *first.component.triggers}:
            places = (other.component_node.span, other.key_node.span)
            yield broken(replace(other.component_node, one.component), at=places)


def forget_the_component_of_an_action(file: Correct) -> Iterator[Breakage]:
    """An action belongs to a component."""
    for step in file.steps:
        if step.step.action is not None:
            node = step.step.action.node
            yield broken(
                remove_entry(node, "component"), at=(node.span, step.step.node.entries["action"].key.span)
            )


def write_the_component_as_text(file: Correct) -> Iterator[Breakage]:
    """A component is a mapping with `key` and `isPublic`."""
    for step in file.steps:
        component = step.step.action.node.mapping("component") if step.step.action else None
        if component is not None and step.step.action is not None:
            yield broken(
                replace(component, step.step.action.component),
                at=(entry_span(step.step.action.node, "component"),),
            )


def choose_what_there_is_not(file: Correct) -> Iterator[Breakage]:
    """The input takes one of a few words."""
    for _given, spec, literal in _plain_literals(file):
        if spec.choices:
            yield broken(replace(literal.node, misspelt(literal.value)))


def write_a_truth_value_wrong(file: Correct) -> Iterator[Breakage]:
    """The input takes `true` or `false`."""
    for _given, spec, literal in _plain_literals(file):
        if spec.type == "boolean" and literal.value in {"true", "false"}:
            yield broken(replace(literal.node, misspelt(literal.value)))


def write_a_word_for_a_number(file: Correct) -> Iterator[Breakage]:
    """The input takes a number."""
    numbers = {"iterationCount", "timeout", "ms", "amountInput", "maxRetries"}
    for given, _, literal in _plain_literals(file):
        if given.key in numbers:
            yield broken(replace(literal.node, "many"))


def write_a_number_without_quotes(file: Correct) -> Iterator[Breakage]:
    """Literals are text; an import refuses a number."""
    for _, _given, literal in file.literals:
        if isinstance(literal.value, str) and literal.value.isdigit():
            yield broken(replace(literal.node, literal.value))


def write_true_without_quotes(file: Correct) -> Iterator[Breakage]:
    """Literals are text; an import refuses a truth value."""
    for _, _given, literal in file.literals:
        if literal.value in {"true", "false"}:
            yield broken(replace(literal.node, literal.value))


def write_null_for_a_literal(file: Correct) -> Iterator[Breakage]:
    """Literals are text; an import refuses `null`."""
    for _, _, literal in file.literals:
        if "\n" not in literal.node.span.text:
            yield broken(replace(literal.node, "null"))


def write_a_list_for_a_literal(file: Correct) -> Iterator[Breakage]:
    """A literal is text; a list has `type: complex`."""
    for _, _, literal in file.literals:
        if "\n" not in literal.node.span.text:
            yield broken(replace(literal.node, "[a, b]"))


def give_a_list_to_an_input_that_takes_one_value(file: Correct) -> Iterator[Breakage]:
    """The action takes a single text."""
    for _, given, spec, _ in _known(file):
        if (
            spec.collection == "none"
            and spec.type in {"string", "text", "boolean"}
            and isinstance(given.expression, Literal)
        ):
            yield broken(
                replace(
                    given.node, "{type: complex, value: [{type: value, value: a}, {type: value, value: b}]}"
                )
            )


def give_a_text_to_an_input_that_takes_a_list(file: Correct) -> Iterator[Breakage]:
    """The action takes a list."""
    for _, given, spec, _ in _known(file):
        if spec.collection != "none" and spec.type != "conditions":
            yield broken(replace(given.node, "{type: value, value: a text}"))


def write_a_mapping_for_a_list(file: Correct) -> Iterator[Breakage]:
    """A `complex` value is a list of items."""
    for _, given, spec, _ in _known(file):
        if spec.collection != "none" and isinstance(given.node, Mapping):
            yield broken(
                replace(given.value_node, "{number: {type: value, value: a}}"), at=(given.node.span,)
            )


def forget_the_name_of_a_pair(file: Correct) -> Iterator[Breakage]:
    """An item of a list of named values needs a name."""
    for _, given, spec, _ in _known(file):
        items = given.node.sequence("value") if isinstance(given.node, Mapping) else None
        if spec.collection == "keyvaluelist" and items is not None:
            for item in items.mappings():
                if "name" in item.entries and spec.key not in {
                    "conditions",
                    "branches",
                    "branchValueMappings",
                }:
                    yield broken(remove_entry(item, "name"), at=(item.span,))


def misspell_the_kind_of_an_input(file: Correct) -> Iterator[Breakage]:
    """There are five kinds of expression."""
    for _, given, _, _ in _known(file):
        if isinstance(given.node, Mapping):
            kind = given.node.entries["type"].value
            yield broken(replace(kind, misspelt(kind.data)))


def call_a_literal_a_reference(file: Correct) -> Iterator[Breakage]:
    """The text names no step."""
    for given, _, literal in _plain_literals(file):
        if isinstance(given.node, Mapping) and "\n" not in literal.node.span.text:
            yield broken(replace(given.node.entries["type"].value, "reference"), at=(given.node.span,))


def call_a_reference_a_literal(file: Correct) -> Iterator[Breakage]:
    """The action would be given the words of the reference."""
    for _, given, _, _ in _known(file):
        if isinstance(given.expression, Reference) and isinstance(given.node, Mapping):
            yield broken(replace(given.node.entries["type"].value, "value"), at=(given.node.span,))


def call_a_reference_a_config_variable(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, given, _, _ in _known(file):
        if isinstance(given.expression, Reference) and isinstance(given.node, Mapping):
            yield broken(replace(given.node.entries["type"].value, "configVar"), at=(given.node.span,))


def forget_the_value_of_an_input(file: Correct) -> Iterator[Breakage]:
    """An input has a `type` and a `value`."""
    for _, given, _, _ in _known(file):
        if isinstance(given.node, Mapping):
            yield broken(remove_entry(given.node, "value"), at=(given.key_node.span, given.node.span))


def forget_the_kind_of_an_input(file: Correct) -> Iterator[Breakage]:
    """An input has a `type` and a `value`."""
    for _, given, _, _ in _known(file):
        if isinstance(given.node, Mapping):
            yield broken(remove_entry(given.node, "type"), at=(given.key_node.span, given.node.span))


def write_an_input_as_bare_text(file: Correct) -> Iterator[Breakage]:
    """An input is a mapping with `type` and `value`."""
    for _, given, _, _ in _known(file):
        if isinstance(given.expression, (Literal, Reference, ConfigValue)):
            yield broken(replace(given.node, "bare"), at=(given.key_node.span, given.node.span))


def break_the_json_of_an_input(file: Correct) -> Iterator[Breakage]:
    """The action reads the text as JSON, and cannot."""
    for _, given, literal in file.literals:
        if given.key == "jsonBody":
            yield broken(replace(literal.node, "'{\"orders\": }'"))


def indent_the_inputs_below_the_action(file: Correct) -> Iterator[Breakage]:
    """Inputs belong to the step; an action has only `key` and `component`."""
    for step in file.steps:
        action = step.step.action
        if action is not None and "inputs" in step.step.node.entries and step.step.inputs:
            edits = (remove_entry(step.step.node, "inputs"), add_entry(action.node, "inputs: {}"))
            yield broken(*edits, at=(*around(step.step),))


def write_a_step_in_the_singular(file: Correct) -> Iterator[Breakage]:
    """A step has `inputs`."""
    for step in file.steps:
        if step.step.inputs:
            entry = step.step.node.entries["inputs"]
            yield broken(replace(entry.key, "input"), at=(entry.key.span, *around(step.step)))
