"""What a step does to the world, as far as the catalogue knows."""

import itertools
from collections.abc import Collection, Iterator

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.kind import Scene
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionSpec, Effect, InputSpec
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import ActionRef, Step

STATE = "persist-data"
"""The component whose steps keep values from run to run."""

_CODE = "code"
_READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LEAVES = ("loop", "breakLoop")
_ENDS = {("stop-execution", "stopExecution"), _LEAVES}


def step_of(part: Part | None) -> Step | None:
    return part.facts if part is not None and isinstance(part.facts, Step) else None


def is_trigger(part: Part) -> bool:
    step = step_of(part)
    return step is not None and step.is_trigger


def action_of(part: Part | None) -> ActionRef | None:
    step = step_of(part)
    return step.action if step is not None else None


def public_action(part: Part | None) -> tuple[str, str]:
    """Give the keys of component and action of a public component; empty ones for all others."""
    action = action_of(part)
    return (action.component, action.key) if action is not None and action.is_public else ("", "")


def action_words(part: Part | None) -> str:
    """Name the component and the action of a step by their keys: `http httpPost`."""
    action = action_of(part)
    return " ".join(filter(None, (action.component, action.key))) if action is not None else ""


def spec_of(part: Part | None, catalog: Catalog) -> ActionSpec | None:
    action = action_of(part)
    if action is None:
        return None
    return catalog.action(action.component, action.key, is_public=action.is_public)


def input_spec(part: Part, key: str, catalog: Catalog) -> InputSpec | None:
    spec = spec_of(part, catalog)
    return spec.inputs.get(key) if spec is not None else None


def effect_of(part: Part, catalog: Catalog) -> Effect | None:
    """Tell what a step does; None where nobody knows, as of code, which may do anything.

    A request whose method only reads is a read, whatever else the action can do, and what is kept for one run only
    changes nothing.
    """
    spec = spec_of(part, catalog)
    component, action = public_action(part)
    if spec is None or component == _CODE:
        return None
    if component == STATE and "Execution" in action:
        return Effect.PURE
    if spec.effect is Effect.WRITES and _text(part, "method").upper() in _READING_METHODS:
        return Effect.READS
    return spec.effect


def writes(part: Part, catalog: Catalog) -> bool:
    """Tell what is known to write. A trigger counts as what it does to the flow, so it does not."""
    return not is_trigger(part) and effect_of(part, catalog) is Effect.WRITES


def is_unknown(part: Part, catalog: Catalog) -> bool:
    return not is_trigger(part) and effect_of(part, catalog) is None


def ends(part: Part) -> bool:
    """Tell a step that ends the run or leaves the loop: nothing runs behind it."""
    return public_action(part) in _ENDS


def is_loop(part: Part) -> bool:
    step = step_of(part)
    return step is not None and step.steps is not None


def own_steps(delta: Delta, scene: Scene) -> Iterator[Part]:
    """Yield a step that came or went with the steps below it that came or went along."""
    stayed: Collection[Part] = ()
    if any(delta.part.children.values()):
        stayed = set(scene.pairs.values()) if delta.old is None else scene.pairs
    return (part for part in delta.part.walk() if part.kind is PartKind.STEP and part not in stayed)


def writing_steps(delta: Delta, scene: Scene) -> tuple[Part, ...]:
    """Give those of `own_steps` that are known to write."""
    return tuple(part for part in own_steps(delta, scene) if writes(part, scene.catalog))


def ending_steps(delta: Delta, scene: Scene) -> tuple[Part, ...]:
    """Give those of `own_steps` that end what the step itself stands in: not those that leave a loop below it."""
    return tuple(part for part in own_steps(delta, scene) if ends(part) and not _is_kept_in(part, delta.part))


def _is_kept_in(ending: Part, whole: Part) -> bool:
    """Tell whether a step leaves a loop that is part of the whole, and so nothing around it."""
    around = itertools.takewhile(lambda above: above is not whole.parent, ending.above())
    return public_action(ending) == _LEAVES and any(map(is_loop, around))


def unknown_steps(delta: Delta, scene: Scene) -> tuple[Part, ...]:
    return tuple(part for part in own_steps(delta, scene) if is_unknown(part, scene.catalog))


def _text(part: Part, key: str) -> str:
    step = step_of(part)
    given = step.inputs.get(key) if step is not None else None
    value = given.expression.value if given is not None and isinstance(given.expression, Literal) else ""
    return value.strip() if isinstance(value, str) else ""
