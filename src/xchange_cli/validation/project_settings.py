"""What the schema cannot say about `xchange.yaml`: paths that lead nowhere, items that stand twice, the registry's URL."""

import re
from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.errors import XchangeError
from xchange_cli.project.patterns import expand, is_pattern
from xchange_cli.validation.file_findings import report

PATHS = ("integrations", "components", "rules")
"""Keys whose items are paths and patterns, relative to the file."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_S3 = re.compile(r"s3://[^/?#]+(?:/.*)?", re.IGNORECASE)
_FORMS = "A registry is a folder, `file:path` or `s3://bucket/prefix`."


def setting_findings(root: Mapping, folder: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the settings of a project; paths start at `folder`."""
    for key in PATHS:
        for item in _texts(root.sequence(key)):
            if item.value and next(expand(folder, (item.value,)), None) is None:
                yield _unmatched(item)
    for part in (root, root.mapping("publish")):
        for key in part.entries if part is not None else ():
            yield from _repeated(part.sequence(key) if part is not None else None)
    yield from _keys(root.sequence("trustedKeys"))
    registry = root.text("registry")
    if registry is not None and (problem := _registry_problem(registry.value)):
        subject = registry.value.partition(":")[0]  # the rest may hold a password
        yield Diagnostic(
            "wrong-value", Severity.ERROR, problem, registry.span.concealed, hint=_FORMS, subject=subject
        )


def _texts(items: Sequence | None) -> Iterator[Scalar]:
    for item in items.items if items is not None else ():
        if isinstance(item, Scalar) and isinstance(item.data, str):
            yield item


def _unmatched(item: Scalar) -> Diagnostic:
    message = (
        f"no file matches `{item.value}`" if is_pattern(item.value) else f"`{item.value}` does not exist"
    )
    hint = "Correct it, or remove it; paths are relative to xchange.yaml."
    return report("unmatched-path", message, item.span, hint=hint, subject=item.value)


def _keys(items: Sequence | None) -> Iterator[Diagnostic]:
    from xchange_cli.registry.signatures import public_key

    for item in _texts(items):
        try:
            if item.value:  # the schema refuses it
                public_key(item.value)
        except XchangeError as error:
            yield Diagnostic(
                "wrong-value", Severity.ERROR, error.message, item.span.concealed, hint=error.hint
            )


def _repeated(items: Sequence | None) -> Iterator[Diagnostic]:
    first: dict[str, Scalar] = {}
    for item in _texts(items):
        if first.setdefault(item.value, item) is not item:
            yield Diagnostic(
                "wrong-value",
                Severity.WARNING,
                f"`{item.value}` is in this list twice",
                item.span,
                hint="Remove one of the two.",
                subject=item.value,
                related=(Related(first[item.value].span, "first named here"),),
            )


def _registry_problem(url: str) -> str:
    """Say what is wrong with the URL of a registry; empty where nothing is. `C:` is a drive, not a scheme."""
    found = _SCHEME.match(url)
    scheme = found[1].lower() if found else ""
    if scheme == "s3":
        return "" if _S3.fullmatch(url) else "the URL of the registry names no bucket"
    if scheme == "file":
        return "" if url[found.end() :].strip("/") else "the URL of the registry names no folder"  # type: ignore[union-attr]
    return f"there is no kind of registry for `{scheme}:`" if scheme else ""
