"""What trials add up to: for one mutation, for a family, for all."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mutations.harness import Trial, Verdict


class Tally(NamedTuple):
    """Mutations and sites: how many there are, and how many are caught at the right place.

    A mutation is caught when it is at all of its sites; one without a site counts for nothing.
    """

    mutations: int
    caught_mutations: int
    sites: int
    caught: int
    elsewhere: int

    @property
    def missed(self) -> int:
        return self.sites - self.caught - self.elsewhere

    @property
    def share(self) -> float:
        """Share of mutations that are caught, 0 to 1."""
        return self.caught_mutations / self.mutations

    @property
    def share_of_sites(self) -> float:
        return self.caught / self.sites


def tally(trials: Sequence[Trial]) -> Tally:
    """Add up the trials of one mutation."""
    caught = sum(trial.verdict is Verdict.CAUGHT for trial in trials)
    elsewhere = sum(trial.verdict is Verdict.ELSEWHERE for trial in trials)
    return Tally(int(bool(trials)), int(0 < len(trials) == caught), len(trials), caught, elsewhere)


def total(tallies: Iterable[Tally]) -> Tally:
    columns = zip(*tallies, strict=True)
    return Tally(*(sum(column) for column in columns))
