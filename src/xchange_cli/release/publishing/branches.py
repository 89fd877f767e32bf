"""From which branches versions are published: so that two branches do not invent the same number."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.release.git.facts_of import Origin
from xchange_cli.release.git.tree import default_branches


def require_branch(project: Project, origin: Origin) -> None:
    """Refuse another branch than the project names, by default the default branch; without git there is none.

    Raises:
        XchangeError: CONFLICT.

    """
    if origin.checkout is None and not origin.branch:
        return
    branches = _branches(project, origin)
    if any(fnmatchcase(origin.branch, branch) for branch in branches):
        return
    wanted = _listed(branches)
    if origin.branch:
        message = f"versions are published from {wanted}, and this is the branch `{origin.branch}`"
    else:
        message = f"versions are published from {wanted}, and HEAD is detached, so nobody can tell the branch"
    hint = (
        "Merge first. `publish: {branches: […]}` in xchange.yaml names other branches; "
        "--any-branch publishes from here."
    )
    raise XchangeError(ErrorCode.CONFLICT, message, hint=hint)


def _branches(project: Project, origin: Origin) -> Sequence[str]:
    if project.publish_branches:
        return project.publish_branches
    if origin.ci.default_branch:
        return (origin.ci.default_branch,)
    return default_branches(origin.checkout) if origin.checkout is not None else ("main", "master")


def _listed(branches: Sequence[str]) -> str:
    *others, last = (f"`{branch}`" for branch in branches)
    return f"{', '.join(others)} or {last}" if others else last
