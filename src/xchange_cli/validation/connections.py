"""The connection variables of an integration, as hints name them."""

from xchange_cli.validation.facts import Facts

_AMAZON = "aws-"
_MICROSOFT_GRAPH = frozenset({"ms-excel", "ms-onedrive", "ms-outlook", "ms-sharepoint", "ms-teams"})


def share_connections(component: str, other: str) -> bool:
    """Tell whether a connection of one component serves the other: those of Amazon, and of Microsoft Graph."""
    if component == other or _MICROSOFT_GRAPH.issuperset((component, other)):
        return True
    return component.startswith(_AMAZON) and other.startswith(_AMAZON)


def has_connection(component: str, facts: Facts) -> bool:
    """Tell whether the integration has a connection that a component can use."""
    owners = (variable.connection for variable in facts.config_vars.values())
    return any(owner is not None and share_connections(owner.component, component) for owner in owners)


def connection_hint(component: str, facts: Facts) -> str:
    """Say which config variable holds a connection of a component, or that one is wanted."""
    for variable in facts.config_vars.values():
        if variable.connection is not None and variable.connection.component == component:
            return f"Set it to the config variable `{variable.key}`."
    return f"Add a config variable with a connection of the component `{component}` and name it here."
