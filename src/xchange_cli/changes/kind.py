"""What one row of the table of changes is."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.grade import Grade, Judgement
from xchange_cli.components.catalog import Catalog


class Move(NamedTuple):
    """An integration that is in another folder now: its keys; `version` is the last published one under the old key.

    It is empty where none is known.
    """

    old_key: str
    new_key: str
    version: str = ""


class Scene(NamedTuple):
    """What a delta is judged by: both integrations whole, and what the catalogue knows of their components."""

    old: Part
    new: Part
    catalog: Catalog
    pairs: Mapping[Part, Part]
    move: Move | None = None


class Case(NamedTuple):
    """The test of a kind: two integrations, given as the lines that differ from the base of tests/contracts/test_change_kinds.py.

    `edits` are (text in the base, text in the new one); `before` the same for the old one. `message` is what the change
    says. The kind and the grade are those of the row, unless `grade` says otherwise. `move` is how its key has changed.
    """

    edits: tuple[tuple[str, str], ...]
    message: str
    before: tuple[tuple[str, str], ...] = ()
    grade: Grade | None = None
    move: Move | None = None


class ChangeKind(NamedTuple):
    """One row. `on` says which deltas it is asked about: what happened, to what, and (of CHANGED) the beginning of the address.

    The first row of the most exact address whose `when` holds takes a delta; each subject has a last row without one, so that
    nothing is left out. `grades` are all grades that `judge` may give, `sentence` what the documentation says. `concern` and
    `subject` may depend on the delta. `lines` asks for before and after below the message, where it does not depend on the values.

    `when`, `judge`, `concern` and `subject` see the values of the files; `message` sees them without secrets.
    """

    id: str
    sentence: str
    on: tuple[tuple[What, PartKind, Address], ...]
    grades: tuple[Grade, ...]
    judge: Callable[[Delta, Scene], Judgement]
    message: Callable[[Delta, Scene], str]
    cases: tuple[Case, ...]
    when: Callable[[Delta, Scene], bool] = lambda _delta, _scene: True
    concern: Concern | Callable[[Delta, Scene], Concern] = Concern.NOBODY
    subject: Callable[[Delta, Scene], str] = lambda delta, _scene: delta.part.name
    lines: bool | Callable[[Delta], bool] = False


def always(judgement: Judgement) -> Callable[[Delta, Scene], Judgement]:
    """Judge all differences of a kind alike."""
    return lambda _delta, _scene: judgement
