"""How a connection of the HTTP component proves who one is: headers for each request."""

import base64
from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_binary, to_string
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.components.web.fields import MISSING, connection_name, field, required_field
from xchange_cli.components.web.tokens import client_credentials_token
from xchange_cli.javascript.values import describe


def connection_headers(context: ActionContext, connection: Any) -> dict[str, str]:
    """Give the headers of a connection; none without one.

    Connections of other components are taken as the platform's SDK takes them: a token or an API key is sent as
    Bearer, user name and password as Basic. Theirs may also be called `apiKey`; they lack the fields of this one.
    """
    if connection is None or connection == "":
        return {}
    if not isinstance(connection, Mapping) or not isinstance(connection.get("fields"), Mapping):
        raise ActionError(f"connection: {describe(connection)} is not a connection", input_key="connection")
    match connection.get("key"):
        case "apiKey" if "headerKey" in connection["fields"] or "authScheme" in connection["fields"]:
            return _api_key(connection)
        case "authorizationCode":
            return _bearer(_given_token(connection))
        case "clientCredentials":
            return _bearer(_token(connection) or client_credentials_token(context, connection))
        case "basic":
            return _basic(required_field(connection, "username"), required_field(connection, "password"))
    return _by_fields(connection)


def _api_key(connection: Mapping[str, Any]) -> dict[str, str]:
    """Send `Header Key: <scheme> <key>`; an empty scheme leaves the key alone."""
    scheme, key = field(connection, "authScheme"), required_field(connection, "apiKey")
    return {field(connection, "headerKey") or "Authorization": f"{scheme} {key}" if scheme else key}


def _basic(username: str, password: str) -> dict[str, str]:
    pair = base64.b64encode(to_binary(f"{username}:{password}")[0]).decode()
    return {"Authorization": f"Basic {pair}"}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _token(connection: Mapping[str, Any]) -> str:
    token = connection.get("token")
    return to_string(token.get("access_token")) if isinstance(token, Mapping) else ""


def _given_token(connection: Mapping[str, Any]) -> str:
    token = _token(connection)
    if not token:
        raise ActionError(
            f"the connection `{connection_name(connection)}` has no access token; users are not asked for one here: give "
            "`token: {access_token: …}` under the connection in the config set",
            kind=MISSING,
            input_key="connection",
        )
    return token


def _by_fields(connection: Mapping[str, Any]) -> dict[str, str]:
    key = _token(connection) or field(connection, "apiKey")
    if key:
        return _bearer(key)
    if field(connection, "username"):
        return _basic(field(connection, "username"), field(connection, "password"))
    raise ActionError(
        f"the connection `{connection_name(connection)}` has no token, API key or user name",
        kind=MISSING,
        input_key="connection",
    )
