"""Whether a version is what was published, and who says so."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.package import INTEGRATION
from xchange_cli.registry.packages import Difference
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Trust
from xchange_cli.release.versions.signed import signed


class Mismatch(NamedTuple):
    """What is otherwise: a file of the version, or a fact such as `digest`.

    `kind` is missing, changed or extra; `expected` and `found` are empty where there is none.
    """

    what: str
    kind: str
    expected: str
    found: str


class Verified(NamedTuple):
    """What was found out about a version of this digest and number of files.

    `trust` is of its signature, `signer` the public key that made it, empty where there is none. `must_be_trusted`
    tells that the project has trusted keys, so that anything else than a signature by one of them is a fault.
    """

    reference: str
    digest: str
    files: int
    mismatches: tuple[Mismatch, ...]
    trust: Trust
    signer: str
    must_be_trusted: bool

    @property
    def is_signed_well(self) -> bool:
        return self.trust is Trust.TRUSTED or not (self.must_be_trusted or self.trust is Trust.WRONG)

    @property
    def is_good(self) -> bool:
        return not self.mismatches and self.is_signed_well


class Subject(StrEnum):
    """What was to be verified."""

    VERSION = "version"
    FILE = "file"
    RECEIPT = "receipt"


class Verification(NamedTuple):
    """`name` is what the user called the subject, `sha256` its digest where it is a file.

    `versions` are those that were looked at: of a file, the ones that were published with its bytes. A receipt of a
    publishing that had nothing to do has none. `elsewhere` is the registry that a receipt is of where versions are missing
    in another one, which is `asked`.
    """

    subject: Subject
    name: str
    sha256: str
    versions: tuple[Verified, ...]
    elsewhere: str = ""
    asked: str = ""

    @property
    def is_good(self) -> bool:
        has_any = bool(self.versions) or self.subject is Subject.RECEIPT
        return has_any and all(version.is_good for version in self.versions)


def verify_version(registry: Registry, manifest: Manifest, trusted: Sequence[str]) -> Verification:
    """Compute every digest of a version again, and check its signature; `trusted` is `trustedKeys` of the project.

    Raises:
        XchangeError: INVALID when a trusted key is none; else as the registry does.

    """
    return Verification(Subject.VERSION, manifest.reference, "", (verified(registry, manifest, trusted),))


def verify_file(
    registry: Registry, name: str, data: bytes, trusted: Sequence[str], likely: str = ""
) -> Verification:
    """Find the versions whose integration file has these bytes, and verify them.

    Integrations are looked at by key, the one of the key `likely` first; the first that has some is the one.

    Raises:
        XchangeError: as `verify_version` does.

    """
    digest = sha256(data).hexdigest()
    for key in sorted(registry.keys(), key=lambda key: (key != likely, key)):
        found = tuple(verified(registry, one, trusted) for one in _with_file(registry, key, digest))
        if found:
            return Verification(Subject.FILE, name, digest, found)
    return Verification(Subject.FILE, name, digest, ())


def verified(registry: Registry, manifest: Manifest, trusted: Sequence[str]) -> Verified:
    """Verify one version.

    Raises:
        XchangeError: as `verify_version` does.

    """
    key, number = manifest.key, manifest.number
    by = signed(manifest.signature, registry.signed_bytes(key, number), trusted)
    return Verified(
        manifest.reference,
        manifest.digest,
        len(manifest.files),
        tuple(map(_mismatch, registry.verify(key, number))),
        by.trust,
        by.signer,
        must_be_trusted=bool(trusted),
    )


def _with_file(registry: Registry, key: str, digest: str) -> Iterator[Manifest]:
    for manifest in registry.versions(key):
        if any((file.name, file.sha256) == (INTEGRATION, digest) for file in manifest.files):
            yield manifest


def _mismatch(difference: Difference) -> Mismatch:
    expected, found = difference.expected, difference.found
    return Mismatch(
        difference.name,
        difference.kind,
        expected.sha256 if expected else "",
        found.sha256 if found else "",
    )
