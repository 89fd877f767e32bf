"""How much it matters that a step came, went or moved."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part
from xchange_cli.changes.facts.answers import answers, flow_name, flow_part, is_answered_at_end
from xchange_cli.changes.facts.effects import (
    action_words,
    effect_of,
    ending_steps,
    ends,
    is_trigger,
    is_unknown,
    unknown_steps,
    writes,
    writing_steps,
)
from xchange_cli.changes.facts.flow_facts import is_called
from xchange_cli.changes.facts.positions import passed
from xchange_cli.changes.facts.reading import is_still_read, passed_reading
from xchange_cli.changes.grade import SAFE, Judgement, risky
from xchange_cli.changes.kind import Scene
from xchange_cli.components.spec import Effect

_MOST_NAMES = 3
_UNKNOWN = "What it does is not known; it may write."


def trigger(delta: Delta, _scene: Scene) -> bool:
    return is_trigger(delta.part)


def ending(delta: Delta, scene: Scene) -> bool:
    """Tell whether a step that came or went ends what it stands in, or does nothing worse than hold one that does."""
    return ends(delta.part) or (bool(ending_steps(delta, scene)) and not writing(delta, scene))


def writing(delta: Delta, scene: Scene) -> bool:
    return bool(writing_steps(delta, scene))


def answering(delta: Delta, scene: Scene) -> bool:
    """Tell whether callers get the result of a step instead of another's, in a flow that has been answering before."""
    flows = flow_part(delta.old), flow_part(delta.new)
    if not any(part and is_called(part, scene.catalog) for part in flows):
        return False
    match delta.what:
        case What.ADDED:
            old = next((old for old, new in scene.pairs.items() if new is flows[1]), None)
            return is_answered_at_end(old) and answers(delta.new)
        case What.REMOVED:
            new = scene.pairs.get(flows[0]) if flows[0] is not None else None
            return is_answered_at_end(new) and answers(delta.old)
    if flows[0] is not None and scene.pairs.get(flows[0]) is not flows[1]:
        return _answered_elsewhere(delta, scene)
    return (
        is_answered_at_end(flows[0])
        and is_answered_at_end(flows[1])
        and answers(delta.old) != answers(delta.new)
    )


def _answered_elsewhere(delta: Delta, scene: Scene) -> bool:
    """Tell whether a step that is in another flow now made the answer of the one, or makes that of the other."""
    came_from, went_to = flow_part(delta.old), flow_part(delta.new)
    left = scene.pairs.get(came_from) if came_from is not None else None
    joined = next((old for old, new in scene.pairs.items() if new is went_to), None)
    return (is_answered_at_end(left) and answers(delta.old)) or (
        is_answered_at_end(joined) and answers(delta.new)
    )


def with_action(words: str, part: Part) -> str:
    """Put the action of a step behind what is said of it."""
    action = action_words(part)
    return f"{words} ({action})" if action else words


def names(parts: tuple[Part, ...]) -> str:
    listed = [f"`{part.name}`" for part in parts[:_MOST_NAMES]]
    more = len(parts) - len(listed)
    return ", ".join(listed) + (f" and {more} more" if more else "")


def came(delta: Delta, scene: Scene) -> Judgement:
    return risky(_UNKNOWN) if unknown_steps(delta, scene) else SAFE


def went(delta: Delta, scene: Scene) -> Judgement:
    if unknown_steps(delta, scene):
        return risky("What it did is not known; it may have written.")
    return risky("A step still reads what it gave.") if is_still_read(delta, scene) else SAFE


def moved(delta: Delta, scene: Scene) -> Judgement:
    """Judge a step that stands elsewhere in its list."""
    if passed_reading(delta, scene):
        return risky(
            "It stands on the other side of a step that reads what it gives, or gives what it reads."
        )
    if any(map(ends, delta.part.walk())):
        return risky("It ends what it stands in, or holds a step that does: other steps are left out now.")
    own = {effect_of(part, scene.catalog) for part in delta.part.walk() if action_words(part)}
    if Effect.WRITES in own:
        return risky("It writes, and what it writes now comes at another time.")
    if None in own:
        return risky("What it does is not known; it may write, at another time now.")
    if Effect.READS in own and any(_may_write(part, scene) for part in passed(delta, scene)):
        return risky("It reads, and stood on the other side of a step that writes.")
    return SAFE


def _may_write(part: Part, scene: Scene) -> bool:
    return writes(part, scene.catalog) or is_unknown(part, scene.catalog)


def data_concern(delta: Delta, scene: Scene) -> Concern:
    return Concern.DATA if writing_steps(delta, scene) else Concern.NOBODY


def flow_subject(delta: Delta, _scene: Scene) -> str:
    return flow_name(delta.part)
