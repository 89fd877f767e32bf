"""The working tree that a file stands in: its commit, its branch, and what of it git has not got."""

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.published_files import ATTACHMENTS, DOCS, ICON, is_published_page
from xchange_cli.release.git.command import look, top_of

_FORK = "fork.json"
_ORIGIN = "origin"
_MAIN = ("main", "master")
_IGNORED = b"!!"
_LOCAL_BRANCH = "refs/heads/"


class Checkout(NamedTuple):
    """`commit` is empty before the first one, `branch` where HEAD is detached, `remote` where there is none.

    What few need to know is asked when they do.
    """

    top: Path
    commit: str
    branch: str
    remote: str

    @property
    def remote_url(self) -> str:
        return _said(self.top, "remote", "get-url", self.remote) if self.remote else ""

    @property
    def tag(self) -> str:
        """The tag of the commit, as far as it has one."""
        return _said(self.top, "describe", "--tags", "--exact-match", self.commit) if self.commit else ""

    @property
    def message(self) -> str:
        return _said(self.top, "log", "-1", "--format=%B", self.commit) if self.commit else ""


def checkout_of(folder: Path) -> Checkout | None:
    """Look at the working tree around a folder; None where there is none, or no git."""
    top = top_of(folder)
    if top is None:
        return None
    branch = _said(top, "symbolic-ref", "--quiet", "HEAD").removeprefix(_LOCAL_BRANCH)
    commit = _said(top, "rev-parse", "--verify", "--quiet", "HEAD")
    return Checkout(top, commit, branch, remote_of(top, branch))


def remote_of(top: Path, branch: str) -> str:
    """Give the remote of a branch, else `origin`, else the only one; empty where nobody can tell."""
    remotes = _said(top, "remote").split()
    wanted = _said(top, "config", "--get", f"branch.{branch}.remote") if branch else ""
    known = [one for one in (wanted, _ORIGIN) if one in remotes]
    return known[0] if known else remotes[0] if len(remotes) == 1 else ""


def upstream_branch(checkout: Checkout) -> str:
    """Give the branch of the remote that the branch follows; empty where it follows none."""
    if not checkout.branch:
        return ""
    remote = _said(checkout.top, "config", "--get", f"branch.{checkout.branch}.remote")
    followed = _said(checkout.top, "config", "--get", f"branch.{checkout.branch}.merge")
    return followed.removeprefix(_LOCAL_BRANCH) if remote == checkout.remote else ""


def default_branches(checkout: Checkout) -> tuple[str, ...]:
    """Give the default branch of the remote as far as the clone knows it, else what such branches are called."""
    head = _said(checkout.top, "symbolic-ref", "--quiet", f"refs/remotes/{checkout.remote or _ORIGIN}/HEAD")
    name = head.removeprefix(f"refs/remotes/{checkout.remote or _ORIGIN}/")
    return (name,) if name else _MAIN


class Unclean(NamedTuple):
    """Files of an integration's package that are not as HEAD has them; `ignored` are those that git never takes."""

    changed: tuple[str, ...]
    ignored: tuple[str, ...]


def unclean_files(file: IntegrationFile) -> Unclean:
    """Name the files of an integration's package that are not as HEAD has them, as messages do.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    where = Path(os.path.realpath(file.folder))
    inner = (file.path.name, ICON, DOCS, ATTACHMENTS, _FORK)
    answer = look(
        where,
        "--literal-pathspecs",
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored=traditional",
        "--",
        *inner,
    )
    top = top_of(where)
    if not answer.ok or top is None:
        message = f"git cannot tell whether {file.name} is committed: {answer.reason}"
        raise XchangeError(ErrorCode.UNREADABLE, message)
    prefix = where.relative_to(os.path.realpath(top)).as_posix()
    beside, found = PurePosixPath(file.name).parent, Unclean((), ())
    for line in filter(None, answer.output.split(b"\0")):
        path = _inside(os.fsdecode(line[3:]), prefix)
        if _is_published(path, file):
            name = (beside / path).as_posix()
            is_ignored = line.startswith(_IGNORED)
            found = Unclean(
                found.changed if is_ignored else (*found.changed, name),
                (*found.ignored, name) if is_ignored else found.ignored,
            )
    return found


def _inside(path: str, prefix: str) -> str:
    return path if prefix == "." else path.removeprefix(f"{prefix}/")


def _is_published(inner: str, file: IntegrationFile) -> bool:
    """Tell whether a changed path is one of a package, also where the file is gone."""
    if inner in {file.path.name, ICON, _FORK}:
        return True
    if any(part.startswith(".") for part in inner.split("/")):
        return False
    return inner.startswith(f"{ATTACHMENTS}/") or is_published_page(inner)


def _said(top: Path, *arguments: str) -> str:
    answer = look(top, *arguments)
    return answer.text.strip() if answer.ok else ""
