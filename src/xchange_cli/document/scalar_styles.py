"""Text as a scalar in a style of YAML's own choosing: which style can hold it, and how it is written there."""

import re
from collections.abc import Iterator

from xchange_cli.document.core_schema import resolve
from xchange_cli.document.quoting import fits_plain, quoted
from xchange_cli.source import Source

WIDTH = 80
_NOT_PRINTED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_NEVER_IN_BLOCK = re.compile(f"[{_NOT_PRINTED}]")
_NEVER_PLAIN = re.compile(f"[{_NOT_PRINTED}\t\n\xa0\xad]|: | #|:$| $")
_FLOW_MARKS = re.compile(r"[,\[\]{}?:]")
_FOLDS = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_BLANK_START = re.compile(r"[ \t]")


def inline(text: str, style: str, quote: str, *, in_flow: bool) -> str:
    """Write text on one line: in the style wanted, or the next one that can hold it; `quote` is for what was plain."""
    if style in {"'", '"'}:
        return quoted(text, style)
    return text if _stands_plain(text, in_flow=in_flow) else quoted(text, quote)


def usual_quote(source: Source) -> str:
    """Give the quotes in which most values of a text stand, single ones where there are none."""
    return '"' if source.text.count(': "') > source.text.count(": '") else "'"


def _stands_plain(text: str, *, in_flow: bool) -> bool:
    if fits_plain(text):
        return True
    is_word = text[:1].isalpha() and resolve(text) == text and len(text) > 3
    return is_word and not _NEVER_PLAIN.search(text) and not (in_flow and _FLOW_MARKS.search(text))


class BlockText:
    """Text that a literal or folded block can hold; `style` is the one it gets."""

    def __init__(self, text: str, style: str) -> None:
        self.style = style
        self._lines = text.rstrip("\n").split("\n")
        self.breaks = len(text) - len(text.rstrip("\n"))

    @classmethod
    def of(cls, text: str, style: str) -> "BlockText | None":
        """Take `style` if it is folded and can hold the text, else the literal one; None where that cannot either."""
        last = text.rstrip("\n").rpartition("\n")[2]
        if not last.strip(" \t") or _NEVER_IN_BLOCK.search(text):
            return None
        folds = style == ">" and not any(map(_BLANK_START.match, text.split("\n")))
        return cls(text, ">" if folds else "|")

    @property
    def needs_indicator(self) -> bool:
        """Tell whether the indentation cannot be seen from the first line with text."""
        first = next(index for index, line in enumerate(self._lines) if line.strip(" \t"))
        return any(map(_BLANK_START.match, self._lines[: first + 1]))

    @property
    def chomping(self) -> str:
        return "-" if self.breaks == 0 else "" if self.breaks == 1 else "+"

    def content(self, indent: int, line_end: str) -> str:
        """Write the lines below the header, each behind its line end."""
        pad = " " * indent
        lines = self._folded(WIDTH - indent) if self.style == ">" else self._lines
        return "".join(f"{line_end}{pad}{line}" if line else line_end for line in lines)

    def _folded(self, width: int) -> Iterator[str]:
        """Yield lines as the folded style has them: one empty line more between two with text."""
        has_text = False
        for line in self._lines:
            if line and has_text:
                yield ""
            yield from _broken(line, width) if line else [""]
            has_text = has_text or bool(line)


def _broken(line: str, width: int) -> Iterator[str]:
    """Break a line at single blanks only: they are what the line breaks give when read."""
    part = ""
    for word in _FOLDS.split(line):
        if part and len(part) + 1 + len(word) > width:
            yield part
            part = word
        else:
            part = f"{part} {word}" if part else word
    yield part
