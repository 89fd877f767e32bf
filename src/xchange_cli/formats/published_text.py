"""The versions that publishing gave, one a line for other programs: key, number, digest."""

from typing import TextIO

from xchange_cli.release.publishing.outcome import PublishResult


def render(result: PublishResult, out: TextIO) -> None:
    for one in result.outcomes:
        if one.manifest is not None:
            out.write(f"{one.key} {one.manifest.number} {one.manifest.digest}\n")
