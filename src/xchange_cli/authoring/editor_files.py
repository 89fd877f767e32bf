"""Settings of editors: which schema is for which files."""

import json
import os
from pathlib import Path
from typing import Any

from xchange_cli.authoring.json_settings import with_settings
from xchange_cli.authoring.layout import schema_globs
from xchange_cli.authoring.local_files import schema_file
from xchange_cli.authoring.offer import Fate, Ground, Offer, new_file, read_text
from xchange_cli.project.project import Project
from xchange_cli.project.writing import rewritten

_EXTENSION = "redhat.vscode-yaml"


def editor_files(ground: Ground, project: Project) -> list[Offer]:
    """Offer the settings of VS Code for the project's folder, and the extension that reads them."""
    folder = ground.root / ".vscode"
    associations = {
        schema_file(Path(), name).as_posix(): globs[0] if len(globs) == 1 else globs
        for name, globs in schema_globs(project).items()
        if globs
    }
    return [
        _merged(ground, folder / "settings.json", {"yaml.schemas": associations}),
        _merged(ground, folder / "extensions.json", {"recommendations": [_EXTENSION]}),
    ]


def _merged(ground: Ground, path: Path, wanted: dict[str, Any]) -> Offer:
    name, text = ground.name(path), json.dumps(wanted, ensure_ascii=False, indent=2)
    if not os.path.lexists(path):
        return new_file(ground, path, f"{text}\n")
    source = read_text(ground, path)
    merged = None if source is None else with_settings(source, wanted)
    if source is None or merged is None:
        why = "it has comments, or settings of its own for these files; add what is missing of this"
        return Offer(name, Fate.BY_HAND, why=why, text=text)
    if merged == source.text:
        return Offer(name, Fate.LEFT)
    return Offer(name, Fate.EXTENDED, (rewritten(path, source, merged),), f"{next(iter(wanted))} is added")
