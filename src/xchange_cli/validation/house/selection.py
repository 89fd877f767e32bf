"""Which parts of an integration a rule is about."""

from typing import NamedTuple

from xchange_cli.validation.house.around import Around, Read
from xchange_cli.validation.house.globs import Globs

KINDS = ("input", "trigger", "step", "configVar", "flow", "integration")
"""Parts from the inside out."""

AROUND = {
    "integration": ("integration",),
    "flow": ("integration", "flow"),
    "step": ("integration", "flow", "step", "trigger"),
    "trigger": ("integration", "flow", "trigger"),
    "configVar": ("integration", "configVar"),
    "input": KINDS,
}
"""What a selection may name together with each kind that is looked at."""


Tests = tuple[tuple[Read, Globs], ...]


class Selection(NamedTuple):
    """Takes what passes all tests; those of an input itself are apart. `kinds` are those that the selection names."""

    kinds: frozenset[str]
    tests: Tests
    of_input: Tests = ()

    @property
    def looks_at(self) -> str:
        """The innermost kind that is named."""
        return next(kind for kind in KINDS if kind in self.kinds)

    def takes(self, around: Around) -> bool:
        return _pass(self.tests, around) and _pass(self.of_input, around)

    def may_take_inputs(self, around: Around) -> bool:
        """Tell of a step or config variable whether inputs of it can be taken, before one of them is looked at."""
        return _pass(self.tests, around)


def _pass(tests: Tests, around: Around) -> bool:
    for read, globs in tests:  # noqa: SIM110 - this runs for each step and each rule, and a loop is faster
        if not globs.take(read(around)):
            return False
    return True
