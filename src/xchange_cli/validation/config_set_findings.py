"""What is wrong with config sets beside an integration.

Their form and their values are checked always; whether a set is complete, and has nothing too much, only where it was
asked for: by name, by path or as `all`. They are private, so that no fix is made in them.
"""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.configset.findings import report
from xchange_cli.configset.read import ConfigSet
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import CONFIG_SUFFIXES
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.redaction import Redactor
from xchange_cli.validation import config_sets
from xchange_cli.validation.kind import ALL, Beside
from xchange_cli.validation.settled import settled_with_others


def config_set_findings(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a set.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    folder = config_sets.SetFolder(file.parent, beside.folder)
    config_set = folder.read(file)
    found = _findings(config_set, folder, file, beside)
    left = settled_with_others(config_set.source, found, beside.key)
    yield from (one._replace(fixes=()) if one.fixes else one for one in left)


def is_incomplete_base(file: Path, beside: Beside) -> bool:
    """Tell whether a set lacks values that it may lack, because others extend it and it was not asked for by name."""
    folder = config_sets.SetFolder(file.parent, beside.folder)
    integration = beside.model()
    if integration is None or not _may_lack_values(folder, file, beside):
        return False
    try:
        config_set = folder.read(file)
    except XchangeError:  # told where the set is checked
        return False
    return config_sets.lacks_values(config_set, integration, beside.catalog)


def _findings(
    config_set: ConfigSet, folder: config_sets.SetFolder, file: Path, beside: Beside
) -> Iterator[Diagnostic]:
    yield from _hidden(config_set, file, beside)
    integration = beside.model()
    if integration is None:
        yield from config_sets.form_findings(config_set, beside.key)
        return
    is_wanted = is_chosen(file, beside)
    yield from config_sets.set_findings(
        config_set,
        integration,
        beside.catalog,
        beside.key,
        is_chosen=is_wanted,
        is_base=is_wanted and _may_lack_values(folder, file, beside),
    )


def _may_lack_values(folder: config_sets.SetFolder, file: Path, beside: Beside) -> bool:
    return beside.config != file.stem and folder.is_base(file.stem)


def is_chosen(file: Path, beside: Beside) -> bool:
    """Tell whether a set is to give the integration all that it needs."""
    return beside.is_named or beside.config in {ALL, file.stem}


def _hidden(config_set: ConfigSet, file: Path, beside: Beside) -> Iterator[Diagnostic]:
    first = file.with_suffix(CONFIG_SUFFIXES[0])
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
