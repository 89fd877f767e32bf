"""The project's own files: `xchange.yaml` and the specifications of own components."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingABC
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import DATA, Catalog
from xchange_cli.components.load import component_from_data
from xchange_cli.components.spec import ComponentSpec
from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.keys import shown
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.project.targets import Target, may_be_key, resolve
from xchange_cli.source import Source, Span
from xchange_cli.validation.finish import finish
from xchange_cli.validation.grades import is_pattern
from xchange_cli.validation.hidden_tokens import without_tokens
from xchange_cli.validation.own_specs import OwnSpecs, own_findings
from xchange_cli.validation.project_settings import setting_findings
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.settled import settled


class ProjectFiles(NamedTuple):
    """The catalogue with the project's own components, and what is wrong with the project's own files.

    `specifications` are the files of the own components that are in the catalogue, by key. What is wrong with house
    rules is told by `house` alone: it concerns nobody but those who apply them. `files` are the project file, the
    specifications and the house rules, also those with errors.
    """

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]
    specifications: MappingABC[str, Path]
    house: HouseRules = NO_HOUSE_RULES
    files: tuple[Path, ...] = ()


class _Own(NamedTuple):
    spec: ComponentSpec
    span: Span
    path: Path


def read_project_files(project: Project, folder: Path) -> ProjectFiles:
    """Check the project's own files and read its components as data; no code is run.

    A component with an error is left out, also where a comment ignores the error. Names in findings are relative to `folder`.

    Raises:
        XchangeError: UNREADABLE or NOT_FOUND when a specification cannot be read.

    """
    found: list[Diagnostic] = []
    own: dict[str, _Own] = {}
    specifications = tuple(project.component_files())
    for path in specifications:
        document = parse(Source.read(path, shown(path, folder)))
        findings = list(own_findings(document, "component"))
        found += settled(document, findings)
        if findings or not isinstance(document.root, Mapping):
            continue
        spec = component_from_data(document.data, is_own=True)
        key = document.root.get("key")
        assert key is not None
        if spec.key in own:
            found.append(finish(_twice(key.span, spec.key, own[spec.key]), document, ""))
        else:
            own[spec.key] = _Own(spec, key.span, path)
    catalog = Catalog(OwnSpecs({key: entry.spec for key, entry in own.items()}), DATA)
    house = house_rules_of(project, folder, catalog)
    of_project: list[Diagnostic] = []
    if project.document is not None:
        wrong = [*_project_findings(project.document, house), *_settings(project.document, project.root)]
        of_project = settled(project.document, sorted(wrong, key=lambda one: one.order))
    own_file = () if project.document is None else (project.root / FILE_NAME,)
    return ProjectFiles(
        catalog,
        tuple(without_tokens((*of_project, *found))),
        {key: entry.path for key, entry in own.items()},
        house,
        (*own_file, *specifications, *project.rule_files()),
    )


def house_rules_of(project: Project, folder: Path, catalog: Catalog | None = None) -> HouseRules:
    """Read the project's house rules; one that cannot be used is left out and told. Names are relative to `folder`.

    With a catalogue, words in them that nothing is called by are told, too.
    """
    if next(project.rule_files(), None) is None:
        return NO_HOUSE_RULES
    from xchange_cli.validation.house.read import house_rules

    return house_rules(project, folder, catalog)


def find_targets(project: Project, arguments: Iterable[str], folder: Path) -> tuple[Target, ...]:
    """Find integration files as `resolve` does.

    Raises:
        XchangeError: as `resolve` does; where nothing was found that the project file could have named, and that file
            is wrong, INVALID with what is wrong first.

    """
    given = list(arguments)
    try:
        return resolve(project, given, folder)
    except XchangeError as error:
        is_by_project = not given or any(map(may_be_key, given))
        if error.code is not ErrorCode.NOT_FOUND or not is_by_project or project.document is None:
            raise
        for found in without_tokens(_project_findings(project.document, house_rules_of(project, folder))):
            raise XchangeError(
                ErrorCode.INVALID, found.message, hint=found.hint, place=found.span.place
            ) from error
        raise


def _twice(span: Span, key: str, first: _Own) -> Diagnostic:
    return Diagnostic(
        "duplicate-key",
        Severity.ERROR,
        f"two components of this project have the key `{key}`; the first one counts",
        span,
        hint="Give each component a key of its own.",
        subject=key,
        related=(Related(first.span, "first used here"),),
    )


def _settings(document: Document, folder: Path) -> Iterator[Diagnostic]:
    if isinstance(document.root, Mapping):
        for found in setting_findings(document.root, folder):
            yield finish(found, document, "")


def _project_findings(document: Document, house: HouseRules) -> Iterator[Diagnostic]:
    yield from own_findings(document, "project")
    root = document.root
    lint = root.mapping("lint") if isinstance(root, Mapping) else None
    chosen = lint.mapping("rules") if lint is not None else None
    if chosen is None:
        return
    from xchange_cli.validation.pages import names

    known = names() | house.names
    for slug, entry in chosen.entries.items():
        if slug in known:
            continue
        is_many = is_pattern(slug)
        if not is_many or not any(fnmatchcase(name, slug) for name in known):
            near = None if is_many else nearest(slug, known)
            hint = f"Did you mean `{near}`?" if near else "`xchange rules` lists them."
            problem = Diagnostic(
                "unknown-key",
                Severity.ERROR,
                f"no rule {'matches' if is_many else 'is called'} `{slug}`",
                entry.key.span,
                hint=hint,
                subject=slug,
            )
            yield finish(problem, document, "")
