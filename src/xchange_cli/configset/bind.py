"""A config set and `--var` texts, bound to an integration: the values that its flows see at run time."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.configset.connections import (
    Asked,
    build_connection,
    in_order,
    lacks,
    yaml_key,
)
from xchange_cli.configset.findings import report
from xchange_cli.configset.placeholders import Expanded, Outside, ReadFile, expand
from xchange_cli.configset.read import ConfigSet
from xchange_cli.configset.secret_leaves import leaves, secret_inputs
from xchange_cli.configset.values import BadValueError, decode, form_of, is_unset, wants_text
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Node, Scalar
from xchange_cli.model.integration import ConfigVar, Integration
from xchange_cli.nearest import nearest
from xchange_cli.redaction import Secret
from xchange_cli.source import Source, Span


class Binding(NamedTuple):
    """`values` and `origins` are by config variable key; a variable without a value is absent.

    An origin is for people: `set dev`, `default`, `--var`, or `integration file` for a connection that no set
    mentions. `diagnostics` include those of the config set; with an error among them the values are not to be used.
    """

    values: Mapping[str, Any]
    secrets: tuple[Secret, ...]
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def bind(
    integration: Integration,
    config_set: ConfigSet | None,
    *,
    catalog: Catalog,
    overrides: Mapping[str, str],
    environment: Mapping[str, str] | None,
    read_file: ReadFile,
    needed: Collection[str] | None,
) -> Binding:
    """Find the value of every config variable: `overrides` win over the set, the set over the default.

    `needed` are the keys of the variables that the run uses (None: all); what they use in turn is needed, too. Only
    a needed variable can be missing, or lack what a placeholder names. Texts of `overrides` are taken as they
    are: placeholders are the set's. Without an `environment` nothing is looked up, neither there nor in files: texts
    with placeholders stay unknown, and nothing is wrong with them.
    """
    variables: dict[str, ConfigVar] = {}
    for variable in integration.config_vars:
        variables.setdefault(variable.key, variable)
    connections = {
        key: Asked(
            variable,
            config_set.connections.get(key) if config_set else None,
            connection_spec(variable, catalog),
        )
        for key, variable in variables.items()
        if variable.data_type == "connection"
    }
    wanted = _closure(variables if needed is None else needed, connections)
    outside = None if environment is None else Outside(environment, read_file)
    binder = _Binder(config_set, overrides, outside, wanted)
    for variable in variables.values():
        if variable.data_type != "connection":
            binder.bind_value(variable)
    binder.bind_connections(connections)
    binder.diagnostics += _misplaced(variables, config_set, overrides)
    if outside is not None:
        binder.secrets += secret_inputs(integration, catalog, binder.values)
    return Binding(binder.values, tuple(binder.secrets), binder.origins, tuple(binder.diagnostics))


def _closure(needed: Collection[str], connections: Mapping[str, Asked]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(needed)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [used.key for used in connections[key].dependencies] if key in connections else []
    return frozenset(found)


class _Binder:
    def __init__(
        self,
        config_set: ConfigSet | None,
        overrides: Mapping[str, str],
        outside: Outside | None,
        wanted: frozenset[str],
    ) -> None:
        self.config_set = config_set
        self.overrides = overrides
        self.outside = outside
        self.wanted = wanted
        self.values: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.secrets: list[Secret] = []
        self.diagnostics: list[Diagnostic] = list(config_set.diagnostics) if config_set else []

    def bind_value(self, variable: ConfigVar) -> None:
        """Take the first value that there is; a broken one is reported and does not let others through."""
        if not (self._override(variable) or self._set_value(variable) or self._default(variable)):
            self._miss(variable)

    def _override(self, variable: ConfigVar) -> bool:
        text = self.overrides.get(variable.key)
        if text is None or is_unset(variable, text):
            return False
        self._decode(variable, text, "--var", _override_node(variable.key, self.overrides))
        return True

    def _set_value(self, variable: ConfigVar) -> bool:
        given = self.config_set.values.get(variable.key) if self.config_set else None
        if given is None:
            return False
        is_single = isinstance(given.node, Scalar)
        expanded = expand(given.node, self.outside, as_text=is_single or wants_text(variable))
        self.secrets += expanded.secrets
        self._report_placeholders(variable, expanded)
        if expanded.is_complete and is_unset(variable, expanded.data):
            return False
        if expanded.is_complete:
            self._decode(variable, expanded.data, f"set {given.set_name}", given.node)
            self._keep_secret(variable, expanded)
        return True

    def _keep_secret(self, variable: ConfigVar, expanded: Expanded) -> None:
        """Secret text that is read as a number or as JSON looks different afterwards: its parts are secret, too."""
        value = self.values.get(variable.key)
        if expanded.secrets and isinstance(expanded.data, str) and value != expanded.data:
            self.secrets += leaves(variable.key, value)

    def _report_placeholders(self, variable: ConfigVar, expanded: Expanded) -> None:
        self.diagnostics += expanded.malformed
        if variable.key in self.wanted:
            self.diagnostics += expanded.unresolved

    def _default(self, variable: ConfigVar) -> bool:
        """A default that does not fit matters only where it is used."""
        node = variable.node.get("defaultValue")
        if node is None or not variable.default:
            return False
        if variable.key in self.wanted or _fits(variable):
            self._decode(variable, variable.default, "default", node)
        return True

    def _decode(self, variable: ConfigVar, written: Any, origin: str, node: Node) -> None:
        try:
            self.values[variable.key] = decode(variable, written)
        except BadValueError as error:
            self.diagnostics.append(_bad_value(variable.key, error, node))
        else:
            self.origins[variable.key] = origin

    def _miss(self, variable: ConfigVar) -> None:
        if variable.key not in self.wanted:
            return
        line = f"{yaml_key(variable.key)}: {form_of(variable)}"
        option = f', or pass `--var "{variable.key}={form_of(variable)}"`' if self.outside else ""
        where = (
            f"Add `{line}` under `values` of the config set"
            if self.config_set
            else "Choose a set with `--config`"
        )
        self.diagnostics.append(
            report(
                "missing-config-value",
                f"the config variable `{variable.key}` has no value",
                self._place_of_missing(variable),
                hint=f"{where}{option}.",
                subject=variable.key,
            )
        )

    def _place_of_missing(self, variable: ConfigVar) -> Span:
        if self.config_set is None:
            return variable.key_node.span
        source = self.config_set.source
        return source.span(0, len(source.line(1)))

    def bind_connections(self, connections: Mapping[str, Asked]) -> None:
        ordered, circles = in_order(connections)
        self.diagnostics += circles
        for asked in ordered:
            key = asked.variable.key
            is_needed = key in self.wanted
            built = build_connection(asked, self.values, self.outside, is_needed=is_needed)
            self.values[key] = built.value
            self.origins[key] = f"set {asked.given.set_name}" if asked.given else "integration file"
            self.secrets += built.secrets
            self.diagnostics += built.diagnostics
            if is_needed:
                place, has_set = self._place_of_missing(asked.variable), self.config_set is not None
                self.diagnostics += lacks(asked, built, place, has_set=has_set)


def _fits(variable: ConfigVar) -> bool:
    try:
        decode(variable, variable.default or "")
    except BadValueError:
        return False
    return True


def _bad_value(key: str, error: BadValueError, node: Node) -> Diagnostic:
    place = node_at(node, error.path) or node
    return report("bad-config-value", f"`{key}` {error.message}", place.span, hint=error.hint, subject=key)


def _override_node(key: str, overrides: Mapping[str, str]) -> Scalar:
    """Give the text of an option a place of its own, so that findings can point at it."""
    value = overrides[key]
    source = Source("--var", f"{key}={value}")
    return Scalar(source, len(key) + 1, len(source.text), value, "", value)


def _misplaced(
    variables: Mapping[str, ConfigVar], config_set: ConfigSet | None, overrides: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield values for variables that are not there, and values in the wrong part; they may be secret."""
    places = [(key, Source("--var", key).span(0, len(key)), False) for key in overrides]
    if config_set is not None:
        places += [(key, given.key.span, False) for key, given in config_set.values.items()]
        places += [(key, given.key.span, True) for key, given in config_set.connections.items()]
    for key, span, as_connection in places:
        variable = variables.get(key)
        if variable is None:
            yield _unknown(key, span, variables)
        elif (variable.data_type == "connection") is not as_connection:
            yield _in_wrong_part(key, span, as_connection=as_connection)


def _unknown(key: str, span: Span, variables: Mapping[str, ConfigVar]) -> Diagnostic:
    guess = nearest(key, variables)
    return report(
        "unknown-config-value",
        f"the integration has no config variable `{key}`",
        span,
        hint=f"Did you mean `{guess}`?" if guess else "",
        subject=key,
    )


def _in_wrong_part(key: str, span: Span, *, as_connection: bool) -> Diagnostic:
    message, hint = (
        (f"`{key}` is no connection", "Its value goes under `values`.")
        if as_connection
        else (f"`{key}` is a connection, which is more than one value", "Connections go under `connections`.")
    )
    return report("bad-config-value", message, span, hint=hint, subject=key)
