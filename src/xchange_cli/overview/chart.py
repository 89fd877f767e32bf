"""A flow as a chart: its steps in blocks, with what each is and does. No places, no colours, no words for a format."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionSpec, Effect
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import ErrorConfig, Flow, Schedule, Step
from xchange_cli.validation.hidden_tokens import without_tokens_in

_ENDS = ("stop-execution", "stopExecution")
_LEAVES = ("loop", "breakLoop")
_LOOP = "loop"


class Kind(StrEnum):
    """What a step is for the course of a flow."""

    TRIGGER = "trigger"
    STEP = "step"
    LOOP = "loop"
    BRANCH = "branch"
    END = "end"
    """It ends the run."""
    LEAVE = "leave"
    """It leaves the innermost loop."""


class Arm(NamedTuple):
    """One of the branches of a step."""

    id: str
    name: str
    blocks: tuple["Block", ...]


class Block(NamedTuple):
    """A step with all that stands inside of it.

    `id` is made of ASCII letters and digits and occurs once in a chart. `name` is the text of the file, whatever is in
    it but for tokens, which are hidden; `ref` the step key. `component` and `action` are keys, empty where the file has none. `effect` is None where the
    catalogue does not know the action, which may write then. `body` are the steps that a loop repeats, None of what is
    no loop; `arms` are the branches.
    """

    id: str
    kind: Kind
    name: str
    ref: str
    component: str
    action: str
    effect: Effect | None
    failure: ErrorConfig
    schedule: Schedule | None = None
    body: tuple["Block", ...] | None = None
    arms: tuple[Arm, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it may change something outside of the flow."""
        return self.effect in {Effect.WRITES, None} and self.kind is Kind.STEP

    @property
    def handles_failure(self) -> bool:
        return self.failure.handler != "fail"

    @property
    def goes_on(self) -> bool:
        """Whether what stands behind it is reached from it."""
        if self.kind in {Kind.END, Kind.LEAVE}:
            return False
        return not self.arms or any(goes_on(arm.blocks) for arm in self.arms)


class Chart(NamedTuple):
    """A flow's blocks in their order; the first one is the trigger where the flow has one."""

    name: str
    blocks: tuple[Block, ...]


def chart_of(flow: Flow, catalog: Catalog, prefix: str = "") -> Chart:
    """Chart a flow; `prefix`, of ASCII letters and digits, keeps its ids apart from those of other charts."""
    return Chart(without_tokens_in(flow.name), _Charting(catalog, prefix).blocks(flow.steps))


def goes_on(blocks: tuple[Block, ...]) -> bool:
    """Tell whether a list of steps is ever left at its end."""
    return all(block.goes_on for block in blocks)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield all blocks in the order of the file."""
    for block in blocks:
        yield block
        yield from walk(block.body or ())
        for arm in block.arms:
            yield from walk(arm.blocks)


class _Charting:
    """Numbers the blocks of one chart while it builds them."""

    def __init__(self, catalog: Catalog, prefix: str) -> None:
        self._catalog = catalog
        self._prefix = prefix
        self._count = 0

    def blocks(self, steps: tuple[Step, ...]) -> tuple[Block, ...]:
        return tuple(map(self._block, steps))

    def _block(self, step: Step) -> Block:
        self._count += 1
        own = f"{self._prefix}s{self._count}"
        action, spec = step.action, self._spec(step)
        return Block(
            id=own,
            kind=_kind(step, spec),
            name=without_tokens_in(step.name),
            ref=step_ref(without_tokens_in(step.name)),
            component=action.component if action else "",
            action=action.key if action else "",
            effect=spec.effect if spec else None,
            failure=step.error,
            schedule=step.schedule,
            body=None if step.steps is None else self.blocks(step.steps),
            arms=tuple(
                Arm(f"{own}b{number}", without_tokens_in(branch.name), self.blocks(branch.steps))
                for number, branch in enumerate(step.branches or (), 1)
            ),
        )

    def _spec(self, step: Step) -> ActionSpec | None:
        action = step.action
        if action is None or not action.component:
            return None
        return self._catalog.action(action.component, action.key, is_public=action.is_public)


def _kind(step: Step, spec: ActionSpec | None) -> Kind:
    action = step.action
    key = (action.component, action.key) if action is not None and action.is_public else ("", "")
    if step.is_trigger:
        return Kind.TRIGGER
    if key in {_ENDS, _LEAVES}:
        return Kind.END if key == _ENDS else Kind.LEAVE
    if step.steps is not None or key[0] == _LOOP:
        return Kind.LOOP
    is_branch = step.branches is not None or (spec is not None and bool(spec.branches or spec.branch_input))
    return Kind.BRANCH if is_branch else Kind.STEP
