"""Access tokens by OAuth 2.0 client credentials, got once a run."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from xchange_cli.components.conversions import to_binary, to_string
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.components.web.fields import connection_name, field, required_field
from xchange_cli.javascript.values import describe, parse_if_json, stringify
from xchange_cli.wire.guarded import TokenRequest
from xchange_cli.wire.http import HttpResponse, Terms
from xchange_cli.wire.urls import shown_url

SLACK = timedelta(seconds=30)
"""A token counts as expired so long before its end: requests take time, and clocks differ."""

_ABOUT_ERRORS = ("error", "error_description", "message")
_SECONDS = 30.0
_LONGEST_LIFE = 366 * 86_400.0


@dataclass(slots=True)
class _Kept:
    """The token of one connection for as long as the run lasts; `expires` is None if nobody knows."""

    token: str = ""
    expires: datetime | None = None


def client_credentials_token(context: ActionContext, connection: Mapping[str, Any]) -> str:
    """Give an access token, and ask for one where there is none or it has expired.

    Asking is part of connecting: it needs no permission to write. Client id and secret go in the body, and if that is
    refused, as Basic authentication. Which of the two the hosted platform does is not documented.
    """
    asked = tuple(field(connection, key) for key in ("tokenUrl", "clientId", "clientSecret", "scopes"))
    kept = context.kept(("http client credentials", *asked), _Kept)
    if not kept.token or (kept.expires is not None and context.now() >= kept.expires):
        answer = _answer(context, connection)
        kept.token = to_string(answer.get("access_token"))
        kept.expires = _expiry(context.now(), answer.get("expires_in"))
        context.learn_secret(f"{connection_name(connection)}.token.access_token", kept.token)
    return kept.token


def _answer(context: ActionContext, connection: Mapping[str, Any]) -> Mapping[str, Any]:
    url = required_field(connection, "tokenUrl")
    client, secret = required_field(connection, "clientId"), required_field(connection, "clientSecret")
    form = {"grant_type": "client_credentials"}
    if field(connection, "scopes"):
        form["scope"] = field(connection, "scopes")
    headers = _headers(connection)
    response = _ask(context, url, headers, {**form, "client_id": client, "client_secret": secret})
    if response.status in {400, 401} and "invalid_client" in response.body.decode("utf-8", "replace"):
        pair = base64.b64encode(to_binary(f"{client}:{secret}")[0]).decode()
        response = _ask(context, url, {**headers, "Authorization": f"Basic {pair}"}, form)
    return _token_in(response, connection)


def _ask(
    context: ActionContext, url: str, headers: Mapping[str, str], form: Mapping[str, str]
) -> HttpResponse:
    all_headers = {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        **headers,
    }
    body = urlencode({key: to_binary(value)[0] for key, value in form.items()}).encode()
    seconds = max(min(_SECONDS, context.seconds_left), 0.0)
    request = TokenRequest("POST", url, tuple(all_headers.items()), body)
    return context.http.send(request, Terms(seconds=seconds, most_redirects=0, most_bytes=1024 * 1024))


def _token_in(response: HttpResponse, connection: Mapping[str, Any]) -> Mapping[str, Any]:
    text = response.body.decode("utf-8", "replace")
    answer = parse_if_json(text)
    if 200 <= response.status < 300 and isinstance(answer, dict) and to_string(answer.get("access_token")):
        return answer
    said = _beginning(text)
    if response.status < 300:  # what stands in there may be a token under another name
        told = (
            {key: answer[key] for key in _ABOUT_ERRORS if key in answer} if isinstance(answer, dict) else {}
        )
        said = f"no `access_token`{f', but {stringify(told)}' if told else ''}"
    raise ActionError(
        f"the connection `{connection_name(connection)}` got no access token: {shown_url(response.url)} answered "
        f"{response.status} {response.reason}: {said}".rstrip(": "),
        kind="credentials-refused",
        input_key="connection",
    )


def _beginning(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"


def _expiry(now: datetime, expires_in: Any) -> datetime | None:
    """Read `expires_in`, which some servers write as text."""
    try:
        seconds = min(float(expires_in), _LONGEST_LIFE)
    except (TypeError, ValueError, OverflowError):
        return None
    return now + timedelta(seconds=seconds) - SLACK if seconds > 0 else None


def _headers(connection: Mapping[str, Any]) -> dict[str, str]:
    """Read the connection's headers for token requests: a JSON object, or as many lines as there are headers."""
    given = connection["fields"].get("headers")
    if isinstance(given, str) and given.lstrip().startswith("{"):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise _bad_headers(connection, given) from error
    if isinstance(given, Mapping):
        return {to_string(name): to_string(value) for name, value in given.items()}
    lines = [line.partition(":") for line in to_string(given).splitlines() if line.strip()]
    if any(not colon for _, colon, _ in lines):
        raise _bad_headers(connection, given)
    return {name.strip(): value.strip() for name, _, value in lines}


def _bad_headers(connection: Mapping[str, Any], given: Any) -> ActionError:
    return ActionError(
        f"the headers of the connection `{connection_name(connection)}` must be a JSON object or lines like `Name: value`, "
        f"not {describe(given)}",
        input_key="connection",
    )
