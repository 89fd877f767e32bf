"""The page in place of documentation that cannot be made: why, where, and what to do."""

from xchange_cli.errors import XchangeError
from xchange_cli.formats.documentation_page.markup import tag
from xchange_cli.formats.documentation_page.page import POLICY, framed


def trouble_page(key: str, error: XchangeError, *, policy: str = POLICY, more_head: str = "") -> str:
    place = tag("p", tag("code", str(error.place))) if error.place else ""
    hint = tag("p", error.hint) if error.hint else ""
    title = f"{key} cannot be shown"
    body = tag("main", tag("h1", title), tag("p", error.message, role="alert"), place, hint)
    return framed(title, body, policy=policy, more_head=more_head)
