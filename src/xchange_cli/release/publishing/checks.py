"""What must be right before anything is published: what `validate` says, and no secret in any file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.project import Project
from xchange_cli.registry.manifest import Checked
from xchange_cli.registry.package import INTEGRATION, Package
from xchange_cli.source import MAX_BYTES, Source, Span
from xchange_cli.validation.baseline_file import read_baseline
from xchange_cli.validation.clear_secrets import secrets_in_integration
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.known_findings import hide_known
from xchange_cli.validation.many import Kept, validate_many
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.secret_texts import tokens_in

RULE = "secret-in-clear"
_HINT = "A version cannot be taken back from those who have it: take the secret out first, and replace it if it was shared."


class Checkup(NamedTuple):
    """`errors` stop the publishing of an integration; `checked` counts what is left when there are none."""

    checked: Checked
    errors: tuple[Diagnostic, ...] = ()


def checkups(
    project: Project, packages: Mapping[str, tuple[IntegrationFile, Package]], folder: Path
) -> tuple[dict[str, Checkup], Catalog]:
    """Check integrations by their keys, as `validate` does; names in findings are relative to `folder`.

    The catalogue that they were checked by comes along.

    A secret in clear text is an error, whatever the project, a comment or the baseline says: in the integration's file,
    its comments included, and in all other files of the package that are text.

    Raises:
        XchangeError: when a file of the project itself, or the baseline, cannot be read; INVALID when the project's own
            files have errors.

    """
    kept: Kept = {}
    targets = [file.target for file, _ in packages.values()]
    result = validate_many(project, targets, folder, kept=kept)
    if project.baseline:
        baseline = read_baseline(project.root / project.baseline, folder)
        result = hide_known(result, baseline, lambda _: False)
    catalog = read_project_files(project, folder).catalog
    found = frozenset(result.diagnostics)
    of_files = {one for checked in kept.values() for one in checked.diagnostics}
    _require_sound(tuple(one for one in result.diagnostics if one not in of_files))
    found_of = {
        key: _checkup(
            [one for one in kept[file.name].diagnostics if one in found],
            tuple(_secrets(file, package, catalog)),
            result.rules,
        )
        for key, (file, package) in packages.items()
    }
    return found_of, catalog


def _require_sound(own: Sequence[Diagnostic]) -> None:
    """Refuse a project whose own components or settings are wrong: nobody knows what they would have found."""
    wrong = next((one for one in own if one.severity is Severity.ERROR), None)
    if wrong is not None:
        raise XchangeError(ErrorCode.INVALID, wrong.message, hint=wrong.hint, place=wrong.span.place)


def _checkup(found: Sequence[Diagnostic], secrets: Sequence[Diagnostic], rules: int) -> Checkup:
    told = [one._replace(severity=Severity.ERROR) if one.rule == RULE else one for one in found]
    told += [one for one in secrets if not any(_is_same_place(one, other) for other in told)]
    errors = tuple(one for one in told if one.severity is Severity.ERROR)
    warnings = sum(one.severity is Severity.WARNING for one in told)
    infos = sum(one.severity is Severity.INFO for one in told)
    return Checkup(Checked(rules, warnings, infos), errors)


def _is_same_place(one: Diagnostic, other: Diagnostic) -> bool:
    if other.rule != RULE or one.span.source.name != other.span.source.name:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end


def _secrets(file: IntegrationFile, package: Package, catalog: Catalog) -> Iterator[Diagnostic]:
    spans = []
    for secret in secrets_in_integration(Facts(file.integration, catalog, key=file.key)):
        spans.append(secret.span)
        yield _finding(secret.span, secret.message)
    for span in _tokens(file.source):
        if not any(span.start < other.end and other.start < span.end for other in spans):
            yield _finding(span, "this looks like a secret in clear text")
    beside = Path(file.name).parent
    for one in package.files:
        if one.name != INTEGRATION:
            source = _text((beside / one.name).as_posix(), one.data)
            for span in _tokens(source) if source is not None else ():
                yield _finding(span, "this looks like a secret in clear text")


def _tokens(source: Source) -> Iterator[Span]:
    return (source.span(found.start, found.end) for found in tokens_in(source.text))


def _finding(span: Span, message: str) -> Diagnostic:
    private = span.source.private.span(span.start, span.end)
    return Diagnostic(RULE, Severity.ERROR, message, private, hint=_HINT, is_secret=True)


def _text(name: str, data: bytes) -> Source | None:
    """Read a file as text, in whatever encoding; None for pictures, archives and what is too large for a text."""
    try:
        return Source.decode(name, data)
    except XchangeError:
        is_binary = b"\0" in data or len(data) > MAX_BYTES
        return None if is_binary else Source(name, data.decode("latin-1"))
