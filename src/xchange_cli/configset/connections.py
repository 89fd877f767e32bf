"""Connections at run time: what the integration file says, overlaid by what a config set gives.

A connection is `{key, configVarKey, fields, token, context}`. Its inputs may use other config variables, so
connections are built in the order of their dependencies.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.components.spec import Basis, ConnectionSpec, InputSpec
from xchange_cli.configset.findings import report
from xchange_cli.configset.placeholders import Expanded, Outside, expand
from xchange_cli.configset.read import Given, GivenConnection
from xchange_cli.configset.scope import ConfigScope
from xchange_cli.configset.secret_leaves import leaves
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import ConfigValue, walk
from xchange_cli.expression.evaluate import compile_expression
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.nearest import nearest
from xchange_cli.redaction import Secret
from xchange_cli.source import Span

_TEXT_TYPES = frozenset({"string", "text", "password", "code"})


class Asked(NamedTuple):
    """A connection variable, what a set gives for it, and what is known of the connection."""

    variable: ConfigVar
    given: GivenConnection | None
    spec: ConnectionSpec | None

    @property
    def inputs(self) -> Iterator[Input]:
        """The inputs of the integration file that the set does not replace."""
        replaced = self.given.fields if self.given else {}
        return (given for key, given in self.variable.inputs.items() if key not in replaced)

    @property
    def dependencies(self) -> Iterator[ConfigValue]:
        """The config variables that the inputs use."""
        return (used for given in self.inputs for used in _used(given))


class Built:
    """A connection's value; `waiting` are fields that use a variable without a value, which is reported itself."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self.waiting: set[str] = set()
        self.secrets: list[Secret] = []
        self.diagnostics: list[Diagnostic] = []


def _used(given: Input) -> Iterator[ConfigValue]:
    """Yield the config variables of an input; what is not set names none."""
    parts = walk(given.expression)
    return (part for part in parts if isinstance(part, ConfigValue) and part.key)


def in_order(connections: Mapping[str, Asked]) -> tuple[list[Asked], list[Diagnostic]]:
    """Put connections behind those they use; each circle is reported at the input that closes it."""
    ordered: dict[str, Asked] = {}
    diagnostics: list[Diagnostic] = []

    def visit(key: str, trail: tuple[str, ...]) -> None:
        if key in ordered:
            return
        trail = (*trail, key)
        for used in connections[key].dependencies:
            if used.key in trail:
                diagnostics.append(_circle(used, trail))
            elif used.key in connections:
                visit(used.key, trail)
        ordered[key] = connections[key]

    for key in connections:
        visit(key, ())
    return list(ordered.values()), diagnostics


def _circle(used: ConfigValue, trail: tuple[str, ...]) -> Diagnostic:
    circle = " → ".join([*trail[trail.index(used.key) :], used.key])
    message = f"the connection `{used.key}` needs its own value: {circle}"
    return report("circular-connection-input", message, used.span(), subject=used.key)


def build_connection(
    asked: Asked, config: Mapping[str, Any], outside: Outside | None, *, is_needed: bool
) -> Built:
    """Give the connection's value with the secrets in it; missing parts are reported only if it is needed.

    Without `outside`, placeholders stay unknown.
    """
    variable, given, spec = asked.variable, asked.given, asked.spec
    built = Built(
        {
            "key": variable.connection.key if variable.connection else "",
            "configVarKey": variable.key,
            "fields": {},
            "token": {},
            "context": {},
        }
    )
    _take_inputs(asked, config, built, is_needed=is_needed)
    if given is not None:
        _take_given(asked, given, built, outside, is_needed=is_needed)
    _take_defaults(asked, built)
    if given is not None and spec is not None and spec.inputs:
        built.diagnostics += _unknown_fields(variable, given, spec)
    return built


def _take_inputs(asked: Asked, config: Mapping[str, Any], built: Built, *, is_needed: bool) -> None:
    """Take over what the integration file sets; secret are the fields that the catalogue marks so.

    Of fields that it does not know, those are whose name tells of a secret.
    """
    scope = ConfigScope(config)
    for item in asked.inputs:
        if any(used.key not in config for used in _used(item)):
            built.waiting.add(item.key)
            continue
        value = compile_expression(item.expression)(scope)
        if value is None or value == "":
            continue
        built.value["fields"][item.key] = value
        known = _known_field(asked, item.key)
        if known.secret if known is not None else _is_sensitive(item.key):
            built.secrets += leaves(f"{asked.variable.key}.{item.key}", value)
    if is_needed:
        for message, span in scope.warnings:
            built.diagnostics.append(report("unclear-connection-input", message, span, subject=span.text))


def _take_given(
    asked: Asked, given: GivenConnection, built: Built, outside: Outside | None, *, is_needed: bool
) -> None:
    name = asked.variable.key
    for key, item in given.fields.items():
        known = _known_field(asked, key)
        expanded = _expand_field(item, known, outside)
        is_secret = known is None or known.secret
        _take(built, "fields", key, expanded, f"{name}.{key}" if is_secret else "", is_needed=is_needed)
    for key, item in given.token.items():
        expanded = expand(item.node, outside)
        _take(built, "token", key, expanded, f"{name}.token.{key}", is_needed=is_needed)


def _take(
    built: Built, part: str, key: str, expanded: Expanded, secret_name: str, *, is_needed: bool
) -> None:
    """Put a leaf in its place; with a name, all its leaves are secret."""
    built.diagnostics += expanded.malformed
    if is_needed:
        built.diagnostics += expanded.unresolved
    if secret_name and expanded.is_complete:
        built.secrets += leaves(secret_name, expanded.data)
    built.secrets += expanded.secrets
    if expanded.is_complete and expanded.data is not None:
        built.value[part][key] = expanded.data


def _expand_field(item: Given, known: InputSpec | None, outside: Outside | None) -> Expanded:
    """A password of digits stays text, whether it is quoted or not."""
    is_text = isinstance(item.node, Scalar) and known is not None and known.type in _TEXT_TYPES
    return expand(item.node, outside, as_text=is_text)


def _take_defaults(asked: Asked, built: Built) -> None:
    """Fill in the catalogue's defaults for fields that neither the file nor the set mentions."""
    mentioned = {*asked.variable.inputs, *(asked.given.fields if asked.given else ())}
    for key, spec in asked.spec.inputs.items() if asked.spec else ():
        if key not in mentioned and spec.default not in (None, ""):
            built.value["fields"][key] = spec.default


def _is_sensitive(key: str) -> bool:
    from xchange_cli.wire.sensitive import is_sensitive

    return is_sensitive(key)


def _known_field(asked: Asked, key: str) -> InputSpec | None:
    return asked.spec.inputs.get(key) if asked.spec else None


def _unknown_fields(
    variable: ConfigVar, given: GivenConnection, spec: ConnectionSpec
) -> Iterator[Diagnostic]:
    for key, item in given.fields.items():
        if key not in spec.inputs:
            guess = nearest(key, spec.inputs)
            yield report(
                "unknown-connection-field",
                f"`{variable.key}` has no field `{key}`",
                item.key.span,
                hint=f"Did you mean `{guess}`?" if guess else f"Its fields are {_listed(spec.inputs)}.",
                subject=key,
            )


def lacks(asked: Asked, built: Built, span: Span, *, has_set: bool = True) -> Iterator[Diagnostic]:
    """Yield what a needed connection misses, at `span` where a set has no entry for it.

    A connection that the set does not mention is accepted when the integration file alone gives every required
    field. With an access token, the fields that were needed to get one are not asked for. `has_set` tells whether there
    is a set at all.
    """
    spec, token = asked.spec, built.value["token"]
    missing = _missing_fields(asked, built)
    if asked.given is None:
        if spec is None or missing or _waits_for_user(asked) or not spec.inputs:
            yield _no_entry(asked, missing, span, has_set=has_set)
    elif spec is not None and not (spec.oauth2 and token.get("access_token")):
        yield from (_missing_field(asked, asked.given, field) for field in missing)
        if _waits_for_user(asked) and not asked.given.token:
            yield _no_token(asked, asked.given)


def _waits_for_user(asked: Asked) -> bool:
    return asked.spec is not None and asked.spec.oauth2 == "authorization_code"


def _missing_fields(asked: Asked, built: Built) -> list[InputSpec]:
    """Give the required fields without a value; one whose placeholder or variable failed is reported as that."""
    filled = {key for key, value in built.value["fields"].items() if value != ""}
    given = asked.given.fields if asked.given else {}
    tried = {key for key, item in given.items() if item.node.data not in (None, "")}
    specs = asked.spec.inputs.values() if asked.spec else ()
    known = filled | (tried - built.value["fields"].keys()) | built.waiting
    return [spec for spec in specs if spec.required and spec.key not in known]


def _no_entry(asked: Asked, missing: Iterable[InputSpec], span: Span, *, has_set: bool) -> Diagnostic:
    key = asked.variable.key
    part = "token: {access_token: …}" if _waits_for_user(asked) else f"fields: {{{_listed_fields(missing)}}}"
    entry = f"{yaml_key(key)}: {{{part}}}"
    hint = (
        f"Add `{entry}` under `connections` of the config set."
        if has_set
        else f"Write `connections: {{{entry}}}` into configs/NAME.yml beside the integration, and run it with "
        "--config NAME."
    )
    message = f"nothing is given for the connection `{key}`"
    return report("missing-connection-value", message, span, hint=hint, subject=key)


def _missing_field(asked: Asked, given: GivenConnection, spec: InputSpec) -> Diagnostic:
    key = asked.variable.key
    return report(
        "missing-connection-value",
        f"the connection `{key}` needs the field `{spec.key}`",
        given.key.span,
        hint=f"Add `{spec.key}: …` under its `fields`.",
        subject=spec.key,
        severity=Severity.ERROR if spec.basis is Basis.SOURCE else Severity.WARNING,
    )


def _no_token(asked: Asked, given: GivenConnection) -> Diagnostic:
    return report(
        "missing-connection-value",
        f"the connection `{asked.variable.key}` has no token; the hosted platform gets it by asking the user",
        given.key.span,
        hint="Add `token: {access_token: …}`, best with `${env:NAME}`.",
        subject="token",
        severity=Severity.WARNING,
    )


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _listed_fields(specs: Iterable[InputSpec]) -> str:
    return ", ".join(f"{spec.key}: …" for spec in specs) or "…"


def yaml_key(key: str) -> str:
    """Write a key so that it can be pasted into a YAML file."""
    import json

    is_plain = key[:1].isalpha() and not any(mark in key for mark in ":#,[]{}'\"\\\n") and key == key.strip()
    return key if is_plain else json.dumps(key, ensure_ascii=False)
