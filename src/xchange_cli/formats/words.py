"""Numbers in English, and text in paragraphs."""

from textwrap import TextWrapper

from xchange_cli.formats.cells import showable

WIDTH = 80


def count(number: int, thing: str) -> str:
    """Say `1 file`, `2 files`, `1,300 files`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Break text into lines of 80 columns; `first` starts the first, `rest` (by default blanks) the others.

    What could steer a terminal is replaced.
    """
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(showable(text))
