"""The receipt of a publishing: which versions it gave, by their digests, so that they can be verified later."""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import exists, is_folder
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.registry.fields import Fields
from xchange_cli.registry.json_bytes import json_bytes
from xchange_cli.registry.manifest import Manifest, signed_bytes, to_json
from xchange_cli.registry.package import FileDigest, digest_of_all
from xchange_cli.source import require_file

SCHEMA = "xchange.receipt/1"


class ReceiptLine(NamedTuple):
    """A version: `digest` is of all its files, `manifest` of what its signature would be of: the manifest without it."""

    key: str
    number: int
    digest: str
    manifest: str
    files: tuple[FileDigest, ...]


class Receipt(NamedTuple):
    """`registry` is what the user called it."""

    registry: str
    versions: tuple[ReceiptLine, ...]


def receipt_of(registry: str, versions: Iterable[Manifest]) -> Receipt:
    return Receipt(registry, tuple(map(_line, versions)))


def manifest_digest(manifest: bytes) -> str:
    """Give the digest of a manifest's file, whoever has signed it."""
    return sha256(signed_bytes(manifest)).hexdigest()


def to_json_bytes(receipt: Receipt) -> bytes:
    return json_bytes(
        {
            "schema": SCHEMA,
            "registry": receipt.registry,
            "versions": [
                {**one._asdict(), "files": [file._asdict() for file in one.files]} for one in receipt.versions
            ],
        }
    )


def read_receipt(data: bytes, name: str) -> Receipt:
    """Read a receipt; `name` is what messages call its file.

    Raises:
        XchangeError: INVALID when it is none, or was changed.

    """
    fields = Fields.read(data, name, SCHEMA)
    return Receipt(fields.text("registry"), tuple(map(_read, fields.parts("versions"))))


def require_writable(path: Path, name: str) -> None:
    """Refuse a place where no receipt could be written, before anything is published; only a receipt is replaced.

    Raises:
        XchangeError: UNREADABLE; CONFLICT when there is another file.

    """
    existing = next((place for place in (path, *path.parents) if exists(place)), path)
    if is_folder(path) or (existing != path and not is_folder(existing)):
        message = f"no receipt can be written to {name}: "
        message += "it is a folder" if is_folder(path) else "its folder is a file"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Nothing was published.")
    _try_to_write(path, existing if is_folder(existing) else existing.parent, name)
    before = _before(path, name)
    if before and not _is_receipt(before):
        message = f"{name} is there already and is no receipt, so it is not replaced"
        raise XchangeError(ErrorCode.CONFLICT, message, hint="Name another file. Nothing was published.")


def write_receipt(receipt: Receipt, path: Path, name: str) -> None:
    """Write a receipt; what `require_writable` has found there is replaced.

    Raises:
        XchangeError: UNREADABLE when it cannot be written.

    """
    write_all([FileChange(path, name, _before(path, name), to_json_bytes(receipt))])


def _try_to_write(path: Path, folder: Path, name: str) -> None:
    """Look for the path, and make a file in the folder that is there, which goes at once."""
    try:
        with suppress(FileNotFoundError):
            path.lstat()
        with TemporaryFile(dir=folder, prefix=".xchange-"):
            return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"no receipt can be written to {name}: {reason}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Nothing was published.") from error


def _before(path: Path, name: str) -> bytes | None:
    try:
        if not exists(path):
            return None
        require_file(name, path.stat().st_mode)
        return path.read_bytes()
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message) from error


def _is_receipt(data: bytes) -> bool:
    try:
        Fields.read(data, "", SCHEMA)
    except XchangeError:
        return False
    return True


def _line(manifest: Manifest) -> ReceiptLine:
    return ReceiptLine(
        manifest.key, manifest.number, manifest.digest, manifest_digest(to_json(manifest)), manifest.files
    )


def _read(fields: Fields) -> ReceiptLine:
    files = tuple(
        FileDigest(file.text("name"), file.number("size"), file.digest("sha256"))
        for file in fields.parts("files")
    )
    digest = fields.digest("digest")
    if digest != digest_of_all(files):
        raise fields.wrong("digest", f"is not that of its files, {digest_of_all(files)}")
    return ReceiptLine(
        fields.text("key"), fields.number("number", 1), digest, fields.digest("manifest"), files
    )
