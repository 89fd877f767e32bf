"""The names that JavaScript reads for certain: `stepResults.x`, `configVars["X"]`, `webhookUrls["X"]`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Form, Named, Target
from xchange_cli.validation.code_inputs import codes_of_config_var, codes_of_step
from xchange_cli.validation.facts import CodeUse, Dialect

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment, Use

_BY_FLOW = ("webhookUrls", "webhookApiKeys")


def codes_of(lookup: Lookup) -> Iterator[CodeUse]:
    """Yield the JavaScript that gets the context of a run."""
    facts = lookup.facts
    for variable in facts.integration.config_vars:
        yield from codes_of_config_var(variable, facts)
    for flow in facts.flows:
        for step in flow.steps:
            yield from (use for use in codes_of_step(step) if use.dialect is not Dialect.FUNCTION)


def names_in_code(lookup: Lookup) -> Iterator[Named]:
    for use in codes_of(lookup):
        yield from dict.fromkeys(_names(use, lookup))


def _names(use: CodeUse, lookup: Lookup) -> Iterator[Named]:
    from xchange_cli.javascript.reading.uses import uses

    for found in uses(use.code):
        if found.kind == "config":
            yield _named(use, found.first, lookup.config_var(found.name))
        elif found.kind == "flow":
            yield _named(use, found.first, lookup.flow(found.name))
        elif use.step is not None and use.dialect is Dialect.STEP:
            target, is_trigger = lookup.seen(use.step, found.name)
            yield _named(use, found.first, target)
            if is_trigger and _reads_flow(found):
                yield _named(use, found.path[2], lookup.flow(found.path[2].name))


def _reads_flow(found: "Use") -> bool:
    path = [segment.name for segment in found.path]
    return len(path) > 2 and path[0] == "results" and path[1] in _BY_FLOW


def _named(use: CodeUse, segment: "Segment", target: Target | None) -> Named:
    return Named(target, use.node, segment.start, segment.end, Form.CODE, segment=segment)
