"""What may be said of a new integration at its start, put into the text that it begins with."""

from enum import StrEnum
from typing import NamedTuple

from xchange_cli.authoring.details import ORDER, require_text
from xchange_cli.authoring.labels import KEY as LABELS
from xchange_cli.authoring.labels import normal_labels
from xchange_cli.document import edit
from xchange_cli.document.entries import remove_entry
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text, put_texts
from xchange_cli.source import Source

_IDENTITY = "stableKey"


class Details(NamedTuple):
    """None, and no labels, leave what the text says."""

    name: str | None = None
    description: str | None = None
    category: str | None = None
    labels: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """What is said, by the key of the file."""
        texts = {"name": self.name, "description": self.description, "category": self.category}
        return {key: text for key, text in texts.items() if text is not None}


class Identity(StrEnum):
    """What became of the `stableKey`, by which the platform knows the integration that the text is from."""

    ABSENT = "absent"
    REMOVED = "removed"
    KEPT = "kept"


class Described(NamedTuple):
    """The identity is kept only where it cannot be taken out without touching something else."""

    text: str
    identity: Identity


def require_details(details: Details) -> None:
    """Refuse an empty name or label, and characters that nobody can see.

    Raises:
        XchangeError: USAGE.

    """
    normal_labels(details.labels)
    for key, text in (*details.texts.items(), *(("label", label) for label in details.labels)):
        require_text(key, text)


def described(source: Source, details: Details) -> Described:
    """Put details into the text of an integration; every other character stays, but for the identity of the other.

    Labels are stored in lower case, each once.

    Raises:
        XchangeError: INVALID where a place in the text cannot be changed.

    """
    root = _root(source)
    identity = Identity.KEPT if _IDENTITY in root.entries else Identity.ABSENT
    removal = remove_entry(root, _IDENTITY)
    if removal is not None:
        source, identity = _with_text(source, edit.apply(source, [removal])), Identity.REMOVED
    for key, text in details.texts.items():
        source = _with_text(source, edit.apply(source, [put_text(_root(source), key, text, ORDER)]))
    if details.labels:
        labels = normal_labels(details.labels)
        source = _with_text(source, edit.apply(source, put_texts(_root(source), LABELS, labels, ORDER)))
    return Described(source.text, identity)


def _root(source: Source) -> Mapping:
    root = parse(source).root
    assert isinstance(root, Mapping)
    return root


def _with_text(source: Source, text: str) -> Source:
    return Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom)
