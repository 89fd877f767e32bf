"""Which steps make the answer that callers of a flow get."""

from collections.abc import Iterator

from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.facts.effects import effect_of, public_action, spec_of
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import Effect
from xchange_cli.model.integration import Flow, Step

STOP = ("stop-execution", "stopExecution")
TRIGGER_ANSWER = frozenset({"statusCode", "contentType", "headers", "body", "responseBody"})
"""Inputs of triggers that say what callers get at once."""


def flow_part(part: Part | None) -> Part | None:
    return part.within(PartKind.FLOW) if part is not None else None


def flow_name(part: Part) -> str:
    flow = flow_part(part)
    return flow.name if flow is not None else ""


def is_answered_at_end(flow: Part | None) -> bool:
    return flow is not None and isinstance(flow.facts, Flow) and flow.facts.is_answered_at_end


def answers(part: Part | None) -> bool:
    """Tell whether a step may be the last one of a flow whose callers wait for its result."""
    flow = flow_part(part)
    if part is None or flow is None or not is_answered_at_end(flow) or _is_trigger(part):
        return False
    return public_action(part) == STOP or any(part is last for last in _last(flow.children.get("steps", [])))


def shapes_answer(part: Part | None, key: str, catalog: Catalog) -> bool:
    """Tell whether an input is part of what callers get: of a trigger that answers, or of the last steps."""
    if part is None:
        return False
    if _is_trigger(part):
        spec = spec_of(part, catalog)
        return key in TRIGGER_ANSWER and (spec is None or key in spec.inputs)
    return answers(part) and effect_of(part, catalog) is Effect.PURE


def _last(steps: list[Part]) -> Iterator[Part]:
    """Yield the steps that may be performed last in a list, in branches and loops, too."""
    for step in reversed(steps):
        inner = [step.children.get("steps", []), *(one.children.get("steps", []) for one in _branches(step))]
        if not _is_trigger(step) and (not any(inner) or not all(inner[1:])):
            yield step
        for below in inner:
            yield from _last(below)
        return


def _branches(step: Part) -> list[Part]:
    return step.children.get("branches", [])


def _is_trigger(part: Part) -> bool:
    return isinstance(part.facts, Step) and part.facts.is_trigger
