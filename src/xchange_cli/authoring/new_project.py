"""Begins a project: its file, and what git, CI and editors need. What is there already is not overwritten."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.ci_files import ci_files, pre_commit
from xchange_cli.authoring.editor_files import editor_files
from xchange_cli.authoring.git_setting import DIFF_COMMAND, MERGE_DRIVER, MERGE_NAME, git_setting
from xchange_cli.authoring.kept_bytes import attribute_lines
from xchange_cli.authoring.layout import require_known_layout
from xchange_cli.authoring.local_files import ignore_rule, schema_files
from xchange_cli.authoring.offer import Ground, Offer, ground_of, new_file
from xchange_cli.authoring.own_source import requirement
from xchange_cli.authoring.surroundings import Ci, Editor
from xchange_cli.local_folder import FOLDER_NAME, PRIVATE
from xchange_cli.project.looking import is_file
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.project.writing import write_all

_TEMPLATE = Path(__file__).with_name("templates") / "project" / FILE_NAME


class ProjectWish(NamedTuple):
    """What the project is to have beside its file. `install_from` is what pip installs in CI; None finds it out.

    `git_diff` lets git show integrations by `xchange diff`, `git_merge` lets it merge them by `xchange merge-driver`.
    """

    ci: tuple[Ci, ...] = ()
    pre_commit: bool = False
    editor: Editor | None = None
    install_from: str | None = None
    git_diff: bool = False
    git_merge: bool = False

    @property
    def drivers(self) -> tuple[str, ...]:
        """The attributes of git by which it leaves integrations to this program."""
        return (("diff",) if self.git_diff else ()) + (("merge",) if self.git_merge else ())

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """The settings of git, with their values; the driver first, since git refuses to merge by a name alone."""
        merges = (MERGE_DRIVER, MERGE_NAME) if self.git_merge else ()
        return ((DIFF_COMMAND,) if self.git_diff else ()) + merges


class NewProject(NamedTuple):
    """What became of each file. `around` is the file of another project that this one lies in, empty without one."""

    folder: str
    offers: tuple[Offer, ...]
    has_git: bool
    around: str = ""


def begin_project(root: Path, wish: ProjectWish, here: Path) -> NewProject:
    """Write all files that are wanted and not there yet. Names are relative to `here`.

    Raises:
        XchangeError: UNREADABLE when the system refuses, or when the project file cannot be read. Nothing is changed
            then.

    """
    ground = ground_of(root, here)
    file = ground.root / FILE_NAME
    project = Project.read(file, ground.name(file)) if is_file(file) else Project.read(_TEMPLATE, FILE_NAME)
    require_known_layout(project)
    offers = [
        new_file(ground, file, _TEMPLATE.read_text(encoding="utf-8")),
        ignore_rule(ground),
        attribute_lines(ground, project, wish.drivers),
        schema_files(ground),
    ]
    if wish.ci:
        installed = requirement() if wish.install_from is None else wish.install_from
        for ci in dict.fromkeys(wish.ci):
            offers += ci_files(ground, project, ci, installed)
    if wish.pre_commit:
        offers.append(pre_commit(ground, project))
    if wish.editor is not None:
        offers += editor_files(ground, project)
    settings = [git_setting(ground, *one) for one in wish.settings]
    offers += [one.offer for one in settings]
    _write(ground, offers)
    for setting in settings:
        setting.make(ground)
    return NewProject(ground.name(ground.root), tuple(offers), ground.has_git, _around(ground))


def _write(ground: Ground, offers: list[Offer]) -> None:
    local = ground.root / FOLDER_NAME
    is_new = not local.exists()
    write_all([change for offer in offers for change in offer.changes])
    if is_new:
        local.chmod(PRIVATE)


def _around(ground: Ground) -> str:
    files = (place / FILE_NAME for place in ground.root.parents)
    return next((ground.name(file) for file in files if is_file(file)), "")
