"""The files of packages in a registry: written once, and checked whenever they are read."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Literal, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import FileDigest, Package, PackageFile, digest_of
from xchange_cli.registry.swap import shown
from xchange_cli.storage.store import Store, WriteRefusedError


class Difference(NamedTuple):
    """What is otherwise than a manifest says: `expected` is what it says of a file, `found` what is there.

    `name` is relative to the package. A file that is too many has no `expected`, a missing one no `found`.
    """

    name: str
    kind: Literal["missing", "changed", "extra"]
    expected: FileDigest | None
    found: FileDigest | None


class Packages:
    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, key: str, package: Package) -> None:
        """Write all files and read them back; those that are there already stay.

        Raises:
            XchangeError: INVALID when one is there with another content.

        """
        folder = layout.package(key, package.digest)
        for file in package.files:
            with suppress(WriteRefusedError):  # reading it back says what is wrong with it
                self._store.write(folder + file.name, file.data, if_absent=True)
        for expected in package.digests:
            self._require(folder, expected)

    def fetch(self, manifest: Manifest) -> Package:
        """Give the files of a version, each as its manifest says.

        Raises:
            XchangeError: INVALID when one is missing or has another content.

        """
        folder = layout.package(manifest.key, manifest.digest)
        return Package(self._require(folder, expected) for expected in manifest.files)

    def file(self, manifest: Manifest, name: str) -> bytes | None:
        """Give one file of a version as its manifest says; None where the version has none of this name.

        Raises:
            XchangeError: INVALID when it is missing or has another content.

        """
        folder = layout.package(manifest.key, manifest.digest)
        expected = next((file for file in manifest.files if file.name == name), None)
        return None if expected is None else self._require(folder, expected).data

    def differences(self, manifest: Manifest) -> Iterator[Difference]:
        """Yield what is otherwise than a manifest says, by name."""
        folder = layout.package(manifest.key, manifest.digest)
        expected = {file.name: file for file in manifest.files}
        there = {name.removeprefix(folder) for name in self._store.list(folder)}
        for name in sorted(expected.keys() | there):
            found = self._found(folder, name)
            if name not in expected:
                yield Difference(name, "extra", None, found)
            elif found != expected[name]:
                yield Difference(name, "changed" if found else "missing", expected[name], found)

    def delete_all(self, key: str, *, but: AbstractSet[str]) -> None:
        """Delete the packages of an integration, except those with the given digests."""
        kept = tuple(layout.package(key, digest) for digest in but)
        for name in list(self._store.list(layout.packages(key))):
            if not name.startswith(kept):
                self._store.delete(name)

    def _found(self, folder: str, name: str) -> FileDigest | None:
        blob = self._store.read(folder + name)
        return None if blob is None else digest_of(PackageFile(name, blob.data))

    def _require(self, folder: str, expected: FileDigest) -> PackageFile:
        name = shown(self._store, folder + expected.name)
        blob = self._store.read(folder + expected.name)
        if blob is None:
            message = f"{name} is missing: its SHA-256 digest is to be {expected.sha256}"
            raise XchangeError(ErrorCode.INVALID, message, hint=_HINT)
        file = PackageFile(expected.name, blob.data)
        found = digest_of(file)
        if found != expected:
            message = f"{name} is damaged: its SHA-256 digest is {found.sha256}, not {expected.sha256}"
            raise XchangeError(ErrorCode.INVALID, message, hint=_HINT)
        return file


_HINT = "Take it from git or from a backup: a version never changes."
