"""The manifest of a version: everything about it, written once and never changed."""

from typing import Any, NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.registry.fields import Fields
from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.json_bytes import json_bytes
from xchange_cli.registry.package import FileDigest, digest_of_all
from xchange_cli.registry.package_names import require_names
from xchange_cli.registry.signatures import Signature
from xchange_cli.registry.verdict import Verdict, verdict_data, verdict_of

SCHEMA = "xchange.version/1"


class Checked(NamedTuple):
    """What `validate` said before publishing: how many rules were run, and the findings that were left."""

    rules: int
    warnings: int
    infos: int


class ForkBase(NamedTuple):
    """What a fork was made of: a version of the parent, or a commit where it was no version."""

    key: str
    digest: str
    version: int | None = None
    commit: str = ""


class Manifest(NamedTuple):
    """`time` is UTC, `2026-05-01T12:00:00.000Z`; `digest` is of all files; what is unknown is empty or None.

    `labels` are those of the file; those given later are in the version's state. `xchange` is the version of this
    program. `verdict` is about the version before; None for a first one, and where nobody could compare them.
    """

    key: str
    number: int
    external_version: str
    name: str
    description: str
    category: str
    labels: tuple[str, ...]
    note: str
    author: str
    time: str
    digest: str
    files: tuple[FileDigest, ...]
    git: GitFacts | None
    validation: Checked
    verdict: Verdict | None
    fork: ForkBase | None
    xchange: str
    signature: Signature | None

    @property
    def reference(self) -> str:
        """The version as users name it: `acme@4`."""
        return f"{self.key}@{self.number}"


def to_json(manifest: Manifest) -> bytes:
    return json_bytes(data_of(manifest))


def signed_bytes(data: bytes) -> bytes:
    """Give what the signature of a manifest is of: its file without the signature.

    It is made of the file, not of what this program read from it, so that it holds for files of later programs, too.
    """
    return json_bytes({**Fields.read(data, "the manifest", SCHEMA).data, "signature": None})


def data_of(manifest: Manifest) -> dict[str, Any]:
    """Give a manifest as JSON holds it."""
    git, fork = manifest.git, manifest.fork
    return {
        "schema": SCHEMA,
        "key": manifest.key,
        "number": manifest.number,
        "externalVersion": manifest.external_version,
        "name": manifest.name,
        "description": manifest.description,
        "category": manifest.category,
        "labels": list(manifest.labels),
        "note": manifest.note,
        "author": manifest.author,
        "time": manifest.time,
        "digest": manifest.digest,
        "files": [file._asdict() for file in manifest.files],
        "git": None if git is None else _git_data(git),
        "validation": manifest.validation._asdict(),
        "verdict": None if manifest.verdict is None else verdict_data(manifest.verdict),
        "fork": None if fork is None else fork._asdict(),
        "xchange": manifest.xchange,
        "signature": None if manifest.signature is None else manifest.signature._asdict(),
    }


def from_json(data: bytes, name: str) -> Manifest:
    """Read a manifest; `name` is what messages call its file.

    Raises:
        XchangeError: INVALID when a field is absent or wrong, a file's name leads elsewhere, or the digest is not that
            of the files.

    """
    fields = Fields.read(data, name, SCHEMA)
    files = tuple(
        FileDigest(file.text("name"), file.number("size"), file.digest("sha256"))
        for file in fields.parts("files")
    )
    try:
        require_names(file.name for file in files)
    except XchangeError as error:
        raise fields.wrong("files", f"is no package: {error.message}") from error
    digest = fields.digest("digest")
    if digest != digest_of_all(files):
        raise fields.wrong("digest", f"is not that of its files, {digest_of_all(files)}")
    return Manifest(
        key=fields.text("key"),
        number=fields.number("number", 1),
        external_version=fields.text("externalVersion"),
        name=fields.text("name"),
        description=fields.text("description"),
        category=fields.text("category"),
        labels=fields.texts("labels"),
        note=fields.text("note"),
        author=fields.text("author"),
        time=fields.time("time"),
        digest=digest,
        files=files,
        git=_git(fields.part_or_none("git")),
        validation=_checked(fields.part("validation")),
        verdict=_verdict(fields.part_or_none("verdict")),
        fork=_fork(fields.part_or_none("fork")),
        xchange=fields.text("xchange"),
        signature=_signature(fields.part_or_none("signature")),
    )


def _git_data(git: GitFacts) -> dict[str, Any]:
    return {
        "commit": git.commit,
        "branch": git.branch,
        "dirty": git.dirty,
        "repository": git.repository,
        "commitUrl": git.commit_url,
        "pullRequestUrl": git.pull_request_url,
        "tag": git.tag,
    }


def _git(fields: Fields | None) -> GitFacts | None:
    if fields is None:
        return None
    return GitFacts(
        fields.text("commit"),
        fields.text("branch"),
        fields.flag("dirty"),
        fields.text("repository"),
        fields.text("commitUrl"),
        fields.text("pullRequestUrl"),
        fields.text("tag"),
    )


def _checked(fields: Fields) -> Checked:
    return Checked(fields.number("rules"), fields.number("warnings"), fields.number("infos"))


def _verdict(fields: Fields | None) -> Verdict | None:
    return None if fields is None else verdict_of(fields)


def _fork(fields: Fields | None) -> ForkBase | None:
    if fields is None:
        return None
    return ForkBase(
        fields.text("key"),
        fields.digest("digest"),
        fields.number_or_none("version", 1),
        fields.text("commit"),
    )


def _signature(fields: Fields | None) -> Signature | None:
    if fields is None:
        return None
    return Signature(fields.text("algorithm"), fields.text("key"), fields.text("value"))
