"""What equals "not written": the values that a key has when a file leaves it out.

Sources, by row: the published JSON Schema of the format (its `default`s), `model.build`, what the hosted builder
shows for files without the key, and what a run makes of it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Node
from xchange_cli.expression.ast import Items
from xchange_cli.model.integration import ActionRef, ConfigVar, Input, Step

_EMPTY = ("",)
_NO = (False,)
_REFERENCE: Mapping[Address, tuple[Any, ...]] = MappingProxyType(
    {("component", "isPublic"): (True,), ("component", "version"): ("", "LATEST")}
)
"""Of what names an action, a connection or a data source (`model.build`, `validation.default_inputs`)."""

_TIME_ZONE = ("", "UTC")
_DEFAULTS: Mapping[PartKind, Mapping[Address, tuple[Any, ...]]] = MappingProxyType(
    {
        PartKind.INTEGRATION: {
            ("category",): _EMPTY,
            ("defaultInstanceProfile",): _EMPTY,
            ("definitionType",): ("", "integration"),
            ("description",): _EMPTY,
            ("documentation",): _EMPTY,
            ("endpointType",): ("flow_specific",),
            ("labels",): ([],),
            ("preprocessFlowName",): _EMPTY,
            ("stableKey",): _EMPTY,
        },
        PartKind.CONFIG_VAR: {
            ("codeLanguage",): _EMPTY,
            ("collectionType",): _EMPTY,
            ("defaultValue",): _EMPTY,
            ("description",): _EMPTY,
            ("meta", "validationMode"): ("ValidateAndShow",),
            ("meta", "visibleToCustomerDeployer"): (True,),
            ("meta", "visibleToOrgDeployer"): (True,),
            ("onPremiseConnectionConfig",): ("disallowed",),
            ("orgOnly",): _NO,
            ("pickList",): ([],),
            ("scheduleType",): _EMPTY,
            ("stableKey",): _EMPTY,
            ("timeZone",): _TIME_ZONE,
            ("useScopedConfigVar",): _EMPTY,
            ("userLevelConfigured",): _NO,
            **{("connection", *address): values for address, values in _REFERENCE.items()},
            **{("dataSource", *address): values for address, values in _REFERENCE.items()},
        },
        PartKind.PAGE: {("tagline",): _EMPTY, ("userLevelConfigured",): _NO},
        PartKind.FLOW: {
            ("description",): _EMPTY,
            ("endpointSecurityType",): ("customer_optional",),
            ("isAgentFlow",): _NO,
            ("isSynchronous",): _NO,
            ("organizationApiKeys",): ([],),
            ("stableKey",): _EMPTY,
            ("supplementalComponents",): ([],),
        },
        PartKind.STEP: {
            ("description",): _EMPTY,
            ("isTrigger",): _NO,
            ("schedule", "fromDeployer"): _NO,
            ("schedule", "meta", "timeZone"): _TIME_ZONE,
            ("stableKey",): _EMPTY,
            **{("action", *address): values for address, values in _REFERENCE.items()},
        },
    }
)
NEWER_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "isVisibleToCustomerDeployer": "visibleToCustomerDeployer",
        "isVisibleToOrgDeployer": "visibleToOrgDeployer",
    }
)
"""Keys of older exports in `meta`, and what they are called now."""


def newer_address(address: Address) -> Address:
    """Give an address in the words of today."""
    if address[0] == "meta" and address[-1] in NEWER_KEYS:
        return (*address[:-1], NEWER_KEYS[address[-1]])
    return address


def is_default(part: Part, address: Address, node: Node) -> bool:
    """Tell whether a field outside of inputs says what is so without it. Nothing, and an empty mapping, never say more."""
    data = node.data
    if data is None or data == {}:
        return True
    address = newer_address(address)
    if address == ("meta", "visibleToCustomerDeployer") and _is_of_organisation(part):
        return data is False
    wanted = _DEFAULTS.get(part.kind, {}).get(address, ())
    return any(type(data) is type(value) and data == value for value in wanted)


def is_left_out(part: Part, key: str, given: Input | None, catalog: Catalog, *, is_set: bool) -> bool:
    """Tell whether an input of a step or config variable is the same as none. `is_set` is False of those without a value.

    A run gives an input without a value the default of its component, as it does where there is no such input
    (`engine.program`); fields of connections take it only where there is none (`configset.connections`).
    """
    if given is None:
        return True
    match part.facts:
        case Step(action=action):
            return _is_left_out_of_step(action, key, given, catalog, is_set=is_set)
        case ConfigVar() as variable:
            return _is_left_out_of_variable(variable, key, given, catalog, is_set=is_set)
    return False


def _is_left_out_of_step(
    action: ActionRef | None, key: str, given: Input, catalog: Catalog, *, is_set: bool
) -> bool:
    from xchange_cli.validation.default_inputs import default_said, inputs_of_latest

    if action is None:
        return False
    known = catalog.action(action.component, action.key, is_public=action.is_public)
    spec = known.inputs.get(key) if known is not None else None
    if spec is None or not is_set:
        return spec is not None
    if isinstance(given.expression, Items) and not given.expression.items and spec.default in (None, "", []):
        return True
    return key in inputs_of_latest(action, catalog) and default_said(given, spec) is not None


def _is_left_out_of_variable(
    variable: ConfigVar, key: str, given: Input, catalog: Catalog, *, is_set: bool
) -> bool:
    from xchange_cli.validation.default_inputs import default_said

    spec = _field_of_connection(variable.connection, key, catalog)
    if not is_set:
        return spec is None or spec.default in {None, ""}
    is_latest = variable.connection is not None and variable.connection.version in {"", "LATEST"}
    return spec is not None and is_latest and default_said(given, spec) is not None


def _field_of_connection(connection: ActionRef | None, key: str, catalog: Catalog) -> InputSpec | None:
    if connection is None:
        return None
    component = catalog.component(connection.component, is_public=connection.is_public)
    known = component.connections.get(connection.key) if component is not None else None
    return known.inputs.get(key) if known is not None else None


def _is_of_organisation(part: Part) -> bool:
    node = part.fields.get(("orgOnly",))
    return node is not None and node.data is True
