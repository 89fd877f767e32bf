"""One finding explained: where it is now, and what its rule is about."""

import re
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.validation.pages import Page, page
from xchange_cli.validation.result import ValidationResult

SHORTEST = 6
"""Hex digits of a fingerprint that are enough where no other finding begins with them."""

_FINGERPRINT = re.compile(rf"[0-9a-f]{{{SHORTEST},12}}")


class Explained(NamedTuple):
    """The findings that have the fingerprint, in the order of the files; `page` is that of their rule."""

    page: Page
    findings: tuple[Diagnostic, ...]


def is_fingerprint(word: str) -> bool:
    """Tell whether a word has the form of a fingerprint or of its beginning; no rule is called so."""
    return _FINGERPRINT.fullmatch(word) is not None


def explained(fingerprint: str, result: ValidationResult) -> Explained:
    """Find what has a fingerprint that begins so.

    Raises:
        XchangeError: NOT_FOUND when nothing has; USAGE when different findings have.

    """
    found = tuple(one for one in result.diagnostics if one.fingerprint.startswith(fingerprint))
    meant = sorted({one.fingerprint for one in found})
    if not found:
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"no finding has the fingerprint {fingerprint}",
            hint="It may be mended or ignored by a comment. Name the file that it was found in, if it is not one of "
            "this project; `xchange validate --output json` shows the fingerprints.",
        )
    if len(meant) > 1:
        hint = f"Say which: {', '.join(meant)}."
        raise XchangeError(ErrorCode.USAGE, f"{len(meant)} fingerprints begin with {fingerprint}", hint=hint)
    return Explained(page(found[0].rule, result.house), found)
