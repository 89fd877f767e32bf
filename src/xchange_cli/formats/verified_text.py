"""What was found out about versions: what differs, and what their signatures are worth."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.registry.signatures import Trust
from xchange_cli.release.versions.verifying import Mismatch, Subject, Verification, Verified

_DIGITS = 12
_KIND = {"missing": "is missing", "changed": "is changed", "extra": "does not belong to it"}


class _Line(NamedTuple):
    is_good: bool
    text: str


def render(verification: Verification, out: TextIO) -> None:
    style = Style.of(out)
    lines = [*_about_file(verification), *(line for one in verification.versions for line in _about(one))]
    if verification.elsewhere:
        elsewhere, asked = map(showable, (verification.elsewhere, verification.asked))
        told = f"the receipt is of the registry {elsewhere}, and {asked} was asked; --registry says which"
        lines.append(_Line(is_good=False, text=told))
    out.writelines(_written(line, style) for line in lines)


def _written(line: _Line, style: Style) -> str:
    mark, kind = ("ok", "ok") if line.is_good else ("differs", "error")
    return wrapped(line.text, f"{mark:<9}").replace(mark, style.paint(kind, mark), 1) + "\n"


def _about_file(verification: Verification) -> Iterator[_Line]:
    name, versions = verification.name, verification.versions
    if verification.subject is Subject.FILE and versions:
        yield _Line(
            is_good=True, text=f"{name} is the file of {', '.join(one.reference for one in versions)}"
        )
    elif verification.subject is Subject.FILE:
        other = "what was exported with other versions of components is no published file"
        yield _Line(is_good=False, text=f"no published version has the bytes of {name}; {other}")
    elif not versions:
        yield _Line(is_good=True, text=f"{name} names no version: nothing was published")


def _about(version: Verified) -> Iterator[_Line]:
    name = version.reference
    if version.mismatches:
        yield from (_Line(is_good=False, text=f"{name}: {_said(one)}") for one in version.mismatches)
    else:
        files = count(version.files, "file")
        yield _Line(is_good=True, text=f"{name}: {files} as published, digest {version.digest[:_DIGITS]}")
    if version.digest:
        yield _Line(version.is_signed_well, f"{name} {_signed(version)}")


def _said(one: Mismatch) -> str:
    digests = f": {one.found[:_DIGITS]}, not {one.expected[:_DIGITS]}" if one.kind == "changed" else ""
    return f"{one.what} {_KIND[one.kind]}{digests}"


def _signed(version: Verified) -> str:
    match version.trust:
        case Trust.UNSIGNED:
            return "is not signed"
        case Trust.TRUSTED:
            return f"is signed by a trusted key, {version.signer}"
        case Trust.STRANGER:
            return f"is signed by a stranger, {version.signer}"
        case Trust.WRONG:
            return f"has a signature that is not of what is there, with the key {version.signer}"
