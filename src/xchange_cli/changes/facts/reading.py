"""Which steps read what others give."""

from collections.abc import Iterable

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.readers import readers_of
from xchange_cli.changes.facts.answers import flow_part
from xchange_cli.changes.facts.effects import own_steps
from xchange_cli.changes.facts.positions import passed
from xchange_cli.changes.kind import Scene


def is_still_read(delta: Delta, scene: Scene) -> bool:
    """Tell whether the flow that a step is gone from still reads what it gave, or what one below it gave."""
    flow = flow_part(delta.old)
    now = scene.pairs.get(flow) if flow is not None else None
    return now is not None and _reads(now, own_steps(delta, scene))


def passed_reading(delta: Delta, scene: Scene) -> bool:
    """Tell whether a moved step has passed one that reads what it gives, or that gives what it reads."""
    part = delta.part
    return any(_reads(one, part.walk()) or _reads(part, one.walk()) for one in passed(delta, scene))


def _reads(reader: Part, given: Iterable[Part]) -> bool:
    steps = [part for part in given if part.kind is PartKind.STEP]
    return bool(readers_of(steps, reader, {part: part for part in reader.walk()}))
