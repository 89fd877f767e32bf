"""What an integration says of itself, changed: name, description, category, documentation, labels and icon."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.icon import FILE_NAME, Icon, icon_size
from xchange_cli.authoring.labels import KEY, LabelWish, with_labels
from xchange_cli.authoring.limited_file import read_limited
from xchange_cli.authoring.own_folder import own_folder
from xchange_cli.document import edit
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import shown
from xchange_cli.project.writing import FileChange, rewritten, write_all
from xchange_cli.source import Source

ORDER = ("definitionVersion", "name", "description", "documentation", "category", "labels", "endpointType")
"""Where a key is put that the file does not have yet."""

_ALLOWED = {"description": "\n\t", "documentation": "\n\t\u2028\u2029"}
"""Characters that these texts may have, although nobody can see them."""

_READ_OF_OLD_ICON = 100_000_000


class DetailsWish(NamedTuple):
    """What is to be changed; None leaves it as it is."""

    name: str | None = None
    description: str | None = None
    category: str | None = None
    documentation: str | None = None
    labels: LabelWish = LabelWish()
    icon: Icon | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The texts to put, by the key of the file."""
        texts = {
            "name": self.name,
            "description": self.description,
            "category": self.category,
            "documentation": self.documentation,
        }
        return {key: text for key, text in texts.items() if text is not None}

    @property
    def is_empty(self) -> bool:
        return self == DetailsWish()


class Picture(NamedTuple):
    """What can be said of an icon: pixels, and the bytes of the file; no pixels where it is no whole PNG."""

    width: int | None
    height: int | None
    size: int


class Change(NamedTuple):
    """What was changed: a key of the file, or `icon`. Before is None where there was nothing."""

    what: str
    before: str | tuple[str, ...] | Picture | None
    after: str | tuple[str, ...] | Picture


class Edited(NamedTuple):
    """What an edit comes to.

    `same` says what was asked for and is so already. `source` and `text` are the integration file before
    and after.
    """

    key: str
    source: Source
    text: str
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    files: tuple[FileChange, ...]
    is_written: bool = False


def edit_details(file: IntegrationFile, wish: DetailsWish, folder: Path) -> Edited:
    """Make the changes that a wish asks for; `folder` is what messages name files relative to.

    Raises:
        XchangeError: USAGE when a text cannot be used; INVALID when the file cannot be changed in place; UNREADABLE
            when the icon that is there cannot be read.

    """
    for key, text in (*wish.texts.items(), *(("label", label) for label in wish.labels.add)):
        require_text(key, text)
    done = _with_labels(_with_texts(_Progress(file.source), wish), wish)
    source = done.source
    files = [rewritten(file.path, file.source, source.text)] if source.text != file.source.text else []
    if wish.icon is not None:
        put = _put_icon(file, wish.icon, folder)
        files += [put.file] if put else []
        done = done.also([put.change] if put else [], [] if put else ["the icon is so already"])
    return Edited(file.key, file.source, source.text, done.changes, done.same, tuple(files))


def write(edited: Edited) -> Edited:
    """Make the changes: of all files or of none.

    Raises:
        XchangeError: as `write_all` does.

    """
    write_all(edited.files)
    return edited._replace(is_written=True)


def require_text(key: str, text: str) -> None:
    """Refuse an empty name, and characters that nobody can see.

    Raises:
        XchangeError: USAGE.

    """
    if key == "name" and not text.strip():
        raise XchangeError(ErrorCode.USAGE, "the name is empty", hint="An integration has to have one.")
    strange = next((one for one in text if _is_strange(one) and one not in _ALLOWED.get(key, "")), None)
    if strange is not None:
        message = f"the {key} cannot have the character U+{ord(strange):04X}"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave it out.")


class _Progress(NamedTuple):
    """The file so far, and what was done to it."""

    source: Source
    changes: tuple[Change, ...] = ()
    same: tuple[str, ...] = ()

    def also(self, changes: Iterable[Change], same: Iterable[str], text: str | None = None) -> "_Progress":
        source = self.source if text is None else _with_text(self.source, text)
        return _Progress(source, (*self.changes, *changes), (*self.same, *same))


def _with_texts(done: _Progress, wish: DetailsWish) -> _Progress:
    for key, text in wish.texts.items():
        root = _root(done.source)
        before = _text_of(root, key)
        if before == text:
            done = done.also([], [f"the {key} is so already"])
            continue
        changed = edit.apply(done.source, [put_text(root, key, text, ORDER)])
        done = done.also([Change(key, before, text)], [], changed)
    return done


def _with_labels(done: _Progress, wish: DetailsWish) -> _Progress:
    if wish.labels == LabelWish():
        return done
    labels = with_labels(done.source, _root(done.source), wish.labels, ORDER)
    changes = [Change(KEY, labels.before, labels.after)] if labels.before != labels.after else []
    there = [f"the label `{label}` is there already" for label in labels.there]
    absent = [f"there is no label `{label}`" for label in labels.absent]
    return done.also(changes, [*there, *absent], labels.text)


class _IconPut(NamedTuple):
    file: FileChange
    change: Change


def _put_icon(file: IntegrationFile, icon: Icon, folder: Path) -> _IconPut | None:
    """Give the change of the icon's file, None where it is this icon already."""
    path = own_folder(file) / FILE_NAME
    name = shown(path, folder)
    before = read_limited(path, name, _READ_OF_OLD_ICON).data if os.path.lexists(path) else None
    if before == icon.data:
        return None
    return _IconPut(
        FileChange(path, name, before, icon.data),
        Change("icon", None if before is None else _picture(before), _picture(icon.data)),
    )


def _picture(data: bytes) -> Picture:
    width, height = icon_size(data) or (None, None)
    return Picture(width, height, len(data))


def _text_of(root: Mapping, key: str) -> str | None:
    """Give the text of a key; None where it has none, or something else."""
    value = root.get(key)
    return value.value if isinstance(value, Scalar) and isinstance(value.data, str) else None


def _root(source: Source) -> Mapping:
    root = parse(source).root
    assert isinstance(root, Mapping)
    return root


def _with_text(source: Source, text: str) -> Source:
    return Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom)


def _is_strange(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
