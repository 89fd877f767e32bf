"""Reads the fields of a connection."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.spec import ActionError

MISSING = "credentials-missing"


def connection_name(connection: Mapping[str, Any]) -> str:
    """Give the config variable of a connection."""
    return to_string(connection.get("configVarKey")) or to_string(connection.get("key"))


def field(connection: Mapping[str, Any], key: str) -> str:
    """Give a field as text, empty if it is not set."""
    return to_string(connection["fields"].get(key))


def required_field(connection: Mapping[str, Any], key: str) -> str:
    """Give a field as text.

    Raises:
        ActionError: `credentials-missing` when it is not set.

    """
    value = field(connection, key)
    if not value:
        message = f"the connection `{connection_name(connection)}` has no {key}"
        raise ActionError(message, kind=MISSING, input_key="connection")
    return value
