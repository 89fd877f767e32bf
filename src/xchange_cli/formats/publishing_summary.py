"""What publishing did, as Markdown for the summary of a job on GitHub: each integration, and what kept some back."""

import re
from collections.abc import Iterator, Sequence

from xchange_cli.errors import XchangeError
from xchange_cli.formats.change_groups import told_once
from xchange_cli.formats.change_markdown import HEADS, cells, details
from xchange_cli.formats.markdown import code, pieces, prose
from xchange_cli.formats.markdown_tables import table
from xchange_cli.formats.version_verdict import external_line, verdict_line
from xchange_cli.formats.words import count
from xchange_cli.release.publishing.outcome import Fate, Outcome, PublishResult

_FATES = {Fate.PUBLISHED: "published", Fate.ALREADY: "published already", Fate.WOULD: "would be published"}
_VERSION = re.compile(r"[a-z0-9-]+@[0-9]+\b")
_MOST_INTEGRATIONS = 100
_MOST_TOLD = 30
"""Of changes and findings of an integration: GitHub takes 1 MiB of a step."""


def job_summary(result: PublishResult) -> str:
    """Give Markdown for the summary of a job."""
    parts = ["### xchange publish", *_outcomes(result.outcomes)]
    for one in result.outcomes[:_MOST_INTEGRATIONS]:
        parts += _kept_back(one)
    if result.trouble is not None:
        parts.append(_error(result.trouble))
    parts += map(_prose, result.said)
    return "\n\n".join(parts) + "\n"


def _outcomes(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if not outcomes:
        yield "Nothing has changed since the newest versions."
        return
    yield "\n".join(table(("Version", "Outcome", "What it means"), map(_row, outcomes[:_MOST_INTEGRATIONS])))
    if len(outcomes) > _MOST_INTEGRATIONS:
        yield f"… {count(len(outcomes) - _MOST_INTEGRATIONS, 'more integration')}"


def _row(one: Outcome) -> tuple[str, ...]:
    if one.manifest is None:
        return code(one.key), "**not published**", ""
    said = filter(None, (verdict_line(one), external_line(one), *one.said))
    return code(one.manifest.reference), _FATES[one.fate], "<br>".join(map(_prose, said))


def _kept_back(one: Outcome) -> Iterator[str]:
    """Yield why an integration was not published, with the changes that nobody approved, or the findings."""
    if one.error is None:
        return
    yield f"#### {code(one.key)}"
    yield _error(one.error)
    told = told_once(one.refused)
    if told:
        yield "\n".join(table(HEADS, map(cells, told[:_MOST_TOLD])))
        yield "\n".join(map(details, told[:_MOST_TOLD]))
    found = one.findings[:_MOST_TOLD]
    if found:
        yield "\n".join(f"- {code(str(each.span.place))}: {prose(each.message)}" for each in found)
    left = max(0, len(told) - _MOST_TOLD) + max(0, len(one.findings) - _MOST_TOLD)
    if left:
        yield f"… {left:,} more"


def _error(error: XchangeError) -> str:
    place = f"{code(str(error.place))}: " if error.place is not None else ""
    hint = f"\n\n{_prose(error.hint)}" if error.hint else ""
    return f"{place}{_prose(error.message)}{hint}"


def _prose(text: str) -> str:
    """Give text in which versions are code: after an `@`, GitHub looks for a name."""
    return "".join(
        code(piece) if is_code else prose(_VERSION.sub(r"`\g<0>`", piece)) for is_code, piece in pieces(text)
    )
