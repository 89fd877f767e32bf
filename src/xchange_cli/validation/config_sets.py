"""Config sets as files: read, judged alone, and judged against the integration that they are for.

What a set says about secrets stays unsaid: its source is private, and findings repeat no value.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path, PurePath

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import Binding, bind
from xchange_cli.configset.placeholders import expand, reader_in
from xchange_cli.configset.private import without_secrets
from xchange_cli.configset.read import ConfigSet, read_config_set
from xchange_cli.configset.superfluous import shadowed_values, unused_values
from xchange_cli.configset.usage import used_variables
from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.locate import locate
from xchange_cli.document.node import Mapping, Node
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import XchangeError
from xchange_cli.model.integration import Integration
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file, names_in
from xchange_cli.redaction import Redactor
from xchange_cli.source import Source
from xchange_cli.validation.finish import finish

"""Of two files with one name the first is the set."""

_MISSING = frozenset({"missing-config-value", "missing-connection-value"})
ABOUT_CHOSEN = _MISSING | {"unused-config-value", "shadowed-config-value", "unknown-config-set"}
"""The rules that judge only a set that was asked for."""
_ABOUT_VARIABLES = _MISSING | {"bad-config-value", "unknown-connection-field", "unused-config-value"}


class SetFolder:
    """The sets of one folder; each file is read once. Names in findings are relative to `folder`."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._source = cache(self._read_source)

    def read(self, file: Path) -> ConfigSet:
        """Read a set and what it extends.

        Raises:
            XchangeError: NOT_FOUND or UNREADABLE for the set itself; what is wrong with the others is a finding.

        """
        return read_config_set(self._source(file), file.stem, sibling=self._sibling, check=_check_form)

    def is_base(self, name: str) -> bool:
        """Tell whether another set of the folder extends this one, which may leave values to that one then."""
        files = (self._place / entry for entry in names_in(self._place) if entry.endswith(CONFIG_SUFFIXES))
        return any(name == self._extended_by(file) for file in files if file.stem != name)

    def _sibling(self, base: str) -> Source:
        files = [self._place / f"{base}{suffix}" for suffix in CONFIG_SUFFIXES]
        return self._source(next((one for one in files if is_file(one)), files[0]))

    def _read_source(self, file: Path) -> Source:
        return Source.read(file, shown(file, self._folder), is_private=True)

    def _extended_by(self, file: Path) -> str:
        try:
            root = parse(self._source(file)).root
        except XchangeError:  # to be told where that file is checked
            return ""
        extends = root.text("extends") if isinstance(root, Mapping) else None
        return extends.value if extends is not None else ""


def form_findings(config_set: ConfigSet, key: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the set's own file, whatever the integration is like; `key` is that of the latter."""
    found = [*config_set.diagnostics, *_malformed_placeholders(config_set)]
    own = [one for one in found if one.span.source is config_set.source]
    yield from told(own, Redactor(config_set.literals), key)


def set_findings(
    config_set: ConfigSet,
    integration: Integration,
    catalog: Catalog,
    key: str,
    *,
    is_chosen: bool,
    is_base: bool,
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a set, and what it extends, for all flows of an integration.

    No environment is asked and no other file read: placeholders are never wrong values. Only of a chosen set it counts
    what is missing, unused or said twice; a base may lack values even then.
    """
    from xchange_cli.validation.set_secrets import secrets_in_set

    variables = {variable.key: variable for variable in integration.config_vars}
    used = used_variables(integration) if is_chosen else frozenset[str]()
    binding = _bound(config_set, integration, catalog, () if is_base else used & variables.keys())
    found = [one for one in binding.diagnostics if one.span.source is not integration.node.source]
    if is_chosen:
        found += unused_values(config_set, variables, used)
        found += shadowed_values(config_set)
    redactor = Redactor([*binding.secrets, *config_set.literals])
    kept = told(without_echoes(found, config_set), redactor, key)
    yield from (_with_variable(one, integration) for one in kept)
    yield from told(secrets_in_set(config_set, integration, catalog), Redactor(), key)


def lacks_values(config_set: ConfigSet, integration: Integration, catalog: Catalog) -> bool:
    """Tell whether flows of an integration need values that neither a set, nor what it extends, nor a default gives."""
    keys = {variable.key for variable in integration.config_vars}
    binding = _bound(config_set, integration, catalog, used_variables(integration) & keys)
    return any(one.rule in _MISSING for one in without_echoes(binding.diagnostics, config_set))


def _bound(
    config_set: ConfigSet, integration: Integration, catalog: Catalog, needed: Collection[str]
) -> Binding:
    return bind(
        integration,
        config_set,
        catalog=catalog,
        overrides={},
        environment=None,
        read_file=reader_in(Path()),
        needed=needed,
    )


def without_echoes(found: Iterable[Diagnostic], config_set: ConfigSet | None) -> Iterator[Diagnostic]:
    """Leave out what is missing in a set that could not be read: what it has is not known."""
    errors = config_set.diagnostics if config_set is not None else ()
    is_broken = any(one.severity is Severity.ERROR for one in errors)
    return (one for one in found if not (is_broken and one.rule in _MISSING))


def told(found: Iterable[Diagnostic], redactor: Redactor, key: str) -> Iterator[Diagnostic]:
    """Finish findings without the secrets in them; equal ones of two sets have fingerprints of their own."""
    for one in found:
        source = one.span.source
        name = f"{key} {CONFIGS}/{PurePath(source.name).stem}" if source.is_private else key
        finished = finish(without_secrets(one, redactor), parse(source), name)
        yield finished._replace(integration=key)


def _check_form(document: Document) -> Iterator[Diagnostic]:
    from xchange_cli.validation.schema_findings import schema_findings

    return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)


def _malformed_placeholders(config_set: ConfigSet) -> Iterator[Diagnostic]:
    for node in _given_values(config_set):
        yield from expand(node, None).malformed


def _given_values(config_set: ConfigSet) -> Iterator[Node]:
    yield from (given.node for given in config_set.values.values())
    for connection in config_set.connections.values():
        yield from (given.node for given in (*connection.fields.values(), *connection.token.values()))


def _with_variable(found: Diagnostic, integration: Integration) -> Diagnostic:
    """Show where the config variable is that a finding is about; its line may hold a secret of a connection."""
    names = locate(parse(found.span.source).root, found.span.start, found.span.end).names
    key = names[1] if len(names) > 1 and names[0] in {"values", "connections"} else found.subject
    variable = integration.config_var(key)
    if variable is None or found.rule not in _ABOUT_VARIABLES:
        return found
    return found._replace(related=(Related(variable.key_node.span.concealed, "the config variable"),))
