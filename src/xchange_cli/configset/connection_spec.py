"""What the catalogue says of the connection of a config variable."""

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ConnectionSpec
from xchange_cli.model.integration import ConfigVar


def connection_spec(variable: ConfigVar, catalog: Catalog) -> ConnectionSpec | None:
    ref = variable.connection
    component = catalog.component(ref.component, is_public=ref.is_public) if ref else None
    return component.connections.get(ref.key) if component and ref else None
