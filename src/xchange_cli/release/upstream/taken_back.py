"""Whether git can take back what is done to a fork."""

import os
from collections.abc import Iterable
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.release.git.command import look, top_of
from xchange_cli.release.upstream.fork import Fork


def require_committed(fork: Fork, names: Iterable[str], *, allows_dirty: bool) -> bool:
    """Tell whether git has the files `names` in a fork's folder as they are; without git, nobody can ask for that.

    Raises:
        XchangeError: CONFLICT where it has not, unless that is allowed; UNREADABLE when git does not answer.

    """
    where = Path(os.path.realpath(fork.place))
    if top_of(where) is None:
        return False
    changed = [name for name in names if _is_changed(where, name)]
    if changed and not allows_dirty:
        files = ", ".join(fork.name(name) for name in changed)
        message = f"{fork.key} has changes that are not committed: {files}"
        hint = "Commit them first, so that the pull can be taken back; --allow-dirty pulls all the same."
        raise XchangeError(ErrorCode.CONFLICT, message, hint=hint)
    return not changed


def _is_changed(where: Path, name: str) -> bool:
    answer = look(
        where,
        "--literal-pathspecs",
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--ignored",
        "--untracked-files=all",
        "--",
        name,
    )
    if not answer.ok:
        message = f"git cannot tell whether {name} is committed: {answer.reason}"
        raise XchangeError(ErrorCode.UNREADABLE, message)
    return bool(answer.output)
