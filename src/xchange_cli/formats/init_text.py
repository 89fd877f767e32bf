"""What became of each file of a new project."""

from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.authoring.new_project import NewProject
from xchange_cli.authoring.offer import Fate, Offer
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped

_WORDS = {
    Fate.MADE: ("ok", "made"),
    Fate.EXTENDED: ("ok", "extended"),
    Fate.LEFT: ("dim", "left as it is"),
    Fate.BY_HAND: ("warning", "to do"),
}
_WIDTH = max(len(word) for _, word in _WORDS.values())
_NO_GIT = "There is no git repository here yet: `git init` makes one."


def render(new: NewProject, out: TextIO) -> None:
    style = Style.of(out)
    for offer in new.offers:
        _write(offer, out, style)
    if not new.has_git:
        out.write(f"{_NO_GIT}\n")
    if new.around:
        out.write(
            wrapped(f"This project lies inside of another one: {new.around} does not count here.") + "\n"
        )
    if any(offer.fate is not Fate.LEFT for offer in new.offers):
        where = "" if new.folder == "." else f"cd {shell_word(showable(new.folder))} && "
        out.write(f"next: {where}xchange new acme-orders\n")


def _write(offer: Offer, out: TextIO, style: Style) -> None:
    kind, word = _WORDS[offer.fate]
    why = f": {offer.why}" if offer.why else ""
    line = wrapped(f"{offer.name}{why}", f"{word:<{_WIDTH}}  ")
    out.write(line.replace(word, style.paint(kind, word), 1) + "\n")
    rows = offer.text.split("\n") if offer.text else []
    out.writelines(f"{'':<{_WIDTH}}    {showable(row)}\n" for row in rows)
