"""Which steps of a flow will run in Node.js, and why: known before anything runs."""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.source import Span

if TYPE_CHECKING:
    from xchange_cli.javascript.needs import Need
    from xchange_cli.javascript.node_program import NodeProgram

_CODE_INPUTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"code": ("code",), "collection-tools": ("filterCodeInput", "transformCodeInput", "sortCodeInput")}
)
"""The inputs that hold JavaScript, by component."""


class NodeStep(NamedTuple):
    """A step with code that needs Node.js: what it needs, and where. Without Node.js here the step fails."""

    step: Step
    need: str
    span: Span
    has_node: bool


def node_steps(
    flow: Flow,
    idle: Collection[str],
    choice: str = "auto",
    find: "Callable[[], NodeProgram | None] | None" = None,
) -> tuple[NodeStep, ...]:
    """Give the steps that run in Node.js because of their code, where the engine is chosen by it.

    `idle` are the keys of steps that are not performed; the steps inside of an idle loop are not reached. Nothing is
    looked for on this machine unless some code needs it.
    """
    found = list(_needing(flow, idle)) if choice == "auto" else []
    if not found:
        return ()
    has_node = (find or _find_node)() is not None
    return tuple(
        NodeStep(step, need.name, span, has_node) for step, need, span in found if has_node or need.is_vital
    )


def _find_node() -> "NodeProgram | None":
    from xchange_cli.javascript.node_program import find_node

    return find_node()


def _needing(flow: Flow, idle: Collection[str]) -> "Iterator[tuple[Step, Need, Span]]":
    for placed in walk_flow(flow):
        loops = [container.ref for container in placed.containers if container.steps is not None]
        if placed.step.ref in idle or any(loop in idle for loop in loops):
            continue
        found = sorted(_needs(placed.step), key=lambda one: not one[0].is_vital)
        if found:
            yield placed.step, *found[0]


def _needs(step: Step) -> "Iterator[tuple[Need, Span]]":
    keys = _CODE_INPUTS.get(step.action.component, ()) if step.action and step.action.is_public else ()
    for key in keys:
        given = step.inputs.get(key)
        literal = given.expression if given else None
        if not isinstance(literal, Literal) or not isinstance(literal.value, str):
            continue
        from xchange_cli.javascript.needs import needs

        if need := needs(literal.value):
            yield need, _span(literal, need)


def _span(literal: Literal, need: "Need") -> Span:
    node = literal.node
    return node.span_of(need.offset, need.offset + len(need.name)) if isinstance(node, Scalar) else node.span
