"""The steps of a flow in order, each with what stands around it."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.model.integration import Branch, Flow, Integration, Step


class Placed(NamedTuple):
    """A step and where it stands: its containers from the outermost in, and the list it is in.

    `branch` is the branch of the innermost container that holds it; None inside of a loop or at the top.
    """

    step: Step
    index: int  # type: ignore[assignment]  # it hides a method of tuples that nobody needs
    siblings: tuple[Step, ...]
    containers: tuple[Step, ...]
    branch: Branch | None

    @property
    def depth(self) -> int:
        return len(self.containers)


def walk_flow(flow: Flow) -> Iterator[Placed]:
    yield from _walk(flow.steps, (), None)


def walk_integration(integration: Integration) -> Iterator[tuple[Flow, Placed]]:
    for flow in integration.flows:
        for placed in walk_flow(flow):
            yield flow, placed


def _walk(steps: tuple[Step, ...], containers: tuple[Step, ...], branch: Branch | None) -> Iterator[Placed]:
    for index, step in enumerate(steps):
        yield Placed(step, index, steps, containers, branch)
        inside = (*containers, step)
        if step.steps:
            yield from _walk(step.steps, inside, None)
        for inner in step.branches or ():
            yield from _walk(inner.steps, inside, inner)
