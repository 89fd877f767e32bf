"""The text under the `documentation` key: as somebody edits it, and put back in place."""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.authoring.details import require_text
from xchange_cli.document.edit import apply
from xchange_cli.document.put import put_text
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.writing import FileChange, rewritten, write_all

KEY = "documentation"
ORDER: Sequence[str] = ("definitionVersion", "name", "description", KEY, "category", "labels", "configPages")
"""The keys around which a new one is put."""

_MARK = "\ufeff"


class Draft(NamedTuple):
    """A text to be edited. `as_file` is what an editor gets: it ends with a line end where there is any text."""

    file: IntegrationFile
    text: str

    @property
    def as_file(self) -> str:
        return f"{self.text}\n" if self.text and not self.text.endswith("\n") else self.text

    def edited(self, written: str) -> str:
        """Give the text that somebody meant who left `written`: the last line end counts only where one was before."""
        plain = written.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
        if not plain.strip():
            return ""
        if self.text and not self.text.endswith("\n"):
            return plain.removesuffix("\n")
        return plain if plain.endswith("\n") else f"{plain}\n"


def draft_of(file: IntegrationFile) -> Draft:
    """Take the text out of a file; it is empty where there is none.

    Raises:
        XchangeError: INVALID, with the place, when what stands there is no text.

    """
    node = file.root.get(KEY)
    if node is None or node.data is None:
        return Draft(file, "")
    text = file.root.text(KEY)
    if text is None:
        raise XchangeError(
            ErrorCode.INVALID, f"`{KEY}` is {node.kind} here, so it cannot be edited", place=node.span.place
        )
    return Draft(file, text.value)


def put_back(draft: Draft, written: str) -> bool:
    """Write an edited text into the file, and tell whether it is another one.

    Raises:
        XchangeError: USAGE when the text has a new character that nobody can see; CONFLICT when the file is no longer
            what was read; INVALID when it has no place for the text; UNREADABLE when it cannot be written. The file is
            as it was then.

    """
    text = draft.edited(written)
    if text == draft.edited(draft.as_file):
        return False
    require_text(KEY, "".join(one for one in text if one not in draft.text))
    write_all([_change(draft.file, text)])
    return True


def _change(file: IntegrationFile, text: str) -> FileChange:
    edit = put_text(file.root, KEY, text, ORDER)
    return rewritten(file.path, file.source, apply(file.source, [edit]))
