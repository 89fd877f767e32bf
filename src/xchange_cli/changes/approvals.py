"""`approvals.yml` beside an integration: changes that somebody approved on purpose, by fingerprint.

The entries are sorted by fingerprint and say no time: two branches that approve something seldom touch the same lines.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Node, Scalar
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.beside import APPROVALS
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import exists
from xchange_cli.source import Source

FILE = APPROVALS
SCHEMA = "approvals"


class Approval(NamedTuple):
    """`kind` and `message` are for those who read the file; `because` is why, `by` who said so."""

    fingerprint: str
    kind: str
    message: str
    because: str
    by: str


class Approvals(NamedTuple):
    """The file of one integration, with what is in it; `document` is None where there is no file yet."""

    path: Path
    name: str
    document: Document | None
    by_fingerprint: Mapping[str, Approval]


def read_approvals(place: Path, folder: Path) -> Approvals:
    """Read the approvals beside the integration in the folder `place`; names are relative to `folder`.

    Of two entries for one fingerprint the first counts.

    Raises:
        XchangeError: UNREADABLE when the file cannot be read, and with the place of what is wrong in it first.

    """
    path = place / FILE
    name = shown(path, folder)
    if not exists(path):
        return Approvals(path, name, None, {})
    from xchange_cli.validation.own_specs import own_findings

    document = parse(Source.read(path, name))
    for found in own_findings(document, SCHEMA):
        hint = found.hint or "`xchange schema approvals` describes the file."
        raise XchangeError(ErrorCode.UNREADABLE, found.message, hint=hint, place=found.span.place)
    entries: dict[str, Approval] = {}
    for node in approval_nodes(document):
        entry = _approval(node)
        entries.setdefault(entry.fingerprint, entry)
    return Approvals(path, name, document, entries)


def approved(change_set: ChangeSet, approvals: Approvals) -> ChangeSet:
    """Say of each change why it was approved, where it was."""
    return change_set._replace(changes=with_reasons(change_set.changes, approvals))


def with_reasons(changes: Iterable[Change], approvals: Approvals) -> tuple[Change, ...]:
    return tuple(_with_reason(one, approvals) for one in changes)


def unused(change_set: ChangeSet, approvals: Approvals) -> tuple[str, ...]:
    """Give the fingerprints of entries that fit none of the changes, in the order of the file."""
    found = {change.fingerprint for change in change_set.changes}
    return tuple(one for one in approvals.by_fingerprint if one not in found)


def approval_of(change: Change, because: str, by: str) -> Approval:
    return Approval(change.fingerprint, change.kind, change.message, because, by)


def approval_nodes(document: Document | None) -> Iterable[MappingNode]:
    """Give the entries that are mappings, in the order of the file."""
    root = document.root if document is not None else None
    listed = root.sequence("approvals") if isinstance(root, MappingNode) else None
    return listed.mappings() if listed is not None else ()


def _with_reason(change: Change, approvals: Approvals) -> Change:
    approval = approvals.by_fingerprint.get(change.fingerprint)
    return change if approval is None else change._replace(approved=approval.because)


def _approval(node: MappingNode) -> Approval:
    return Approval(*(_text(node.get(field)) for field in Approval._fields))


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""
