"""Many files → one result, which can be written."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.canonical.formatted import Formatted, formatted
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.targets import Target
from xchange_cli.project.writing import rewritten, write_all


class Refusal(NamedTuple):
    """Why a file, by its name, is left as it is: what an `XchangeError` tells, as data."""

    name: str
    code: ErrorCode
    message: str
    hint: str
    place: Place | None

    @property
    def error(self) -> XchangeError:
        return XchangeError(self.code, self.message, hint=self.hint, place=self.place)


class Formatting(NamedTuple):
    """What became of each file: its canonical text, or why it is refused.

    `is_trial` tells that nothing is to be written.
    """

    files: tuple[Formatted, ...]
    refused: tuple[Refusal, ...] = ()
    is_trial: bool = False

    @property
    def changed(self) -> tuple[Formatted, ...]:
        return tuple(file for file in self.files if file.is_changed)


def format_all(
    targets: Sequence[Target], stdin: bytes = b"", catalog: Catalog | None = None, *, is_trial: bool = False
) -> Formatting:
    """Format files, and write nothing. What cannot be formatted does not keep the others from it.

    With a catalogue, inputs that equal their default are left out.
    """
    done = _each(partial(_one, stdin=stdin, catalog=catalog), targets)
    files = tuple(one for one in done if isinstance(one, Formatted))
    return Formatting(files, tuple(one for one in done if isinstance(one, Refusal)), is_trial)


def _one(target: Target, *, stdin: bytes, catalog: Catalog | None) -> Formatted | Refusal:
    try:
        return formatted(target, target.read(stdin), catalog)
    except XchangeError as error:
        return Refusal(target.name, error.code, error.message, error.hint, error.place)


def _each(one: Any, targets: Sequence[Target]) -> list[Formatted | Refusal]:
    """Do it in several processes where that pays: where this one can be split, and has a few files."""
    from xchange_cli.processes import can_fork, processes_for, share_out

    return share_out(one, targets, processes_for(len(targets)) if can_fork() else 1)


def write_formatted(formatting: Formatting) -> None:
    """Write the files that change: all of them or, where one cannot be written, none.

    Raises:
        XchangeError: as `write_all` does.

    """
    write_all([rewritten(path, file.source, file.text) for path, file in _on_disk(formatting)])


def _on_disk(formatting: Formatting) -> Iterator[tuple[Path, Formatted]]:
    for file in formatting.changed:
        if file.target.path is not None:
            yield file.target.path, file
