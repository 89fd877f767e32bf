"""A new key: lines for `xchange.yaml`, and what to know of the file beside them."""

from typing import TextIO

from xchange_cli.formats import warning_text
from xchange_cli.formats.words import wrapped
from xchange_cli.release.versions.keys import WrittenKey


def render(key: WrittenKey, out: TextIO) -> None:
    """Write what belongs into `xchange.yaml`, and nothing else: it can be appended to the file."""
    out.write(f"trustedKeys:\n  - {key.public}\n")


def tell(key: WrittenKey, out: TextIO) -> None:
    """Say where the private half is and what to do with both."""
    out.write(wrapped(f"The private key is in {key.file}; keep it secret, and keep a copy.") + "\n")
    out.write(
        wrapped(f"Put these lines into xchange.yaml, and sign with `xchange publish --sign {key.file}`.")
        + "\n"
    )
    if key.is_seen_by_git:
        warning_text.render(f"git does not ignore {key.file}; see that it is never committed", out)
