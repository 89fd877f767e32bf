"""What `fmt` does with its options: find the files, format them, write or show what changes, give the exit code."""

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli import formats
from xchange_cli.canonical.many import Formatting, format_all, write_formatted
from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.cli.here import here
from xchange_cli.cli.report import report
from xchange_cli.document.edit import encode
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import formatted_text
from xchange_cli.project.find import project_of
from xchange_cli.project.targets import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.components.catalog import Catalog
    from xchange_cli.project.project import Project


class Wanted(NamedTuple):
    """The options."""

    paths: tuple[str, ...] = ()
    check: bool = False
    diff: bool = False
    prune_defaults: bool = False
    output: str = "text"


def format_once(wanted: Wanted) -> Exit:
    """Format, and write it unless that is not wanted.

    Raises:
        XchangeError: when an argument leads nowhere, options do not go together, or a file cannot be written.

    """
    folder = here()
    project = project_of(wanted.paths, folder)
    targets = resolve(project, wanted.paths, folder)
    is_trial = wanted.check or wanted.diff
    reads_stdin = any(target.path is None for target in targets)
    _require_room(wanted, gives_text=reads_stdin and not is_trial)
    stdin = sys.stdin.buffer.read() if reads_stdin else b""
    catalog = _catalog(project, folder) if wanted.prune_defaults or wanted.diff else None
    result = format_all(targets, stdin, catalog if wanted.prune_defaults else None, is_trial=is_trial)
    if not is_trial:
        write_formatted(result)
        _give_back(result)
    if wanted.diff and catalog is not None:
        _show_diff(result, catalog)
    else:
        to_errors = reads_stdin and not is_trial
        formats.write("formatted", wanted.output, result, sys.stderr if to_errors else sys.stdout)
    return _told(result, wanted)


def _require_room(wanted: Wanted, *, gives_text: bool) -> None:
    """Refuse two things at a time on standard output."""
    if wanted.output == "text" or not (wanted.diff or gives_text):
        return
    what = "--diff shows text" if wanted.diff else "the formatted text goes to standard output"
    raise XchangeError(ErrorCode.USAGE, f"{what}, so --output {wanted.output} does not go with it")


def _catalog(project: "Project", folder: "Path") -> "Catalog":
    """Read the components, with those of the project, and tell what is wrong with their files."""
    from xchange_cli.formats import findings_text
    from xchange_cli.validation.project_files import read_project_files

    files = read_project_files(project, folder)
    findings_text.render(files.diagnostics, sys.stderr)
    return files.catalog


def _give_back(result: Formatting) -> None:
    """Write what came from standard input to standard output."""
    for file in result.files:
        if file.target.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(encode(file.source, file.text))
            sys.stdout.buffer.flush()


def _show_diff(result: Formatting, catalog: "Catalog") -> None:
    from xchange_cli.canonical.hidden import changes
    from xchange_cli.formats import fixes_diff

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    fixes_diff.render(changes(result.changed, catalog), sys.stdout)


def _told(result: Formatting, wanted: Wanted) -> Exit:
    """Say what could not be formatted, and how many files were; give the exit code, the worst of all."""
    codes = [Exit.FINDINGS] if result.is_trial and result.changed else []
    for refusal in result.refused:
        codes.append(OF_ERROR[refusal.code])
        if wanted.output == "text":
            report(refusal.error, as_json=False)
    if wanted.output == "text":
        sys.stdout.flush()  # the files first, also where both go to one pipe
        sys.stderr.write(f"{formatted_text.summary(result)}\n")
    return max(codes, default=Exit.OK)
