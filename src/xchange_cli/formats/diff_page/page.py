"""The whole page: what a new version means for its users, then all changes, which can be filtered by grade."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_words import GRADES
from xchange_cli.formats.diff_page.changes import inline
from xchange_cli.formats.diff_page.integrations import contents, groups, integration, verdict
from xchange_cli.formats.diff_text import summary
from xchange_cli.formats.documentation_page.markup import Html, joined, tag
from xchange_cli.formats.documentation_page.page import framed
from xchange_cli.release.comparing.compared import Differences

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do for the page: paint it."""

_MANY = 300
"""Changes; of so many a browser lays out only those that are seen."""


def page_of(differences: Differences) -> str:
    """Give the page as text."""
    title, compared = _title(differences), differences.compared
    words = ("What differs in meaning", showable(differences.project), differences.made)
    about = tag("p", " · ".join(filter(None, words)), class_="about")
    is_many = sum(len(one.change_set.changes) for one in compared) > _MANY
    body = joined(
        tag("a", "To the changes", class_="skip", href="#text"),
        tag("header", about, tag("h1", title), *_summary(differences), *_troubles(differences)),
        contents(compared, is_one=differences.is_one),
        tag(
            "main",
            _filters(differences),
            *_parts(differences),
            id="text",
            tabindex="-1",
            class_="many" if is_many else None,
        ),
        tag("footer", tag("p", "Made by xchange diff.")),
    )
    style = Path(__file__).with_name("diff.css").read_text(encoding="utf-8")
    return framed(f"{title}: what differs", body, policy=POLICY, more_head=f"<style>\n{style}</style>\n")


def _title(differences: Differences) -> str:
    keys = [one.change_set.key for one in differences.compared]
    return showable(keys[0]) if differences.is_one and keys and keys[0] else "All integrations"


def _summary(differences: Differences) -> Iterator[Html]:
    """Yield the verdict, of several integrations how many of them differ."""
    if not differences.is_one:
        yield tag("p", inline(summary(differences)))
        return
    for one in differences.compared:
        yield from verdict(one)


def _parts(differences: Differences) -> Iterator[Html]:
    for at, one in enumerate(differences.compared):
        yield from groups(one, at, 2) if differences.is_one else (integration(one, at),)


def _troubles(differences: Differences) -> Iterator[Html]:
    """Yield what could not be compared, and why."""
    for error in differences.troubles:
        place = joined(tag("code", showable(str(error.place))), " ") if error.place else ""
        yield tag("p", tag("strong", "Not compared: "), place, inline(error.message), class_="trouble")


def _filters(differences: Differences) -> Html:
    """Give a switch for each grade that there is; the style sheet does what they say."""
    sets = [one.change_set for one in differences.compared]
    numbers = {grade.word: sum(one.count(grade) for one in sets) for grade in GRADES}
    if not any(numbers.values()):
        return Html("")
    switches = (_switch(word, number) for word, number in numbers.items() if number)
    none = tag("p", "All changes are hidden.", class_="hidden", role="status")
    return tag("fieldset", tag("legend", "Show"), *switches, none, class_="filters")


def _switch(word: str, number: int) -> Html:
    box = Html(f'<input type="checkbox" id="show-{word}" checked autocomplete="off">')
    return tag("label", box, f" {word} ", tag("span", f"{number:,}", class_="number"), class_=word)
