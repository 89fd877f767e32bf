"""One integration as the hosted builder would write it."""

import re
from pathlib import Path
from typing import NamedTuple

from xchange_cli.canonical.comments import attach_comments
from xchange_cli.canonical.defaults import Default, defaults_in, drop
from xchange_cli.canonical.order import order
from xchange_cli.canonical.read import read_tree
from xchange_cli.canonical.same import require_same
from xchange_cli.canonical.write import write_tree
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.targets import Target
from xchange_cli.source import Source

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS_OF_INTEGRATIONS = ("definitionVersion", "flows")


class Formatted(NamedTuple):
    """A file and its text in canonical form. `dropped` are the inputs that are left out."""

    target: Target
    source: Source
    text: str
    dropped: tuple[Default, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.text != self.source.text


def formatted(target: Target, source: Source, catalog: Catalog | None = None) -> Formatted:
    """Format an integration; with a catalogue, leave out the inputs that equal their default.

    Line ends, encoding and byte order mark stay what they are.

    Raises:
        XchangeError: INVALID when the text is no YAML or no integration; CONFLICT when it has the marks of a merge.

    """
    file = _opened(target, source)
    tree = attach_comments(read_tree(source))
    dropped = drop(tree, list(defaults_in(file.integration, catalog))) if catalog is not None else []
    order(tree)
    text = write_tree(tree)
    line_end = _LINE_END.search(source.text)
    if line_end is not None and line_end.group() != "\n":
        text = text.replace("\n", line_end.group())
    if text != source.text:
        require_same(file.root, tree, text, {default.start for default in dropped})
    return Formatted(target, source, text, tuple(dropped))


def _opened(target: Target, source: Source) -> IntegrationFile:
    path = target.path or Path(target.name)  # standard input has none, and nothing is looked up there
    file = opened(target._replace(path=path), source)
    if path.name not in FILE_NAMES and not any(key in file.root.entries for key in _MARKS_OF_INTEGRATIONS):
        raise XchangeError(
            ErrorCode.INVALID,
            "this is no integration: it has neither `definitionVersion` nor `flows`",
            hint="Only integration files are formatted.",
            place=Place(source.name, 1, 1),
        )
    return file
