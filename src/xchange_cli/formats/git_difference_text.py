"""How one file differs, as a part of what git shows: with git's head above."""

import os
from collections.abc import Mapping
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.diff_text import render_one
from xchange_cli.formats.style import Style
from xchange_cli.release.comparing.git_difference import FileSide, GitDifference

_KINDS = {"+": "ok", "-": "error", "@": "info"}
_PAGER = "GIT_PAGER_IN_USE"
_NOWHERE = "/dev/null"


def render(found: GitDifference, out: TextIO) -> None:
    style = _style(out, os.environ)
    out.writelines(f"{style.paint('bold', showable(line))}\n" for line in _head(found))
    if found.compared is not None:
        render_one(found.compared, out, style)
        return
    lines = found.lines.split("\n") if found.lines else []
    if lines and lines[0].startswith("Binary"):
        out.write(f"Binary files {_named(found.old, 'a')} and {_named(found.new, 'b')} differ\n")
        return
    if lines:
        out.write(f"--- {_named(found.old, 'a')}\n+++ {_named(found.new, 'b')}\n")
    for line in lines[:-1]:
        kind = _KINDS.get(line[:1], "")
        shown = showable(line.removesuffix("\r"))
        out.write(f"{style.paint(kind, shown) if kind else shown}\n")


def _style(out: TextIO, environment: Mapping[str, str]) -> Style:
    """Paint as git does: also for a pager that it has started, which shows what a terminal would."""
    is_plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
    return Style(is_on=True) if environment.get(_PAGER) and not is_plain else Style.of(out, environment)


def _head(found: GitDifference) -> list[str]:
    old, new = found.old or found.new, found.new or found.old
    assert old is not None
    assert new is not None
    rows = [f"diff --git a/{old.path} b/{new.path}"]
    if found.old is None:
        rows.append(f"new file mode {new.mode}")
    elif found.new is None:
        rows.append(f"deleted file mode {old.mode}")
    elif old.mode != new.mode:
        rows += [f"old mode {old.mode}", f"new mode {new.mode}"]
    told = (row for row in found.about.splitlines() if row and not row.startswith("index "))
    return [*rows, *told]


def _named(side: FileSide | None, letter: str) -> str:
    return _NOWHERE if side is None else showable(f"{letter}/{side.path}")
