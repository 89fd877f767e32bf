"""What a version consists of: files, and the digest of them all."""

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from xchange_cli.registry.package_names import require_names

INTEGRATION = "integration.yml"
"""The name of the integration's file in every package, whatever its name was."""


class PackageFile(NamedTuple):
    """`name` has `/` between its parts and is relative to the package: `docs/setup.md`."""

    name: str
    data: bytes


class FileDigest(NamedTuple):
    """`size` is in bytes, `sha256` has 64 hex digits."""

    name: str
    size: int
    sha256: str


class Package:
    """Files sorted by name. Two packages are equal when their digests are.

    Raises:
        XchangeError: INVALID when a name leads elsewhere or some system cannot hold it.

    """

    def __init__(self, files: Iterable[PackageFile]) -> None:
        self.files = tuple(sorted(files))
        require_names(file.name for file in self.files)

    def file(self, name: str) -> bytes | None:
        """Give the content of a file, None where there is none of this name."""
        return next((file.data for file in self.files if file.name == name), None)

    @cached_property
    def digests(self) -> tuple[FileDigest, ...]:
        return tuple(digest_of(file) for file in self.files)

    @cached_property
    def digest(self) -> str:
        return digest_of_all(self.digests)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Package) and self.digest == other.digest

    __hash__ = None  # type: ignore[assignment]


def digest_of(file: PackageFile) -> FileDigest:
    return FileDigest(file.name, len(file.data), sha256(file.data).hexdigest())


def digest_of_all(files: Iterable[FileDigest]) -> str:
    """Give the SHA-256 of the sorted lines `sha256  size  name`, each with a line feed at its end."""
    lines = sorted(f"{file.sha256}  {file.size}  {file.name}\n" for file in files)
    return sha256("".join(lines).encode()).hexdigest()
