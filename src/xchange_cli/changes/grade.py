"""How much a change matters to those who have the integration deployed."""

from enum import IntEnum
from typing import NamedTuple


class Grade(IntEnum):
    """SAFE: nobody notices. RISKY: it may do something else than they expect. BREAKING: somebody has to act, or loses."""

    SAFE = 1
    RISKY = 2
    BREAKING = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Judgement(NamedTuple):
    """`reason` is one sentence for those who have it deployed; empty for what is safe without a word."""

    grade: Grade
    reason: str = ""


SAFE = Judgement(Grade.SAFE)


def risky(reason: str) -> Judgement:
    return Judgement(Grade.RISKY, reason)


def breaking(reason: str) -> Judgement:
    return Judgement(Grade.BREAKING, reason)
