"""What an integration asks for when it is deployed, page by page: config variables and connections."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingABC

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.document.node import Mapping
from xchange_cli.model.integration import ActionRef, ConfigPage, ConfigVar, Input, Integration
from xchange_cli.model.schedule_words import in_words
from xchange_cli.overview.documentation_parts import (
    Audience,
    ConfigPagePart,
    ConnectionPart,
    FieldPart,
    VariablePart,
)
from xchange_cli.overview.flow_parts import described
from xchange_cli.validation.hidden_tokens import without_tokens_in
from xchange_cli.validation.secret_texts import is_stand_in, names_secret

_CONNECTION = "connection"
_OLD = {
    "visibleToOrgDeployer": "isVisibleToOrgDeployer",
    "visibleToCustomerDeployer": "isVisibleToCustomerDeployer",
}


def config_page_parts(integration: Integration, catalog: Catalog) -> tuple[ConfigPagePart, ...]:
    """Give the pages in their order, and last what is on none of them."""
    pages = [_page(page, integration, catalog) for page in integration.config_pages]
    placed = {element.key for page in pages for element in page.elements}
    others = tuple(
        _element(variable, catalog, is_user_level=False)
        for variable in integration.config_vars
        if variable.key not in placed
    )
    return (*pages, *([ConfigPagePart("", "", is_user_level=False, elements=others)] if others else ()))


def _page(page: ConfigPage, integration: Integration, catalog: Catalog) -> ConfigPagePart:
    is_user_level = _truth(page.node, "userLevelConfigured", default=False)
    variables = (integration.config_var(one.value) for one in page.elements if one.kind == "configVar")
    elements = (_element(one, catalog, is_user_level=is_user_level) for one in variables if one)
    return ConfigPagePart(page.name, described(page.node, "tagline"), is_user_level, tuple(elements))


def _element(variable: ConfigVar, catalog: Catalog, *, is_user_level: bool) -> VariablePart | ConnectionPart:
    meta = variable.node.mapping("meta")
    audience = _audience(variable.node, meta)
    is_users = is_user_level or _truth(variable.node, "userLevelConfigured", default=False)
    if is_users and audience is Audience.CUSTOMERS:
        audience = Audience.USERS
    if variable.data_type == _CONNECTION:
        return _connection(variable, catalog, audience)
    return _variable(variable, catalog, audience)


def _variable(variable: ConfigVar, catalog: Catalog, audience: Audience) -> VariablePart:
    default = variable.default or ""
    is_secret = bool(default) and names_secret(variable.key) and not is_stand_in(default)
    is_schedule = variable.data_type == "schedule" and bool(default.strip())
    return VariablePart(
        key=variable.key,
        data_type=variable.data_type,
        collection=variable.collection,
        default="" if is_secret else without_tokens_in(default),
        hides_default=is_secret,
        is_required=not default,
        help=described(variable.node),
        audience=audience,
        options=tuple(map(without_tokens_in, variable.pick_list)),
        source=_named(variable.data_source, catalog),
        schedule=in_words(default, variable.time_zone.strip() or "UTC") if is_schedule else "",
    )


def _named(source: ActionRef | None, catalog: Catalog) -> str:
    """Name a data source as `component: key`."""
    if source is None:
        return ""
    return f"{_title(source, catalog)}: {source.key}"


def _title(ref: ActionRef, catalog: Catalog) -> str:
    component = catalog.component(ref.component, is_public=ref.is_public)
    return component.title if component else ref.component


def _connection(variable: ConfigVar, catalog: Catalog, audience: Audience) -> ConnectionPart:
    ref, spec = variable.connection, connection_spec(variable, catalog)
    shared = variable.node.text("useScopedConfigVar")
    return ConnectionPart(
        key=variable.key,
        component=ref.component if ref else "",
        component_title=_title(ref, catalog) if ref else "",
        kind=(spec.label or spec.key) if spec else (ref.key if ref else ""),
        oauth2=spec.oauth2 if spec else "",
        shared=shared.value if shared else "",
        help=described(variable.node),
        audience=audience,
        fields=tuple(_fields(variable, spec.inputs if spec else {}, audience)),
    )


def _fields(
    variable: ConfigVar, known: MappingABC[str, InputSpec], audience: Audience
) -> Iterator[FieldPart]:
    """Yield the fields that the catalogue knows, then others that the file has."""
    for key in dict.fromkeys((*known, *variable.inputs)):
        spec, given = known.get(key), variable.inputs.get(key)
        yield FieldPart(
            key=key,
            label=spec.label if spec else key,
            type=spec.type if spec else "",
            is_required=spec.required if spec else False,
            is_secret=spec.secret or spec.type == "password" if spec else names_secret(key),
            is_set=given is not None and _is_set(given),
            audience=_of_field(given, audience),
            note=without_tokens_in(spec.note) if spec else "",
        )


def _is_set(given: Input) -> bool:
    return given.value_node.data not in (None, "", [], {})


def _of_field(given: Input | None, audience: Audience) -> Audience:
    if given is None or not isinstance(given.node, Mapping):
        return audience
    meta = given.node.mapping("meta")
    return audience if meta is None else _audience(meta, meta)


def _audience(node: Mapping, meta: Mapping | None) -> Audience:
    """Read who may see something: `orgOnly` stands in `node`, the other flags in `meta`."""
    to_organisation = _visible(meta, "visibleToOrgDeployer")
    if _truth(node, "orgOnly", default=False):
        return Audience.ORGANISATION if to_organisation else Audience.NOBODY
    if _visible(meta, "visibleToCustomerDeployer"):
        return Audience.CUSTOMERS
    return Audience.EMBEDDED


def _visible(meta: Mapping | None, key: str) -> bool:
    """Read a flag, which older exports call by another name; what does not say it is visible."""
    if meta is None:
        return True
    return _truth(meta, key if meta.get(key) is not None else _OLD[key], default=True)


def _truth(node: Mapping, key: str, *, default: bool) -> bool:
    value = node.get(key)
    return value.data if value is not None and isinstance(value.data, bool) else default
