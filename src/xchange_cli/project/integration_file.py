"""One integration of the project, opened to be shown or changed."""

import re
from functools import cached_property
from pathlib import Path

from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.keys import key_of, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import STDIN, Target, resolve
from xchange_cli.source import Source

_CONFLICT = re.compile(r"^<{7,} .*$", re.MULTILINE)


class IntegrationFile:
    """An integration file that is YAML with a mapping at the top. `path` is where it is, `folder` where that stands."""

    def __init__(self, target: Target, document: Document, root: Mapping) -> None:
        assert target.path is not None
        self.target = target
        self.path: Path = target.path
        self.document = document
        self.root = root

    @property
    def key(self) -> str:
        return self.target.key

    @property
    def name(self) -> str:
        """What messages call the file."""
        return self.target.name

    @property
    def source(self) -> Source:
        return self.document.source

    @property
    def folder(self) -> Path:
        return self.path.parent

    @cached_property
    def integration(self) -> Integration:
        built = build(self.root)
        assert built is not None
        return built


def open_integration(project: Project, argument: str | None, folder: Path) -> IntegrationFile:
    """Open the integration that a path, a folder or a key names; without one, the one that `folder` is in.

    Without an argument, a project's only integration is meant, too.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE where there is none; USAGE when several are meant, or standard input;
            CONFLICT when the file has the marks of an unfinished merge; INVALID when it is no YAML mapping.

    """
    target = target_of(project, argument, folder)
    return opened(target, target.read())


def target_of(project: Project, argument: str | None, folder: Path) -> Target:
    """Find what `open_integration` opens, without a look into the file.

    Raises:
        XchangeError: NOT_FOUND, UNREADABLE or USAGE, as `open_integration` does.

    """
    return _around(project, folder) if argument is None else _named(project, argument, folder)


def opened(target: Target, source: Source) -> IntegrationFile:
    """Make an integration file of its text.

    Raises:
        XchangeError: CONFLICT or INVALID, as `open_integration` does.

    """
    marked = _CONFLICT.search(source.text)
    if marked is not None:
        raise XchangeError(
            ErrorCode.CONFLICT,
            "the file has the marks of a merge that is not finished",
            hint=_way_out(target, source),
            place=Place(source.name, *source.position(marked.start())),
        )
    document = parse(source)
    wrong = next((one for one in document.diagnostics if one.severity is Severity.ERROR), None)
    if wrong is not None:
        place = Place(source.name, *source.position(wrong.span.start))
        raise XchangeError(ErrorCode.INVALID, wrong.message, hint=wrong.hint, place=place)
    if not isinstance(document.root, Mapping):
        message = "this is no integration: the file has no keys at its top"
        raise XchangeError(ErrorCode.INVALID, message, place=Place(source.name, 1, 1))
    return IntegrationFile(target, document, document.root)


def _way_out(target: Target, source: Source) -> str:
    """Say how the merge is finished; a file that is not on disk has no command for it."""
    import shlex

    from xchange_cli.document.merge_conflicts import is_of_pull

    if target.path is None or not target.path.is_absolute():
        return "Finish the merge first; git status shows what is left."
    key = shlex.quote(target.key or target.name)
    show = "upstream status" if is_of_pull(source) else "validate"
    return f"`xchange {show} {key}` shows what is left, `xchange upstream resolve NAME ours|theirs {key}` settles it."


def _named(project: Project, argument: str, folder: Path) -> Target:
    if argument == STDIN:
        raise XchangeError(
            ErrorCode.USAGE, "standard input is no integration of the project", hint="Name a key."
        )
    return _only(resolve(project, [argument], folder))


def _around(project: Project, folder: Path) -> Target:
    for place in (folder, *folder.parents):
        if place in project.root.parents:
            break
        files = list(integrations_in(place, only_here=True))
        if files:
            return _target(files[0], folder)
    return _only(
        [_target(file, folder) for file in project.integration_files()] or resolve(project, [], folder)
    )


def _target(file: Path, folder: Path) -> Target:
    return Target(shown(file, folder), key_of(file), file)


def _only(targets: "tuple[Target, ...] | list[Target]") -> Target:
    if len(targets) == 1:
        return targets[0]
    keys = [target.key for target in targets]
    names = keys if len(set(keys)) == len(keys) else [target.name for target in targets]
    some = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    raise XchangeError(
        ErrorCode.USAGE, f"one integration is meant, and there are {len(keys)}: {some}", hint="Name one."
    )
