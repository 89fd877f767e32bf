"""Which store a URL means."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.store import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
"""One letter before the colon is a drive of Windows."""

_DRIVE = re.compile(r"/[A-Za-z]:")


def open_store(url: str, root: Path, *, endpoint_url: str = "", profile: str = "", region: str = "") -> Store:
    """Open what a URL means: `registry/` or another path, relative to `root`, `file:…`, or `s3://bucket/prefix`.

    `endpoint_url`, `profile` and `region` are for S3; where they are empty, the environment and the profile decide, as
    for the tools of AWS. Nothing is connected, made or looked for yet.

    Raises:
        XchangeError: USAGE when it means nothing, or CREDENTIALS when there is no such profile.

    """
    found = _SCHEME.match(url)
    scheme = found[1].lower() if found else ""
    if scheme == "s3":
        from xchange_cli.storage.open_s3 import open_s3

        return open_s3(url, endpoint_url=endpoint_url, profile=profile, region=region)
    if scheme not in {"", "file"}:
        raise _unknown(f"a registry cannot be at `{scheme}:`")
    if endpoint_url or profile or region:
        raise _only_s3(url)
    path = _path_of_file_url(url) if scheme else url
    if not path:
        raise _unknown("the registry has no name")
    if "\0" in path:
        raise _unknown("the path of the registry has a NUL character")
    from xchange_cli.storage.folder import FolderStore

    return FolderStore(root / path, url)


def _path_of_file_url(url: str) -> str:
    rest = url.partition(":")[2]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host.lower() not in {"", "localhost"}:
            raise _unknown("`file://` must go on with `/`: what comes before that would be another computer")
        rest = slash + path
    path = unquote(rest)
    return path[1:] if sys.platform == "win32" and _DRIVE.match(path) else path


def _unknown(message: str) -> XchangeError:
    return XchangeError(
        ErrorCode.USAGE, message, hint="Name a folder, such as `registry/`, or `s3://bucket/prefix`."
    )


def _only_s3(url: str) -> XchangeError:
    return XchangeError(
        ErrorCode.USAGE,
        f"an endpoint, a profile and a region are for registries in S3, and `{url}` is a folder",
        hint="Leave them out, or name a registry such as `s3://bucket/prefix`.",
    )
