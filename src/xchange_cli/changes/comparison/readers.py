"""Which inputs read the results of which steps: a step that gets another name and other inputs is known by them."""

from collections.abc import Collection, Hashable, Iterator

from xchange_cli.changes.comparison.features import Partners
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.expression.ast import Expression, Literal, Reference, walk
from xchange_cli.model.integration import Step

_CODE = "code"

Readers = dict[str, set[Hashable]]


def readers_of(steps: Collection[Part], flow: Part, partners: Partners) -> Readers:
    """Give, by the names that references use for these steps of a flow, the inputs that read them.

    Only steps count of which it is known what they are on the other side, for only those can read the same there.
    """
    wanted = {facts.ref for step in steps if isinstance(facts := step.facts, Step)}
    found: Readers = {}
    for part in flow.walk():
        facts = part.facts
        if part.kind is PartKind.STEP and isinstance(facts, Step) and part in partners:
            for key, given in facts.inputs.items():
                for ref in _read(given.expression, wanted, is_code=_is_code(facts, key)):
                    found.setdefault(ref, set()).add((partners[part], key))
    return found


def ref_of(step: Part) -> str:
    return step.facts.ref if isinstance(step.facts, Step) else ""


def _read(expression: Expression, wanted: Collection[str], *, is_code: bool) -> Iterator[str]:
    if is_code:
        yield from _read_by_code(expression, wanted)
        return
    for part in walk(expression):
        for one in getattr(part, "parts", (part,)):
            if isinstance(one, Reference) and one.step in wanted:
                yield one.step


def _read_by_code(expression: Expression, wanted: Collection[str]) -> Iterator[str]:
    """Yield the steps that a code reads for certain; one that has none of the names in it is not parsed."""
    code = expression.value if isinstance(expression, Literal) else None
    if isinstance(code, str) and any(ref in code for ref in wanted if ref):
        from xchange_cli.javascript.reading.uses import uses

        yield from (use.name for use in uses(code) if use.kind == "step" and use.name in wanted)


def _is_code(step: Step, key: str) -> bool:
    action = step.action
    return action is not None and action.is_public and action.component == key == _CODE
