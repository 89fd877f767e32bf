"""Zip archives and gzip."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.blame import blaming
from xchange_cli.components.collections import to_members
from xchange_cli.components.conversions import to_object
from xchange_cli.components.exchange_formats import archives, gzip_data
from xchange_cli.components.exchange_formats.contents import (
    OCTETS,
    any_bytes,
    read_bytes,
    refuse_more_bytes,
    text_or_bytes,
    unpacked_base64,
    utf8,
)
from xchange_cli.components.inputs import read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe

_HELLO = "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="  # "hello"


def make_archive(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Pack files by name, with the time of the run."""
    files = read_required(inputs, "files", _to_files)
    refuse_more_bytes(sum(map(len, files.values())), "files")
    packed = blaming("files", archives.pack, files, context.now())
    return ActionResult(packed, content_type="application/zip")


def unpack_archive(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give an object of files by name; what the platform gives is not documented."""
    data = _packed(inputs, "zipData", b"PK")
    files = blaming("zipData", archives.unpack, context, data)
    context.warn(
        "what an unpacked archive looks like is not documented; here files {data, contentType} by name"
    )
    return ActionResult({name: {"data": content, "contentType": OCTETS} for name, content in files.items()})


def compress(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    packed = gzip_data.compress(read_bytes(inputs, "fileData"))
    return ActionResult(packed, content_type="application/gzip")


def decompress(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the bytes; whether the platform makes text of them is not documented."""
    data = _packed(inputs, "fileData", gzip_data.MAGIC)
    return ActionResult(blaming("fileData", gzip_data.decompress, data, "fileData"), content_type=OCTETS)


def _packed(inputs: Mapping[str, Any], key: str, magic: bytes) -> bytes:
    """Read binary data, which may be Base64."""
    given = read_required(inputs, key, text_or_bytes)
    found = unpacked_base64(given, lambda data: data.startswith(magic))
    return utf8(found) if isinstance(found, str) else found


def _to_files(value: Any) -> dict[str, bytes]:
    """Read an object, or a list of {key, value}, of contents by name."""
    given = to_object(value) if isinstance(value, list) else to_members(value)
    if None in given.values():
        name = next(name for name, content in given.items() if content is None)
        raise ActionError(f"the content of {describe(name)} is null")
    return {name: any_bytes(content) for name, content in given.items()}


COMPONENT = Implementation(
    actions={
        "zip": make_archive,
        "unzip": unpack_archive,
        "compressGzip": compress,
        "decompressGzip": decompress,
    },
    examples=(
        Example("zip", {"files": {"../a": "x"}}, None, error='files: the text "../a" cannot be the name of a file'),
        Example("unzip", {"zipData": "abc"}, None, error="zipData: the data is not a zip archive that can be read"),
        Example("compressGzip", {"fileData": 5}, None, error="fileData: the number 5 is neither text nor a file"),
        Example("decompressGzip", {"fileData": _HELLO}, ActionResult(b"hello", content_type=OCTETS)),
        Example("decompressGzip", {"fileData": b"hello"}, None, error="fileData: not gzip data: "),
    ),
)  # fmt: skip
