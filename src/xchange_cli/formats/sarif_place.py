"""Places and texts as SARIF has them."""

import re
from pathlib import PureWindowsPath
from typing import Any
from urllib.parse import quote

from xchange_cli.diagnostics import Diagnostic, Related
from xchange_cli.source import Span

ROOT = "%SRCROOT%"
"""Stands for the folder in which the check ran; paths are relative to it."""

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def message(text: str) -> dict[str, str]:
    """Give a text in which nothing is taken for a link.

    Braces stay single: viewers look for placeholders only in messages that have arguments.
    """
    return {"text": _LINK.sub(r"\\[", text)}


def physical_location(span: Span) -> dict[str, Any]:
    return {"artifactLocation": artifact(span.source.name), "region": region(span)}


def artifact(name: str) -> dict[str, str]:
    """Give the address of a file; a path that is not relative has no root to start from."""
    if PureWindowsPath(name).is_absolute():  # another drive
        return {"uri": f"file:///{quote(name, safe='/:')}"}
    return {"uri": quote(name, safe="/"), "uriBaseId": ROOT}


def region(span: Span) -> dict[str, int]:
    """Give lines and columns from 1; the end is just behind the last character."""
    first, last = span.first, span.last
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }


def location(found: Diagnostic) -> dict[str, Any]:
    """Give the place of a finding, in the file and by the names of what is around it."""
    data: dict[str, Any] = {"physicalLocation": physical_location(found.span)}
    names = [name for name in (found.integration, found.flow, found.step) if name]
    if names:
        data["logicalLocations"] = [{"name": names[-1], "fullyQualifiedName": "/".join(names)}]
    return data


def related_location(number: int, related: Related) -> dict[str, Any]:
    return {
        "id": number,
        "physicalLocation": physical_location(related.span),
        "message": message(related.message),
    }
