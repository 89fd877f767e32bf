"""Work in the working copy goes on where the registry cannot be reached; what it would have said is not known then."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.registry import Registry

Answer = TypeVar("Answer")

_OUT_OF_REACH = frozenset({ErrorCode.NETWORK, ErrorCode.CREDENTIALS})


class Silence(NamedTuple):
    """Why the registry said nothing."""

    error: XchangeError

    @property
    def reason(self) -> str:
        """What is wrong, with the place in a file that is damaged."""
        place = self.error.place
        return f"{place}: {self.error.message}" if place else self.error.message


def asked(ask: Callable[[], Answer], *, whatever_is_wrong: bool = False) -> Answer | Silence:
    """Ask the registry.

    Raises:
        XchangeError: as `ask` does, unless the registry cannot be reached, or nothing depends on the answer.

    """
    try:
        return ask()
    except XchangeError as error:
        if error.code not in _OUT_OF_REACH and not whatever_is_wrong:
            raise
        return Silence(error)


def told(tell: Callable[[], object]) -> Silence | None:
    """Tell the registry what is done already, so that nothing it says can undo it."""
    try:
        tell()
    except XchangeError as error:
        return Silence(error)
    return None


def newest_of(registry: Registry, key: str) -> int | None:
    """Give the number of the newest version; None where there is none, as of a key that no registry can have.

    Raises:
        XchangeError: as the registry does.

    """
    try:
        newest = registry.newest(key)
    except XchangeError as error:
        if error.code is not ErrorCode.USAGE:
            raise
        return None
    return newest.number if newest else None
