"""What differs, for people: the verdict first, then a tree of changes, each with before and after."""

from typing import TextIO

from xchange_cli.changes.grade import Grade
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.change_words import GRADES, counts, grade_word, sentences, sides
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, count, wrapped
from xchange_cli.release.comparing.compared import Compared, Differences

STYLES = {Grade.BREAKING: "error", Grade.RISKY: "warning", Grade.SAFE: "ok"}


def render(differences: Differences, out: TextIO) -> None:
    style = Style.of(out)
    if not differences.is_one:
        out.write(wrapped(summary(differences)) + "\n")
    for number, one in enumerate(differences.compared):
        if number or not differences.is_one:
            out.write("\n")
        render_one(one, out, style)


def render_one(one: Compared, out: TextIO, style: Style) -> None:
    """Write what differs of one integration."""
    changes = one.change_set.changes
    out.write(f"{_head(one, style)}\n")
    if changes:
        out.write(f"{counts(changes)}\n\n")
        out.writelines(f"{wrapped(sentence)}\n" for sentence in sentences(one.verdict))
    if one.impacts is not None:
        from xchange_cli.formats.set_impacts import set_lines

        out.write("\n")
        out.writelines(set_lines(one.impacts, style))
    if changes:
        out.write("\n")
        out.writelines(f"{line}\n" for line in tree(changes, style))


def _head(one: Compared, style: Style) -> str:
    """Name the sides and the grade, on two lines where one has no room for them."""
    old, new = (showable(side) for side in sides(one.change_set))
    word = grade_word(one.change_set)
    gap = " " if width(f"{old} → {new}: {word}") <= WIDTH else "\n"
    return f"{old} →{gap}{new}: {style.paint(STYLES[one.grade], word) if one.grade is not None else word}"


def summary(differences: Differences) -> str:
    looked = count(differences.looked, "integration")
    lost = f"; {differences.lost:,} could not be compared" if differences.lost else ""
    number, form = len(differences.compared), len(differences.other_form)
    in_form = f"{_differ(form)} in form only"
    if not differences.looked:
        return "there is no integration to compare"
    if not number and form:
        return f"nothing changed in meaning: {form:,} of {looked} {in_form}{lost}"
    if not number:
        same = differences.looked - differences.lost
        return f"nothing changed in {f'{same:,} of {looked}' if lost else looked}{lost}"
    graded = ((grade, sum(one.grade is grade for one in differences.compared)) for grade in GRADES)
    by_grade = ", ".join(f"{many:,} {grade.word}" for grade, many in graded if many)
    more = f"; {form:,} more {in_form}" if form else ""
    return f"{number:,} of {looked} {_differ(number)}: {by_grade}{more}{lost}"


def _differ(number: int) -> str:
    return "differs" if number == 1 else "differ"
