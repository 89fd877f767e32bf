"""How much was mended and what else could be, in a line each."""

from collections.abc import Iterator, Sequence

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.formats.words import count
from xchange_cli.validation.fix_choice import fix_of
from xchange_cli.validation.result import FileFix, Fixable, ValidationResult


def lines(result: ValidationResult) -> Iterator[str]:
    """Say `fixed 3 findings (2 files)` and `3 can be fixed by --fix, 2 more by --unsafe-fixes`."""
    if result.fixes:
        yield f"fixed {made(result.fixes)}"
    if result.fixable != Fixable():
        yield _possible(result.fixable)


def made(fixes: Sequence[FileFix]) -> str:
    """Say `3 findings (2 files)`."""
    return f"{count(sum(len(fix.fixed) for fix in fixes), 'finding')} ({count(len(fixes), 'file')})"


def mark(found: Diagnostic) -> str:
    """Give what stands behind the message of a finding that can be mended."""
    if fix_of(found, unsafe=False) is not None:
        return " [fix]"
    return " [unsafe fix]" if fix_of(found, unsafe=True) is not None else ""


def _possible(fixable: Fixable) -> str:
    if not fixable.safe:
        return f"{fixable.unsafe:,} can be fixed by --fix --unsafe-fixes"
    more = f", {fixable.unsafe:,} more by --unsafe-fixes" if fixable.unsafe else ""
    return f"{fixable.safe:,} can be fixed by --fix{more}"
