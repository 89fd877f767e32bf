"""What is odd about a request in a file, though it can be read."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Oddity(NamedTuple):
    """`line` and `column` tell where in the file; 0 where that is not known."""

    message: str
    line: int = 0
    column: int = 0

    def told(self, name: str) -> str:
        """Say it with the name of the file."""
        place = f"{name}:{self.line}:{self.column}" if self.line else name
        return f"{place}: {self.message}"


def repeated(kind: str, keys: Iterable[str]) -> list[Oddity]:
    """Tell of names that stand there more than once: what platforms make of them is not documented."""
    counts = Counter(keys)
    return [
        Oddity(f"several {kind} are called `{key}`; the last one counts")
        for key, count in counts.items()
        if count > 1
    ]
