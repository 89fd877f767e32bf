"""`fork.json` beside a fork says where it is from; `fork.base.yml` is its parent's file as it was then."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from xchange_cli.document.json_text import read_json
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.project.published_files import is_published
from xchange_cli.registry.json_bytes import json_bytes
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.source import Source

FORK_FILE = "fork.json"
BASE_FILE = "fork.base.yml"
_SCHEMA = "xchange.fork/1"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def fork_json(base: ForkBase, beside: Mapping[str, bytes]) -> bytes:
    """Give the content of `fork.json`; `beside` are the parent's other files, of which it names those that are published."""
    files = {name: file_digest(data) for name, data in sorted(beside.items()) if is_published(name)}
    told = {"parent": base.key, "version": base.version, "commit": base.commit or None, "digest": base.digest}
    return json_bytes({"schema": _SCHEMA, **told, "files": files})


def digest_of(data: bytes) -> str:
    """Give the digest of the parent's file: what `digest` in `fork.json` is of."""
    return sha256(data).hexdigest()


def file_digest(data: bytes) -> str:
    """Give the digest of a file beside the integration; line ends, which git may change, make no difference to texts."""
    return digest_of(data if b"\0" in data else data.replace(b"\r\n", b"\n"))


def fork_files(place: Path, folder: Path) -> dict[str, str] | None:
    """Read the digests of the parent's other files; None where `fork.json` does not have them, as older ones.

    Raises:
        XchangeError: as `fork_base` does.

    """
    path = place / FORK_FILE
    data = read_json(Source.read(path, shown(path, folder)))
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in files.values()):
        return None
    return {name: str(digest) for name, digest in files.items() if is_published(name)}


def fork_base(place: Path, folder: Path) -> ForkBase | None:
    """Read where the integration in the folder `place` is from, None where it is no fork; names are for `folder`.

    Raises:
        XchangeError: UNREADABLE, or INVALID where the file is not what `xchange fork` writes.

    """
    path = place / FORK_FILE
    if not is_file(path):
        return None
    name = shown(path, folder)
    base = _base(read_json(Source.read(path, name)))
    if base is None:
        message = f"{name} does not say where the fork is from"
        raise XchangeError(ErrorCode.INVALID, message, hint="`xchange schema fork` describes the file.")
    return base


def fork_base_or_none(place: Path) -> ForkBase | None:
    """Read it for a list: a file that cannot be read counts as none."""
    try:
        return fork_base(place, place)
    except XchangeError:
        return None


def _base(data: Any) -> ForkBase | None:
    if not isinstance(data, dict) or data.get("schema") != _SCHEMA:
        return None
    parent, version, commit, digest = (data.get(key) for key in ("parent", "version", "commit", "digest"))
    is_right = (
        isinstance(parent, str)
        and bool(parent)
        and (version is None or (type(version) is int and version > 0))
        and (commit is None or isinstance(commit, str))
        and isinstance(digest, str)
        and _DIGEST.fullmatch(digest)
    )
    return ForkBase(str(parent), str(digest), version, commit or "") if is_right else None
