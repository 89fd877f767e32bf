"""The connection variables of an integration, as hints name them."""

from xchange_cli.validation.facts import Facts


def connection_hint(component: str, facts: Facts) -> str:
    """Say which config variable holds a connection of a component, or that one is wanted."""
    for variable in facts.config_vars.values():
        if variable.connection is not None and variable.connection.component == component:
            return f"Set it to the config variable `{variable.key}`."
    return f"Add a config variable with a connection of the component `{component}` and name it here."
