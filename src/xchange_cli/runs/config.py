"""The config set of a run, read from its file and bound to the integration."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import Binding, bind
from xchange_cli.configset.placeholders import reader_in
from xchange_cli.configset.private import without_secrets
from xchange_cli.configset.read import ConfigSet, read_config_set
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document, parse
from xchange_cli.model.integration import Integration
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.redaction import Redactor
from xchange_cli.runs.inputs import SET_SUFFIXES, split_assignment
from xchange_cli.source import Source
from xchange_cli.validation.schema_findings import schema_findings
from xchange_cli.validation.validate import finish

_MISSING = frozenset({"missing-config-value", "missing-connection-value"})


def read_set(path: Path, folder: Path) -> ConfigSet:
    """Read a set and what it extends; names in findings are relative to `folder`.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE for the set itself; what is wrong with the others is a finding.

    """

    def sibling(base: str) -> Source:
        files = [path.parent / f"{base}{suffix}" for suffix in SET_SUFFIXES]
        file = next((one for one in files if is_file(one)), files[0])
        return Source.read(file, shown(file, folder), is_private=True)

    source = Source.read(path, shown(path, folder), is_private=True)
    return read_config_set(source, path.stem, sibling=sibling, check=_check_form)


def _check_form(document: Document) -> Iterator[Diagnostic]:
    return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)


def bind_set(
    integration: Integration,
    catalog: Catalog,
    config_set: ConfigSet | None,
    *,
    folder: Path,
    variables: Iterable[str],
    environment: Mapping[str, str],
    needed: frozenset[str],
) -> Binding:
    """Bind a set and `--var` texts; `${file:…}` paths start at `folder`.

    Raises:
        XchangeError: USAGE for a text of another form than KEY=VALUE.

    """
    return bind(
        integration,
        config_set,
        catalog=catalog,
        overrides=dict(split_assignment(text, "--var") for text in variables),
        environment=environment,
        read_file=reader_in(folder),
        needed=needed,
    )


def findings(binding: Binding, config_set: ConfigSet | None, key: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the values, without secrets; what a set lacks that could not be read is not known."""
    redactor = Redactor([*binding.secrets, *(config_set.literals if config_set else ())])
    is_broken = config_set is not None and any(
        found.severity is Severity.ERROR for found in config_set.diagnostics
    )
    for found in binding.diagnostics:
        if not (is_broken and found.rule in _MISSING):
            yield finish(without_secrets(found, redactor), parse(found.span.source), key)
