"""What `validate` found, as Markdown: for a comment on a pull request, or for a job's summary."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.formats import known_text, markdown_tables
from xchange_cli.formats.markdown import code, prose
from xchange_cli.formats.style import Style
from xchange_cli.formats.tally import tally
from xchange_cli.formats.words import count
from xchange_cli.validation.result import ValidationResult

ROOM = 60_000
"""Characters for findings: GitHub and GitLab refuse a comment that is much longer."""


def render(result: ValidationResult, out: TextIO) -> None:
    out.write(markdown(result))


def markdown(result: ValidationResult, *notes: str) -> str:
    """Give the whole report; `notes` are sentences that stand below the verdict."""
    verdict = f"**{'Passed' if result.ok else 'Failed'}.** {tally(result, Style(is_on=False))}"
    known = (f"{line}." for line in known_text.lines(result.baseline))
    parts = ["### xchange validate", verdict, *map(prose, (*known, *notes)), *_tables(result)]
    return "\n\n".join(parts) + "\n"


def _tables(result: ValidationResult) -> Iterator[str]:
    if result.set_checks:
        yield "\n".join(markdown_tables.matrix(result.matrix))
    if result.counts is not None:
        yield "\n".join(markdown_tables.statistics(result.counts))
        return
    shown = _fitting(result.diagnostics)
    for name in dict.fromkeys(map(_name, shown)):
        yield "\n".join(_file(name, [found for found in shown if _name(found) == name]))
    hidden = len(result.diagnostics) - len(shown)
    if hidden:
        yield f"Only the worst are shown here: {count(hidden, 'more finding')} did not fit."


def _fitting(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Choose the worst findings that there is room for, in their order."""
    numbered = sorted(enumerate(found), key=lambda pair: (pair[1].severity.rank, pair[0]))
    room, chosen = ROOM, []
    for number, finding in numbered:
        room -= sum(map(len, (*_cells(finding), *_advice(finding), _name(finding))))
        if room < 0:
            break
        chosen.append((number, finding))
    return [finding for _, finding in sorted(chosen, key=lambda pair: pair[0])]


def _name(found: Diagnostic) -> str:
    return found.span.source.name


def _file(name: str, found: list[Diagnostic]) -> Iterator[str]:
    yield f"#### {code(name)}\n"
    yield from markdown_tables.table(("Place", "Severity", "Finding", "Rule"), map(_cells, found))
    advice = [line for finding in found for line in _advice(finding)]
    if advice:
        yield "\n<details><summary>What to do</summary>\n"
        yield from advice
        yield "\n</details>"


def _cells(found: Diagnostic) -> tuple[str, ...]:
    return (_place(found), found.severity.value, prose(found.message), code(found.rule))


def _advice(found: Diagnostic) -> Iterator[str]:
    """Yield the hint of a finding and the other places that explain it, as items of a list."""
    if found.hint or found.related:
        yield f"- {_place(found)} {code(found.rule)} {prose(found.hint)}".rstrip()
    for related in found.related:
        yield f"  - {code(str(related.span.place))} {prose(related.message)}"


def _place(found: Diagnostic) -> str:
    first = found.span.first
    return f"{first.line}:{first.column}"
