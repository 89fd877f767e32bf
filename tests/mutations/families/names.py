"""Names of steps and flows, and those who use them."""

from collections.abc import Iterator

from mutations.changes import is_in_lines, move_item, remove_item, repeat_item, replace
from mutations.correct import Breakage, Correct, broken, misspelt, within
from xchange_cli.document.node import Sequence
from xchange_cli.expression.ast import Literal
from xchange_cli.source import Span
from xchange_cli.validation.facts import Sight, StepFacts


def rename_a_step_but_not_its_readers(file: Correct) -> Iterator[Breakage]:
    """References go by the name of a step, so they now name none."""
    for step in file.steps:
        readers = file.readers(step)
        if readers:
            yield broken(replace(step.step.name_node, "Renamed Just Now"), at=readers)


def misspell_a_step_in_a_reference(file: Correct) -> Iterator[Breakage]:
    """No step has this key."""
    for _, reference in file.references():
        yield broken(replace(reference.span(0, 0), misspelt(reference.step)))


def write_the_key_of_a_step_with_a_capital(file: Correct) -> Iterator[Breakage]:
    """Keys of steps begin with a small letter."""
    for _, reference in file.references():
        yield broken(replace(reference.span(0, 0), reference.step[0].upper() + reference.step[1:]))


def write_the_name_of_a_step_for_its_key(file: Correct) -> Iterator[Breakage]:
    """References go by the key; a name with blanks is none."""
    for step, reference in file.references():
        target = step.flow.look(step, reference.step)[1]
        if target is not None and " " in target.step.name:
            yield broken(replace(reference.span(0, 0), target.step.name))


def let_a_step_read_itself(file: Correct) -> Iterator[Breakage]:
    """A step has no result before it has run."""
    for step, reference in file.references():
        if reference.path[1:2] == ("results",):
            yield broken(replace(reference.span(0, 0), step.step.ref))


def read_a_step_of_another_flow(file: Correct) -> Iterator[Breakage]:
    """Flows do not see each other's steps."""
    for step, reference in file.references():
        for other in file.steps:
            is_foreign = other.flow is not step.flow and other.step.ref not in step.flow.by_ref
            if is_foreign and reference.path[1:2] == ("results",):
                yield broken(replace(reference.span(0, 0), other.step.ref))
                break


def name_two_steps_alike(file: Correct) -> Iterator[Breakage]:
    """References could not tell them apart."""
    for flow in file.flows:
        for first, second in zip(flow.steps[1:], flow.steps[2:], strict=False):
            if not file.readers(second):
                place = second.step.name_node
                yield broken(
                    replace(place, first.step.name_node.span.text), at=(place.span, first.step.name_node.span)
                )


def paste_a_step_twice(file: Correct) -> Iterator[Breakage]:
    """The copy has the name of the original."""
    for step in file.steps:
        steps = file.list_of(step)
        if is_in_lines(steps) and step.placed.index > 0 and not step.step.branches and not step.step.steps:
            yield broken(repeat_item(steps, step.placed.index))


def delete_a_step_that_others_read(file: Correct) -> Iterator[Breakage]:
    """Its readers name a step that is gone."""
    for step, readers in _leaves_with_readers(file):
        yield broken(remove_item(file.list_of(step), step.placed.index), at=readers)


def move_a_step_behind_its_reader(file: Correct) -> Iterator[Breakage]:
    """The reader runs before there is a result."""
    for step, readers in _leaves_with_readers(file):
        steps, index = file.list_of(step), step.placed.index
        last = len(steps.items) - 1
        behind = tuple(
            span for span in readers if steps.items[last].start <= span.end <= steps.items[last].end
        )
        if index < last and behind:
            yield broken(*move_item(steps, index, steps, last), at=behind)


def move_a_step_into_a_loop(file: Correct) -> Iterator[Breakage]:
    """Readers behind the loop no longer see it."""
    yield from _moved_into(file, "steps")


def move_a_step_into_a_branch(file: Correct) -> Iterator[Breakage]:
    """Readers behind the branches no longer see it."""
    yield from _moved_into(file, "branches")


def _moved_into(file: Correct, key: str) -> Iterator[Breakage]:
    for step, readers in _leaves_with_readers(file):
        steps, index = file.list_of(step), step.placed.index
        for container in step.placed.siblings[index + 1 :]:
            inner = container.node.sequence(key)
            if key == "branches" and inner is not None:
                inner = next((found for one in inner.mappings() if (found := one.sequence("steps"))), None)
            if inner is None or not is_in_lines(inner):
                continue
            behind = tuple(span for span in readers if span.start > container.node.end)
            if behind:
                yield broken(*move_item(steps, index, inner, len(inner.items) - 1), at=behind)


def _leaves_with_readers(file: Correct) -> Iterator[tuple[StepFacts, tuple[Span, ...]]]:
    for step in file.steps:
        readers = file.readers(step)
        is_leaf = not step.step.branches and not step.step.steps and not step.step.is_trigger
        if readers and is_leaf and is_in_lines(file.list_of(step)):
            yield step, readers


def read_a_step_inside_of_a_loop_that_has_ended(file: Correct) -> Iterator[Breakage]:
    """What stands in a loop has a result in each pass, and none behind the loop."""
    yield from _read_closed(file, is_loop=True)


def read_a_step_of_a_branch_that_has_ended(file: Correct) -> Iterator[Breakage]:
    """It is not known whether the branch was taken."""
    yield from _read_closed(file, is_loop=False)


def _read_closed(file: Correct, *, is_loop: bool) -> Iterator[Breakage]:
    for step, reference in file.references():
        may_read = step.spec is not None and step.spec.key == "selectExecutedStepResult"
        target = _closed_to(step, is_loop=is_loop)
        if reference.path[1:2] == ("results",) and target is not None and not may_read:
            yield broken(replace(reference.span(0, 0), target.step.ref))


def _closed_to(step: StepFacts, *, is_loop: bool) -> StepFacts | None:
    """Find a step in a loop, or in branches, that has ended when `step` runs."""
    for other in step.flow.steps:
        is_closed = step.flow.look(step, other.step.ref)[0] is Sight.CLOSED
        if is_closed and (other.placed.containers[-1].branches is None) == is_loop:
            return other
    return None


def name_two_flows_alike(file: Correct) -> Iterator[Breakage]:
    """The name of a flow is its identity."""
    for first, second in zip(file.integration.flows, file.integration.flows[1:], strict=False):
        place = second.name_node
        yield broken(replace(place, first.name), at=(place.span, first.name_node.span))


def rename_a_flow_but_not_its_callers(file: Correct) -> Iterator[Breakage]:
    """Steps that call a flow, or read its URL, go by its name."""
    for flow in file.integration.flows:
        callers = tuple(_callers(file, flow.name))
        if callers:
            yield broken(replace(flow.name_node, "Renamed Just Now"), at=callers)


def _callers(file: Correct, name: str) -> Iterator[Span]:
    for _, given, literal in file.literals:
        if given.key == "flowName" and literal.value == name:
            yield literal.node.span
    for _, reference in file.references():
        if reference.path[2:4] == ("webhookUrls", name):
            yield reference.node.span
    for _, code in file.codes():
        yield from within(code, f'webhookUrls["{name}"]')


def misspell_the_flow_that_is_called(file: Correct) -> Iterator[Breakage]:
    """No flow has this name."""
    for _, given, literal in file.literals:
        if given.key == "flowName" and isinstance(literal, Literal):
            yield broken(replace(literal.node, misspelt(literal.value)))


def misspell_the_flow_whose_url_is_read(file: Correct) -> Iterator[Breakage]:
    """There is a URL for each flow, and no flow has this name."""
    for _, reference in file.references():
        if reference.path[2:3] == ("webhookUrls",) and len(reference.path) > 3:
            yield broken(replace(reference.span(3, 3), misspelt(reference.path[3])))


def empty_the_name_of_a_step(file: Correct) -> Iterator[Breakage]:
    """A step is known by its name."""
    for step in file.steps:
        yield broken(replace(step.step.name_node, "''"))


def lose_all_steps_of_a_flow(file: Correct) -> Iterator[Breakage]:
    """A flow begins with its trigger."""
    for flow in file.integration.flows:
        steps = flow.node.sequence("steps")
        if isinstance(steps, Sequence) and len(file.integration.flows) > 1:
            place = flow.node.entries["steps"].key.span
            yield broken(replace(steps, "[]"), at=(place, flow.name_node.span))
