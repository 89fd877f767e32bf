"""One change on the page: its grade and message, why, and both sides beside each other."""

from xchange_cli.changes.change import Change
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_groups import Told
from xchange_cli.formats.diff_page.rows import Cell, Row, rows
from xchange_cli.formats.documentation_page.markup import Html, joined, tag, text_of
from xchange_cli.formats.markdown import pieces
from xchange_cli.formats.words import count
from xchange_cli.source import Span


def change_part(told: Told, level: int, anchor: str) -> Html:
    """Give the article of a change, or of several told once, with a heading of a level; links lead to `anchor`."""
    change, is_one = told[0], len(told) == 1
    step = (
        tag("p", "step ", tag("code", showable(change.step)), class_="step") if change.step and is_one else ""
    )
    return tag(
        "article",
        step,
        tag(f"h{level}", badge(change.grade.word), " ", inline(change.message)),
        tag("p", inline(change.reason), class_="reason") if change.reason else "",
        _approval(change),
        _sides(change) if is_one else _steps(told),
        _about(change) if is_one else "",
        class_=f"change {classes(change)}",
        id=anchor,
    )


def classes(change: Change) -> str:
    """Give what styles and filters know a change by."""
    return change.grade.word if change.approved is None else f"{change.grade.word} approved"


def badge(word: str) -> Html:
    return tag("span", word, class_=f"grade {word.partition(' ')[0]}")


def inline(text: str) -> Html:
    """Give a text in which names stand between backquotes."""
    return joined(*(tag("code", piece) if is_code else piece for is_code, piece in pieces(text)))


def _approval(change: Change) -> Html:
    if change.approved is None:
        return Html("")
    return tag("p", tag("strong", "Approved: "), showable(change.approved), class_="approval")


def _about(change: Change) -> Html:
    """Say what it is called, by what it can be approved, and where it is."""
    words = (change.kind, change.fingerprint, _place(change))
    return tag("p", *(joined(tag("code", word), " ") for word in words if word), class_="about")


def _steps(told: Told) -> Html:
    """Say in which steps, by what each of them can be approved, and where it is."""
    heads = (tag("th", head, scope="col") for head in ("Step", "Fingerprint", "Place"))
    rows = (
        tag(
            "tr",
            tag("th", showable(one.step), scope="row"),
            *(tag("td", tag("code", text)) for text in (one.fingerprint, _place(one))),
        )
        for one in told
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sets")
    label = f"{count(len(told), 'step')}, {told[0].kind}"
    return tag("div", table, class_="scroll alike", role="region", aria_label=label, tabindex="0")


def _sides(change: Change) -> Html:
    """Give a table of both sides; the roles keep it one where a narrow window shows each row as a block."""
    found = rows(change)
    if not found:
        return Html("")
    sides = (("Before", change.old_span), ("After", change.new_span))
    heads = (tag("th", _head(word, span), scope="col", role="columnheader") for word, span in sides)
    return tag(
        "table",
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
        tag("tbody", *map(_row, found), role="rowgroup"),
        class_="sides",
        role="table",
    )


def _head(word: str, span: Span | None) -> str:
    return f"{word}: not there" if span is None else f"{word}, line {span.first.line:,}"


def _place(change: Change) -> str:
    span = change.new_span or change.old_span
    return showable(str(span.place)) if span is not None else ""


def _row(row: Row) -> Html:
    if row.note:
        return tag("tr", tag("td", showable(row.note), colspan="2", role="cell"), class_="note", role="row")
    is_same = row.old is not None and row.new is not None and row.old.parts == row.new.parts
    cells = (
        _cell(row.old, "same" if is_same else "gone", "del"),
        _cell(row.new, "same" if is_same else "came", "ins"),
    )
    return tag("tr", *cells, role="row")


def _cell(cell: Cell | None, kind: str, mark: str) -> Html:
    if cell is None:
        return tag("td", class_="none", role="cell")
    parts = (
        tag(mark, showable(part.text)) if part.differs else text_of(showable(part.text))
        for part in cell.parts
    )
    number = str(cell.number) if cell.number is not None else None
    return tag("td", *parts, class_=kind, role="cell", data_line=number)
