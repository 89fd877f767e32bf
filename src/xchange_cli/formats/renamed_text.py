"""What a renaming changed, and what it left to the user."""

from collections.abc import Sequence
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.findings_text import write_excerpt
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import wrapped
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.result import Certainty, Doubt, Renamed

MOST_SHOWN = 20

_WORDS = {Kind.FLOW: "flow", Kind.STEP: "step", Kind.CONFIG_VAR: "config variable"}
_HEADS = {
    Certainty.UNSURE: ("error", "Not sure, left unchanged"),
    Certainty.MENTION: ("info", "Mentioned, left unchanged"),
}
_IDENTITY = {
    Kind.FLOW: "A hosted platform takes a renamed flow for a new one, with a URL of its own, unless "
    "the file says `renameAttributes: {flows: [{oldName: …, newName: …}]}`.",
    Kind.CONFIG_VAR: "A hosted platform takes a renamed config variable for a new one without values, unless "
    "the file says `renameAttributes: {requiredConfigVars: [{oldName: …, newName: …}]}`.",
}


def render(result: Renamed, out: TextIO) -> None:
    if not result.files:
        out.write(f"{_subject(result)} has this name already; nothing to do\n")
        return
    style = Style.of(out)
    done = "renamed" if result.is_written else "would rename"
    out.write(f"{done} {_subject(result)} to `{showable(result.subject.new.name)}`\n\n")
    rows = [(file.source.name, f"{len(file.places):,}") for file in result.files]
    out.writelines(table(("FILE", "PLACES"), rows, style, indent="  "))
    for certainty in Certainty:
        _write_doubts(result.doubts_of(certainty), certainty, out, style)
    note = _IDENTITY.get(result.subject.target.kind)
    if note:
        out.write("\n" + wrapped(note, "note: ") + "\n")


def _subject(result: Renamed) -> str:
    subject = result.subject
    flow = f" of `{showable(subject.flow)}`" if subject.flow else ""
    return f"the {_WORDS[subject.target.kind]} `{showable(subject.old)}`{flow}"


def _write_doubts(doubts: Sequence[Doubt], certainty: Certainty, out: TextIO, style: Style) -> None:
    if not doubts:
        return
    paint, head = _HEADS[certainty]
    title = f"{head} ({len(doubts):,}):"
    out.write(f"\n{style.paint('bold', title)}\n")
    for doubt in doubts[:MOST_SHOWN]:
        place = style.paint("bold", f"{showable(str(doubt.span.place))}:")
        out.write(f"{place} {doubt.reason}\n")
        write_excerpt(doubt.span, paint, out, style)
    if len(doubts) > MOST_SHOWN:
        out.write(f"… {len(doubts) - MOST_SHOWN:,} more; --output json shows all\n")
