"""The text of a command's help: its docstring, fit for any width."""

import re
from inspect import cleandoc
from textwrap import fill

_WIDTH = 78
_ROW = re.compile(r"  (?:\d+  |\S.*?  +)(?=\S)")


def flowed(docstring: str) -> str:
    """Join the lines of each paragraph, since the terminal breaks them; indented blocks keep theirs.

    A row of two columns that is too long goes on below its second column.
    """
    return "\n\n".join(map(_paragraph, cleandoc(docstring).split("\n\n")))


def _paragraph(text: str) -> str:
    if text.startswith(" "):
        return "\n".join(map(_row, text.split("\n")))
    return " ".join(text.split("\n"))


def _row(line: str) -> str:
    head = _ROW.match(line)
    if head is None or len(line) <= _WIDTH:
        return line
    rest, indent = line[head.end() :], " " * head.end()
    return fill(rest, _WIDTH, initial_indent=head[0], subsequent_indent=indent, break_long_words=False)
