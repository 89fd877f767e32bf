"""What an earlier call has published, and was kept from committing or pushing."""

import os
from collections.abc import Iterable

from xchange_cli.registry import layout
from xchange_cli.release.git.command import look
from xchange_cli.release.publishing.wish import Job


def unsettled_keys(job: Job) -> frozenset[str]:
    """Give the keys of what is in the registry's folder, and is to be committed or pushed."""
    tree = job.tree
    if tree is None or not job.wish.commits:
        return frozenset()
    status = look(
        tree.top,
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--",
        f":(literal){tree.inner}",
    )
    paths = [os.fsdecode(line[3:]) for line in status.output.split(b"\0") if line]
    if job.wish.pushes:
        paths += _unpushed(job) or ()
    start = tree.path("")
    return frozenset(filter(None, (layout.key_of(path.removeprefix(start)) for path in paths)))


def has_unpushed(job: Job) -> bool:
    """Tell whether the registry's folder has commits that the remote may not have."""
    paths = _unpushed(job)
    return paths is None or bool(paths)


def going_along(job: Job) -> tuple[str, ...]:
    """Say so where a push will bring along commits that are about more than the registry."""
    tree, upstream = job.tree, job.upstream
    if tree is None or upstream is None or tree.inner == ".":
        return ()
    others = (":(top)", f":(top,exclude,literal){tree.inner}")
    answer = look(tree.top, "rev-list", "--count", f"{upstream.tracking}..HEAD", "--", *others)
    number = int(answer.text) if answer.ok and answer.text.isdecimal() else 0
    if not number:
        return ()
    commits = "1 commit" if number == 1 else f"{number:,} commits"
    return (f"{commits} that {upstream} had not got went along",)


def _unpushed(job: Job) -> list[str] | None:
    """Give the paths in the registry's folder that commits have changed; None where nobody can tell."""
    tree, upstream = job.tree, job.upstream
    if tree is None or upstream is None:
        return []
    since = f"{upstream.tracking}...HEAD"
    answer = look(
        tree.top, "diff", "--name-only", "--no-renames", "-z", since, "--", f":(literal){tree.inner}"
    )
    return _names(answer.output.split(b"\0")) if answer.ok else None


def _names(paths: Iterable[bytes]) -> list[str]:
    return [os.fsdecode(path) for path in paths if path]
