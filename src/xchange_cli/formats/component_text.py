"""One component: what it offers."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from xchange_cli.components.lookup import ComponentPage
from xchange_cli.components.spec import ActionSpec, ConnectionSpec
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import wrapped

_CONFIDENCE = {
    "verified-from-source": "read from its source",
    "from-docs": "from its documentation",
    "from-usage": "from exported integrations that use it",
}


def render(result: ComponentPage, out: TextIO) -> None:
    style, spec = Style.of(out), result.spec
    kind = f"own {spec.kind}" if spec.is_own else spec.kind
    out.write(f"{style.paint('bold', showable(spec.key))}: {showable(spec.title)} ({showable(kind)})\n")
    if spec.summary:
        out.write(wrapped(spec.summary) + "\n")
    out.write(wrapped(f"How sure: {_CONFIDENCE.get(spec.confidence, spec.confidence)}.") + "\n")
    _actions("Actions", spec.actions.values(), result.local, out, style)
    _actions("Triggers", spec.triggers.values(), result.local, out, style)
    _connections(spec.connections.values(), out, style)
    _lines("Data sources", spec.data_sources, out, style)
    _lines("Notes", spec.notes, out, style)


def _actions(
    heading: str, specs: Iterable[ActionSpec], local: frozenset[str], out: TextIO, style: Style
) -> None:
    rows = [
        (spec.key, "yes" if spec.key in local else "", spec.effect.value, spec.summary or spec.title)
        for spec in specs
    ]
    _table(heading, ("KEY", "RUNS HERE", "EFFECT", "WHAT IT DOES"), rows, out, style)


def _connections(specs: Iterable[ConnectionSpec], out: TextIO, style: Style) -> None:
    rows = [(spec.key, "OAuth 2.0" if spec.oauth2 else "", ", ".join(spec.inputs) or "-") for spec in specs]
    _table("Connections", ("KEY", "KIND", "FIELDS"), rows, out, style)


def _table(
    heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]], out: TextIO, style: Style
) -> None:
    if rows:
        out.write(f"\n{style.paint('bold', heading)}\n")
        out.writelines(table(heads, rows, style, "  "))


def _lines(heading: str, lines: Iterable[str], out: TextIO, style: Style) -> None:
    texts = list(lines)
    if texts:
        out.write(f"\n{style.paint('bold', heading)}\n")
        out.writelines(wrapped(text, "  - ") + "\n" for text in texts)
