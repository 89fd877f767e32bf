"""What keeps code from being compiled."""

from typing import NamedTuple


class Fault(NamedTuple):
    """A syntax error; offsets count characters of the code."""

    start: int
    end: int
    message: str
    hint: str = ""
