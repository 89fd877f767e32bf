"""Texts that users write into a registry, where whoever has it can read them."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.validation.secret_texts import tokens_in


def require_no_secret(what: str, text: str) -> None:
    """Refuse a text with what looks like a secret; `what` is what messages call the text, which they never show.

    Raises:
        XchangeError: USAGE.

    """
    if next(tokens_in(text), None) is not None:
        message = f"{what} holds what looks like a secret, and whoever has the version can read it"
        raise XchangeError(ErrorCode.USAGE, message, hint="Take it out, and replace it if it was shared.")
