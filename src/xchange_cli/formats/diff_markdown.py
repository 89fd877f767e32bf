"""What differs, as Markdown for a comment on a pull request: the verdict, a table of changes, each one folded below."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TextIO, TypeVar

from xchange_cli.formats.change_groups import Told, told_once
from xchange_cli.formats.change_markdown import HEADS, cells, details, has_details
from xchange_cli.formats.change_words import GRADES, counts, grade_word, listed, sentences, sides
from xchange_cli.formats.diff_text import summary
from xchange_cli.formats.folding import cut
from xchange_cli.formats.markdown import code, prose
from xchange_cli.formats.markdown_tables import table
from xchange_cli.formats.set_impacts import OUTCOMES, subjects
from xchange_cli.formats.words import count
from xchange_cli.release.comparing.compared import Compared, Differences

ROOM = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""

_SENTENCE = 1000
_MOST_SETS = 50
_MOST_TROUBLES = 10
_BETWEEN = 10
"""Characters that stand around a piece: bars, blanks, line ends."""

Place = tuple[int, int]
"""The positions of an integration, and of what is told of it."""

P = TypeVar("P")


class _Shown(NamedTuple):
    """What there is room for, by positions; `heads` have the worst integrations first."""

    heads: Mapping[int, tuple[str, ...]]
    rows: Mapping[Place, tuple[str, ...]]
    folded: Mapping[Place, tuple[str, ...]]


def render(differences: Differences, out: TextIO) -> None:
    out.write(markdown(differences))


def markdown(differences: Differences, *notes: str) -> str:
    """Give the whole report; `notes` are sentences that stand below the first verdict."""
    start = [*_start(differences), *map(prose, notes)]
    shown = _chosen(differences, ROOM - sum(map(len, start)))
    parts = [part for at in shown.heads for part in _integration(at, differences.compared[at], shown)]
    hidden = len(differences.compared) - len(shown.heads)
    end = [f"… {count(hidden, 'more integration')}"] if hidden else []
    return "\n\n".join((*start, *parts, *end)) + "\n"


def _start(differences: Differences) -> Iterator[str]:
    yield "### xchange diff"
    if not differences.is_one:
        yield f"{prose(summary(differences))}."
    for error in differences.troubles[:_MOST_TROUBLES]:
        place = f"{code(str(error.place))}: " if error.place else ""
        yield f"**Not compared:** {place}{prose(error.message)}"
    hidden = len(differences.troubles) - _MOST_TROUBLES
    if hidden > 0:
        yield f"… {hidden:,} more not compared"


def _chosen(differences: Differences, room: int) -> _Shown:
    """Choose the worst: integrations, then rows of changes, then what is folded below."""
    compared = differences.compared
    worst = sorted(range(len(compared)), key=lambda at: -(compared[at].grade or 0))
    heads, room = _fitting(
        ((at, tuple(_head(compared[at], is_one=differences.is_one))) for at in worst), room, 0.5
    )
    changes = list(_worst_first(compared, heads))
    rows, room = _fitting(((at, cells(told)) for at, told in changes), room, 0.67)
    shown = ((at, told) for at, told in changes if at in rows and has_details(told))
    folded, _ = _fitting(((at, (details(told),)) for at, told in shown), room, 1)
    return _Shown(heads, rows, folded)


def _fitting(
    pieces: Iterable[tuple[P, tuple[str, ...]]], room: int, share: float
) -> tuple[dict[P, tuple[str, ...]], int]:
    """Take pieces until a share of the room is full, and give the room that is left then."""
    taken: dict[P, tuple[str, ...]] = {}
    least = room - room * share
    for at, texts in pieces:
        size = sum(len(text) + _BETWEEN for text in texts)
        if room - size < least:
            break
        taken[at] = texts
        room -= size
    return taken, room


def _worst_first(compared: tuple[Compared, ...], shown: Iterable[int]) -> Iterator[tuple[Place, Told]]:
    told = {at: told_once(compared[at].change_set.changes) for at in shown}
    for grade in GRADES:
        for at, every in told.items():
            yield from (((at, number), one) for number, one in enumerate(every) if one[0].grade is grade)


def _head(one: Compared, *, is_one: bool) -> Iterator[str]:
    """Yield what stands above the changes of an integration."""
    if not is_one:
        yield f"#### {code(one.change_set.key)}"
    old, new = map(code, sides(one.change_set))
    yield f"{old} → {new}: **{grade_word(one.change_set)}**"
    if one.change_set.changes:
        yield from (prose(cut(sentence, _SENTENCE)) for sentence in sentences(one.verdict))
    if one.impacts is not None:
        yield "\n".join(_sets(one))


def _sets(one: Compared) -> Iterator[str]:
    impacts = one.impacts or ()
    if not impacts:
        yield "It has no config sets."
        return
    rows = (
        (code(it.set_name), OUTCOMES[it.outcome], prose(listed(subjects(it)))) for it in impacts[:_MOST_SETS]
    )
    yield from table(("Config set", "Outcome", "By"), rows)
    if len(impacts) > _MOST_SETS:
        yield f"\n… {count(len(impacts) - _MOST_SETS, 'more config set')}"


def _integration(at: int, one: Compared, shown: _Shown) -> Iterator[str]:
    changes = one.change_set.changes
    yield from shown.heads[at]
    if not changes:
        return
    told = told_once(changes)
    places = [(at, number) for number in sorted(range(len(told)), key=lambda at: -told[at][0].grade)]
    rows = [shown.rows[place] for place in places if place in shown.rows]
    yield counts(changes)
    if rows:
        yield "\n".join(table(HEADS, rows))
    left = sum(len(told[number]) for _, number in places if (at, number) not in shown.rows)
    if left:
        yield f"… {count(left, 'more change')}"
    folded = [text for place in places for text in shown.folded.get(place, ())]
    if folded:
        yield "\n".join(folded)
    hidden = sum(map(has_details, told)) - len(folded)
    if rows and hidden:
        yield f"… before and after of {count(hidden, 'more change')}"
