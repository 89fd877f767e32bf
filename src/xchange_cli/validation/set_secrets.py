"""Secrets in clear text: where they stand in a config set."""

from collections.abc import Iterator, Mapping

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.configset.placeholders import UnknownText, expand
from xchange_cli.configset.read import ConfigSet, Layer
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Node, Scalar, Sequence
from xchange_cli.model.integration import Integration
from xchange_cli.validation.clear_secrets import ClearSecret, tokens_of
from xchange_cli.validation.secret_texts import is_random_under, is_stand_in, names_secret

RULE = "secret-in-clear"
_HINT = "Write `${env:NAME}` or `${file:path}` instead, and replace the secret if the file was shared."
_NO_SPECS: Mapping[str, InputSpec] = {}


def secrets_in_set(config_set: ConfigSet, integration: Integration, catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the secrets that a set, or one that it extends, holds in clear text; placeholders are none."""
    for layer in config_set.layers:
        for secret in _in_layer(layer, integration, catalog):
            yield Diagnostic(
                RULE, Severity.WARNING, secret.message, secret.span, hint=_HINT, subject=secret.subject
            )


def _in_layer(layer: Layer, integration: Integration, catalog: Catalog) -> Iterator[ClearSecret]:
    for key, entry in _entries(layer.root.get("values")):
        yield from _in_value(key, entry)
    for key, connection in _entries(layer.root.get("connections")):
        variable = integration.config_var(key)
        spec = connection_spec(variable, catalog) if variable is not None else None
        specs = spec.inputs if spec else _NO_SPECS
        for part in ("fields", "token"):
            inner = connection.get(part) if isinstance(connection, MappingNode) else None
            for name, node in _entries(inner):
                known = specs.get(name) if part == "fields" else None
                yield from _in_value(name, node, is_secret=known.secret if known else names_secret(name))


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    for key, entry in node.entries.items() if isinstance(node, MappingNode) else ():
        yield key, entry.value


def _in_value(name: str, node: Node, *, is_secret: bool = False) -> Iterator[ClearSecret]:
    match node:
        case Scalar():
            yield from _in_scalar(name, node, is_secret=is_secret)
        case Sequence():
            for item in node.items:
                yield from _in_value(name, item, is_secret=is_secret)
        case MappingNode():
            for key, value in _entries(node):
                yield from _in_value(key, value, is_secret=is_secret)


def _in_scalar(name: str, node: Scalar, *, is_secret: bool) -> Iterator[ClearSecret]:
    text = "" if node.data is None or isinstance(node.data, bool) else node.value
    is_unknown = isinstance(expand(node, None).data, UnknownText)
    if not is_unknown and (is_random_under(name, text) or (is_secret and text and not is_stand_in(text))):
        yield ClearSecret(node.span, f"the secret `{name}` is written in clear text", name)
    else:
        yield from tokens_of(node)
