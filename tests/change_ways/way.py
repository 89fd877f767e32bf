"""What a way to change an integration is, and where the ways are."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

from change_ways.file import File, Path
from xchange_cli.changes.grade import Grade

SAFE, RISKY, BREAKING = Grade.SAFE, Grade.RISKY, Grade.BREAKING


class Reported(NamedTuple):
    """A change that has to be reported; `name` is that of the part that it is about, empty where it does not matter."""

    kind: str
    grade: Grade
    name: str = ""


class Site(NamedTuple):
    """One place of one file where a way applies.

    `make` changes the file; what is `touches` must be as it was found for `reports` to be all that is reported.
    A site that is `backwards` makes the old file of the correct one, not the new file.
    """

    make: Callable[[], object]
    reports: tuple[Reported, ...]
    touches: tuple[Path, ...]
    backwards: bool = False

    def turned(self, *reports: Reported) -> "Site":
        """Give the same change the other way round, which is reported otherwise."""
        return self._replace(backwards=not self.backwards, reports=reports)


Find = Callable[[File], Iterator[Site]]


class Way(NamedTuple):
    """`find` yields the places where it applies, those of the same file always in the same order."""

    name: str
    family: str
    why: str
    find: Find

    @property
    def is_change(self) -> bool:
        """Tell a way that changes what the integration means from one that only writes it otherwise."""
        return self.family != "unchanged"


def ways() -> tuple[Way, ...]:
    """Find the public functions of the modules of `families`, in their order there."""
    package = importlib.import_module("change_ways.families")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(way for name in names for way in _of_family(name))


def _of_family(family: str) -> Iterator[Way]:
    module = importlib.import_module(f"change_ways.families.{family}")
    for name, function in vars(module).items():
        is_own = inspect.isfunction(function) and function.__module__ == module.__name__
        if is_own and not name.startswith("_"):
            why = " ".join((function.__doc__ or "").split())
            yield Way(name.replace("_", " "), family.replace("_", " "), why, function)
