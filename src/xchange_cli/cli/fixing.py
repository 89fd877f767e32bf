"""What `--fix`, `--unsafe-fixes` and `--diff` do: files written, text given back, or changes shown."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NamedTuple, TextIO

from xchange_cli.cli.exits import Exit
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.validation.fix_choice import Fixing
from xchange_cli.validation.result import FileFix, ValidationResult


class Fixed(NamedTuple):
    """The result without what could not be written, whether there was such, and where the report belongs."""

    result: ValidationResult
    is_complete: bool
    out: TextIO


def fixing_wanted(*, fix: bool, unsafe: bool, diff: bool) -> Fixing:
    """Say which fixes are to be made.

    Raises:
        XchangeError: USAGE when `--unsafe-fixes` stands alone.

    """
    if not fix and not diff:
        if unsafe:
            message = "--unsafe-fixes says which fixes are made, not that any are"
            raise XchangeError(ErrorCode.USAGE, message, hint="Add --fix or --diff.")
        return Fixing.NONE
    return Fixing.ALL if unsafe else Fixing.SAFE


def show_changes(result: ValidationResult) -> Exit:
    """Show what `--fix` would change, and give the exit code: 1 when there is something."""
    from xchange_cli.formats import findings_text, fixes_diff, fixes_text
    from xchange_cli.validation.result import UNREADABLE_FILE

    _keep_line_ends(sys.stdout)
    fixes_diff.render(result.fixes, sys.stdout)
    words = f"would fix {fixes_text.made(result.fixes)}" if result.fixes else "nothing to fix"
    sys.stderr.write(f"{words}\n")
    unread = [found for found in result.diagnostics if found.rule == UNREADABLE_FILE]
    findings_text.render(unread, sys.stderr)
    if unread:
        return Exit.UNREADABLE
    return Exit.FINDINGS if result.fixes else Exit.OK


def make_changes(result: ValidationResult, stdin: bytes | None) -> Fixed:
    """Write the fixed files; the fixed text of standard input goes to standard output, and the report to the other.

    `stdin` is None where standard input is not asked for. What the system refuses is told at once.
    """
    from xchange_cli.cli.report import report
    from xchange_cli.validation.fixing import write_fixes

    written, troubles = write_fixes(result.fixes)
    for trouble in troubles:
        report(trouble, as_json=False)
    if stdin is not None:
        _give_back(result.fixes, stdin)
    out = sys.stdout if stdin is None else sys.stderr
    return Fixed(result._replace(fixes=tuple(written)), not troubles, out)


def _give_back(fixes: Sequence[FileFix], stdin: bytes) -> None:
    from xchange_cli.document.edit import encode

    fix = next((fix for fix in fixes if fix.path is None), None)
    sys.stdout.flush()
    sys.stdout.buffer.write(stdin if fix is None else encode(fix.source, fix.text))
    sys.stdout.buffer.flush()


def _keep_line_ends(out: TextIO) -> None:
    if isinstance(out, TextIOWrapper):
        out.reconfigure(newline="")
