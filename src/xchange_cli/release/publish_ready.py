"""Integrations made ready: committed, on the right branch, checked, and packed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xchange_cli import __version__
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.registry.draft import Draft
from xchange_cli.registry.package import Package
from xchange_cli.release.fork_file import fork_base
from xchange_cli.release.git_facts_of import facts_of
from xchange_cli.release.git_tree import unclean_files
from xchange_cli.release.publish_branches import require_branch
from xchange_cli.release.publish_checks import Verdict, verdicts
from xchange_cli.release.publish_outcome import Outcome, failed
from xchange_cli.release.publish_wish import Job
from xchange_cli.release.selection import Chosen
from xchange_cli.release.working_copy import package_of

_MOST_NAMED = 5


class Packed(NamedTuple):
    file: IntegrationFile
    package: Package
    is_dirty: bool


class Ready(NamedTuple):
    """What the registry takes, and the file it was made of."""

    file: IntegrationFile
    package: Package
    draft: Draft


def made_ready(job: Job, found: Iterable[Chosen]) -> list[Ready | Outcome]:
    """Give what can be published, and why the others cannot, in the same order.

    Raises:
        XchangeError: CONFLICT when this is no branch to publish from; what is wrong with the project's own files.

    """
    packed = [_packed(job, one) for one in found]
    good = {one.file.key: (one.file, one.package) for one in packed if isinstance(one, Packed)}
    if not good:
        return [one for one in packed if isinstance(one, Outcome)]
    if not job.wish.allows_any_branch:
        require_branch(job.project, job.origin)
    said = verdicts(job.project, good, job.folder)
    return [one if isinstance(one, Outcome) else _judged(job, one, said[one.file.key]) for one in packed]


def renewed(job: Job, ready: Ready) -> Ready:
    """Make it ready again after the working tree was put on top of other commits.

    Raises:
        XchangeError: CONFLICT when it is not what was checked any more.

    """
    file = opened(ready.file.target, ready.file.target.read())
    package = package_of(file)
    if package != ready.package:
        message = f"{file.key} was changed by somebody else as well, so it is not what was checked"
        raise XchangeError(ErrorCode.CONFLICT, message, hint="Look at it, then publish again.")
    git = ready.draft.git
    dirty = git is not None and git.dirty
    return Ready(file, package, ready.draft._replace(git=facts_of(job.origin, dirty=dirty)))


def _packed(job: Job, one: Chosen) -> Packed | Outcome:
    if one.file is None:
        assert one.error is not None
        return failed(one.key, one.error)
    try:
        unclean = unclean_files(one.file) if job.origin.checkout is not None else ()
        if unclean and not job.wish.allows_dirty:
            return failed(one.key, _uncommitted(one.key, unclean))
        return Packed(one.file, package_of(one.file), bool(unclean))
    except XchangeError as error:
        return failed(one.key, error)


def _judged(job: Job, packed: Packed, verdict: Verdict) -> Ready | Outcome:
    key = packed.file.key
    if verdict.errors:
        number = len(verdict.errors)
        message = f"{key} is not published: {number:,} error{'' if number == 1 else 's'}"
        return failed(key, XchangeError(ErrorCode.INVALID, message), verdict.errors)
    try:
        file = opened(packed.file.target, packed.file.target.read())
        if package_of(file) != packed.package:
            message = f"{key} was changed while it was checked"
            raise XchangeError(ErrorCode.CONFLICT, message, hint="Publish again.")  # noqa: TRY301
        return Ready(file, packed.package, _draft(job, packed, verdict))
    except XchangeError as error:
        return failed(key, error)


def _draft(job: Job, packed: Packed, verdict: Verdict) -> Draft:
    file, wish = packed.file, job.wish
    return Draft(
        key=file.key,
        name=file.integration.name,
        description=_text(file.root, "description"),
        category=_text(file.root, "category"),
        labels=tuple(_labels(file.root)),
        note=wish.note,
        author=wish.author,
        validation=verdict.checked,
        xchange=__version__,
        external_version=wish.external_version,
        git=facts_of(job.origin, dirty=packed.is_dirty),
        fork=fork_base(file.folder, job.folder) if file.path.name in FILE_NAMES else None,
        sign=wish.sign,
    )


def _text(root: Mapping, key: str) -> str:
    node = root.text(key)
    return node.value if node is not None else ""


def _labels(root: Mapping) -> Iterable[str]:
    node = root.sequence("labels")
    texts = (item.value.strip().lower() for item in (node.items if node else ()) if isinstance(item, Scalar))
    return dict.fromkeys(filter(None, texts))


def _uncommitted(key: str, names: Sequence[str]) -> XchangeError:
    some = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{key} has changes that are not committed: {some}",
        hint="Commit them first, or publish them as they are with --allow-dirty.",
    )
