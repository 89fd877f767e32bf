"""Puts together the request of an HTTP action."""

from collections.abc import Mapping
from typing import Any

from xchange_cli import __version__
from xchange_cli.components.conversions import to_object, to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.components.web.body import Body, url_encoded
from xchange_cli.javascript.text import trim
from xchange_cli.javascript.values import describe
from xchange_cli.wire.http import Headers, HttpRequest

_DEFAULTS = {"Accept": "application/json, text/plain, */*", "User-Agent": f"xchange-cli/{__version__}"}


def read_url(context: ActionContext, inputs: Mapping[str, Any]) -> str:
    """Give the URL with the query parameters."""
    url = trim(read_required(inputs, "url", to_string))
    if not url.lower().startswith(("http://", "https://")):
        shown = describe(url.partition("?")[0])
        raise ActionError(
            f"url: {shown} is not an absolute URL, which starts with http:// or https://", input_key="url"
        )
    query = read(inputs, "queryParams", _query, context)
    if not query:
        return url
    whole = url.partition("#")[0]
    return f"{whole}{'&' if '?' in whole else '?'}{query}"


@refusing_depth
def _query(pairs: Any, context: ActionContext) -> str:
    members = members_of(pairs)
    if isinstance(pairs, list) and len(members) < len(pairs):
        context.warn("a query parameter is given more than once; only the last value is sent here")
    return url_encoded(members)


def members_of(pairs: Any) -> dict[str, Any]:
    """Read a key/value list, which a reference may also fill with an object."""
    return (
        {str(key): value for key, value in pairs.items()} if isinstance(pairs, Mapping) else to_object(pairs)
    )


def read_headers(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Give the author's headers; those without a value are not sent."""
    members = read(inputs, "headers", members_of)
    return {name: to_string(value) for name, value in members.items() if value is not None}


def header(headers: Mapping[str, str], name: str) -> str:
    """Find a header whatever its case; empty if there is none."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def request(
    method: str, url: str, body: Body, own: Mapping[str, str], connection: Mapping[str, str]
) -> HttpRequest:
    """Join it all. The author's headers go before those of the connection, these before the defaults.

    The idempotency key of the step is not sent: the hosted platform sends none. Nor is its `User-Agent` of axios: a
    server's log shall tell local runs from hosted ones.
    """
    own_type = {"Content-Type": body.content_type} if body.content_type else {}
    headers = _merged(_DEFAULTS, connection, own, own_type)
    return HttpRequest(method, url, headers, body.data, frozenset(name.lower() for name in connection))


def _merged(*layers: Mapping[str, str]) -> Headers:
    merged: dict[str, tuple[str, str]] = {}
    for layer in layers:
        merged.update({name.lower(): (name, value) for name, value in layer.items()})
    return tuple(merged.values())
