"""What was found in a file that has not changed, by the same program with the same wishes, is found again.

A result is kept under the digest of all that it was made of: program and packages, own components and house rules,
wishes, the integration's file and the files beside it. It is never out of date, only absent.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.content_cache.pack import KEY_LENGTH, Pack
from xchange_cli.content_cache.stamp import stamp
from xchange_cli.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import FILES, FOLDERS
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.project.targets import Target
from xchange_cli.project.waiting import waiting_in
from xchange_cli.source import Source, Span
from xchange_cli.validation.result import UNREADABLE_FILE, FileResult, SetCheck

_NOT_KEPT = frozenset({UNREADABLE_FILE, "internal-rule-error"})


class Files(NamedTuple):
    """The bytes of an integration's file and of the files beside it, by the names that findings have for them.

    `key` is the integration's. `others` are the names beside it of what is no file, such as links that lead nowhere.
    """

    key: str
    by_name: Mapping[str, bytes]
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, target: Target, folder: Path) -> "Files | None":
        """Read them; None where that cannot be done now, and where the file itself stands beside an integration.

        None also while files of a parent wait beside it: that is soon over.
        """
        if target.path is None or target.path.parent.name in FOLDERS or not is_file(target.path):
            return None
        if target.path.name in FILES or waiting_in(target.path.parent):
            return None
        try:
            beside = list(_beside(target.path))
            files = [path for path in beside if path.is_file()]
            found = {target.name: target.path.read_bytes()}
            found.update((shown(path, folder), path.read_bytes()) for path in files)
        except (OSError, ValueError):
            return None
        others = (
            (shown(path, folder) for path in beside if path not in files) if len(files) < len(beside) else ()
        )
        return cls(target.key, found, tuple(others))

    def digest(self, context: bytes) -> str:
        found = hashlib.sha256(context)
        found.update("\0".join(("", self.key, *self.others, "")).encode("utf-8", "surrogatepass"))
        for name, data in self.by_name.items():
            found.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
            found.update(data)
        return found.hexdigest()[:KEY_LENGTH]


class Memory:
    """`wishes` is what findings depend on besides files: severities, selection, config set …"""

    def __init__(self, pack: Pack, folder: Path, wishes: Iterable[object]) -> None:
        self._pack = pack
        self._folder = folder
        self._context = repr((stamp(), *wishes)).encode("utf-8", "surrogatepass")
        self._asked: dict[str, str] = {}

    def recall(self, target: Target) -> FileResult | None:
        """Give what is known of a target as it is now."""
        files = Files.of(target, self._folder)
        if files is None:
            return None
        key = self._asked[target.name] = files.digest(self._context)
        kept = self._pack.get(key)
        return None if kept is None else _result(target.name, json.loads(kept), files)

    def keep(self, target: Target, result: FileResult) -> None:
        """Keep a result that was made after `recall` gave nothing, unless the files have changed meanwhile."""
        asked = self._asked.get(target.name)
        if asked is None or result.fix is not None:
            return
        files = Files.of(target, self._folder)
        if files is None or files.digest(self._context) != asked:
            return
        data = _data(result, files)
        if data is not None:
            self._pack.put(asked, json.dumps(data, separators=(",", ":")).encode())

    def save(self, *, used_all: bool) -> None:
        self._pack.save(used_all=used_all)


def _beside(path: Path) -> Iterator[Path]:
    """Yield whatever has a name in the folders beside an integration, and the files that are looked at, too.

    Raises:
        OSError: one of them cannot be listed.

    """
    for name in FOLDERS:
        folder = path.parent / name
        with suppress(FileNotFoundError, NotADirectoryError):
            yield from (folder / entry for entry in sorted(os.listdir(folder)))  # noqa: PTH208 - names will do
    yield from (path.parent / name for name in FILES if os.path.lexists(path.parent / name))


def _data(result: FileResult, files: Files) -> Any | None:
    """Write a result as data; None where it depends on more than the files."""
    try:
        findings = [_finding_data(found, files) for found in result.diagnostics]
    except KeyError:
        return None
    numbers = [result.flows, result.steps, result.config_sets, result.payloads, result.flow_tests]
    return [numbers, result.set_checks, findings]


def _finding_data(found: Diagnostic, files: Files) -> list[Any]:
    """Write a finding.

    Raises:
        KeyError: it lies in a file that is none of these, or tells of a moment.

    """
    if found.rule in _NOT_KEPT:
        raise KeyError(found.rule)
    related = [(_span_data(other.span, files), other.message) for other in found.related]
    fixes = [
        (fix.safe, [(_span_data(edit.span, files), edit.text) for edit in fix.edits]) for fix in found.fixes
    ]
    whole = found._replace(span=None, related=related, fixes=fixes, severity=found.severity.value)  # type: ignore[arg-type]
    return [_span_data(found.span, files), *whole]


def _span_data(span: Span, files: Files) -> tuple[str, bool, int, int]:
    if span.source.name not in files.by_name:
        raise KeyError(span.source.name)
    return (span.source.name, span.source.is_private, span.start, span.end)


def _result(name: str, data: Any, files: Files) -> FileResult | None:
    (flows, steps, sets, payloads, tests), checks, findings = data
    sources = _Sources(files)
    try:
        diagnostics = tuple(_finding(found, sources) for found in findings)
    except XchangeError:
        return None
    set_checks = tuple(
        SetCheck(key, file, of_set, tuple(marks), lacks) for key, file, of_set, marks, lacks in checks
    )
    return FileResult(
        name,
        flows,
        steps,
        diagnostics,
        config_sets=sets,
        set_checks=set_checks,
        payloads=payloads,
        flow_tests=tests,
    )


class _Sources:
    """Texts are decoded only where a finding lies in them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._made: dict[tuple[str, bool], Source] = {}

    def span(self, data: Any) -> Span:
        name, is_private, start, end = data
        made = self._made.get((name, is_private))
        if made is None:
            made = Source.decode(name, self._files.by_name[name], is_private=is_private)
            self._made[name, is_private] = made
        return Span(made, start, end)


def _finding(data: Any, sources: _Sources) -> Diagnostic:
    span, *fields = data
    found = Diagnostic(*fields)
    related: Any = found.related
    fixes: Any = found.fixes
    return found._replace(
        span=sources.span(span),
        severity=Severity(found.severity),
        related=tuple(Related(sources.span(place), message) for place, message in related),
        fixes=tuple(
            Fix(tuple(Edit(sources.span(place), text) for place, text in edits), safe)
            for safe, edits in fixes
        ),
    )
