"""Triggers: exactly one, first, at the top."""

from collections.abc import Iterator

from mutations.changes import (
    add_entry,
    is_in_lines,
    move_item,
    remove_entry,
    remove_item,
    repeat_item,
    replace,
    swap_items,
)
from mutations.correct import Breakage, Correct, around, broken
from xchange_cli.document.node import Sequence
from xchange_cli.model.integration import Flow, Step


def _triggers(file: Correct) -> Iterator[tuple[Flow, Step, Sequence]]:
    for flow in file.integration.flows:
        steps = flow.node.sequence("steps")
        if flow.trigger is not None and steps is not None and is_in_lines(steps):
            yield flow, flow.trigger, steps


def forget_that_a_step_is_the_trigger(file: Correct) -> Iterator[Breakage]:
    """Without `isTrigger` the flow has no trigger."""
    for flow, trigger, _ in _triggers(file):
        yield broken(remove_entry(trigger.node, "isTrigger"), at=(flow.name_node.span, *around(trigger)))


def say_that_the_trigger_is_none(file: Correct) -> Iterator[Breakage]:
    """With `isTrigger: false` the flow has no trigger."""
    for flow, trigger, _ in _triggers(file):
        value = trigger.node.entries["isTrigger"].value
        yield broken(replace(value, "false"), at=(flow.name_node.span, *around(trigger)))


def delete_the_trigger(file: Correct) -> Iterator[Breakage]:
    """A flow begins with its trigger."""
    for flow, _, steps in _triggers(file):
        if len(steps.items) > 1:
            after = flow.steps[1]
            places = (flow.name_node.span, flow.node.entries["steps"].key.span, *around(after))
            yield broken(remove_item(steps, 0), at=places)


def write_the_trigger_twice(file: Correct) -> Iterator[Breakage]:
    """A flow has one trigger."""
    for _, _, steps in _triggers(file):
        yield broken(repeat_item(steps, 0))


def swap_the_trigger_and_the_first_step(file: Correct) -> Iterator[Breakage]:
    """The trigger is the first step."""
    for _, _, steps in _triggers(file):
        if len(steps.items) > 1:
            yield broken(*swap_items(steps, 0, 1))


def move_the_trigger_to_the_end(file: Correct) -> Iterator[Breakage]:
    """The trigger is the first step."""
    for flow, _, steps in _triggers(file):
        last = len(steps.items) - 1
        if last > 1:
            places = (flow.name_node.span, *around(flow.steps[1]))
            yield broken(*move_item(steps, 0, steps, last), at=places, at_edits=True)


def put_the_trigger_into_a_loop(file: Correct) -> Iterator[Breakage]:
    """A trigger stands at the top of its flow."""
    for flow, _, steps in _triggers(file):
        for step in flow.steps:
            inner = step.node.sequence("steps")
            if inner is not None and is_in_lines(inner):
                edits = move_item(steps, 0, inner, len(inner.items) - 1)
                yield broken(*edits, at=(flow.name_node.span, *around(flow.steps[1])), at_edits=True)


def mark_a_second_step_as_trigger(file: Correct) -> Iterator[Breakage]:
    """Only the first step is a trigger."""
    for step in file.steps:
        if not step.step.is_trigger:
            yield broken(add_entry(step.step.node, "isTrigger: true"), at=around(step.step))


def let_a_step_perform_a_trigger(file: Correct) -> Iterator[Breakage]:
    """A trigger's action cannot be performed by a step."""
    for step in file.steps:
        if not step.step.is_trigger and step.step.action is not None:
            yield broken(
                replace(step.step.action.node, _action("webhook-triggers", "webhook")), at=around(step.step)
            )


def let_the_trigger_perform_an_action(file: Correct) -> Iterator[Breakage]:
    """An action does not wait for anything."""
    for _, trigger, _ in _triggers(file):
        if trigger.action is not None:
            yield broken(replace(trigger.action.node, _action("csv", "parse")), at=around(trigger))


def _action(component: str, key: str) -> str:
    return f"{{key: {key}, component: {{key: {component}, isPublic: true, version: LATEST}}}}"


def drop_a_branch_of_a_trigger(file: Correct) -> Iterator[Breakage]:
    """The component of the trigger says which branches there are."""
    for _, trigger, _ in _triggers(file):
        branches = trigger.node.sequence("branches")
        if branches is not None and is_in_lines(branches):
            for index in range(len(branches.items)):
                place = trigger.node.entries["branches"].key.span
                names = tuple(branch.name_node.span for branch in trigger.branches or ())
                yield broken(remove_item(branches, index), at=(place, *names, *around(trigger)))


def rename_a_branch_of_a_trigger(file: Correct) -> Iterator[Breakage]:
    """The component of the trigger names the branches."""
    for _, trigger, _ in _triggers(file):
        for branch in trigger.branches or ():
            yield broken(replace(branch.name_node, "Something Else"))
