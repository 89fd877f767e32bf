"""Binds texts, and shows findings so that tests can compare them."""

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import bind
from xchange_cli.configset.read import read_config_set
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.source import Source
from xchange_cli.validation.schema_findings import schema_findings

CATALOG = Catalog.load()


def no_files(path):
    raise XchangeError(ErrorCode.NOT_FOUND, f"{path} does not exist")


def bound(integration, config=None, *, overrides=None, needed=None, **environment):
    """Bind an integration (its text) to the set `dev` (its text)."""

    def check(document):
        return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)

    config_set = None
    if config is not None:
        config_set = read_config_set(Source("dev.yml", config), "dev", sibling=no_files, check=check)
    return bind(
        build(parse(Source("integration.yml", integration)).root),
        config_set,
        catalog=CATALOG,
        overrides=overrides or {},
        environment=environment,
        read_file=no_files,
        needed=needed,
    )


def findings(binding):
    """Say of each finding what is wrong, and on which text of which line of which file."""
    return [
        (found.severity.value, found.rule, found.message, str(found.span.place), found.span.text)
        for found in binding.diagnostics
    ]
