"""What is to be published, and what was."""

from collections.abc import Callable
from typing import NamedTuple

from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.manifest import Checked, ForkBase, Manifest, signed_bytes, to_json
from xchange_cli.registry.package import Package
from xchange_cli.registry.signatures import Signature
from xchange_cli.registry.verdict import Verdict


class Judged(NamedTuple):
    """What a version says of itself by comparison with the one before it."""

    verdict: Verdict | None
    external_version: str


class Draft(NamedTuple):
    """A manifest without what publishing gives it: number, time, digests, verdict, signature.

    `time` is set by the registry where it is empty. `sign` makes the signature of bytes; it is called again whenever
    the number changes. `judge` compares with the version before, None for a first one; it is called again whenever
    somebody else has taken the number. What it raises ends the publishing, with no version made.
    """

    key: str
    name: str
    description: str
    category: str
    labels: tuple[str, ...]
    note: str
    author: str
    validation: Checked
    xchange: str
    external_version: str = ""
    git: GitFacts | None = None
    fork: ForkBase | None = None
    time: str = ""
    sign: Callable[[bytes], Signature] | None = None
    judge: Callable[[Manifest | None], Judged] | None = None

    def judged(self, before: Manifest | None) -> Judged:
        """Compare with the version before, where anybody can."""
        return Judged(None, self.external_version) if self.judge is None else self.judge(before)


class Published(NamedTuple):
    """`is_new` is False where the newest version has just this content already.

    `before` is the version that a new one comes after, None for a first one.
    """

    manifest: Manifest
    is_new: bool
    before: Manifest | None = None


def manifest_of(draft: Draft, package: Package, number: int, judged: Judged | None = None) -> Manifest:
    """Make the manifest of a version; without `judged` it says nothing of the version before."""
    verdict, external_version = judged or (None, draft.external_version)
    manifest = Manifest(
        key=draft.key,
        number=number,
        external_version=external_version,
        name=draft.name,
        description=draft.description,
        category=draft.category,
        labels=draft.labels,
        note=draft.note,
        author=draft.author,
        time=draft.time,
        digest=package.digest,
        files=package.digests,
        git=draft.git,
        validation=draft.validation,
        verdict=verdict,
        fork=draft.fork,
        xchange=draft.xchange,
        signature=None,
    )
    if draft.sign is None:
        return manifest
    return manifest._replace(signature=draft.sign(signed_bytes(to_json(manifest))))


def is_same(manifest: Manifest, draft: Draft, package: Package) -> bool:
    """Tell whether a version is what a draft would give; one without an external version takes any."""
    names = {"", manifest.external_version}
    return manifest.digest == package.digest and draft.external_version in names
