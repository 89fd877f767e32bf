"""Which config variables an integration uses at all."""

from xchange_cli.model.integration import Integration


def used_variables(integration: Integration) -> frozenset[str]:
    """Give the keys of the config variables that a flow, a page or another variable may name.

    That is any whose key stands in the file once more than where the variable is defined, be it in code.
    """
    text = integration.node.source.text
    return frozenset(variable.key for variable in integration.config_vars if text.count(variable.key) != 1)
