"""A difference with its kind and its grade: what users read, approve and count."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.changes.grade import Grade
from xchange_cli.source import Span

if TYPE_CHECKING:
    from xchange_cli.changes.comparison.delta import Delta
    from xchange_cli.model.integration import Integration


class Concern(StrEnum):
    """Whom a change is for, in the words that verdicts are made of."""

    VALUE_NEEDED = "value needed"  # config sets and instances lack a value
    CONNECTION_NEEDED = "connection needed"  # it has to be set up, or authorised, once more
    PAGE_NEEDED = "page needed"  # what a page asks has to be given once more
    VALUE_WRONG = "value wrong"  # a value that was given may not fit
    VALUE_LOST = "value lost"  # a value that was given is dropped
    CALLER = "caller"  # callers of a webhook
    DEPLOYMENT = "deployment"  # what is done on deployment
    DATA = "data"  # what is written elsewhere
    STATE = "state"  # what flows have kept
    SCHEDULE = "schedule"
    INSTANCES = "instances"  # all that is deployed of the integration
    KEY = "key"  # all that is deployed under an old key
    NOBODY = "nobody"


class Line(NamedTuple):
    """A line of a comparison: `mark` is `-`, `+`, a blank for context, `@` for "lines left out"."""

    mark: str
    text: str


class Change(NamedTuple):
    """`message` is one line without names of files; `lines` show before and after where one line cannot.

    `path` is made of names and keys, with no positions: `("flows", "Nightly", "steps", "Get Orders", "inputs", "url")`,
    in the words of the new file, of the old one for what is gone. `flow` and `step` are the names that it is shown under, empty
    where it is in none. `subject` names what `concern` is about: a config variable, a flow, a state key. No secret is in any text.
    """

    kind: str
    grade: Grade
    reason: str
    message: str
    concern: Concern
    subject: str
    flow: str
    step: str
    path: tuple[str, ...]
    old_span: Span | None
    new_span: Span | None
    fingerprint: str
    lines: tuple[Line, ...] = ()
    old_text: str | None = None
    new_text: str | None = None
    approved: str | None = None
    """Why somebody approved it, None where nobody did."""


class ChangeSet(NamedTuple):
    """All changes of one integration; `old` and `new` are what messages call the two sides.

    `deltas` are what the changes were made of, one for one; their values may hold secrets. `before` is the old
    integration, None where there was none, or nobody looked.
    """

    key: str
    old: str
    new: str
    changes: tuple[Change, ...]
    deltas: "tuple[Delta, ...]" = ()
    before: "Integration | None" = None

    @property
    def grade(self) -> Grade | None:
        """The worst one, also of approved changes; None where nothing changed."""
        return max((change.grade for change in self.changes), default=None)

    def count(self, grade: Grade) -> int:
        return sum(change.grade is grade for change in self.changes)
