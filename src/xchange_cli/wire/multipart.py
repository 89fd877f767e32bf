"""Multipart bodies of requests (RFC 7578), with line ends of CR LF as they are sent, or LF as editors save them."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

_HEADER = re.compile(r"([^:\s]+)[ \t]*:[ \t]*(.*)")
_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^";\s]*))', re.DOTALL)


class MultipartError(ValueError):
    """A body is not what its content type says; the text tells what is missing."""


class Part(NamedTuple):
    """`content_type` and `file_name` are empty where the part has none."""

    name: str
    data: bytes
    content_type: str
    file_name: str


def parameters(header: str) -> dict[str, str]:
    """Give the parameters of a header's value by their names in lower case; `name*` (RFC 5987) wins over `name`."""
    found = {
        match[1].lower(): re.sub(r'\\(["\\])', r"\1", match[3] if match[2] is None else match[2])
        for match in _PARAMETER.finditer(header)
    }
    extended = {key[:-1]: unquote(value.split("'", 2)[-1]) for key, value in found.items() if key[-1] == "*"}
    return {**found, **extended}


def parts(body: bytes, content_type: str) -> list[Part]:
    """Take a body apart.

    Raises:
        MultipartError: when it has no such parts.

    """
    boundary = parameters(content_type).get("boundary", "")
    if not boundary:
        raise MultipartError("the content type names no boundary")
    delimiter = re.escape(b"--" + boundary.encode("utf-8", "surrogatepass"))
    lines = list(re.finditer(rb"(?:\A|\r?\n)" + delimiter + rb"(--)?[ \t]*(?=\r?\n|\Z)", body))
    if not lines:
        raise MultipartError(f"the boundary `{boundary}` of the content type is nowhere in the body")
    last = next((number for number, line in enumerate(lines) if line[1]), None)
    if last is None:
        raise MultipartError(f"the last part is not ended by `--{boundary}--`")
    return [
        _part(body[begin.end() : end.start()], number)
        for number, (begin, end) in enumerate(pairwise(lines[: last + 1]), start=1)
    ]


def _part(text: bytes, number: int) -> Part:
    """`text` begins with the line end of the boundary before."""
    blank = re.search(rb"\n\r?\n", text)
    if blank is None:
        raise MultipartError(f"part {number} has no blank line between its headers and its data")
    headers = _headers(text[: blank.start()].decode("utf-8", "replace"))
    disposition = parameters(headers.get("content-disposition", ""))
    if "name" not in disposition:
        raise MultipartError(f"part {number} has no name in a `Content-Disposition`")
    return Part(
        disposition["name"],
        text[blank.end() :],
        headers.get("content-type", ""),
        disposition.get("filename", ""),
    )


def _headers(text: str) -> Mapping[str, str]:
    found = (_HEADER.fullmatch(line) for line in text.splitlines())
    return {match[1].lower(): match[2].rstrip() for match in found if match is not None}
