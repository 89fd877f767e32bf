"""Config sets: `configs/<set>.yml` beside an integration.

Their form is checked always; against the integration those that were asked for, by name, by path or as `all`.
"""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.configset.findings import report
from xchange_cli.configset.read import ConfigSet
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.redaction import Redactor
from xchange_cli.validation import config_sets
from xchange_cli.validation.kind import ALL, Beside
from xchange_cli.validation.settled import settled_with_others

FOLDER = config_sets.FOLDER
SUFFIXES = config_sets.SUFFIXES


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a set.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    folder = config_sets.SetFolder(file.parent, beside.folder)
    config_set = folder.read(file)
    found = _findings(config_set, folder, file, beside)
    yield from settled_with_others(config_set.source, found, beside.key)


def _findings(
    config_set: ConfigSet, folder: config_sets.SetFolder, file: Path, beside: Beside
) -> Iterator[Diagnostic]:
    yield from _hidden(config_set, file, beside)
    integration = beside.model() if is_chosen(file, beside) else None
    if integration is None:
        yield from config_sets.form_findings(config_set, beside.key)
        return
    is_base = beside.config != file.stem and folder.is_base(file.stem)
    yield from config_sets.set_findings(config_set, integration, beside.catalog, beside.key, is_base=is_base)


def is_chosen(file: Path, beside: Beside) -> bool:
    """Tell whether a set is to be checked against the integration."""
    return beside.is_named or beside.config in {ALL, file.stem}


def _hidden(config_set: ConfigSet, file: Path, beside: Beside) -> Iterator[Diagnostic]:
    first = file.with_suffix(SUFFIXES[0])
    if file == first or not is_file(first):
        return
    found = report(
        "shadowed-config-value",
        f"this file is never read: {shown(first, beside.folder)} is the set `{file.stem}`",
        config_set.source.span(0, len(config_set.source.line(1))),
        hint="Keep one of the two files.",
        subject=file.name,
    )
    yield from config_sets.told([found], Redactor(), beside.key)
