"""The specifications of components that are not built in: the project's own, and those of installed packages."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from xchange_cli.components.load import component_from_data
from xchange_cli.components.own.installed import Installed, installed_components
from xchange_cli.components.spec import ComponentSpec
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source, Span
from xchange_cli.validation.finish import finish
from xchange_cli.validation.own_keys import repeated_keys


class OwnSpecs(Mapping[str, ComponentSpec]):
    """Specifications by component key. Packages are only looked for where the project has no such component.

    Raises:
        XchangeError: when a component of a package is asked for whose specification cannot be used.

    """

    def __init__(self, project: Mapping[str, ComponentSpec]) -> None:
        self._project = project
        self._read: dict[str, ComponentSpec] = {}

    def __getitem__(self, key: str) -> ComponentSpec:
        if key in self._project:
            return self._project[key]
        if key not in self._read:
            self._read[key] = _described(self._installed[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._project or key in self._installed

    def __iter__(self) -> Iterator[str]:
        return iter({**self._project, **self._installed})

    def __len__(self) -> int:
        return len({**self._project, **self._installed})

    @cached_property
    def _installed(self) -> dict[str, Installed]:
        return installed_components()


def _described(component: Installed) -> ComponentSpec:
    path = component.specification
    document = parse(Source.read(path))
    for found in own_findings(document, "component"):
        message = f"{component.name} cannot be used: {found.message}"
        raise XchangeError(ErrorCode.INVALID, message, hint=found.hint, place=found.span.place)
    spec = component_from_data(document.data, is_own=True)
    if spec.key != component.key:
        message = f"{component.name} cannot be used: its specification has the key `{spec.key}`"
        raise XchangeError(ErrorCode.INVALID, message, hint="The entry point must have the same name.")
    return spec


def own_findings(document: Document, schema: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with a file of the project itself, by its schema; in a component also keys that stand twice.

    An empty file says nothing, which is right for the project file; a component must say something.
    """
    from xchange_cli.validation.schema_findings import schema_findings

    found = list(document.diagnostics)
    if document.root is None and not found and schema != "project":
        source = document.source
        found.append(Diagnostic("empty-file", Severity.ERROR, "the file is empty", Span(source, 0, 0)))
    found += schema_findings(document, schema, unknown_keys=Severity.ERROR)
    if schema == "component":
        found += repeated_keys(document.root)
    unique = dict.fromkeys(finish(diagnostic, document, "") for diagnostic in found)
    yield from sorted(unique, key=lambda diagnostic: diagnostic.order)
