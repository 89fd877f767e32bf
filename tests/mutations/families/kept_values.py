"""Values that flows keep between steps, executions and flows."""

from collections.abc import Iterator

from mutations.changes import item_span, replace
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.expression.ast import Literal
from xchange_cli.validation.facts import StepFacts


def _steps(file: Correct, verb: str, kind: str) -> Iterator[StepFacts]:
    yield from file.named("persist-data", f"{verb}{kind}Value")


def misspell_the_key_of_a_value_that_is_read(file: Correct) -> Iterator[Breakage]:
    """No step writes a value of this key."""
    for kind in ("CrossFlow", "Instance", "Execution"):
        for step in _steps(file, "get", kind):
            given = step.step.inputs["keyInput"]
            if isinstance(given.expression, Literal):
                yield broken(
                    replace(given.value_node, misspelt(given.expression.value)), at=around(step.step)
                )


def read_a_value_of_another_flow_as_ones_own(file: Correct) -> Iterator[Breakage]:
    """What another flow keeps for all is not among a flow's own values."""
    for step in _steps(file, "get", "CrossFlow"):
        assert step.step.action is not None
        yield broken(replace(step.step.action.key_node, "getInstanceValue"), at=around(step.step))


def keep_a_value_for_this_flow_that_another_reads(file: Correct) -> Iterator[Breakage]:
    """The other flow sees only what is kept for all flows."""
    for step in _steps(file, "save", "CrossFlow"):
        readers = tuple(span for reader in _steps(file, "get", "CrossFlow") for span in around(reader.step))
        assert step.step.action is not None
        if readers:
            yield broken(
                replace(step.step.action.key_node, "saveInstanceValue"), at=(*readers, *around(step.step))
            )


def write_a_value_under_another_key(file: Correct) -> Iterator[Breakage]:
    """What is read is never written."""
    for kind in ("CrossFlow", "Instance"):
        for step in _steps(file, "save", kind):
            given = step.step.inputs["keyInput"]
            if not isinstance(given.expression, Literal):
                continue
            readers = tuple(
                span
                for reader in _steps(file, "get", kind)
                if reader.step.inputs["keyInput"].expression == given.expression
                for span in around(reader.step)
            )
            if readers:
                yield broken(replace(given.value_node, "another"), at=(*readers, *around(step.step)))


def forget_to_clean_up_on_removal(file: Correct) -> Iterator[Breakage]:
    """What the flow made on deployment stays when the instance is gone."""
    flows = file.root.sequence("flows")
    for index, flow in enumerate(file.integration.flows):
        trigger = flow.trigger
        if flows and trigger and trigger.action and trigger.action.key == "instanceRemove":
            makers = [step for step in file.steps if _is_deploy(step) and _subscribes(step)]
            at = tuple(span for maker in makers for span in around(maker.step))
            if at:
                yield broken(replace(item_span(flows, index), ""), at=at)


def _is_deploy(step: StepFacts) -> bool:
    trigger = step.flow.flow.trigger
    return bool(trigger and trigger.action and trigger.action.key == "instanceDeploy")


def _subscribes(step: StepFacts) -> bool:
    return step.step.action is not None and "ubscri" in step.step.action.key
