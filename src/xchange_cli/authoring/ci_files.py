"""Workflows and hooks that check integrations, and publish them."""

import os
import re
from pathlib import Path

from xchange_cli.authoring.layout import arguments_from, files_regex, shell_word
from xchange_cli.authoring.offer import Fate, Ground, Offer, new_file, read_text
from xchange_cli.authoring.surroundings import Ci
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.document.quoting import quoted
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.source import Source

_TEMPLATES = Path(__file__).with_name("templates") / "project"
_PLACE = re.compile(r"@([A-Z]+)@")
_OWN_JOB = "xchange-validate"
_STAGES = ("test", "deploy")
_INCLUDED = ".gitlab/xchange.yml"


def ci_files(ground: Ground, project: Project, ci: Ci, requirement: str) -> list[Offer]:
    """Offer the workflow; `requirement` is what pip installs there, empty where the user has to say it.

    Raises:
        XchangeError: USAGE where the folder has a name that no workflow can hold.

    """
    if not ground.inner.isprintable():
        message = "the folder's name has characters that no workflow can hold"
        raise XchangeError(ErrorCode.USAGE, message, hint="Nothing was written. Rename the folder.")
    text = _filled(f"{ci}.yml", _words(ground, project, requirement))
    if ci is Ci.GITHUB:
        offers = [_workflow(ground, ground.top / ".github" / "workflows" / "xchange.yml", text)]
    else:
        offers = _gitlab(ground, text)
    made = next((offer.name for offer in offers if offer.fate is Fate.MADE), None)
    if made is not None and not requirement:
        why = (
            "say what pip is to install: this xchange is from a folder of your machine, which CI cannot reach"
        )
        offers.append(Offer(made, Fate.BY_HAND, why=why, text="XCHANGE: 'xchange-cli @ git+https://…'"))
    return offers


def pre_commit(ground: Ground, project: Project) -> Offer:
    """Offer the hook; an existing file has an order and comments of its own, so it is left to the user."""
    path = ground.top / ".pre-commit-config.yaml"
    text = _filled("pre-commit.yaml", {"FILES": quoted(files_regex(project, ground.inner))})
    if not os.path.lexists(path):
        return new_file(ground, path, text)
    source = read_text(ground, path)
    if source is not None and _OWN_JOB in source.text and _names_folder(ground, source):
        return Offer(ground.name(path), Fate.LEFT, why="it has the hook already")
    why = "add this under `repos`"
    return Offer(ground.name(path), Fate.BY_HAND, why=why, text=text.partition("\n")[2].rstrip("\n"))


def _workflow(ground: Ground, path: Path, text: str) -> Offer:
    """Offer a file whose jobs are for the folder of one project; where there are others already, more are needed."""
    source = read_text(ground, path)
    if source is None or _names_folder(ground, source):
        return new_file(ground, path, text)
    why = f"its jobs are for another folder; add such jobs for {ground.inner}"
    return Offer(ground.name(path), Fate.BY_HAND, why=why)


def _names_folder(ground: Ground, source: Source) -> bool:
    folders = (f"{ground.inner}/", f"{re.escape(ground.inner)}/")
    return ground.inner == "." or any(folder in source.text for folder in folders)


def _gitlab(ground: Ground, text: str) -> list[Offer]:
    path = ground.top / ".gitlab-ci.yml"
    source = read_text(ground, path)
    if not os.path.lexists(path) or (source is not None and _OWN_JOB in source.text):
        return [_workflow(ground, path, text)]
    included = _workflow(ground, ground.top / _INCLUDED, text)
    if source is not None and _INCLUDED in source.text:
        return [included, Offer(ground.name(path), Fate.LEFT, why="it includes that file already")]
    why = "add this" + _missing_stages(source)
    return [
        included,
        Offer(ground.name(path), Fate.BY_HAND, why=why, text=f"include:\n  - local: {_INCLUDED}"),
    ]


def _missing_stages(source: Source | None) -> str:
    """Tell of stages that the jobs are in: GitLab has them, but in a pipeline that lists stages of its own."""
    root = parse(source).root if source is not None else None
    listed = root.sequence("stages") if isinstance(root, Mapping) else None
    there = (
        {item.data for item in listed.items if isinstance(item, Scalar)} if listed is not None else {*_STAGES}
    )
    missing = [f"`{stage}`" for stage in _STAGES if stage not in there]
    return f", and to `stages` {' and '.join(missing)}" if missing else ""


def _words(ground: Ground, project: Project, requirement: str) -> dict[str, str]:
    paths = [shell_word(one) for one in arguments_from(project, ground.inner)]
    return {
        "REQUIREMENT": quoted(requirement),
        "FOLDER": shell_word(ground.inner),
        "QUOTED": quoted(ground.inner, ""),
        "PATHS": "".join(f" {one}" for one in paths),
    }


def _filled(template: str, words: dict[str, str]) -> str:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    return _PLACE.sub(lambda found: words[found[1]], text)
