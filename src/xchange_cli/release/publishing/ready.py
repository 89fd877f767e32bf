"""Integrations made ready: committed, on the right branch, checked, and packed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xchange_cli import __version__
from xchange_cli.authoring.layout import shell_word
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.waiting import require_none_waiting
from xchange_cli.registry.draft import Draft
from xchange_cli.registry.package import Package
from xchange_cli.release.forking.fork_file import fork_base
from xchange_cli.release.git.facts_of import facts_of
from xchange_cli.release.git.same_bytes import converted_files
from xchange_cli.release.git.tree import Unclean, unclean_files
from xchange_cli.release.publishing.branches import require_branch
from xchange_cli.release.publishing.checks import Checkup, checkups
from xchange_cli.release.publishing.outcome import Outcome, failed
from xchange_cli.release.publishing.selection import Chosen
from xchange_cli.release.publishing.verdict import Judge
from xchange_cli.release.publishing.wish import Job
from xchange_cli.release.versions.external_versions import AUTO
from xchange_cli.release.working_copy import package_of

_MOST_NAMED = 5


class Packed(NamedTuple):
    file: IntegrationFile
    package: Package
    is_dirty: bool


class Ready(NamedTuple):
    """What the registry takes, the file it was made of, and who compares it with the version before."""

    file: IntegrationFile
    package: Package
    draft: Draft
    judge: Judge


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
    said, catalog = checkups(job.project, good, job.folder)
    return [
        one if isinstance(one, Outcome) else _checked(job, one, said[one.file.key], catalog) for one in packed
    ]


def renewed(job: Job, ready: Ready) -> Ready:
    """Make it ready again after the working tree was put on top of other commits.

    Raises:
        XchangeError: CONFLICT when it is not what was checked any more.

    """
    file = opened(ready.file.target, ready.file.target.read())
    package = package_of(file)
    if package != ready.package:
        message = f"{file.key} was changed by somebody else as well, so it is not what was checked"
        hint = f"Nothing of {file.key} is published. Your commits are on top of theirs now: look at it, then publish again."
        raise XchangeError(ErrorCode.CONFLICT, message, hint=hint)
    git = ready.draft.git
    dirty = git is not None and git.dirty
    draft = ready.draft._replace(git=facts_of(job.origin, dirty=dirty))
    return ready._replace(file=file, package=package, draft=draft)


def _packed(job: Job, one: Chosen) -> Packed | Outcome:
    if one.file is None:
        assert one.error is not None
        return failed(one.key, one.error)
    try:
        if one.file.path.name in FILE_NAMES:
            require_none_waiting(one.file.folder, job.folder, one.file.key)
        has_git, allows_dirty = job.origin.checkout is not None, job.wish.allows_dirty
        unclean = unclean_files(one.file) if has_git else Unclean((), ())
        if unclean.changed and not allows_dirty:
            return failed(one.key, _uncommitted(one.key, unclean.changed))
        if unclean.ignored and (job.wish.commits or not allows_dirty):
            return failed(one.key, _ignored(one.key, unclean.ignored, can_be=not job.wish.commits))
        package = package_of(one.file)
        converted = converted_files(one.file, package) if has_git and not any(unclean) else ()
        if converted and not allows_dirty:
            return failed(one.key, _converted(one.key, converted))
        return Packed(one.file, package, bool(any(unclean) or converted))
    except XchangeError as error:
        return failed(one.key, error)


def _checked(job: Job, packed: Packed, checkup: Checkup, catalog: Catalog) -> Ready | Outcome:
    key = packed.file.key
    if checkup.errors:
        number = len(checkup.errors)
        message = f"{key} is not published: {number:,} error{'' if number == 1 else 's'}"
        return failed(key, XchangeError(ErrorCode.INVALID, message), checkup.errors)
    try:
        file = opened(packed.file.target, packed.file.target.read())
        if package_of(file) != packed.package:
            message = f"{key} was changed while it was checked"
            raise XchangeError(ErrorCode.CONFLICT, message, hint="Publish again.")  # noqa: TRY301
        judge = Judge(job, file, packed.package, catalog)
        return Ready(file, packed.package, _draft(job, packed, checkup, judge), judge)
    except XchangeError as error:
        return failed(key, error)


def _draft(job: Job, packed: Packed, checkup: Checkup, judge: Judge) -> Draft:
    file, wish = packed.file, job.wish
    return Draft(
        key=file.key,
        name=file.integration.name,
        description=_text(file.root, "description"),
        category=_text(file.root, "category"),
        labels=tuple(_labels(file.root)),
        note=wish.note,
        author=wish.author,
        validation=checkup.checked,
        xchange=__version__,
        external_version="" if wish.external_version == AUTO else wish.external_version,
        git=facts_of(job.origin, dirty=packed.is_dirty),
        fork=fork_base(file.folder, job.folder) if file.path.name in FILE_NAMES else None,
        sign=wish.sign,
        judge=judge.against,
    )


def _text(root: Mapping, key: str) -> str:
    node = root.text(key)
    return node.value if node is not None else ""


def _labels(root: Mapping) -> Iterable[str]:
    node = root.sequence("labels")
    texts = (item.value.strip().lower() for item in (node.items if node else ()) if isinstance(item, Scalar))
    return dict.fromkeys(filter(None, texts))


def _uncommitted(key: str, names: Sequence[str]) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{key} has changes that are not committed: {_some(names)}",
        hint="Commit them first, or publish them as they are with --allow-dirty.",
    )


def _ignored(key: str, names: Sequence[str], *, can_be: bool) -> XchangeError:
    way_out = " --allow-dirty publishes them as they are." if can_be else ""
    return XchangeError(
        ErrorCode.CONFLICT,
        f"git ignores files of {key}, so no other clone has them: {_some(names)}",
        hint=f"Commit them, `git add --force {shell_word(names[0])}` takes one in, or move them elsewhere.{way_out}",
    )


def _converted(key: str, names: Sequence[str]) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"git keeps other bytes of {key} than are here, such as other line ends: {_some(names)}",
        hint="A line `integrations/** -text` in .gitattributes keeps git from that; commit it, then delete these "
        "files and check them out again. --allow-dirty publishes them as they are here.",
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
