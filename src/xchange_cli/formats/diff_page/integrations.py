"""One integration on the page: the verdict, its config sets, and its changes flow by flow."""

from collections.abc import Iterator, Sequence

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.impact import Impact
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_groups import Told
from xchange_cli.formats.change_tree import told_sections
from xchange_cli.formats.change_words import GRADES, counts, grade_word, listed, sentences, sides
from xchange_cli.formats.diff_page.changes import badge, change_part, classes, inline
from xchange_cli.formats.documentation_page.markup import Html, joined, tag
from xchange_cli.formats.set_impacts import OUTCOMES, subjects
from xchange_cli.release.comparing.compared import Compared

Anchored = tuple[str, Told]
"""What is told, behind the anchor that links lead to."""


def integration(one: Compared, at: int) -> Html:
    """Give the part of one of several integrations, by its position."""
    head = tag("h2", showable(one.change_set.key), id=f"i{at}", class_="name")
    return tag("section", head, *verdict(one), *groups(one, at, 3), class_="integration")


def verdict(one: Compared) -> Iterator[Html]:
    """Yield what the new version means for those who have the old one deployed."""
    yield _verdict(one)
    yield from _sets(one.impacts)


def groups(one: Compared, at: int, level: int) -> Iterator[Html]:
    """Yield the changes flow by flow, with headings of a level."""
    return (_group(name, found, level) for name, found in _numbered(one.change_set, at))


def contents(compared: Sequence[Compared], *, is_one: bool) -> Html:
    """Give the list of all changes, which lead to where they are told; empty where there are none."""
    entries = [entry for at, one in enumerate(compared) for entry in _entries(one, at, is_one=is_one)]
    if not entries:
        return Html("")
    return tag(
        "nav", tag("details", tag("summary", "Changes"), tag("ul", *entries), open=""), aria_label="Changes"
    )


def _entries(one: Compared, at: int, *, is_one: bool) -> Iterator[Html]:
    listed_groups = [_listed(name, found) for name, found in _numbered(one.change_set, at)]
    if is_one:
        yield from listed_groups
        return
    link = tag("a", showable(one.change_set.key), href=f"#i{at}")
    yield tag("li", joined(link, " ", badge(grade_word(one.change_set))), tag("ul", *listed_groups))


def _listed(name: str, found: Sequence[Anchored]) -> Html:
    links = (
        tag("li", tag("a", _graded(told[0]), href=f"#{anchor}"), class_=f"item {classes(told[0])}")
        for anchor, told in found
    )
    return tag("li", tag("span", inline(name)), tag("ul", *links), class_=_grades(found))


def _graded(change: Change) -> Html:
    """Give the message, and for those who do not see the colour beside it the grade."""
    return joined(tag("span", f"{change.grade.word}: ", class_="unseen"), inline(change.message))


def _numbered(change_set: ChangeSet, at: int) -> Iterator[tuple[str, list[Anchored]]]:
    """Yield the headings with what is told under them, each with its anchor."""
    number = 0
    for name, every in told_sections(change_set.changes):
        yield name, [(f"i{at}-c{number + place}", told) for place, told in enumerate(every)]
        number += len(every)


def _grades(found: Sequence[Anchored]) -> str:
    """Name the grades that are in a group: it is hidden with the last of them."""
    here = {told[0].grade for _, told in found}
    return " ".join(("group", *(f"has-{grade.word}" for grade in GRADES if grade in here)))


def _group(name: str, found: Sequence[Anchored], level: int) -> Html:
    parts = (change_part(told, level + 1, anchor) for anchor, told in found)
    return tag("section", tag(f"h{level}", inline(name)), *parts, class_=_grades(found))


def _verdict(one: Compared) -> Html:
    changes = one.change_set.changes
    old, new = (tag("code", showable(side)) for side in sides(one.change_set))
    word = grade_word(one.change_set)
    told = (
        (tag("p", inline(sentence), class_="sentence") for sentence in sentences(one.verdict))
        if changes
        else ()
    )
    numbers = tag("p", counts(changes), class_="counts") if changes else ""
    head = tag("p", badge(word), " ", old, " → ", new)
    return tag("div", head, *told, numbers, class_=f"verdict {one.grade.word if one.grade else 'none'}")


def _sets(impacts: Sequence[Impact] | None) -> Iterator[Html]:
    """Yield what becomes of the config sets, where somebody asked."""
    if impacts is None:
        return
    if not impacts:
        yield tag("p", "It has no config sets.")
        return
    heads = (tag("th", head, scope="col") for head in ("Config set", "Outcome", "By"))
    rows = (
        tag(
            "tr",
            tag("th", showable(it.set_name), scope="row"),
            tag("td", tag("span", OUTCOMES[it.outcome], class_=f"outcome {it.outcome.name.lower()}")),
            tag("td", inline(listed(subjects(it)))),
        )
        for it in impacts
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sets")
    yield tag("div", table, class_="scroll", role="region", aria_label="Config sets", tabindex="0")
