"""What references want of a step's result."""

from collections.abc import Iterator

from mutations.changes import replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.expression.ast import Reference
from xchange_cli.validation.facts import StepFacts


def _of_trigger(file: Correct) -> Iterator[tuple[StepFacts, Reference]]:
    """Yield references to what was sent: `trigger.results.body.data.x`."""
    for step, reference in file.references():
        trigger = step.flow.flow.trigger
        if (
            trigger is not None
            and trigger.ref == reference.step
            and reference.path[1:4] == ("results", "body", "data")
        ):
            yield step, reference


def leave_out_data(file: Correct) -> Iterator[Breakage]:
    """What was sent is in `body.data`; `body` has only `data` and `contentType`."""
    for _, reference in _of_trigger(file):
        if len(reference.path) > 4:
            yield broken(replace(reference.span(2, 3), "body"))


def leave_out_body(file: Correct) -> Iterator[Breakage]:
    """A trigger's result has no `data`; it is in `body`."""
    for _, reference in _of_trigger(file):
        yield broken(replace(reference.span(2, 3), "data"))


def leave_out_body_and_data(file: Correct) -> Iterator[Breakage]:
    """What was sent is in `body.data`, not in the result itself."""
    own = {"customer", "user", "instance", "flow", "headers"}
    for _, reference in _of_trigger(file):
        if len(reference.path) > 4 and reference.path[4] not in own:
            yield broken(replace(reference.span(2, 4), reference.path[4]))


def misspell_a_part_of_the_payload(file: Correct) -> Iterator[Breakage]:
    """The parts of a trigger's result have fixed names."""
    for step, reference in file.references():
        trigger = step.flow.flow.trigger
        if trigger is not None and trigger.ref == reference.step and len(reference.path) > 2:
            yield broken(replace(reference.span(2, 2), misspelt(reference.path[2])))


def leave_out_results(file: Correct) -> Iterator[Breakage]:
    """Behind the key of a step stands `results`."""
    for _, reference in file.references():
        if reference.path[1:2] == ("results",) and len(reference.path) > 2:
            yield broken(replace(reference.span(1, 2), reference.path[2]))


def name_only_the_step(file: Correct) -> Iterator[Breakage]:
    """A step alone is no value: its result is in `results`."""
    for _, reference in file.references():
        if len(reference.path) == 2:
            yield broken(replace(reference.span(0, 1), reference.step))


def misspell_results(file: Correct) -> Iterator[Breakage]:
    """A step has nothing of this name."""
    for _, reference in file.references():
        if reference.path[1:2] == ("results",):
            yield broken(replace(reference.span(1, 1), "result"))


def misspell_the_current_item(file: Correct) -> Iterator[Breakage]:
    """A loop has `currentItem` and `index`, in this spelling."""
    for _, reference in file.references():
        if reference.path[1:2] == ("currentItem",):
            yield broken(replace(reference.span(1, 1), "currentitem"))


def read_the_results_of_the_loop_around(file: Correct) -> Iterator[Breakage]:
    """A loop has results when it has ended; inside there is its `currentItem`."""
    for _, reference in file.references():
        if reference.path[1:2] == ("currentItem",):
            yield broken(replace(reference.span(1, 1), "results"))


def read_the_current_item_behind_the_loop(file: Correct) -> Iterator[Breakage]:
    """When a loop has ended, it has no current item."""
    for step, reference in file.references():
        target = step.flow.look(step, reference.step)[1]
        is_behind = target is not None and target.is_loop and reference.path[1:2] == ("results",)
        if is_behind:
            yield broken(replace(reference.span(1, 1), "currentItem"))


def leave_a_bracket_open(file: Correct) -> Iterator[Breakage]:
    """A reference with an open bracket cannot be read."""
    for _, reference in file.references():
        if not reference.node.value.startswith(("{", " ")) and "{{" not in reference.node.value:
            yield broken(replace(reference.node.span, f"'{reference.node.value}[0'"))


def put_two_dots_into_a_path(file: Correct) -> Iterator[Breakage]:
    """There is nothing between the dots."""
    for _, reference in file.references():
        if reference.path[1:2] == ("results",) and len(reference.path) > 2:
            yield broken(replace(reference.span(1, 1), "results."))


def misspell_a_field_that_another_step_makes(file: Correct) -> Iterator[Breakage]:
    """The file itself says which fields the object has that this step gives."""
    for step, reference in file.references():
        target = step.flow.look(step, reference.step)[1]
        action = target.step.action if target is not None else None
        if action is None or len(reference.path) < 3 or reference.path[1] != "results":
            continue
        if (action.component, action.key) in {("code", "runCode"), ("collection-tools", "createObject")}:
            yield broken(replace(reference.span(2, 2), misspelt(reference.path[2])))


def misspell_a_field_that_callers_must_send(file: Correct) -> Iterator[Breakage]:
    """`schemas.invoke` says which fields the caller sends."""
    for step, reference in _of_trigger(file):
        if step.flow.flow.node.mapping("schemas") and len(reference.path) > 4:
            yield broken(replace(reference.span(4, 4), misspelt(reference.path[4])))


def take_the_results_of_a_loop_for_an_object(file: Correct) -> Iterator[Breakage]:
    """The results of a loop are a list, which has no fields."""
    for step, reference in file.references():
        target = step.flow.look(step, reference.step)[1]
        if target is not None and target.is_loop and reference.path[1:] == ("results",):
            yield broken(replace(reference.span(1, 1), "results.total"))
