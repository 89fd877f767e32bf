"""The config set of a run, read from its file and bound to the integration."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import Binding, bind
from xchange_cli.configset.placeholders import reader_in
from xchange_cli.configset.read import ConfigSet
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.model.integration import Integration
from xchange_cli.redaction import Redactor
from xchange_cli.runs.inputs import split_assignment
from xchange_cli.validation.config_sets import SetFolder, told, without_echoes
from xchange_cli.validation.hidden_tokens import without_tokens
from xchange_cli.validation.settled import unsilenced


def read_set(path: Path, folder: Path) -> ConfigSet:
    """Read a set and what it extends; names in findings are relative to `folder`.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE for the set itself; what is wrong with the others is a finding.

    """
    return SetFolder(path.parent, folder).read(path)


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
    """Yield what is wrong with the values, without secrets and without what comments in the files silence.

    What a set lacks that could not be read is not known.
    """
    redactor = Redactor([*binding.secrets, *(config_set.literals if config_set else ())])
    found = unsilenced(told(without_echoes(binding.diagnostics, config_set), redactor, key))
    yield from without_tokens(found)
