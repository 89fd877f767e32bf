"""References that did not follow what they mean to its new name.

These rows come before all others about inputs: the modules are asked in the order of their names.
"""

from collections.abc import Iterator

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.changes.facts.answers import flow_part
from xchange_cli.changes.facts.input_facts import key_of
from xchange_cli.changes.facts.kept_state import KEY
from xchange_cli.changes.facts.step_judging import flow_subject
from xchange_cli.changes.grade import Grade, breaking
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.expression.step_names import step_ref

_OF_STEPS = (("inputs",), ("inputs", "code"), ("inputs", KEY))
_NAMED = frozenset([PartKind.STEP, PartKind.CONFIG_VAR, PartKind.FLOW, PartKind.BRANCH])


def _reads_alike(delta: Delta, scene: Scene) -> bool:
    """Tell whether an input says what it said, and that was the name of something; a step in another flow has others around it."""
    old, new = delta.old_value, delta.new_value
    if old is None or new is None or not is_equal(old.data, new.data):
        return False
    was_in, is_in = flow_part(delta.old), flow_part(delta.new)
    return was_in is None or scene.pairs.get(was_in) is is_in


def _subject(delta: Delta, scene: Scene) -> str:
    return delta.part.name if delta.kind is PartKind.CONFIG_VAR else flow_subject(delta, scene)


def _words(delta: Delta, scene: Scene) -> str:
    where = f" of `{delta.part.name}`" if delta.kind is PartKind.CONFIG_VAR else ""
    text = str(delta.new_value.data) if delta.new_value is not None else ""
    renamed = next((pair for pair in _renamed(delta, scene) if _stands_in(pair[0], text)), None)
    names = f"`{renamed[0].name}`, which is called `{renamed[1].name}` now" if renamed else "a name of before"
    return f"`{key_of(delta)}`{where} still uses the name {names}"


def _renamed(delta: Delta, scene: Scene) -> Iterator[tuple[Part, Part]]:
    """Yield what has another name now, of steps those of the same flow."""
    for old, new in scene.pairs.items():
        is_near = old.kind is not PartKind.STEP or flow_part(old) is flow_part(delta.old)
        if old.kind in _NAMED and old.name != new.name and is_near:
            yield old, new


def _stands_in(part: Part, text: str) -> bool:
    return (step_ref(part.name) if part.kind is PartKind.STEP else part.name) in text


KINDS = (
    ChangeKind(
        id="reference-abandoned",
        sentence="Something has another name, and an input still uses the one that it had.",
        on=(
            *((What.CHANGED, PartKind.STEP, address) for address in _OF_STEPS),
            (What.CHANGED, PartKind.CONFIG_VAR, ("inputs",)),
        ),
        when=_reads_alike,
        grades=(Grade.BREAKING,),
        judge=always(breaking("Under the old name it finds nothing, or something else.")),
        message=_words,
        cases=(
            Case(
                (("      - name: Get Orders\n", "      - name: Fetch Orders\n"),),
                "`valueInput` still uses the name `Get Orders`, which is called `Fetch Orders` now",
            ),
            Case(
                (("      - name: Order\n", "      - name: Incoming Order\n"),),
                "`code` still uses the name `Order`, which is called `Incoming Order` now",
            ),
            Case(
                (("key: Chat\n", "key: Team Chat\n"),),
                "`connection` of `Channel` still uses the name `Chat`, which is called `Team Chat` now",
            ),
        ),
        subject=_subject,
    ),
)
