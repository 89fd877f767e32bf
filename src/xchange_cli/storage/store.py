"""What a store of bytes is: names, bytes and a tag for each state of a name."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Blob(NamedTuple):
    """`tag` is another one for each content that a name has had, or at least for any two that follow each other."""

    data: bytes
    tag: str


class WriteRefusedError(Exception):
    """The condition of a write did not hold: the name is there already, or has another tag now. Nothing was written."""


class Store(Protocol):
    """A store of bytes under names such as `integrations/acme/versions/000004.json`: parts with `/` between them.

    It may be used by several threads. Every method raises XchangeError: NETWORK (retryable) where the store cannot be reached or does not answer after
    retries, CREDENTIALS where it refuses, UNREADABLE where the system does, USAGE for a name that could lead elsewhere.
    """

    @property
    def url(self) -> str:
        """What the user calls the store, without credentials: `registry/`, `s3://bucket/prefix`."""

    @property
    def readers(self) -> int:
        """How many may well read at once: more than one where an answer takes its time."""

    def read(self, name: str) -> Blob | None:
        """Give what a name has, None where there is nothing."""

    def write(self, name: str, data: bytes, *, if_absent: bool = False, if_match: str | None = None) -> str:
        """Write the whole content of a name, and give its tag; nobody ever sees a part of it.

        A write whose answer was lost is read back and recognised as this one by its content.

        Raises:
            WriteRefusedError: with `if_absent`, there is another content; with `if_match`, the tag is another one.

        """

    def list(self, prefix: str, after: str = "") -> Iterator[str]:
        """Yield the names that begin with a prefix, sorted, those behind `after` only."""

    def delete(self, name: str) -> None:
        """Take a name away; it need not be there."""
