"""Loops, what is in them and what they run over."""

from collections.abc import Iterator

from mutations.changes import (
    add_entry,
    entry_span,
    is_in_lines,
    item_span,
    move_item,
    remove_entry,
    remove_item,
    replace,
)
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import Literal
from xchange_cli.source import Span
from xchange_cli.validation.facts import StepFacts

_BREAK = "action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}"


def _loops(file: Correct) -> Iterator[StepFacts]:
    yield from file.named("loop", "loopOverItems", "loopNTimes")


def leave_a_loop_where_there_is_none(file: Correct) -> Iterator[Breakage]:
    """`breakLoop` belongs into a loop."""
    for flow in file.flows:
        steps = flow.flow.node.sequence("steps")
        if steps is not None and is_in_lines(steps):
            last = item_span(steps, len(steps.items) - 1)
            point = last._replace(start=last.end)
            indent = " " * (steps.span.first.column - 1)
            yield broken(replace(point, f"{indent}- name: Leave It\n{indent}  {_BREAK}\n"))


def forget_the_steps_of_a_loop(file: Correct) -> Iterator[Breakage]:
    """There is nothing to repeat."""
    for step in _loops(file):
        inner = Span(step.step.node.source, step.step.node.start, step.step.node.start)
        yield broken(remove_entry(step.step.node, "steps"), at=(*around(step.step), inner))


def empty_a_loop(file: Correct) -> Iterator[Breakage]:
    """A loop without steps does nothing."""
    for step in _loops(file):
        entry = step.step.node.entries["steps"]
        yield broken(replace(entry.value, "[]"), at=(entry.key.span, *around(step.step)))


def misspell_the_steps_of_a_loop(file: Correct) -> Iterator[Breakage]:
    """A loop has `steps`."""
    for step in _loops(file):
        entry = step.step.node.entries["steps"]
        yield broken(replace(entry.key, "step"), at=(entry.key.span, *around(step.step)))


def take_a_step_out_of_its_loop(file: Correct) -> Iterator[Breakage]:
    """Outside, the loop has no current item."""
    for step in _loops(file):
        outer, inner = file.list_of(step), step.step.node.sequence("steps")
        if inner is None or not is_in_lines(inner) or not is_in_lines(outer):
            continue
        for child in (one for one in step.flow.steps if one.placed.containers[-1:] == (step.step,)):
            is_leaf = child.step.steps is None and child.step.branches is None
            item = f"{step.step.ref}.currentItem"
            used = [
                reference.node.span
                for reader, reference in file.references()
                if reader is child and ".".join(reference.path[:2]) == item
            ]
            if is_leaf and used and len(inner.items) > 1:
                edits = move_item(inner, child.placed.index, outer, step.placed.index)
                yield broken(*edits, at=(edits[1].span,), at_edits=True)


def loop_over_a_text(file: Correct) -> Iterator[Breakage]:
    """A loop runs over a list."""
    for step in file.named("loop", "loopOverItems"):
        yield broken(replace(step.step.inputs["items"].node, "{type: value, value: all of them}"))


def loop_over_a_template(file: Correct) -> Iterator[Breakage]:
    """A template gives text, never a list."""
    for step in file.named("loop", "loopOverItems"):
        node = step.step.inputs["items"].node
        if isinstance(node, Mapping):
            text = f"{{type: template, value: '{{{{${node.entries['value'].value.data}}}}}'}}"
            yield broken(replace(node, text))


def loop_over_nothing(file: Correct) -> Iterator[Breakage]:
    """A loop needs something to run over."""
    for step in file.named("loop", "loopOverItems"):
        yield broken(replace(step.step.inputs["items"].value_node, "''"), at=around(step.step))


def forget_what_to_loop_over(file: Correct) -> Iterator[Breakage]:
    """A loop needs something to run over."""
    for step in file.named("loop", "loopOverItems"):
        inputs = step.step.node.mapping("inputs")
        if inputs is not None:
            yield broken(remove_entry(inputs, "items"), at=around(step.step))


def repeat_no_times(file: Correct) -> Iterator[Breakage]:
    """The steps of the loop never run."""
    for step in file.named("loop", "loopNTimes"):
        yield broken(replace(step.step.inputs["iterationCount"].value_node, "'0'"))


def repeat_a_negative_number_of_times(file: Correct) -> Iterator[Breakage]:
    """There is no such number of passes."""
    for step in file.named("loop", "loopNTimes"):
        yield broken(replace(step.step.inputs["iterationCount"].value_node, "'-5'"))


def repeat_a_word(file: Correct) -> Iterator[Breakage]:
    """The number of passes is a number."""
    for step in file.named("loop", "loopNTimes"):
        given = step.step.inputs["iterationCount"]
        if isinstance(given.expression, Literal):
            yield broken(replace(given.value_node, "twenty"))


def give_steps_to_a_step_that_is_no_loop(file: Correct) -> Iterator[Breakage]:
    """Nothing would ever run them."""
    for step in file.named("log", "writeLog"):
        inner = "[{name: Inner, action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}, inputs: {ms: {type: value, value: '5'}}}]"
        yield broken(add_entry(step.step.node, f"steps: {inner}"), at=around(step.step), at_edits=True)


def misspell_the_list_that_is_looped_over(file: Correct) -> Iterator[Breakage]:
    """No step has this key."""
    for step in file.named("loop", "loopOverItems"):
        node = step.step.inputs["items"].value_node
        yield broken(replace(node, misspelt(node.data.partition(".")[0]) + ".results"))


def write_the_branches_of_a_loop_for_its_steps(file: Correct) -> Iterator[Breakage]:
    """A loop has `steps`, not `branches`."""
    for step in _loops(file):
        steps = step.step.node.entries["steps"]
        places = (entry_span(step.step.node, "steps")._replace(end=steps.key.end), *around(step.step))
        yield broken(replace(steps.key, "branches"), at=places)


def delete_a_loop_whose_results_are_read(file: Correct) -> Iterator[Breakage]:
    """Those behind the loop read a step that is gone."""
    for step in _loops(file):
        readers = file.readers(step)
        behind = tuple(span for span in readers if span.start > step.step.node.end)
        if behind and is_in_lines(file.list_of(step)):
            yield broken(remove_item(file.list_of(step), step.placed.index), at=behind)
