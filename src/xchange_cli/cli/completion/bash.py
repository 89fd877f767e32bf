r"""Bash: it cuts words at `=`, `:` and `@`, completes only the last piece, and inserts what it is given as it is.

So a name with blanks or quotes is written the way that the user has begun to quote it: `Receive\ Order` without a
quotation mark, `Receive Order` behind `'`, where Bash adds the closing one.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.shell import Answer, Shell
from xchange_cli.cli.completion.typed import POSIX, Line, split, word_of

_CUTS = frozenset("=:@")
_SPECIAL = re.compile(r"[ !\"#$&'()*;<>?\[\\\]^`{|}~]")
_SPECIAL_IN_DOUBLE = re.compile(r'["\\$`]')


def _read(environment: Mapping[str, str]) -> Line:
    """Take the pieces, which come one a line, together again; a whole line of them is understood, too."""
    words, place = environment["COMP_WORDS"], int(environment["COMP_CWORD"])
    pieces = words.split("\n") if "\n" in words else [word.raw for word in split(words, POSIX)]
    pieces += [""] * (place + 1 - len(pieces))
    groups = _groups(pieces)
    at = next(number for number, group in enumerate(groups) if place in group)
    texts = tuple(word_of("".join(pieces[group.start : group.stop])).text for group in groups)
    start, is_cut = groups[at].start, _is_cut(pieces[place])
    return Line(
        words=texts[:at],
        current=word_of("".join(pieces[start : place + 1])),
        after=tuple(text for text in texts[at + 1 :] if text),
        head=word_of("".join(pieces[start : place + is_cut])).text,
    )


def _groups(pieces: Sequence[str]) -> list[range]:
    """Find which pieces behind the program's name stand without a blank between them."""
    joined = (bool(right) and (_is_cut(left) or _is_cut(right)) for left, right in pairwise(pieces))
    starts = [place for place, is_joined in enumerate(joined, 1) if place == 1 or not is_joined]
    return [range(start, stop) for start, stop in pairwise([*starts, len(pieces)])]


def _is_cut(piece: str) -> bool:
    return piece != "" and _CUTS.issuperset(piece)


def _write(_environment: Mapping[str, str], line: Line, found: Sequence[Offer]) -> Answer:
    rests = (offer.value[len(line.head) :] for offer in found)
    return Answer("\n".join(_quoted(rest, line.current.quote) for rest in rests))


def _quoted(text: str, quote: str) -> str:
    if quote == "'":
        return text.replace("'", r"'\''")
    return (_SPECIAL_IN_DOUBLE if quote else _SPECIAL).sub(r"\\\g<0>", text)


BASH = Shell(_read, _write, is_described=False)
